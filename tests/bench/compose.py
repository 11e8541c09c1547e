#!/usr/bin/env python3
"""CPU of a move of a view of 256x256 over one that covers the screen, with 990
more views of 50 clients below, beside the same with 10."""
import subprocess

import common


def main():
    common.need("bench_compose")

    def measure():
        few, many = [], []
        text = subprocess.run([common.program("bench_compose")], check=True,
                              stdout=subprocess.PIPE, text=True).stdout
        for line in text.splitlines():
            words = line.split()
            few.append(float(words[1]))
            many.append(float(words[2]))
        return many, few

    value, peer, ratio = common.best_run(measure, common.lower_quartile)
    common.emit("move over 990 covered views of 50 clients, CPU", value / 1000, "us",
                2, 1.2, "10 covered views", peer / 1000, ratio)


if __name__ == "__main__":
    main()
