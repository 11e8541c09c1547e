#!/usr/bin/env python3
"""Programs that take all they can, with 10M each, started from launchpad:
another program goes on animating, they are gone, and their memory is back."""
# runs alone: what our processes share with others counts as theirs, too
import os
import re
import signal
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                "..", "end_to_end"))

import tap  # noqa: E402
from desktop import BUILD_DIR, Desktop, processes, program  # noqa: E402

SOAK = os.environ.get("NITPICKER_SOAK") == "1"
SECONDS = 10 if SOAK else 2  # of animation beside each of them
# us, of 99 % of the gaps; beside other tests, only that nothing stands still
GAP = 50000 if SOAK else 2000000
GONE = 2 if SOAK else 20  # seconds
SOFT_GONE = 2 if SOAK else 20  # what init(1) says of the soft limit is 2
SLACK = 2 << 20  # bytes that the memory of a desktop differs by, anyway
# Those that are killed first: their rows are to be seen.
WAYS = [["sigterm", "daemon", "malloc", "fork", "memfd"],
        ["mapped", "file", "daemon_left"]]
NOBODY = 65534

LAUNCHER = ('<launcher name="%s"><filename>hog</filename><arg value="%s"/>'
            '<ram_quota>10M</ram_quota></launcher>')
SCENARIO = """<start><filename>nitpicker</filename><ram_quota>64M</ram_quota></start>
<start><filename>launchpad</filename><ram_quota>256M</ram_quota>
<config ypos="0" height="760">%s</config></start>"""
ANIMATION = "<start><filename>animate</filename><ram_quota>16M</ram_quota></start>"


def reachable(path):
    """Whether another user can execute what lies there."""
    while path != "/":
        if not os.stat(path).st_mode & 1:
            return False
        path = os.path.dirname(path)
    return True


def hogs():
    return [p for p in processes() if p.name() == "hog"]


class Greedy:
    def __init__(self, ways, user=None):
        scenario = SCENARIO % "".join(LAUNCHER % (way, way) for way in ways)
        self.desktop = Desktop(scenario, user=user)
        # The picture does not stand still from now on.
        self.desktop.control.wait = self.wait
        self.desktop.control.calm = lambda: self.pass_time(0.1)
        self.desktop.configure(scenario + ANIMATION)
        self.desktop.wait(lambda: self.desktop.views("animate"))
        self.quiet = self.animation()

    def pass_time(self, seconds):
        """By the driver's clock."""
        self.desktop.control.ask("settle 60000 %d" % max(1, int(seconds * 1000)))

    def wait(self, condition, limit=60):
        end = time.monotonic() + limit
        while True:
            result = condition()
            if result is not None and result is not False and result != []:
                return result
            if time.monotonic() > end:
                raise AssertionError("waited in vain")
            self.pass_time(0.02)

    def gaps(self):
        return [line.split()[-3:] for line in self.desktop.log_lines("[animate] gaps")]

    def ask(self):
        """What was measured since the last time: count, p99 and most, us."""
        known = len(self.gaps())
        self.desktop.processes("animate")[0].kill(signal.SIGUSR1)
        self.desktop.wait(lambda: len(self.gaps()) > known)
        return [int(word) for word in self.gaps()[-1]]

    def animation(self, seconds=SECONDS):
        self.ask()
        self.pass_time(seconds)
        return self.ask()

    def memory(self):
        """What all of the desktop hold: PSS, shared memory included."""
        total = 0
        for process in self.desktop.family():
            try:
                with open("/proc/%d/smaps_rollup" % process.pid) as file:
                    total += sum(int(line.split()[1]) << 10 for line in file
                                 if line.startswith("Pss:"))
            except OSError:
                pass
        return total

    def child(self, way):
        return self.desktop.child(way)

    def others(self):
        """Which processes the programs of the desktop are, but for hogs."""
        return {name: sorted(p.pid for p in self.desktop.processes(name)) for name
                in ("nitpicker-desktop", "nitpicker", "launchpad", "animate")}

    def state(self, way):
        child = self.child(way)
        return child.get("state") if child is not None else "none"

    def run(self, way, what):
        desktop = self.desktop
        before = self.memory()
        self.ask()
        began = time.monotonic()
        desktop.click_widget("link", way)
        desktop.wait(lambda: self.state(way) not in ("none", "starting"))
        if way in ("sigterm", "daemon"):
            desktop.wait(lambda: len(hogs()) == (2 if way == "daemon" else 1))
            began = time.monotonic()
            desktop.click_widget("button", "kill " + way)
        desktop.wait(lambda: not hogs() and self.state(way) not in
                     ("running", "waiting"))
        gone = time.monotonic() - began
        left = SECONDS - gone
        if left > 0:
            self.pass_time(left)
        count, p99, most = self.ask()
        child = self.child(way)
        reason = child.get("reason") if child is not None else "killed"
        desktop.wait(lambda: self.memory() <= before + SLACK)
        after = self.memory()
        print("# %s, %s: gone after %.2f s (%s); gaps of an animation: 99 %% "
              "under %.1f ms, most %.1f ms of %d (quiet: %.1f, %.1f ms); memory "
              "%+d KiB" % (what, way, gone, reason, p99 / 1e3, most / 1e3, count,
                           self.quiet[1] / 1e3, self.quiet[2] / 1e3,
                           (after - before) >> 10))
        return gone, p99


def mechanism():
    for line in os.popen("'%s' --check --backend virtual" %
                         program("nitpicker-desktop")):
        if line.startswith("quotas are enforced by: "):
            return line.partition(": ")[2].strip()
    return "nothing"


def main():
    words = mechanism()
    tests = []

    def check(desktop, way):
        def run():
            gone, p99 = desktop[0].run(way, words)
            if "soft" in words:
                return  # that is told, not judged
            assert gone < GONE, "gone after %.2f s" % gone
            assert p99 < max(GAP, 2 * desktop[0].quiet[1]), "gaps of %d us" % p99
        return run

    def soft(ways):
        def run():
            if os.getuid() != 0 or "soft" in words:
                raise tap.Skip("this is the soft limit")
            if not reachable(os.path.realpath(BUILD_DIR)):
                raise tap.Skip("another user can't reach the programs")
            other = Greedy(ways, user=NOBODY)
            before = other.others()
            for way in ways:
                if way != "file":  # the size of its disk ends that
                    gone = other.run(way, "soft limit")[0]
                    assert gone < SOFT_GONE, "%s: gone after %.2f s" % (way, gone)
                    assert other.others() == before, "%s ended others" % way
            other.desktop.stop()
        return run

    for ways in WAYS:
        desktop = []
        tests.append(("a desktop, its animation",
                      lambda desktop=desktop, ways=ways:
                      desktop.append(Greedy(ways))))
        tests += [("with 10M: " + way, check(desktop, way)) for way in ways]
        tests.append(("the desktop ends as always",
                      lambda desktop=desktop: desktop[0].desktop.stop()))
    tests += [("the soft limit: " + ", ".join(ways), soft(ways)) for ways in WAYS]
    return tap.run(tests)


if __name__ == "__main__":
    signal.alarm(600 if SOAK else 280)
    sys.exit(main())
