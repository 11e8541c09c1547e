#!/usr/bin/env python3
"""vttest's screens in the console, driven by its keys, against golden dumps of
their text. The dumps were read: each page shows what it says it shows."""
import os
import re
import sys

import tap
from desktop import GOLDEN, Desktop, start

WIDTH, HEIGHT = 80 * 8, 24 * 18

# A chapter: entries of menus; a number stands for that many pages, each of
# which is compared and left by Enter.
MARGINS = ["2", "3", "4"]  # enabled, top and bottom, left and right
CHAPTERS = {
    # with pages of 132 columns in between
    "cursor": ["1", 6],
    "screen": ["2", 15],
    "insert": ["8", 7],
    "charset": ["3", "8", 1, "9", 1],
    "report": ["6", "3", 1, "4", 1, "7", 1],
    "iso": ["11", "5", "1", 1, "2", 1, "3", 1, "4", 1, "5", 1, "6", 1, "7", 1,
            "8", 1, "9", 1],
    "scroll": ["11", "7", "2", 1, "3", 1, "4", 1, "5", 1, "6", 1],
    "index": ["11", "3", "2", "7", 1, "8", 1, "3", "4", "5", "7", 1, "8", 1,
              "9", 1, "10", 1],
    "margins": ["11", "3", "3", *MARGINS, "9", 2, "10", 4, "11", 4, "12", 2,
                "13", 1],
    "rectangle": ["11", "3", "6", "6", "8", 2, "9", 1, "10", 2, "12", 2],
    "rectangle-in-margins": ["11", "3", "6", "1", *MARGINS, "6", "8", 2, "9", 1,
                             "10", 2, "12", 2],
}

# The others are for the soak.
SHORT = ("cursor", "screen", "insert", "margins", "rectangle")


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
        self.control.settle()
        self.desktop.wait(lambda: (same or self.text() != before) and
                          re.search("RETURN|Enter choice", self.text()))

    def press(self, key, words):
        self.control.do("key " + key)
        self.desktop.wait(lambda: words in self.text())


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


def chapter(name):
    page = 0
    with Vttest() as vttest:
        for step in CHAPTERS[name]:
            if isinstance(step, str):
                vttest.enter(step)
                continue
            for _ in range(step):
                expect("%s.%02d" % (name, page), vttest.text())
                page += 1
                vttest.enter()


def keys():
    """Key by key: vttest says what it understood."""
    with Vttest() as vttest:
        def press(key, words):
            vttest.control.do("key KEY_" + key)
            vttest.desktop.wait(lambda: words in vttest.text())

        vttest.enter("5")
        vttest.control.do("type 4")
        key = "ENTER"
        for mode, bytes_ in ("RESET", "<27> [ %s"), ("SET", "<27> O %s"):
            press(key, "<ANSI / Cursor key mode %s>" % mode)
            for key, letter in ("UP", "A"), ("DOWN", "B"), ("RIGHT", "C"), ("LEFT", "D"):
                press(key, (bytes_ + "  (%s arrow key)") % (letter, key.capitalize()))
            key = "TAB"


if __name__ == "__main__":
    tap.need(("vttest", "vttest"))
    chosen = CHAPTERS if os.environ.get("NITPICKER_SOAK") == "1" else SHORT
    sys.exit(tap.run([("vttest: " + name, lambda name=name: chapter(name))
                      for name in chosen] + [("vttest: cursor keys", keys)]))
