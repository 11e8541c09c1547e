#!/usr/bin/env python3
"""The clipboard of VNC viewers, joined with that of the desktop where the
config says so."""
import os
import sys
import time

import tap
import wire
from desktop import MENUBAR, Desktop, program
from rfb import Viewer

SCENARIO = """<start><filename>nitpicker</filename>
<ram_quota>128M</ram_quota><config>%s</config></start>"""
JOINED = '<clipboard host="yes"/>'


def main():
    if not os.path.exists(program("vnc_drv")):
        tap.skip_all("vnc_drv is not built (package libvncserver-dev)")
    desktop = Desktop(SCENARIO % "", backend="vnc")
    viewer = Viewer(os.path.join(desktop.runtime, "vnc"))
    viewer.text = None
    viewer.request(incremental=False)
    host = wire.Host(desktop.runtime)
    client = host.open(1 << 20)

    def wait(condition, limit=60):
        """Looks again at each update of the picture."""
        end = time.monotonic() + limit
        while not condition():
            assert time.monotonic() < end, "waited in vain"
            if not viewer.is_idle(0.1):
                viewer.update()
                viewer.request()

    def offer(text):
        fd = wire.blob(text)
        try:
            return client.request(wire.CLIPBOARD_OFFER, fds=[fd])[0]
        finally:
            os.close(fd)

    def read():
        status, answer = client.request(wire.CLIPBOARD_READ)
        if status != wire.OK:
            return status
        text = os.pread(answer.fds[0], 2 << 20, 0)
        os.close(answer.fds[0])
        return text

    def check_apart():
        os.close(wire.window(client, 100, 100, 100, 100))
        wire.refresh(client, 1, (0, 0, 100, 100))
        wait(lambda: any(view.visible for view in desktop.views()
                         if view.label.startswith("host")))
        for mask in (0, 1, 0):
            viewer.pointer(150, 150 + MENUBAR, mask)
        wait(lambda: (desktop.focus() or "").startswith("host"))
        assert offer(b"mine") == wire.OK
        viewer.cut(b"theirs")
        viewer.pointer(10, 10)
        wait(lambda: read() == b"mine")
        assert viewer.text is None

    def check_in():
        desktop.configure(SCENARIO % JOINED)

        def joined():
            viewer.cut("Gr\u00fc\u00dfe\n".encode("latin-1"))
            return read() == "Gr\u00fc\u00dfe\n".encode()
        wait(joined)
        viewer.cut(b"x" * (1 << 20))
        wait(lambda: read() == b"x" * (1 << 20))
        viewer.cut(b"y" * ((1 << 20) + 1))  # left out
        viewer.cut(b"")
        wait(lambda: read() == b"")

    def check_out():
        def got(text):
            viewer.pointer(*((20, 20) if viewer.text else (30, 30)))
            return viewer.text == text
        assert offer("Gr\u00fc\u00dfe \u6f22".encode()) == wire.OK
        wait(lambda: got("Gr\u00fc\u00dfe ?".encode("latin-1")))

    def check_end():
        viewer.close()
        host.close()
        desktop.stop()

    code = tap.run([
        ("apart, unless the config joins them", check_apart),
        ("from the viewer", check_in),
        ("to the viewer", check_out),
        ("nothing is left", check_end),
    ])
    if code:
        desktop.fail()
    return code


if __name__ == "__main__":
    sys.exit(main())
