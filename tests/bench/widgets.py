#!/usr/bin/env python3
"""Widgets: CPU time of a frame while the pointer goes over rows, and of a
window as launchpad's painted anew."""
import subprocess

import common

MUST = {"hover": 0.3, "repaint": 4.0}  # ms, at scale 1
AIM = {"hover": 0.2, "repaint": 2.0}
NAMES = {"hover": "a frame of a hover, CPU",
         "repaint": "a window of 460x620 painted anew, CPU"}


def measure(scale):
    """{name: ms} of the best of some runs."""
    best = {}
    for _ in range(common.RUNS):
        lines = subprocess.run([common.program("bench_widgets"), str(scale)],
                               stdout=subprocess.PIPE, check=True,
                               universal_newlines=True).stdout.splitlines()
        for name, value in (line.split() for line in lines):
            best[name] = min(best.get(name, 1e9), int(value) / 1e6)
    return best


def main():
    common.need("bench_widgets")
    for scale in (100, 200):
        for name, value in measure(scale).items():
            # four times the pixels are no promise
            must = MUST[name] if scale == 100 else None
            common.emit("%s, scale %g" % (NAMES[name], scale / 100), value,
                        "ms", must, AIM[name] if must else None)


if __name__ == "__main__":
    main()
