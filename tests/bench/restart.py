#!/usr/bin/env python3
"""kill -9 of the server beside launchpad, two testnits and an animation: until
the picture is the same as before, with the pointer, in X-ray mode."""
import os
import statistics
import time

import common
from control import Refused
from desktop import Desktop, default_scenario

ROUNDS = 5
LIMIT = 30  # seconds
ANIMATION = "<start><filename>animate</filename><ram_quota>16M</ram_quota></start>"
ANIMATED = (0, 16, 84, 84)  # its view, with the frame of X-ray
LABEL = (0, 16, 200, 30)  # of it, which may be wider than the view


def main():
    common.need("nitpicker-desktop", "nitpicker", "virtual_drv", "launchpad", "testnit",
                "animate")
    scenario = default_scenario("<clock>off</clock>")
    desktop = Desktop(scenario)
    control = desktop.control
    desktop.configure(scenario + ANIMATION)  # from now on it never stands still
    desktop.wait(lambda: desktop.views("animate"))
    picture = os.path.join(desktop.folder, "before.png")
    for name in "launchpad -> testnit", "launchpad -> testnit.2":
        desktop.click_widget("link", "testnit")
        desktop.wait(lambda: len(desktop.views(name)) == 3)
    control.do("key KEY_SCROLLLOCK")
    desktop.wait(lambda: desktop.report("nitpicker/focus").get("mode") == "x-ray")

    def same():
        try:
            control.compare(picture, picture + ".diff", masks=[ANIMATED, LABEL])
        except Refused:
            return False
        return True

    times = []
    for _ in range(ROUNDS):
        # The server has lived long enough for what it keeps to be there.
        control.ask("settle 1000 1500")
        control.do("screenshot " + picture)
        server = desktop.processes("nitpicker")[0]
        frames = int(control.do("frames").split()[0])
        began = time.monotonic()
        server.kill()
        # The animation never lets the picture stand still: a look each 10 ms.
        while not (int(control.do("frames").split()[0]) > frames and same()):
            assert time.monotonic() - began < LIMIT, "the picture never comes back"
            control.ask("settle 10 10")
        times.append(time.monotonic() - began)
    desktop.stop()
    common.emit("server killed, until the same picture", statistics.median(times) * 1e3,
                "ms", 1000, 500)


if __name__ == "__main__":
    main()
