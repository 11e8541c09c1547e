#!/usr/bin/env python3
"""Rows 14 and 15: from the start of the server, with the driver up, to the
first frame of a client, and what memory the server then has of its own; both
at 1920x1080, beside weston headless with its software renderer."""
import statistics

import common

SAMPLES = 20
OUTPUT = 1920 * 1080 * 4  # weston's output lies in memory of its own
MIB = 1 << 20
COMMANDS = ["bench_start"], ["bench_weston", "256", "256", "1"]


def private_dirty(pid):
    """Bytes of private written memory, without what is shared by memfd."""
    total, counted = 0, True
    with open("/proc/%d/smaps" % pid) as file:
        for line in file:
            words = line.split()
            if not words[0].endswith(":"):
                counted = "/memfd:" not in line
            elif words[0] == "Private_Dirty:" and counted:
                total += int(words[1]) * 1024
    return total


def start(command):
    """(nanoseconds to the first frame, private bytes of the server)"""
    with common.Peer([common.program(command[0])] + command[1:]) as peer:
        first, server = peer.line().split(), peer.line().split()
        return int(first[1]), private_dirty(int(server[1]))


def main():
    common.need("bench_start", "bench_weston", "nitpicker", "virtual_drv", "weston")
    memory = [], []

    def measure():
        samples = [], []
        for _ in range(SAMPLES):
            for side, command in enumerate(COMMANDS):
                time, bytes_used = start(command)
                samples[side].append(time)
                memory[side].append(bytes_used)
        return samples

    value, peer_value, ratio = common.best_run(measure, statistics.median)
    common.emit("15 server exec to first client frame", value / 1e6, "ms", 0.25,
                round(1 / 6, 4), "weston headless", peer_value / 1e6, ratio)
    ours = statistics.median(memory[0]) / MIB
    theirs = (statistics.median(memory[1]) - OUTPUT) / MIB
    common.emit("14 server private memory beyond buffers", ours, "MiB", 2, 1)
    common.emit("14 of it, beside weston", ours, "MiB", None, None,
                "weston headless", theirs, ours / theirs)


if __name__ == "__main__":
    main()
