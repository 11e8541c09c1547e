#!/usr/bin/env python3
"""The desktop in a VNC viewer: the picture of virtual_drv, pixel by pixel, and
a program started by the viewer's mouse and keyboard."""
import os
import sys
import time

import png
import tap
from desktop import Desktop, default_scenario, program
from rfb import Viewer

TESTNIT = "launchpad -> testnit"
RETURN, SUPER = 0xff0d, 0xffeb


def rgb(viewer):
    """The viewer's picture as rows of RGB bytes."""
    data = bytes(viewer.picture)
    rows = []
    for y in range(viewer.height):
        row = data[y * viewer.width * 4:(y + 1) * viewer.width * 4]
        out = bytearray(viewer.width * 3)
        out[0::3], out[1::3], out[2::3] = row[2::4], row[1::4], row[0::4]
        rows.append(bytes(out))
    return rows


def main():
    if not os.path.exists(program("vnc_drv")):
        tap.skip_all("vnc_drv is not built (package libvncserver-dev)")
    scenario = default_scenario("<clock>off</clock>")
    with Desktop(scenario) as virtual:
        virtual.wait(lambda: virtual.widget("link", "testnit"))
        virtual.control.do("move 1279 799")
        virtual.control.settle()
        shot = os.path.join(virtual.folder, "shot.png")
        virtual.control.do("screenshot " + shot)
        expected = png.read(shot)[2]

    desktop = Desktop(scenario, backend="vnc")
    viewer = Viewer(os.path.join(desktop.runtime, "vnc"))
    viewer.request(incremental=False)

    def wait(condition, limit=60):
        """Looks again at each update of the picture."""
        end = time.monotonic() + limit
        while not condition():
            assert time.monotonic() < end, "waited in vain"
            if not viewer.is_idle(0.2):
                viewer.update()
                viewer.request()

    def click(x, y):
        for mask in (0, 1, 0):
            viewer.pointer(x, y, mask)

    def tap_key(keysym):
        viewer.key(keysym, True)
        viewer.key(keysym, False)

    def check_picture():
        wait(lambda: desktop.widget("link", "testnit") is not None)
        viewer.pointer(1279, 799)
        wait(lambda: rgb(viewer) == expected)

    def check_click():
        widget = desktop.widget("link", "testnit")
        x, y, w, h = (int(widget.get(k)) for k in ("sx", "sy", "w", "h"))
        click(x + w // 2, y + h // 2)
        wait(lambda: len(desktop.views(TESTNIT)) == 3)
        wait(lambda: desktop.focus() == TESTNIT)

    def check_keys():
        tap_key(SUPER)
        wait(lambda: desktop.focus() == "launchpad")
        tap_key(RETURN)
        wait(lambda: len(desktop.views(TESTNIT + ".2")) == 3)

    def check_resize():
        viewer.resize(1000, 700)
        wait(lambda: (viewer.width, viewer.height) == (1000, 700))
        wait(lambda: [v for v in desktop.views("backdrop") if (v.w, v.h) == (1000, 684)])

    def check_end():
        viewer.close()
        desktop.stop()

    code = tap.run([
        ("the picture is that of virtual_drv", check_picture),
        ("a click starts a program", check_click),
        ("keys reach the desktop", check_keys),
        ("a viewer resizes the desktop", check_resize),
        ("nothing is left", check_end),
    ])
    if code:
        desktop.fail()
    return code


if __name__ == "__main__":
    sys.exit(main())
