#!/usr/bin/env python3
"""kill -9 of nitpicker: init starts it again, and the same picture is back:
windows in their order, the focus, the menubar, the pointer, X-ray. No client
ended, no key is stuck. (How long it takes: tests/bench/restart.py.)"""
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                "..", "end_to_end"))

import tap  # noqa: E402
from control import Refused  # noqa: E402
from desktop import Desktop, default_scenario  # noqa: E402

FIRST, SECOND = "launchpad -> testnit", "launchpad -> testnit.2"
TIMES = 12 if os.environ.get("NITPICKER_SOAK") == "1" else 4
ANIMATION = "<start><filename>animate</filename><ram_quota>16M</ram_quota></start>"
ANIMATED = (10, 26, 64, 64)  # its view on the output


def view_of(desktop, label, title):
    return [view for view in desktop.views(label) if view.title == title][0]


def drag(desktop, label, title, dx, dy):
    """Moves one view by its upper left corner."""
    view = view_of(desktop, label, title)
    x, y = view.x + 5, view.y + 5
    desktop.control.do("drag %d %d %d %d" % (x, y, x + dx, y + dy))

    def there():
        now = view_of(desktop, label, title)
        return (now.x, now.y) == (view.x + dx, view.y + dy)
    desktop.wait(there)
    desktop.control.settle()


def main():
    scenario = default_scenario("<clock>off</clock>")
    desktop = Desktop(scenario)
    control = desktop.control
    for label in FIRST, SECOND:
        desktop.click_widget("link", "testnit")
        desktop.wait_for_views(label, 3)
    # Over and under each other, the first one's in between.
    drag(desktop, SECOND, "Eins", 20, 230)
    drag(desktop, FIRST, "Eins", 60, 60)
    drag(desktop, SECOND, "Drei", -30, 20)
    picture = os.path.join(desktop.folder, "before.png")
    difference = os.path.join(os.environ.get("TEST_DIR", desktop.folder), "restart.diff.png")

    def state():
        return ({(p.pid, p.name()) for p in desktop.family()
                 if p.name() in ("launchpad", "testnit", "backdrop", "animate")},
                desktop.focus(), [str(view) for view in desktop.views()])

    def same_picture(masks):
        try:
            control.compare(picture, difference, masks=masks)
        except Refused:
            return False
        return True

    def kill(masks=()):
        """Kills the server; the time until the new one shows the picture that
        was to be seen."""
        control.do("screenshot " + picture)
        before = state()
        server = desktop.processes("nitpicker")[0]
        labels = {view.label for view in desktop.views() if view.visible}
        frames = int(control.do("frames").split()[0])
        began = time.monotonic()
        server.kill()

        def back():
            others = [p for p in desktop.processes("nitpicker") if p.pid != server.pid]
            return others and int(control.do("frames").split()[0]) > frames and \
                {view.label for view in desktop.views() if view.visible} >= labels
        desktop.wait(back)
        try:
            desktop.wait(lambda: same_picture(masks))
        except AssertionError:
            control.compare(picture, difference, masks=masks)
        took = time.monotonic() - began
        print("# the same picture after %.0f ms" % (took * 1e3))
        desktop.wait(lambda: state() == before)
        assert desktop.focus() == SECOND

    def check_picture():
        control.do("move 300 20")
        control.settle()
        kill()

    def check_input():
        """Views move and keys arrive as before."""
        place = view_of(desktop, SECOND, "Drei")
        drag(desktop, SECOND, "Drei", 40 if place.x < 160 else -40, 0)

    def check_x_ray():
        control.do("key KEY_SCROLLLOCK")
        control.settle()
        kill()
        assert desktop.report("nitpicker/focus").get("mode") == "x-ray"
        control.do("key KEY_SCROLLLOCK")
        control.settle()
        assert desktop.report("nitpicker/focus").get("mode") == ""

    def check_again():
        """Several times in a row, faster than anyone can settle."""
        for _ in range(TIMES):
            kill()

    def hold_and_kill(masks=()):
        """A button and a key are held meanwhile, and let go afterwards."""
        view = view_of(desktop, SECOND, "Drei")
        control.do("move %d %d" % (view.x + 5, view.y + 5))
        control.do("press BTN_LEFT")
        control.do("press KEY_A")
        # what the press raises is to be seen
        desktop.wait(lambda: desktop.report("nitpicker/keystate").get("count") == "2")
        if not masks:
            control.settle()
        kill(masks)
        for name in "KEY_A", "BTN_LEFT":
            try:
                control.do("release " + name)
            except Refused:
                pass  # the driver let go for us when its client died
        # Nothing is dragged along.
        place = view_of(desktop, SECOND, "Drei")
        control.do("move %d %d" % (view.x + 60, view.y + 60))
        desktop.wait(lambda: desktop.report("nitpicker/keystate").get("count") == "0")
        now = view_of(desktop, SECOND, "Drei")
        assert (now.x, now.y) == (place.x, place.y), "a button is stuck"

    def check_held():
        hold_and_kill()
        control.settle()
        check_input()

    def check_animated():
        """Beside a program that draws all the time."""
        desktop.configure(scenario + ANIMATION)
        desktop.wait(lambda: desktop.views("animate"))
        view = view_of(desktop, SECOND, "Drei")
        control.do("click %d %d" % (view.x + 5, view.y + 5))
        desktop.wait(lambda: desktop.focus() == SECOND)
        hold_and_kill([ANIMATED])
        color = desktop.pixel(ANIMATED[0] + 30, ANIMATED[1] + 30)
        desktop.wait(lambda: desktop.pixel(ANIMATED[0] + 30, ANIMATED[1] + 30) != color)
        desktop.configure(scenario)
        desktop.wait(lambda: not desktop.views("animate"))

    code = tap.run([
        ("the same picture, no client ended", check_picture),
        ("input works as before", check_input),
        ("in X-ray", check_x_ray),
        ("%d times in a row" % TIMES, check_again),
        ("killed while a button and a key are held", check_held),
        ("beside an animation", check_animated),
        ("input works as before, again", check_input),
        ("the desktop ends as always", desktop.stop),
    ])
    if code:
        desktop.fail()
    return code


if __name__ == "__main__":
    sys.exit(main())
