#!/usr/bin/env python3
"""From the click on "Linux-console" to the prompt of its shell, in the desktop
of demo.xml; and what the guest's processes really use."""
import shutil
import statistics
import sys
import time

import common
from demo import Demo, scenario

RUNS = 5
OWNER = "launchpad/Linux-console"


def lines(desktop, owner):
    return [node.text or "" for node in
            desktop.nodes(owner + "/linux/console/text", "line")]


def memory(processes):
    """Bytes, shared ones by their part."""
    total = 0
    for process in processes:
        try:
            with open("/proc/%d/smaps_rollup" % process.pid) as file:
                total += sum(int(line.split()[1]) for line in file
                             if line.startswith("Pss:")) << 10
        except ProcessLookupError:
            pass  # it has ended
    return total


def run():
    """Seconds, bytes of each program."""
    with Demo(scenario()) as desktop:
        desktop.wait(lambda: desktop.widget("link", "Linux-console") is not None)
        desktop.control.settle()
        before = {process.pid for process in desktop.family()}
        begin = time.monotonic()
        desktop.click_widget("link", "Linux-console")
        desktop.wait(lambda: any("root@linux:~#" in line
                                 for line in lines(desktop, OWNER)), 60)
        taken = time.monotonic() - begin
        desktop.control.settle()
        programs = {}
        for process in desktop.family():
            if process.pid not in before:
                programs.setdefault(process.name(), []).append(process)
        return taken, {name: memory(these) for name, these in programs.items()}


def main():
    common.need("linux", "virtual_drv")
    if not shutil.which("linux.uml"):
        sys.exit("linux.uml is missing")
    runs = [run() for _ in range(RUNS)]
    common.emit("User Mode Linux, from the click to the prompt",
                statistics.median(taken for taken, _ in runs), "s", 3, 2)
    # of its entry's quota of 168M
    common.emit("User Mode Linux with its window and console, memory",
                max(sum(used.values()) for _, used in runs) / (1 << 20), "MiB",
                168 / 1.5, 80)
    for name in sorted(runs[0][1]):
        print("# %s %.1f MiB" % (name, runs[0][1][name] / (1 << 20)), flush=True)


if __name__ == "__main__":
    main()
