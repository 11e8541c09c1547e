#!/usr/bin/env python3
"""Numbers are printed while the window around a console is resized at random:
each of those that are kept is there once, in order, and nothing leaks."""
import os
import random
import sys

import tap
from desktop import SERVER, Desktop, start

SOAK = os.environ.get("NITPICKER_SOAK") == "1"
RESIZES = 500 if SOAK else 25
NUMBERS = 2000  # per resize
KEPT = 3000  # lines
WIDE, HIGH = (200, 900), (60, 500)  # of the content, pixels
BORDER = 12

ROUTE = '<route><any-service><child name="liquid_fb"/></any-service></route>'
SHELL = """<command>/bin/sh</command><arg>-c</arg>
<arg>stty -echo; i=0; while read x; do seq $((i+1)) $((i+%d)); i=$((i+%d)); done</arg>
<scrollback>%d</scrollback>""" % (NUMBERS, NUMBERS, KEPT)


class Window(Desktop):
    def __init__(self):
        screen = start("liquid_fb", "<x>10</x><y>10</y><width>500</width>"
                       "<height>300</height>")
        console = start("console", SHELL).replace("<config>", ROUTE + "<config>", 1)
        super().__init__(SERVER + screen + console.replace("64M", "128M"))
        self.wait(lambda: self.report("console/text") is not None)
        self.control.settle()
        x, y, _, _ = self.content()
        self.control.do("click %d %d" % (x + 20, y + 20))

    def content(self):
        node = self.report("liquid_fb/framebuffer")
        return tuple(int(node.get(name)) for name in ("sx", "sy", "w", "h"))

    def lines(self):
        return [line.text or "" for line in self.nodes("console/text", "line")]

    def shows(self, number):
        self.wait(lambda: str(number) in self.lines())

    def page(self):
        """(lines that the view is scrolled back, its lines)"""
        root = self.report("console/text")
        return int(root.get("back")), [line.text or "" for line in root]

    def everything(self):
        """All lines that are kept, page by page from the first one on."""
        found = {}
        self.control.do("key KEY_LEFTSHIFT KEY_HOME")
        self.wait(lambda: self.page()[0] > 0)
        self.control.settle()
        while True:
            back, lines = self.page()
            found.update({row - back: line for row, line in enumerate(lines)})
            if not back:
                return [found[at] for at in sorted(found)]
            self.control.do("key KEY_LEFTSHIFT KEY_PAGEDOWN")
            self.wait(lambda: self.page()[0] < back)


def numbers_in_order():
    random.seed(7)
    with Window() as desktop:
        memory = 0
        for i in range(RESIZES):
            x, y, w, h = desktop.content()
            corner = x + w + BORDER - 4, y + h + BORDER - 4
            to = x + random.randint(*WIDE) + 8, y + random.randint(*HIGH) + 8
            # the drag is under way when the numbers come
            desktop.control.do("key KEY_ENTER")
            desktop.control.do("drag %d %d %d %d" % (*corner, *to))
            desktop.shows((i + 1) * NUMBERS)
            desktop.control.settle(50)
            if i == RESIZES // 5:
                memory = sum(process.private_memory() for name in
                             ("console", "liquid_fb")
                             for process in desktop.processes(name))
        found = [int(line) for line in desktop.everything() if line]
        last = RESIZES * NUMBERS
        assert len(found) >= KEPT / 2, len(found)
        assert found == list(range(last - len(found) + 1, last + 1)), found[:20]
        now = sum(process.private_memory() for name in ("console", "liquid_fb")
                  for process in desktop.processes(name))
        print("# %d resizes, %d numbers of %d kept, %d KiB more memory" % (
            RESIZES, len(found), last, (now - memory) >> 10))
        assert now < memory + (6 << 20), (memory, now)


if __name__ == "__main__":
    sys.exit(tap.run([("numbers while the window is resized", numbers_in_order)]))
