#!/usr/bin/env python3
"""Row 21: from the start of backdrop until its picture, of 1920x1080, is
shown, beside what the picture's library alone needs to decode it."""
import os
import subprocess
import tempfile

import common

SAMPLES = 20


def main():
    common.need("bench_backdrop", "bench_first", "backdrop", "scout_decode",
                "nitpicker", "virtual_drv", "convert")
    with tempfile.TemporaryDirectory(prefix="bench-backdrop-") as folder:
        for kind, must, aim in ("jpeg", 1.3, 1.1), ("png", 1.2, 0.6):
            path = os.path.join(folder, "photo." + kind)
            subprocess.run(["convert", "-size", "1920x1080", "-seed", "7",
                            "plasma:fractal", "-quality", "85", path], check=True)

            started = []

            def measure():
                lines = subprocess.run(
                    [common.program("bench_backdrop"), path, str(SAMPLES)],
                    check=True, capture_output=True, text=True).stdout.splitlines()
                ours, alone, parents = zip(*(map(int, line.split()) for line in lines))
                started.append(common.lower_quartile(parents))
                return [list(ours), list(alone)]

            value, peer_value, ratio = common.best_run(measure,
                                                       common.lower_quartile)
            common.emit("21 backdrop: start to shown, 1080p " + kind, value / 1e6,
                        "ms", must, aim, "library alone", peer_value / 1e6, ratio)
            common.emit("21 of it, with the parent's work, 1080p " + kind,
                        min(started) / 1e6, "ms", None, None)


if __name__ == "__main__":
    main()
