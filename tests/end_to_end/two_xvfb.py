#!/usr/bin/env python3
"""two_xvfb.xml: two X servers beside each other and a third that launchpad
starts; each has a label of its own, and lives without the others."""
import os
import signal
import sys

import tap
import xdesktop
from desktop import BUILD_DIR, Desktop

xdesktop.need()
tap.need(("xterm", "xterm"), ("xclock", "x11-apps"))
with open(os.path.join(BUILD_DIR, "share/nitpicker/scenario/two_xvfb.xml")) as file:
    text = file.read()
desktop = Desktop(text[text.index("<config>") + 8:text.rindex("</config>")])


def titles(label):
    return sorted(view.title for view in desktop.views(label) if view.visible)


def windows(label):
    return desktop.nodes(label.replace(" -> ", "/") + "/windows", "window")


def both_are_there():
    desktop.wait(lambda: titles("red") == ["Red", "xclock"], 60)
    desktop.wait(lambda: titles("green") == ["Green", "xeyes"], 60)
    assert len(desktop.processes("Xvfb")) == 2


def focus_by_label():
    desktop.control.settle()
    for label, title in (("red", "Red"), ("green", "Green")):
        node = next(n for n in windows(label) if n.get("title") == title)
        desktop.control.do("click %d %d" % (int(node.get("sx")) + 30,
                                            int(node.get("sy")) + 90))
        desktop.wait(lambda: desktop.focus() == label)


def launchpad_starts_one():
    label = "launchpad -> xeyes"
    desktop.click_widget("link", "xeyes")
    desktop.wait(lambda: titles(label) == ["xeyes"], 60)
    assert len(desktop.processes("Xvfb")) == 3
    # Its close button ends the program, that the glue, and that its X server.
    desktop.control.settle()
    desktop.click_widget("button", "close", "launchpad/xeyes")
    desktop.wait(lambda: not desktop.views(label))
    desktop.wait(lambda: len(desktop.processes("Xvfb")) == 2)


def one_dies_alone():
    pid = int(next(n for n in desktop.nodes("children", "child")
                   if n.get("name") == "red").get("pid"))
    os.kill(pid, signal.SIGKILL)
    desktop.wait(lambda: not desktop.views("red"))
    desktop.wait(lambda: len(desktop.processes("Xvfb")) == 1)
    assert titles("green") == ["Green", "xeyes"]
    assert len(desktop.processes("xterm")) == 1


def terminal_of_the_desktop():
    """The desktop as it is installed has a terminal, since there is Xvfb."""
    label = "launchpad -> X-terminal"
    with Desktop() as default:
        default.click_widget("link", "X-terminal")
        default.wait(lambda: any(v.visible for v in default.views(label)), 60)


code = tap.run([
    ("two X servers", both_are_there),
    ("focus goes by label", focus_by_label),
    ("launchpad starts a third", launchpad_starts_one),
    ("one dies alone", one_dies_alone),
    ("nothing is left", desktop.stop),
    ("a terminal in the desktop as it is installed", terminal_of_the_desktop),
])
if code:
    desktop.fail()
sys.exit(code)
