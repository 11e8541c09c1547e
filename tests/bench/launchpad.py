#!/usr/bin/env python3
"""launchpad with 2,000 installed programs: from its start to its first
picture, and the processor time of each key of a search, drawing included."""
import os
import statistics
import subprocess
import tempfile
import time

import common
from desktop import Desktop, SERVER

PROGRAMS, SAMPLES = 2000, 20
WORDS = ("editor", "viewer", "player", "browser", "manager", "terminal", "game")
KINDS = ("Game", "Network", "Office", "Development", "Graphics", "Utility", "System")
TYPED = ("program", "number 17", "browser", "pn", "zzz")


def write_programs(folder):
    applications = os.path.join(folder, "applications")
    os.mkdir(applications)
    for i in range(PROGRAMS):
        with open(os.path.join(applications, "p%04d.desktop" % i), "w") as file:
            file.write("[Desktop Entry]\nType=Application\nName=Program number %d\n"
                       "Name[de]=Programm Nummer %d\nGenericName=Some %s\n"
                       "Comment=Does what number %d does\nKeywords=word%d;thing;\n"
                       "Exec=prog%d %%U\nIcon=p%d\nCategories=%s;\n" % (
                           i, i, WORDS[i % 7], i, i, i, i, KINDS[i % 7]))


class Pad:
    """A launchpad as a program of the host."""

    def __init__(self, desktop, folder):
        self.desktop = desktop
        env = dict(os.environ, NITPICKER_REPORTS="first_picture widgets",
                   NITPICKER_PARENT=os.path.join(desktop.runtime, "parent"),
                   XDG_DATA_DIRS=folder, XDG_DATA_HOME=folder + "/none")
        self.begin = time.monotonic_ns()
        self.process = subprocess.Popen([common.program("launchpad")], env=env)
        self.label = "host/launchpad.%d" % self.process.pid
        node = desktop.wait(lambda: desktop.report(self.label + "/first_picture"))
        self.shown = int(node.get("time_ns")) - self.begin

    def widget(self, role, name):
        return self.desktop.widget(role, name, self.label)

    def end(self):
        self.process.terminate()
        self.process.wait(10)
        self.desktop.wait(lambda: not self.desktop.views())


def type_words(pad):
    """CPU nanoseconds of each key, until the picture stands still."""
    control, costs = pad.desktop.control, []
    for words in TYPED:
        for letter in words:
            before = common.cpu(pad.process.pid)
            control.do("type " + letter if letter != " " else "key KEY_SPACE")
            control.settle(50)
            costs.append(common.cpu(pad.process.pid) - before)
        control.do("key KEY_ESC")
        control.settle(50)
    return costs


def main():
    common.need("launchpad", "nitpicker", "virtual_drv")
    with tempfile.TemporaryDirectory() as folder, Desktop(SERVER) as desktop:
        write_programs(folder)
        shown = []
        for sample in range(SAMPLES):
            pad = Pad(desktop, folder)
            shown.append(pad.shown)
            if sample < SAMPLES - 1:
                pad.end()
        common.emit("launchpad with 2,000 programs, start to picture",
                    statistics.median(shown) / 1e6, "ms", 100, None)
        desktop.wait(lambda: (pad.widget("text", "LINUX PROGRAMS") is not None and
                              pad.widget("text", "LINUX PROGRAMS").get("value") == "2000"))
        desktop.click_widget("titlebar", "Launchpad", pad.label)
        desktop.control.settle()
        costs = type_words(pad)
        common.emit("one key of a search in them, CPU",
                    statistics.median(costs) / 1e6, "ms", 5, None)
        common.emit("one key of a search in them, CPU, 90 of 100",
                    sorted(costs)[len(costs) * 9 // 10] / 1e6, "ms", 5, None)
        pad.end()


if __name__ == "__main__":
    main()
