#!/usr/bin/env python3
"""Row 11: CPU time of the server per frame, at 40 frames a second and
1920x1080, beside weston headless with its software renderer. Ours lie in a grid,
each partly visible, weston puts its own anywhere; clients draw nothing. The
driver's time doesn't count: weston's output is memory of its own.

Everything of both sides runs on one processor. On two, whoever wakes a process
that sleeps on the other one pays for the interrupt, which a virtual machine's
host makes expensive: three empty programs that only exchange our messages cost
the one in the middle 50 us a frame on one processor, 90 to 150 us on two. The
smallest damage is measured that way too, without a goal."""
import os

import common

FRAMES = 15  # of one round, each
ROUNDS = 8

# name, width, height, windows of each client, clients, damage, must, aim
ROWS = [
    ("64x64 damage", 256, 256, 1, 1, (64, 64), 1 / 2.5, 1 / 5),
    ("512x512", 512, 512, 1, 1, (512, 512), 1 / 1.8, 1 / 2.5),
    ("1080p", 1920, 1064, 1, 1, (1920, 1064), 1 / 1.6, 1 / 2.2),
    ("100 windows of 256x256", 256, 256, 50, 2, (256, 256), 1 / 1.8, 1 / 3.5),
]

SCENARIO = """<config ram_quota="1G">
  <start>
    <filename>virtual_drv</filename>
    <config width="1920" height="1080" rate="40" control="{folder}/control"/>
  </start>
  <start>
    <filename>nitpicker</filename>
    <ram_quota>64M</ram_quota>
  </start>
%s</config>
"""
CLIENT = """  <start name="frames.%d">
    <filename>bench_frames</filename>
    <ram_quota>64M</ram_quota>
    <filesystem path="{folder}" writable="yes"/>
    <config control="{folder}/bench" windows="%d" width="%d" height="%d" first="%d"/>
  </start>
"""


class Ours:
    """Several clients that make their frames together."""

    def __init__(self, desktop, clients):
        self.desktop = desktop
        found = []
        for _ in range(clients):
            first = int(desktop.control.accept())
            found.append((first, desktop.control.file))
        self.files = [file for _, file in sorted(found, key=lambda pair: pair[0])]
        for file in self.files:  # from back to front, each partly visible
            file.write("show\n")
            file.flush()
            assert file.readline() == "ready\n"
        self.pid = desktop.pid("nitpicker")

    def ask(self, text):
        for file in self.files:
            file.write(text + "\n")
            file.flush()
        for file in self.files:
            assert file.readline() == "ok\n"


def burst(pid, side, damage):
    """CPU nanoseconds of one frame."""
    before = common.cpu(pid)
    side.ask("%d %d %d" % (FRAMES, *damage))
    return (common.cpu(pid) - before) / FRAMES


def row(name, w, h, windows, clients, damage, must=None, aim=None):
    starts = "".join(CLIENT % (i, windows, w, h, i * windows) for i in range(clients))
    with common.Desktop(SCENARIO % starts) as desktop, \
            common.Peer([common.program("bench_weston"), str(w), str(h),
                         str(windows * clients)]) as peer:
        ours = Ours(desktop, clients)
        peer.line()  # when its windows were there
        weston = int(peer.line().split()[1])

        def measure():
            samples = [], []
            for _ in range(ROUNDS):
                samples[0].append(burst(ours.pid, ours, damage))
                samples[1].append(burst(weston, peer, damage))
            return samples

        burst(ours.pid, ours, damage)
        burst(weston, peer, damage)
        value, peer_value, ratio = common.best_run(measure, common.lower_quartile)
    common.emit("11 server CPU per frame, " + name, value / 1000, "us",
                must and round(must, 4), aim and round(aim, 4), "weston headless",
                peer_value / 1000, ratio)


def main():
    common.need("nitpicker-desktop", "nitpicker", "virtual_drv", "bench_frames",
                "bench_weston", "weston")
    row("64x64 on all processors", *ROWS[0][1:6])
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    for values in ROWS:
        row(*values)


if __name__ == "__main__":
    main()
