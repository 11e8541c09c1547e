#!/usr/bin/env python3
"""Rows 1 to 10: blit beside the C library, pixman and SDL2, and what small
rectangles cost. Rows that must be reached are measured with AVX2 alone, or what
the machine has below it. --all measures every implementation, size and peer, in
fewer rounds, or --all WORD... some of them; --instructions only counts them."""
import json
import os
import shutil
import subprocess
import sys

import common

SIZES = {"64x64": (64, 64), "512x512": (512, 512), "1080p": (1920, 1080),
         "4K": (3840, 2160)}
# How many pairs of surfaces it takes until nothing of them is cached.
COLD = {"64x64": 1, "512x512": 32, "1080p": 32, "4K": 10}

# number, work, size, cold, peer, must, aim
ROWS = (
    (1, "copy", "512x512", False, "libc", 0.95, 1.0),
    (1, "copy", "1080p", False, "libc", 0.95, 1.0),
    (1, "copy", "4K", False, "libc", 0.95, 1.0),
    (1, "copy past the cache", "1080p", True, "libc", 0.95, 1.45),
    (2, "fill", "1080p", False, "libc", 0.93, 1.0),
    (3, "8888 to 565", "64x64", False, "pixman", 1.8, 2.2),
    (3, "8888 to 565", "1080p", False, "pixman", 1.1, 1.25),
    (4, "565 to 8888", "64x64", False, "pixman", 5, 7),
    (4, "565 to 8888", "1080p", False, "pixman", 2, 2.5),
    (5, "mix", "1080p", False, "libc", 0.9, 1.0),
    (5, "mix", "1080p", False, "pixman", 2.5, 3.1),
    (6, "over", "64x64", False, "pixman", 2.5, 4),
    (6, "over", "1080p", False, "pixman", 1.8, 2.2),
    (7, "over onto 565, like a window", "64x64", False, "pixman", 6, 9.8),
    (7, "over onto 565, like a window", "1080p", False, "pixman", 4, 5.7),
    # Not in the table, whose 1.77 instructions a pixel are those of a window:
    # blending all pixels exactly takes 2.6.
    (7, "over onto 565", "64x64", False, "pixman", None, None),
    (7, "over onto 565", "1080p", False, "pixman", None, None),
    (8, "glyphs", "64x64", False, "pixman", 2.2, 3.5),
    (8, "glyphs", "512x512", False, "pixman", 2.2, 3.5),
    (8, "glyphs", "1080p", False, "pixman", 2.2, 3.5),
    (9, "rotate", "512x512", False, "pixman", 1.8, 2),
    (9, "rotate", "4K", False, "pixman", 2, None),
    (9, "rotate past the cache", "4K", False, "pixman", 2, 4.5),
)


def emit(name, value, unit, must, aim, peer=None, peer_value=None, ratio=None,
         less=False):
    """Prints one number; more is better, but for `less`."""
    print(json.dumps({
        "name": name, "value": round(value, 4), "unit": unit, "peer": peer,
        "peer_value": peer_value, "ratio": ratio, "must": must, "aim": aim,
        "less": less}), flush=True)


def run(implementation, *arguments):
    """Lines of bench_blit; None if the machine lacks the implementation."""
    done = subprocess.run(
        [common.program("bench_blit")] + [str(word) for word in arguments],
        env=dict(os.environ, BLIT=implementation), stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True)
    return done.stdout.splitlines() if done.returncode == 0 else None


def numbers(lines):
    """{peer: (ours, theirs, ratio)} in nanoseconds a pixel."""
    return {words[0]: tuple(float(word) for word in words[1:])
            for words in (line.split() for line in lines[1:])}


def best_run(implementation, *arguments, runs=common.RUNS):
    """Beside each peer the run in which ours did best."""
    found = [numbers(run(implementation, *arguments)) for _ in range(runs)]
    return {peer: max((one[peer] for one in found), key=lambda one: one[2])
            for peer in found[0]}


def measure(implementation, work, w, h, fields=1):
    return best_run(implementation, work, w, h, fields)


def best():
    """The best implementation up to AVX2."""
    return next(name for name in ("avx2", "sse2", "neon", "generic")
                if run(name, "--list") is not None)


