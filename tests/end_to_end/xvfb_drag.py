#!/usr/bin/env python3
"""Drag and drop between two GTK programs in one X server; what is left when one
of them dies in the middle of it."""
import sys

import tap
import xdesktop

TEXT = "a long text that is dragged from here"
COMMAND = ("exec yad --entry --title=%s --entry-text='%s' --no-buttons "
           "--width=300 --posx=%d --posy=%d")


class Test(xdesktop.Case):
    def __init__(self):
        super().__init__("<stay>yes</stay>")

    def open(self, title, text, x, y):
        program = self.desktop.run(COMMAND % (title, text, x, y))
        return program, self.desktop.titled(title)

    def middle(self, window):
        x, y, w, h = self.desktop.shown(window)
        return x + w // 2, y + h // 2

    def shown(self):
        """The windows that can be seen; programs have others beside the
        screen."""
        return {int(node.get("id"), 16) for node in self.desktop.windows()
                if int(node.get("x")) >= 0}

    def start_drag(self, window):
        """With all of its text, until what is dragged has a picture: a window
        of its own."""
        x, y = self.middle(window)
        before = self.shown()
        # Not in it: that would be the first of two clicks.
        self.control.do("click %d %d" % (x, y - 40))
        self.x_focus(window)
        self.control.do("key KEY_LEFTCTRL KEY_A")
        self.control.do("move %d %d" % (x, y))
        self.control.settle()
        self.control.do("press BTN_LEFT")
        for step in range(1, 9):
            self.control.do("move %d %d" % (x + 4 * step, y + 4 * step))
            self.control.settle(20)
        self.desktop.wait(lambda: self.shown() > before)

    def x_focus(self, window):
        self.desktop.wait(lambda: any(
            int(node.get("id"), 16) == window and node.get("focus") == "yes"
            for node in self.desktop.windows()))

    def check_drop(self):
        one, source = self.open("From", TEXT, 60, 80)
        two, target = self.open("To", "", 500, 400)
        self.start_drag(source)
        x, y = self.middle(target)
        for step in (20, 10, 0):
            self.control.do("move %d %d" % (x - step, y - step))
            self.control.settle()
        self.control.do("release BTN_LEFT")
        self.desktop.wait(lambda: self.shown() == {source, target})
        # The target asks the source for it only now.
        self.control.settle()
        self.control.do("click %d %d" % (x, y))
        self.control.do("key KEY_ENTER")
        found = xdesktop.read_all(two).decode().splitlines()
        assert TEXT in found, found
        one.close()
        two.close()
        self.desktop.wait(lambda: not self.desktop.windows())

    def check_death(self):
        """kill -9 of the source in mid-drag, over its target."""
        one, source = self.open("From", TEXT, 60, 80)
        two, target = self.open("To", "", 500, 400)
        self.start_drag(source)
        x, y = self.middle(target)
        self.control.do("move %d %d" % (x, y))
        self.control.settle()
        one.close()
        self.desktop.wait(lambda: self.shown() == {target})
        self.control.do("release BTN_LEFT")
        self.control.settle()
        # The other one has mouse and keyboard, and nothing sticks.
        self.control.do("click %d %d" % (x, y))
        self.control.do("type well")
        self.control.do("key KEY_ENTER")
        found = xdesktop.read_all(two).decode().splitlines()
        assert "well" in found, found
        assert not self.x.keys_down()
        assert not self.x.pointer()[2] & 0x1f00, self.x.pointer()


def main():
    tap.need(("yad", "yad"))
    return xdesktop.run(Test, [
        ("text goes from one to the other", Test.check_drop),
        ("the source dies in mid-drag", Test.check_death),
    ])


if __name__ == "__main__":
    sys.exit(main())
