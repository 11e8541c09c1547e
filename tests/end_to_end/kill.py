#!/usr/bin/env python3
"""Kill mode: red, still, and a click ends a program for good."""
import os
import sys

import tap
from desktop import Desktop

TESTNIT, SECOND = "launchpad -> testnit", "launchpad -> testnit.2"


def main():
    desktop = Desktop()
    control = desktop.control

    def mode():
        return desktop.report("nitpicker/focus").get("mode")

    def front(label):
        """A point of the front-most view of a program."""
        return desktop.views(label)[0].center()

    def check_start():
        for label in (TESTNIT, SECOND):
            desktop.click_widget("link", "testnit")
            desktop.wait_for_views(label, 3)

    def check_red():
        x, y = front(TESTNIT)
        before = desktop.pixel(x, y)
        control.do("key KEY_SYSRQ")
        control.settle()
        assert mode() == "kill", mode()
        red = [int(desktop.pixel(x, y)[i:i + 2], 16) for i in (1, 3, 5)]
        plain = [int(before[i:i + 2], 16) for i in (1, 3, 5)]
        assert red[0] >= 128 and red[1] < 128 and red[2] < 128, (plain, red)
        folder = os.environ.get("TEST_DIR", desktop.folder)
        control.do("screenshot " + os.path.join(folder, "kill.png"))
        control.do("key KEY_ESC")
        control.settle()
        assert mode() == "", mode()
        assert desktop.pixel(x, y) == before

    def check_frozen():
        """What a program does meanwhile is seen when the mode is left."""
        control.do("key KEY_LEFTMETA KEY_K")
        control.settle()
        assert mode() == "kill"
        process = int(desktop.child("testnit.2").get("pid"))
        x, y = front(SECOND)
        before = desktop.pixel(x, y)
        os.kill(process, 9)
        desktop.wait(lambda: not desktop.views(SECOND))
        control.settle()
        assert desktop.pixel(x, y) == before, "the picture did not stand still"
        control.do("key KEY_LEFTMETA KEY_K")
        control.settle()
        assert mode() == ""
        assert desktop.pixel(x, y) != before

    def check_lock_out():
        process = int(desktop.child("testnit").get("pid"))
        x, y = front(TESTNIT)
        control.do("key KEY_SYSRQ")
        control.settle()
        control.do("click %d %d" % (x, y))
        desktop.wait(lambda: not desktop.views(TESTNIT))
        desktop.wait(lambda: desktop.child("testnit").get("state") == "locked_out")
        assert "locked out" in desktop.child("testnit").get("reason")
        desktop.wait(lambda: mode() == "")
        assert not os.path.exists("/proc/%d" % process)
        desktop.wait(lambda: TESTNIT not in desktop.sessions())
        desktop.wait(lambda: desktop.log_lines(TESTNIT + ": locked out by the user"))
        assert desktop.views("launchpad")[0].visible

    def check_again():
        """It can be started anew, and gets input."""
        desktop.click_widget("link", "testnit")
        desktop.wait_for_views("launchpad -> testnit.3", 3)
        assert desktop.focus() == "launchpad -> testnit.3", desktop.focus()

    code = tap.run([
        ("two programs", check_start),
        ("the key tints all red, Esc leaves", check_red),
        ("the picture stands still", check_frozen),
        ("a click ends the program, and launchpad says so", check_lock_out),
        ("the next one works", check_again),
        ("nothing is left", desktop.stop),
    ])
    if code:
        desktop.fail()
    return code


if __name__ == "__main__":
    sys.exit(main())
