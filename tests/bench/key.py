#!/usr/bin/env python3
"""Row 17: time from a key (XTest) to the pixel that answers it (XDamage) with
a client of sdl2_drv, beside a program that does the same with SDL2 alone; and
the same with a client of nitpicker in between."""
import statistics
import subprocess

import common
import xclient
import xhost
from refresh import SCENARIO

THROUGH = """<config ram_quota="512M">
  <start>
    <filename>sdl2_drv</filename>
    <config width="1280" height="800"/>
  </start>
  <start>
    <filename>nitpicker</filename>
  </start>
  <start>
    <filename>bench_first</filename>
  </start>
</config>
"""

BLOCKS = 10
KEYS = 20  # of one block, each


def keys(host):
    """Nanoseconds of KEYS keys."""
    done = subprocess.run([common.program("bench_keylat"), str(KEYS)], check=True,
                          env=host.environment(), stdout=subprocess.PIPE, text=True)
    return [int(line) for line in done.stdout.split()]


def compare(ours, theirs):
    """Median of ours, of the peer, and their ratio, in the best run."""
    def measure():
        samples = [], []
        for _ in range(BLOCKS):
            samples[0].extend(keys(ours))
            samples[1].extend(keys(theirs))
        return samples
    return common.best_run(measure, statistics.median)


def main():
    common.need("nitpicker-desktop", "sdl2_drv", "bench_refresh", "bench_echo",
                "bench_keylat", "Xvfb")
    with xhost.Xhost(1280, 800) as ours, xhost.Xhost(1280, 800) as theirs, \
            common.Peer([common.program("bench_echo")], theirs.environment()) as peer:
        peer.line()
        with common.Desktop(SCENARIO, ours.environment()) as desktop:
            desktop.control.accept()
            value, peer_value, ratio = compare(ours, theirs)
        common.emit("17 key to pixel through the SDL2 window", value / 1000, "us", 2,
                    1.4, "SDL2 echo client", peer_value / 1000, ratio)
        screen = xclient.Xclient(ours.display)
        with common.Desktop(THROUGH, ours.environment()):
            ours.window("Nitpicker")
            screen.settle()
            ours.xdotool("mousemove", 100, 100, "click", 1)
            screen.settle()
            value, peer_value, ratio = compare(ours, theirs)
        common.emit("17 the same through nitpicker", value / 1000, "us", 2, 1.4,
                    "SDL2 echo client", peer_value / 1000, ratio)


if __name__ == "__main__":
    main()
