#!/usr/bin/env python3
"""The whole story by mouse: from the first picture to a killed program."""
import os
import sys

import tap
import wire
from desktop import MENUBAR, Desktop, default_scenario

TESTNIT, SECOND = "launchpad -> testnit", "launchpad -> testnit.2"
MIB = 1 << 20
BAR = Desktop.WIDTH * MENUBAR  # pixels


def places(views):
    return {view.title: (view.x, view.y) for view in views}


def painted(control):
    """Pixels, so far."""
    return int(control.do("frames").split()[1])


def quota(desktop):
    """(total, reserve, left) of launchpad, and what its children have."""
    root = desktop.report("launchpad/children")
    return ([int(root.get(name)) for name in ("total", "reserve", "left")],
            [int(child.get("quota")) for child in root])


def main():
    # nothing of the host, nor of the day, in the pictures
    desktop = Desktop(default_scenario("<clock>off</clock><installed>off</installed>"
                                       "<ypos>0</ypos><height>780</height>"))
    control = desktop.control

    def golden(name):
        """The pointer out of the way, so that nothing is hovered."""
        control.do("move 1279 799")
        control.settle()
        # what holds quotas is another one on another machine
        desktop.compare(name, masks=[desktop.place(node) for node in
                                     desktop.nodes("launchpad/widgets", "widget")
                                     if node.get("name").startswith("held by ")])

    def check_launchpad():
        desktop.wait(lambda: desktop.widget("link", "testnit"))
        control.settle()
        views = desktop.views("launchpad")
        assert len(views) == 1 and views[0].visible, views
        assert desktop.views()[-1].label == "backdrop", desktop.views()
        for name in ("testnit", "launchpad", "nitpicker"):
            assert desktop.widget("link", name) is not None, name
            assert desktop.widget("slider", name + " quota") is not None, name
        golden("launchpad")

    def check_click():
        desktop.click_widget("link", "testnit")
        views = desktop.wait_for_views(TESTNIT, 3)
        assert [view.title for view in views] == ["Drei", "Zwei", "Eins"], views
        assert desktop.focus() == TESTNIT, desktop.focus()
        assert desktop.child("testnit").get("state") == "running"
        assert desktop.widget("button", "kill testnit") is not None

    def check_title():
        """Nothing but the title is painted, and not even that when it is the
        same."""
        host = wire.Host(desktop.runtime)
        two = host.open()
        os.close(wire.window(two, 0, 500, 40, 40))
        two.post(wire.EXECUTE, wire.record(wire.CREATE, 2, "I", 0) +
                 wire.record(wire.GEOMETRY, 2, "iiII", 50, 500, 40, 40) +
                 wire.record(wire.FRONT, 2) + wire.title(1, "one") + wire.title(2, "two"))
        wire.refresh(two, 1, (0, 0, 40, 40))
        # the click must not come before them
        desktop.wait(lambda: sum(view.visible for view in desktop.views()
                                 if view.label.startswith("host")) == 2)
        control.do("click 20 536")
        desktop.wait(lambda: desktop.report("nitpicker/focus").get("title") == "one")
        for x, title, pixels in ((20, "one", 0), (70, "two", BAR), (20, "one", BAR)):
            control.do("move %d 536" % x)
            control.settle()
            before = painted(control)
            control.do("click %d 536" % x)
            control.settle()
            assert desktop.report("nitpicker/focus").get("title") == title
            assert painted(control) - before == pixels, (title, painted(control) - before)
        two.close()
        host.close()
        desktop.wait(lambda: not any("host" in label for label in desktop.sessions()))

    def check_drag():
        before = places(desktop.views(TESTNIT))
        eins = [view for view in desktop.views(TESTNIT) if view.title == "Eins"][0]
        control.do("drag %d %d %d %d" % (eins.x + 5, eins.y + 5, eins.x - 95, eins.y + 55))
        control.settle()
        after = places(desktop.views(TESTNIT))
        assert after["Eins"] == (before["Eins"][0] - 100, before["Eins"][1] + 50), after
        assert after["Zwei"] == before["Zwei"] and after["Drei"] == before["Drei"]
        assert desktop.views()[0].title == "Eins", desktop.views()
        # what was dragged is where it is said to be: blue in its first pixel
        assert desktop.pixel(*after["Eins"]) == "#0000ff", desktop.pixel(*after["Eins"])
        golden("dragged")

    def check_x_ray():
        x, y = places(desktop.views(TESTNIT))["Eins"]
        x, y = x - 2, y + 100  # where the frame is
        before = desktop.pixel(x, y)
        control.do("key KEY_SCROLLLOCK")
        control.settle()
        assert desktop.report("nitpicker/focus").get("mode") == "x-ray"
        assert desktop.pixel(x, y) != before, "no frame"
        golden("x-ray")
        control.do("key KEY_SCROLLLOCK")
        control.settle()
        assert desktop.report("nitpicker/focus").get("mode") == ""
        assert desktop.pixel(x, y) == before
        golden("dragged")

    def check_second():
        before = quota(desktop)
        desktop.click_widget("link", "testnit")
        desktop.wait_for_views(SECOND, 3)
        assert len(desktop.views(TESTNIT)) == 3
        (total, reserve, left), children = quota(desktop)
        assert left == before[0][2] - 2 * MIB, (before, left)
        assert total == reserve + sum(children) + left, quota(desktop)
        assert places(desktop.views(TESTNIT)) != places(desktop.views(SECOND))

    def check_button_elsewhere():
        """A press on the button, released beside it: nothing happens."""
        button = desktop.widget("button", "kill testnit.2")
        x, y = int(button.get("sx")) + 8, int(button.get("sy")) + 8
        control.do("move %d %d" % (x, y))
        control.do("press BTN_LEFT")
        control.do("move %d %d" % (x - 300, y))
        control.do("release BTN_LEFT")
        control.settle()
        assert len(desktop.views(SECOND)) == 3

    def check_kill():
        before = quota(desktop)
        process = int(desktop.child("testnit.2").get("pid"))
        desktop.click_widget("button", "kill testnit.2")
        desktop.wait(lambda: not desktop.views(SECOND))
        desktop.wait(lambda: desktop.child("testnit.2") is None)
        (total, reserve, left), children = quota(desktop)
        assert left == before[0][2] + 2 * MIB, (before, left)
        assert total == reserve + sum(children) + left
        assert not os.path.exists("/proc/%d" % process)
        desktop.wait(lambda: SECOND not in desktop.sessions())
        assert len(desktop.views(TESTNIT)) == 3
        control.settle()

    def check_names_again():
        """The number is free again."""
        desktop.click_widget("link", "testnit")
        desktop.wait_for_views(SECOND, 3)
        desktop.click_widget("button", "kill testnit.2")
        desktop.wait(lambda: desktop.child("testnit.2") is None)
        control.settle()

    code = tap.run([
        ("launchpad appears", check_launchpad),
        ("a click on testnit opens three views", check_click),
        ("a click on another view paints the title only", check_title),
        ("dragging moves one", check_drag),
        ("ScrollLock shows X-ray, and hides it", check_x_ray),
        ("a second testnit is testnit.2", check_second),
        ("a button released elsewhere does nothing", check_button_elsewhere),
        ("its button kills it and gives the quota back", check_kill),
        ("its name is free again", check_names_again),
        ("nothing is left", desktop.stop),
    ])
    if code:
        desktop.fail()
    return code


if __name__ == "__main__":
    sys.exit(main())
