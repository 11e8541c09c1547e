#!/usr/bin/env python3
"""Starts and ends in a row: nothing of a child stays behind, in no process
that knew it."""
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                "..", "end_to_end"))

import tap  # noqa: E402
from desktop import Desktop, program  # noqa: E402

# Tall enough that notes of failures do not cover its first entry.
SCENARIO = """<start><filename>nitpicker</filename><ram_quota>64M</ram_quota></start>
<start><filename>launchpad</filename><ram_quota>512M</ram_quota>
<config ypos="0" height="760"/></start>"""
ROUNDS = 10000 if os.environ.get("NITPICKER_SOAK") == "1" else 200
WARM = 12  # rounds until caches and heaps have their size
DEAD = 8  # rows of the dead that launchpad keeps
PER_ROUND = 2048  # bytes that a heap may grow by in each of them


def main():
    desktop = Desktop(SCENARIO)
    control = desktop.control
    # All there, before anything is counted.
    desktop.wait(lambda: desktop.widget("link", "testnit"))
    elders = {name: desktop.processes(name)[0].pid
              for name in ("nitpicker-desktop", "nitpicker", "launchpad")}

    def fds(pid):
        return len(os.listdir("/proc/%d/fd" % pid))

    def memory(pid):
        with open("/proc/%d/smaps_rollup" % pid) as file:
            return sum(int(line.split()[1]) << 10 for line in file
                       if line.startswith("Private_Dirty:"))

    def groups():
        with open("/proc/%d/cgroup" % elders["launchpad"]) as file:
            paths = {line.split(":", 2)[2].strip() for line in file
                     if ":memory:" in line or line.startswith("0::")}
        count = 0
        for path in paths:
            for mount in ("/sys/fs/cgroup/memory", "/sys/fs/cgroup"):
                parent = os.path.dirname(mount + path)
                if path != "/" and os.path.isdir(mount + path):
                    count += sum(1 for _ in os.walk(parent))
        return count

    def rows():
        return [child for child in desktop.nodes("launchpad/children", "child")]

    def sums():
        """What was given and what is left is what there is, at any moment."""
        for owner in ("", "launchpad/"):
            root = desktop.report(owner + "children")
            parts = [int(root.get(name))
                     for name in ("reserve", "host", "returning", "left")]
            parts += [int(child.get("quota")) for child in root]
            assert int(root.get("total")) == sum(parts), (root.attrib, parts)

    def all_quiet():
        sums()
        return all(child.get("state") not in ("running", "starting", "waiting")
                   for child in rows())

    def look():
        return ({name: fds(pid) for name, pid in elders.items()},
                len(desktop.family()), groups(), set(desktop.sessions()))

    def running():
        for child in rows():
            if child.get("state") == "running" and child.get("pid") != "0":
                return int(child.get("pid"))
        return None

    def refused():
        """bubblewrap found no ld.so.cache: on this machine somebody installs
        a package, which replaces it, just now."""
        return {child.get("name") for child in rows()
                if "ld.so.cache" in child.get("reason")}

    again = []

    def round_of(signo):
        before = refused()

        def fresh():
            return bool(refused() - before)
        desktop.click_widget("link", "testnit")
        pid = desktop.wait(lambda: running() or fresh())
        if signo != 9:
            desktop.wait(lambda: fresh() or
                         any(v.label.startswith("launchpad -> testnit")
                             for v in desktop.views()))
        try:
            if not fresh():
                os.kill(pid, signo)
        except ProcessLookupError:
            desktop.wait(fresh)
        desktop.wait(all_quiet)
        if fresh():
            again.append(signo)
            round_of(signo)

    def settled(state):
        desktop.wait(lambda: not [l for l in desktop.sessions() if "testnit" in l])
        desktop.wait(lambda: look() == state)

    def check_churn():
        for i in range(WARM):
            round_of(9 if i % 2 else 15)
        desktop.wait(lambda: not [l for l in desktop.sessions() if "testnit" in l])
        control.settle()
        state = look()
        size = {name: memory(pid) for name, pid in elders.items()}
        for i in range(ROUNDS):
            round_of(9 if i % 2 else 15)
        settled(state)
        print("# %d starts met an installation, and were repeated" % len(again))
        assert len(rows()) == DEAD, "%d rows" % len(rows())
        for name, pid in elders.items():
            grown = memory(pid) - size[name]
            print("# %s: %d bytes more after %d rounds" % (name, grown, ROUNDS))
            assert grown < ROUNDS * PER_ROUND + (64 << 10), name

    def check_host():
        """Those of the host share a quota, and it is whole again."""
        hello = [program("hello")]
        environment = dict(os.environ, NITPICKER_PARENT=os.path.join(
            desktop.runtime, "parent"))
        for _ in range(3):
            client = subprocess.Popen(hello, env=environment)
            label = "host -> hello.%d" % client.pid
            desktop.wait(lambda: desktop.views(label))
            sums()
            client.kill()
            client.wait()
            desktop.wait(lambda: label not in desktop.sessions())
            control.settle()
            sums()

    def check_quota():
        def whole():
            root = desktop.report("launchpad/children")
            return (int(root.get("total")) ==
                    int(root.get("reserve")) + int(root.get("left")))
        desktop.wait(whole)
        sums()

    code = tap.run([
        ("%d starts and ends leave nothing" % ROUNDS, check_churn),
        ("clients of the host leave nothing", check_host),
        ("the quota is whole again", check_quota),
        ("the desktop ends as always", desktop.stop),
    ])
    if code:
        desktop.fail()
    return code


if __name__ == "__main__":
    sys.exit(main())
