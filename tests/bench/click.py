#!/usr/bin/env python3
"""From the click on testnit in launchpad to its first picture, isolated and,
with no bubblewrap to be found, not."""
import os
import statistics
import sys
import time

import common

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                "..", "end_to_end"))

from desktop import SERVER, Desktop  # noqa: E402

SAMPLES = 20
SCENARIO = SERVER + """<start><filename>launchpad</filename>
<ram_quota>256M</ram_quota><config ypos="0" height="760"/></start>"""
LABEL = "launchpad -> testnit"


def clicks(environment):
    """Milliseconds until the report knows its three views, each time."""
    times = []
    with Desktop(SCENARIO, environment=environment) as desktop:
        control = desktop.control
        desktop.wait(lambda: desktop.widget("link", "testnit") is not None)
        widget = desktop.widget("link", "testnit")
        x, y, w, h = (int(widget.get(key)) for key in ("sx", "sy", "w", "h"))

        def views():
            return [v for v in desktop.views() if v.label.startswith(LABEL)]

        for _ in range(SAMPLES):
            control.do("move %d %d" % (x + w // 2, y + h // 2))
            control.settle()
            control.do("press BTN_LEFT")
            began = time.monotonic()
            control.do("release BTN_LEFT")
            while sum(view.visible for view in views()) < 3:
                assert time.monotonic() < began + 10, "no picture"
                control.ask("settle 1000 1")  # a millisecond of the driver's
            times.append((time.monotonic() - began) * 1e3)
            control.settle()
            for process in desktop.processes("testnit"):
                process.kill(15)
            desktop.wait(lambda: not views())
    return times


def main():
    common.need("nitpicker", "launchpad", "testnit", "virtual_drv")
    for words, environment, must in (("sandboxed", {}, 60),
                                     ("not sandboxed", {"PATH": "/nowhere"}, 25)):
        common.emit("click to first picture, " + words,
                    statistics.median(clicks(environment)), "ms", must, None)


if __name__ == "__main__":
    main()
