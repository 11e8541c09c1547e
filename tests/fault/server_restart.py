#!/usr/bin/env python3
"""kill -9 of nitpicker: init starts it again, and the same picture is back
within a second: windows in their order, the focus, the menubar. No client
ended, no key is stuck. Only the pointer is in the middle until it is moved."""
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                "..", "end_to_end"))

import tap  # noqa: E402
from control import Refused  # noqa: E402
from desktop import Desktop  # noqa: E402

FIRST, SECOND = "launchpad -> testnit", "launchpad -> testnit.2"
TIMES = 12 if os.environ.get("NITPICKER_SOAK") == "1" else 4
LIMIT = 1.0  # seconds


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
    desktop = Desktop()
    control = desktop.control
    for label in FIRST, SECOND:
        desktop.click_widget("link", "testnit")
        desktop.wait_for_views(label, 3)
    # Over and under each other, the first one's in between.
    drag(desktop, SECOND, "Eins", 20, 230)
    drag(desktop, FIRST, "Eins", 60, 60)
    drag(desktop, SECOND, "Drei", -30, 20)
    picture = os.path.join(desktop.folder, "before.png")

    def clients():
        return {(p.pid, p.name()) for p in desktop.family()
                if p.name() in ("launchpad", "testnit", "backdrop")}

    def kill():
        """Kills the server; the time until the new one shows a picture with
        all views."""
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
        return time.monotonic() - began

    def same_picture():
        control.do("move 5 5")
        control.settle()
        control.compare(picture, os.path.join(os.environ.get("TEST_DIR", desktop.folder),
                                              "restart.diff.png"))

    def check_picture():
        control.do("move 5 5")
        control.settle()
        control.do("screenshot " + picture)
        before = clients(), desktop.focus(), [str(view) for view in desktop.views()]
        took = kill()
        print("# all views are back after %.0f ms" % (took * 1e3))
        control.settle()
        same_picture()
        after = clients(), desktop.focus(), [str(view) for view in desktop.views()]
        assert after == before, "%s, not %s" % (after, before)
        assert after[1] == SECOND
        assert took < LIMIT, "%.2f s" % took

    def check_input():
        """Views move and keys arrive as before."""
        place = view_of(desktop, SECOND, "Drei")
        drag(desktop, SECOND, "Drei", 40 if place.x < 160 else -40, 0)

    def check_again():
        """Several times in a row, faster than anyone can settle."""
        before = clients()
        control.do("move 5 5")
        control.settle()
        control.do("screenshot " + picture)
        times = [kill() for _ in range(TIMES)]
        print("# %s ms" % " ".join("%.0f" % (t * 1e3) for t in times))
        control.settle()
        same_picture()
        assert clients() == before

    def check_held():
        """A button and a key are held meanwhile, and let go afterwards."""
        view = view_of(desktop, SECOND, "Drei")
        control.do("move %d %d" % (view.x + 5, view.y + 5))
        control.do("press BTN_LEFT")
        control.do("press KEY_A")
        kill()
        for name in "KEY_A", "BTN_LEFT":
            try:
                control.do("release " + name)
            except Refused:
                pass  # the driver let go for us when its client died
        # Nothing is dragged along.
        place = view_of(desktop, SECOND, "Drei")
        control.do("move %d %d" % (view.x + 60, view.y + 60))
        control.settle()
        now = view_of(desktop, SECOND, "Drei")
        assert (now.x, now.y) == (place.x, place.y), "a button is stuck"
        check_input()

    code = tap.run([
        ("the same picture within a second, no client ended", check_picture),
        ("input works as before", check_input),
        ("%d times in a row" % TIMES, check_again),
        ("killed while a button and a key are held", check_held),
        ("input works as before, again", check_input),
        ("the desktop ends as always", desktop.stop),
    ])
    if code:
        desktop.fail()
    return code


if __name__ == "__main__":
    sys.exit(main())
