#!/usr/bin/env python3
"""A changed config is applied as one: whoever looks at any moment sees the old
state or the new one, and what can't be read leaves the rest as it is."""
import ctypes
import os
import select
import sys
import time
import xml.etree.ElementTree as ElementTree

import tap
from desktop import SERVER, Desktop, program

LAUNCHER = ("<launcher name=\"%s\"><filename>testnit</filename><ram_quota>%dM</ram_quota>"
            "</launcher>")
OLD = {"old-%d" % n: 2 + n for n in range(6)}
NEW = {"new-%d" % n: 10 + n for n in range(9)}
MOVED = 0x80  # of inotify


def scenario(entries, more=""):
    return SERVER + ("<start><filename>launchpad</filename><ram_quota>256M</ram_quota>"
                     "<config><clock>off</clock><installed>off</installed>"
                     "<height>760</height>%s%s</config></start>" % (
                         "".join(LAUNCHER % pair for pair in entries.items()), more))


def shown(root):
    """{entry: its quota} in a report of the window."""
    widgets = list(root.iter("widget"))
    links = {w.get("name") for w in widgets if w.get("role") == "link" and
             "-" in w.get("name")}
    return {name: int(float(w.get("value").split()[0])) for name in links for w in widgets
            if (w.get("role"), w.get("name")) == ("slider", name + " quota")}


class Watch:
    """Each version of launchpad's window that is reported."""

    def __init__(self, desktop):
        self.folder = os.path.join(desktop.runtime, "report", "launchpad")
        libc = ctypes.CDLL(None, use_errno=True)
        self.fd = libc.inotify_init1(os.O_CLOEXEC | os.O_NONBLOCK)
        assert libc.inotify_add_watch(self.fd, self.folder.encode(), MOVED) >= 0

    def look(self):
        return shown(ElementTree.parse(os.path.join(self.folder, "widgets.xml")).getroot())

    def until(self, wanted, allowed, limit=60):
        """What is seen until it is as wanted; nothing else than is allowed."""
        end, versions = time.monotonic() + limit, 0
        while True:
            now = self.look()
            versions += 1
            assert now in allowed, now
            if now == wanted:
                return versions
            left = end - time.monotonic()
            assert left > 0, now
            if select.select([self.fd], [], [], left)[0]:
                os.read(self.fd, 65536)


def main():
    desktop = Desktop(scenario(OLD))
    desktop.wait(lambda: desktop.widget("link", "old-0"))
    watch = Watch(desktop)

    def change():
        for entries, before in ((NEW, OLD), (OLD, NEW)) * 3:
            desktop.configure(scenario(entries))
            watch.until(entries, (before, entries))
            desktop.control.settle()

    def odd():
        """What can't be read is told, the rest counts."""
        bad = ("<launcher><filename>../x</filename></launcher>"
               "<launcher name=\"n-0\"><filename>testnit</filename><colour/>"
               "<ram_quota>3M</ram_quota></launcher><strange/>")
        wanted = dict(NEW, **{"n-0": 3})
        desktop.configure(scenario(NEW, bad))
        watch.until(wanted, (OLD, wanted))
        desktop.control.settle()
        for words in ("neither a program", 'unknown node "colour"', 'unknown node "strange"'):
            lines = desktop.wait(lambda: desktop.log_lines(words))
            assert len(lines) == 1 and "scenario.xml:" in lines[0], (words, lines)

    def unreadable():
        before = watch.look()
        with open(desktop.scenario + ".new", "w") as file:
            file.write("<config><start>")
        os.rename(desktop.scenario + ".new", desktop.scenario)
        desktop.wait(lambda: desktop.log_lines("scenario.xml:1:"))
        desktop.control.settle(300)
        assert watch.look() == before
        assert desktop.views("launchpad")

    code = tap.run([
        ("entries change all at once", change),
        ("what can't be read is told, the rest counts", odd),
        ("a file that can't be read changes nothing", unreadable),
        ("the desktop ends as always", desktop.stop),
    ])
    if code:
        desktop.fail()
    return code


if __name__ == "__main__":
    if not os.access(program("launchpad"), os.X_OK):
        tap.skip_all("launchpad is not built")
    sys.exit(main())
