#!/usr/bin/env python3
"""The tutorial browser: from its start to the first picture of a 10 MB
document, and the processor time of a frame while that scrolls."""
import os
import random
import statistics
import subprocess
import tempfile
import time

import common
from desktop import Desktop, SERVER

SAMPLES = 10
BYTES = 10 << 20
NOTCHES = 100


def write_document(path):
    """Paragraphs with styles and links, headings, lists, code."""
    draw = random.Random(1)
    words = ("the launchpad starts programs memory window session nitpicker "
             "**bold** *slanted* `code` [link](#part-1) children and of with "
             "buffer view").split()
    with open(path, "w") as file:
        part = 0
        while file.tell() < BYTES:
            part += 1
            if part % 8 == 0:
                file.write("## Part %d\n\n" % part)
            file.write(" ".join(draw.choice(words) for _ in
                                range(draw.randint(30, 120))) + ".\n\n")
            if part % 11 == 0:
                file.write("- one item\n- another item\n\n")
            if part % 17 == 0:
                file.write("```\ncode %d\nmore of it\n```\n\n" % part)


class Reader:
    """A scout that shows the document."""

    def __init__(self, desktop, path):
        self.desktop = desktop
        env = dict(os.environ, NITPICKER_REPORTS="first_picture",
                   NITPICKER_PARENT=os.path.join(desktop.runtime, "parent"))
        self.begin = time.monotonic_ns()
        self.process = subprocess.Popen([common.program("scout"), path], env=env)
        self.label = "host/scout.%d/first_picture" % self.process.pid
        node = desktop.wait(lambda: desktop.report(self.label))
        self.opened = int(node.get("time_ns")) - self.begin

    def end(self):
        self.process.terminate()
        self.process.wait(10)
        self.desktop.wait(lambda: not self.desktop.views())


def scroll(desktop, reader):
    """(CPU nanoseconds, frames) of a stretch of scrolling."""
    control = desktop.control
    view = desktop.views()[0]
    control.do("move %d %d" % view.center())
    # the first page came from a part of it; now all of it is there
    control.settle(500)
    frames = int(control.do("frames").split()[0])
    begin = common.cpu(reader.process.pid)
    for _ in range(NOTCHES):
        control.do("wheel -1")
    control.settle()
    used = common.cpu(reader.process.pid) - begin
    return used, int(control.do("frames").split()[0]) - frames


def main():
    common.need("scout", "nitpicker", "virtual_drv")
    with tempfile.TemporaryDirectory() as folder, Desktop(SERVER) as desktop:
        path = os.path.join(folder, "large.md")
        write_document(path)
        opened = []
        for _ in range(SAMPLES):
            reader = Reader(desktop, path)
            opened.append(reader.opened)
            if len(opened) < SAMPLES:
                reader.end()
        common.emit("10 MB document to its first page",
                    statistics.median(opened) / 1e6, "ms", 300, None)
        used, frames = scroll(desktop, reader)
        common.emit("a frame of it while it scrolls, CPU",
                    used / max(frames, 1) / 1e6, "ms", 16.6, None)
        reader.end()


if __name__ == "__main__":
    main()