def gate(implementation):
    """The rows of the table; one measurement serves rows that share it."""
    known = {}
    for number, work, size, cold, peer, must, aim in ROWS:
        key = work, size, cold
        if key not in known:
            known[key] = measure(implementation, work, *SIZES[size],
                                 COLD[size] if cold else 1)
        ours, theirs, ratio = known[key][peer]
        emit("%d %s, %s%s (%s)" % (number, work, size, " cold" if cold else "",
                                   implementation),
             ours, "ns/px", must, aim, peer, theirs, ratio)


def small(implementation):
    """Rectangles in which the call costs more than the pixels."""
    _, _, ratio = copy = measure(implementation, "copy", 8, 16)["libc"]
    emit("copy, 8x16", copy[0] * 128, "ns/call", 0.91, 1, "libc",
         round(copy[1] * 128, 2), ratio)
    over = measure(implementation, "over", 8, 16)["pixman"]
    emit("over, 8x16", over[0] * 128, "ns/call", 3.33, 4, "pixman",
         round(over[1] * 128, 2), over[2])
    for work in ("copy", "over", "mix"):
        line, square, faster = best_run(implementation, "--beside", work, 200, 1,
                                        64, 64)["other"]
        emit("%s, 200x1 beside 64x64, a pixel" % work, line, "ns/px", 1.2, 1,
             "64x64", square, round(1 / faster, 4), less=True)


def counted(implementation, work, who, w, h):
    """Instructions of one call: the difference of many and few."""
    totals = []
    for calls in (20, 120):
        done = subprocess.run(
            ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null",
             common.program("bench_blit"), "--instructions", work, who, str(w),
             str(h), str(calls)],
            env=dict(os.environ, BLIT=implementation), stderr=subprocess.PIPE,
            text=True, check=True)
        totals.append(int(done.stderr.rsplit("Collected : ", 1)[1].split()[0]))
    return (totals[1] - totals[0]) // 100


def instructions(implementation):
    if not shutil.which("valgrind"):
        sys.exit("valgrind is missing")
    ours = counted(implementation, "copy", "blit", 16, 16)
    theirs = counted(implementation, "copy", "pixman", 16, 16)
    emit("10 instructions of a 16x16 copy", ours, "", 2.5, 3.2, "pixman", theirs,
         round(theirs / ours, 2))
    emit("instructions of a 16x16 copy", ours, "", 800, None, less=True)
    emit("instructions of an opaque 8x16 glyph",
         counted(implementation, "glyphs", "blit", 8, 16), "", 700, None, less=True)


def everything(words):
    """A table for people: GB/s, ns a pixel, and how much faster than each peer.
    With words only implementations, works and sizes of these names."""
    def wanted(names):
        chosen = [name for name in names if name in words]
        return chosen or list(names)
    works = run("generic", "--list")
    print("%-8s %-30s %-8s %-4s %7s %7s  faster than" % (
        "", "", "", "", "GB/s", "ns/px"))
    for name in wanted(("generic", "mmx", "sse2", "avx2", "avx512", "neon")):
        if run(name, "--list") is None:
            continue
        for work in wanted(works):
            size_of = {"fill": 4, "8888 to 565": 6, "565 to 8888": 6,
                       "glyphs": 9}.get(work, 8)
            size_of += 4 if work.startswith("over") else 0
            for size in wanted(SIZES):
                w, h = SIZES[size]
                for cold in (False, True):
                    if cold and COLD[size] == 1:
                        continue
                    peers = best_run(name, work, w, h, COLD[size] if cold else 1,
                                     "quick", runs=1)
                    ours = min(peer[0] for peer in peers.values())
                    print("%-8s %-30s %-8s %-4s %7.2f %7.4f  %s" % (
                        name, work, size, "cold" if cold else "hot", size_of / ours,
                        ours, "  ".join("%s %.2f" % (peer, value[2])
                                        for peer, value in peers.items())),
                        flush=True)


def main():
    common.need("bench_blit")
    if "--all" in sys.argv:
        everything(sys.argv[1:])
        return
    implementation = best()
    if "--instructions" not in sys.argv:
        gate(implementation)
        small(implementation)
    instructions("avx2" if run("avx2", "--list") else "generic")


if __name__ == "__main__":
    main()
