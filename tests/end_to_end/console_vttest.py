#!/usr/bin/env python3
"""vttest's screens in the console, driven by its keys, against golden dumps of
their text. The pages for 132 columns are left out: the console has none."""
import os
import re
import sys

import tap
from desktop import GOLDEN, Desktop, start

WIDTH, HEIGHT = 80 * 8, 24 * 18

# (name, entry of the menu, pages, those for 132 columns)
MENUS = (
    ("cursor", "1", 6, (1, 3)),
    ("screen", "2", 15, (2, 4)),
    ("insert", "8", 7, ()),
)


class Vttest:
    def __init__(self):
        self.desktop = Desktop(start("console", "<command>/usr/bin/vttest</command>")
                               .replace("64M", "128M"))
        self.control = self.desktop.control
        self.control.do("mode %d %d" % (WIDTH, HEIGHT))
        self.desktop.wait(lambda: "Enter choice" in self.text())
        self.control.settle()

    def __enter__(self):
        self.desktop.__enter__()
        return self

    def __exit__(self, *what):
        self.desktop.__exit__(*what)

    def text(self):
        root = self.desktop.report("console/text")
        return "" if root is None else "\n".join(
            (line.text or "").rstrip() for line in root) + "\n"

    def enter(self, text="", same=False):
        """Types, and waits for the page that follows; it may look the same."""
        before, frames = self.text(), self.control.do("frames")
        if text:
            self.control.do("type " + text)
        self.control.do("key KEY_ENTER")
        self.desktop.wait(lambda: self.control.do("frames") != frames)
        self.control.settle(300)
        self.desktop.wait(lambda: (same or self.text() != before) and
                          re.search("RETURN|Enter choice", self.text()))
        self.control.settle()


def expect(name, text):
    path = os.path.join(GOLDEN, "vttest", name)
    if os.environ.get("NITPICKER_GOLDEN") == "write":
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as file:
            file.write(text)
        return
    with open(path) as file:
        golden = file.read()
    assert text == golden, "%s is\n%s\ninstead of\n%s" % (name, text, golden)


def menu(name, entry, pages, wide):
    with Vttest() as vttest:
        vttest.enter(entry)
        for page in range(pages):
            if page not in wide:
                expect("%s.%02d" % (name, page), vttest.text())
            vttest.enter(same=page + 1 in wide)


if __name__ == "__main__":
    tap.need(("vttest", "vttest"))
    sys.exit(tap.run([("vttest: " + name, lambda chosen=(name, *rest): menu(*chosen))
                      for name, *rest in MENUS]))
