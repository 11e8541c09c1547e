#!/usr/bin/env python3
"""The same story without a mouse: start, switch, move about, kill."""
import sys

import tap
from desktop import Desktop

TESTNIT, SECOND = "launchpad -> testnit", "launchpad -> testnit.2"


def main():
    desktop = Desktop()
    control = desktop.control

    def key(*names):
        control.do("key " + " ".join(names))
        control.settle()

    def focused():
        """(role, name) of the focused widget of launchpad."""
        for node in desktop.nodes("launchpad/widgets", "widget"):
            if "focused" in (node.get("state") or "").split():
                return node.get("role"), node.get("name")
        return None

    def go_to(role, name):
        """Presses Tab until that widget has the focus."""
        seen = []
        while focused() != (role, name):
            assert seen.count(focused()) < 2, "Tab comes by %s" % seen
            seen.append(focused())
            key("KEY_TAB")

    def check_focus():
        desktop.wait(lambda: desktop.widget("link", "testnit"))
        control.settle()
        key("KEY_LEFTMETA")
        desktop.wait(lambda: desktop.focus() == "launchpad")

    def check_start():
        go_to("link", "testnit")
        key("KEY_ENTER")
        desktop.wait_for_views(TESTNIT, 3)
        assert desktop.focus() == TESTNIT, desktop.focus()

    def check_switch():
        key("KEY_LEFTMETA", "KEY_TAB")
        assert desktop.focus() == "launchpad", desktop.focus()
        assert desktop.views()[0].label == "launchpad", desktop.views()
        key("KEY_LEFTMETA", "KEY_TAB")
        assert desktop.focus() == TESTNIT, desktop.focus()
        key("KEY_LEFTMETA", "KEY_LEFTSHIFT", "KEY_TAB")
        assert desktop.focus() == "launchpad", desktop.focus()

    def check_tab():
        """Tab reaches everything, and comes around; Shift+Tab goes back."""
        go_to("link", "testnit")
        seen = []
        while focused() not in seen:
            seen.append(focused())
            key("KEY_TAB")
        for wanted in (("link", "testnit"), ("slider", "testnit quota"),
                       ("link", "launchpad"), ("link", "nitpicker")):
            assert wanted in seen, "%s is not among %s" % (wanted, seen)
        now = focused()
        key("KEY_TAB")
        key("KEY_LEFTSHIFT", "KEY_TAB")
        assert focused() == now, focused()

    def check_quota():
        go_to("slider", "testnit quota")
        before = desktop.widget("slider", "testnit quota").get("value")
        key("KEY_RIGHT")
        after = desktop.widget("slider", "testnit quota").get("value")
        assert after != before, after
        key("KEY_LEFT")
        assert desktop.widget("slider", "testnit quota").get("value") == before

    def check_second():
        go_to("link", "testnit")
        key("KEY_ENTER")
        desktop.wait_for_views(SECOND, 3)
        assert desktop.focus() == SECOND, desktop.focus()

    def check_x_ray():
        for keys in (["KEY_SCROLLLOCK"], ["KEY_LEFTMETA", "KEY_X"]):
            key(*keys)
            assert desktop.report("nitpicker/focus").get("mode") == "x-ray"
            key(*keys)
            assert desktop.report("nitpicker/focus").get("mode") == ""

    def check_kill():
        key("KEY_LEFTMETA")
        assert desktop.focus() == "launchpad", desktop.focus()
        go_to("button", "kill testnit.2")
        key("KEY_ENTER")
        desktop.wait(lambda: not desktop.views(SECOND))
        desktop.wait(lambda: desktop.child("testnit.2") is None)
        assert len(desktop.views(TESTNIT)) == 3
        assert desktop.focus() == "launchpad", desktop.focus()

    code = tap.run([
        ("Super alone goes to launchpad", check_focus),
        ("Enter starts", check_start),
        ("Super+Tab and Super+Shift+Tab switch", check_switch),
        ("Tab and Shift+Tab", check_tab),
        ("arrows change a quota", check_quota),
        ("a second one", check_second),
        ("X-ray by both of its keys", check_x_ray),
        ("kill", check_kill),
        ("nothing is left", desktop.stop),
    ])
    if code:
        desktop.fail()
    return code


if __name__ == "__main__":
    sys.exit(main())
