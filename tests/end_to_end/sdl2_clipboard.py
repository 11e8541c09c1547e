#!/usr/bin/env python3
"""The host's clipboard through sdl2_drv, from one window to another, and to a
client of a desktop in such a window; with Xvfb as the host."""
import os
import sys

import tap
import wire
import xhost
from desktop import MENUBAR, Desktop, start
from device import program
from sdl2_desktop import User

CHANGED = 0x45
SMALL = '<width>320</width><height>240</height>'


class Clipboard:
    """Of who has a session in `input`."""

    def offer(self, text):
        fd = wire.blob(text)
        status, _ = self.input.request(wire.CLIPBOARD_OFFER, fds=[fd])
        os.close(fd)
        return status

    def read(self):
        status, answer = self.input.request(wire.CLIPBOARD_READ)
        if status != wire.OK:
            return status
        fd = answer.fds[0]
        text = os.pread(fd, 2 << 20, 0)
        os.close(fd)
        return text


class Window(Clipboard):
    """sdl2_drv with a client of its Input."""

    def __init__(self, host):
        self.parent = wire.Parent([program("sdl2_drv")], SMALL,
                                  environment=host.environment())
        self.input = self.parent.open("Input")


class Inside(Clipboard, Desktop):
    """A desktop in a window that fills the screen, with one client."""

    def __init__(self, host):
        self.host = host
        super().__init__(
            '<start><filename>sdl2_drv</filename><env name="DISPLAY" value="%s"/>'
            '<config width="800" height="600"/></start>' % host.display +
            start("nitpicker", '<clipboard host="yes"/>'), backend="sdl2")

    def connect(self, backend):
        self.control = User(self.host, self.at_rest)
        self.host.window("Nitpicker")
        self.wait(lambda: self.focus() is not None)
        self.parent = wire.Host(self.runtime)
        self.input = self.parent.open(1 << 20)
        os.close(wire.window(self.input, 10, 10, 100, 100))
        wire.refresh(self.input, 1, (0, 0, 100, 100))
        self.wait(self.views)

    def click(self):
        self.control.click(60, 60 + MENUBAR)
        self.wait(lambda: self.focus().startswith("host"))


class Test:
    def __init__(self, host):
        self.host = host
        self.one, self.two = Window(host), Window(host)

    def begin(self):
        """What comes just after a window's start isn't missed either."""
        for _ in range(1000 if os.environ.get("NITPICKER_SOAK") == "1" else 10):
            one, two = Window(self.host), Window(self.host)
            assert one.offer(b"early") == wire.OK
            two.input.event(CHANGED)
            assert one.parent.stop()[0] == two.parent.stop()[0] == 0

    def text(self):
        text = "Gr\u00fc\u00dfe,\n\t\u6f22\u5b57 \U0001f600".encode()
        assert self.one.offer(text) == wire.OK
        self.two.input.event(CHANGED)
        assert self.two.read() == text
        assert self.one.read() == text

    def back(self):
        assert self.two.offer(b"back") == wire.OK
        self.one.input.event(CHANGED)
        assert self.one.read() == b"back"

    def large(self):
        text = b"0123456789abcde\n" * ((1 << 20) // 16)
        assert self.one.offer(text) == wire.OK
        self.two.input.event(CHANGED)
        assert self.two.read() == text

    def nobody(self):
        assert self.one.parent.stop()[0] == 0
        assert self.two.read() in (b"", wire.DENIED)

    def end(self):
        assert self.two.parent.stop()[0] == 0

    def desktop(self):
        """Out of and into a desktop whose config joins the two."""
        inside = Inside(self.host)
        outside = Window(self.host)
        try:
            inside.click()
            assert inside.offer(b"from inside") == wire.OK
            outside.input.event(CHANGED)
            assert outside.read() == b"from inside"
            assert outside.offer(b"from outside") == wire.OK
            inside.input.event(CHANGED)
            assert inside.read() == b"from outside"
            inside.wait(lambda: inside.log_lines("read the clipboard of host"))
        except BaseException:
            inside.fail()
            raise
        assert outside.parent.stop()[0] == 0
        inside.control.close()
        inside.parent.close()
        inside.stop()


def main():
    tap.need(("Xvfb", "xvfb"))
    if not os.path.exists(program("sdl2_drv")):
        tap.skip_all("sdl2_drv is not built (package libsdl2-dev)")
    with xhost.Xhost(800, 600) as host:
        test = Test(host)
        return tap.run([
            ("text goes from one window to another", test.text),
            ("and back", test.back),
            ("a mebibyte", test.large),
            ("an owner that is gone", test.nobody),
            ("the end", test.end),
            ("windows that have just begun", test.begin),
            ("out of a desktop, and into it", test.desktop),
        ])


if __name__ == "__main__":
    sys.exit(main())
