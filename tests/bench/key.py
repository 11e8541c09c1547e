#!/usr/bin/env python3
"""Row 17: time from a key (XTest) to the pixel that answers it (XDamage) with
a client of sdl2_drv, beside a program that does the same with SDL2 alone."""
import statistics
import subprocess

import common
import xhost
from refresh import SCENARIO

BLOCKS = 10
KEYS = 20  # of one block, each


def keys(host):
    """Nanoseconds of KEYS keys."""
    done = subprocess.run([common.program("bench_keylat"), str(KEYS)], check=True,
                          env=host.environment(), stdout=subprocess.PIPE, text=True)
    return [int(line) for line in done.stdout.split()]


def main():
    common.need("nitpicker-desktop", "sdl2_drv", "bench_refresh", "bench_echo",
                "bench_keylat", "Xvfb")
    with xhost.Xhost(1280, 800) as ours, xhost.Xhost(1280, 800) as theirs, \
            common.Desktop(SCENARIO, ours.environment()) as desktop, \
            common.Peer([common.program("bench_echo")], theirs.environment()) as peer:
        desktop.control.accept()
        peer.line()

        def measure():
            samples = [], []
            for _ in range(BLOCKS):
                samples[0].extend(keys(ours))
                samples[1].extend(keys(theirs))
            return samples

        value, peer_value, ratio = common.best_run(measure, statistics.median)
    common.emit("17 key to pixel through the SDL2 window", value / 1000, "us", 2, 1.4,
                "SDL2 echo client", peer_value / 1000, ratio)


if __name__ == "__main__":
    main()
