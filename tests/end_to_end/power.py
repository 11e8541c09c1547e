#!/usr/bin/env python3
"""The end of the desktop, asked for in launchpad's window."""
import os
import sys

import tap
from desktop import Desktop, default_scenario, program, start

BUTTON = "end the session"


def press(desktop, owner="launchpad"):
    desktop.click_widget("button", BUTTON, owner)
    desktop.control.settle()


def picture(desktop, name):
    folder = os.environ.get("TEST_DIR", desktop.folder)
    desktop.control.do("screenshot " + os.path.join(folder, name))


def not_granted():
    """Without <power/> there is no such button, and inside never."""
    entry = "<clock>off</clock><launcher><filename>launchpad</filename></launcher>"
    nodes = start("nitpicker") + start("launchpad", entry)
    with Desktop(nodes.replace("64M", "256M")) as desktop:
        desktop.wait(lambda: desktop.widget("link", "launchpad"))
        assert desktop.widget("button", BUTTON) is None
    scenario = default_scenario("<clock>off</clock>")
    with Desktop(scenario) as desktop:
        desktop.wait(lambda: desktop.widget("button", BUTTON))
        desktop.click_widget("link", "launchpad")
        inner = "launchpad/launchpad"
        desktop.wait(lambda: desktop.widget("link", "testnit", inner))
        assert desktop.widget("button", BUTTON, inner) is None


def asked_twice():
    with Desktop(default_scenario("<clock>off</clock>")) as desktop:
        desktop.click_widget("link", "testnit")
        desktop.wait_for_views("launchpad -> testnit", 3)
        press(desktop)
        picture(desktop, "menu.png")
        # The machine isn't ours here.
        for name in ("Restart", "Power off"):
            assert desktop.widget("button", name) is None, name
        desktop.click_widget("button", "Log out")
        desktop.control.settle()
        picture(desktop, "question.png")
        desktop.click_widget("button", "Cancel")
        desktop.wait(lambda: not desktop.widget("button", "Log out"))
        assert desktop.process.poll() is None
        # Enter alone means no, too.
        press(desktop)
        desktop.control.do("key KEY_DOWN")  # from Lock
        desktop.control.do("key KEY_ENTER")
        desktop.wait(lambda: desktop.widget("button", "Cancel"))
        desktop.control.do("key KEY_ENTER")
        desktop.wait(lambda: not desktop.widget("button", "Cancel"))
        assert desktop.process.poll() is None


def ends():
    desktop = Desktop(default_scenario("<clock>off</clock>"))
    try:
        desktop.click_widget("link", "testnit")
        desktop.wait_for_views("launchpad -> testnit", 3)
        family = desktop.family()
        press(desktop)
        desktop.click_widget("button", "Log out")
        desktop.wait(lambda: desktop.widget("button", "Cancel"))
        desktop.control.settle()
        desktop.click_widget("button", "Log out")
        assert desktop.process.wait(60) == 0
        assert desktop.log_lines("the desktop ends, as launchpad asks")
        left = [p.name() for p in family if p.is_alive()]
        assert not left, left
    finally:
        desktop.fail()


TESTS = [
    ("only who has <power/> shows the button", not_granted),
    ("what ends programs is asked twice", asked_twice),
    ("log out: all ends, exit code 0, nothing is left", ends),
]

if __name__ == "__main__":
    if not os.access(program("launchpad"), os.X_OK):
        tap.skip_all("launchpad is not built")
    sys.exit(tap.run(TESTS))
