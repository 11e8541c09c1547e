#!/usr/bin/env python3
"""Row 21: a 1080p picture into the screen's buffer, through the decoder's own
process, beside its library alone."""
import os
import subprocess
import tempfile

import common

SAMPLES = 20


def main():
    common.need("bench_picture", "scout_decode", "convert")
    with tempfile.TemporaryDirectory(prefix="bench-picture-") as folder:
        for kind, must, aim in ("jpeg", 1.3, 1.1), ("png", 1.2, 0.6):
            path = os.path.join(folder, "photo." + kind)
            subprocess.run(["convert", "-size", "1920x1080", "-seed", "7",
                            "plasma:fractal", "-quality", "85", path], check=True)

            def measure():
                lines = subprocess.run(
                    [common.program("bench_picture"), path, str(SAMPLES)],
                    check=True, capture_output=True, text=True).stdout.split("\n")
                pairs = [tuple(map(int, line.split())) for line in lines if line]
                return [list(side) for side in zip(*pairs)]

            value, peer_value, ratio = common.best_run(measure,
                                                       common.lower_quartile)
            common.emit("21 picture into the buffer, 1080p " + kind, value / 1e6,
                        "ms", must, aim, "library alone", peer_value / 1e6, ratio)


if __name__ == "__main__":
    main()
