#!/usr/bin/env python3
"""Shapes and images of the pointer, and the grab, by clients of a desktop."""
import os
import struct
import sys

import tap
import wire
from desktop import MENUBAR, SERVER, Desktop

X, Y, W, H = 100, 100, 200, 150  # of the window, below the menubar
RELATIVE = 4
ON, OFF = struct.pack("<I", 1), struct.pack("<I", 0)


def main():
    desktop = Desktop(SERVER)
    control = desktop.control
    host = wire.Host(desktop.runtime)
    client = host.open(4 << 20)
    os.close(wire.window(client, X, Y, W, H))
    wire.refresh(client, 1, (0, 0, W, H))
    spot = X + 50, Y + MENUBAR + 50

    def pixels():
        control.settle()
        return [desktop.pixel(spot[0] + x, spot[1] + y)
                for x, y in ((0, 0), (3, 8), (0, 8), (-4, 0), (1, 1))]

    def shape(name):
        client.post(wire.POINTER, wire.string(name, 64))

    def image(w, h, bytes_=None, hot=(0, 0)):
        fd = wire.blob(b"\0\0\xff\xff" * (w * h) if bytes_ is None else bytes_)
        try:
            return client.request(wire.POINTER_IMAGE, struct.pack("<4I", w, h, *hot),
                                  [fd])[0]
        finally:
            os.close(fd)

    def check_shapes():
        control.do("move 600 600")
        away = pixels()
        control.do("move %d %d" % spot)
        arrow = pixels()
        assert arrow != away, away
        shape("cross")
        cross = pixels()
        assert cross not in (arrow, away), cross
        control.do("move 600 600")
        assert pixels() == away
        control.do("move %d %d" % spot)
        assert pixels() == arrow, "a session that was left keeps its shape"

    def check_unknown():
        serial = client.post(wire.POINTER, wire.string("banana", 64))
        assert client.event(wire.ERROR).unpack("II") == (serial, wire.INVALID)

    def check_image():
        assert image(64, 64, hot=(4, 0)) == wire.OK
        assert pixels() == ["#ff0000"] * 5, pixels()
        assert image(8, 8, hot=(8, 0)) == wire.INVALID
        session = desktop.sessions()
        used = int(list(session.values())[0].get("used"))
        shape("arrow")
        control.settle()
        desktop.wait(lambda: int(list(desktop.sessions().values())[0].get("used"))
                     == used - 64 * 64 * 4)

    def check_grab():
        assert client.request(wire.GRAB, ON)[0] == wire.DENIED
        control.do("click %d %d" % spot)
        control.settle()
        assert client.request(wire.GRAB, ON)[0] == wire.OK
        client.events.clear()
        control.do("relative 500 7")
        event = wire.input_events(client.event(wire.EVENTS))[0]
        assert (event[0], event[2], event[3]) == (RELATIVE, 500, 7), event
        control.do("key KEY_LEFTMETA")
        control.do("relative 500 300")
        control.settle()
        kinds = [e[0] for m in client.events if m.opcode == wire.EVENTS
                 for e in wire.input_events(m)]
        assert RELATIVE not in kinds, kinds
        assert client.request(wire.GRAB, OFF)[0] == wire.OK

    def check_lies():
        assert image(64, 64) == wire.OK
        try:
            image(64, 64, b"short")
        except wire.Gone:
            pass
        assert client.is_gone()
        desktop.wait(lambda: desktop.log_lines("not a sealed blob of its size"))

    def check_cursor():
        """An output that draws the pointer: nothing of it is in the picture."""
        other = Desktop('<start><filename>virtual_drv</filename>'
                        '<ram_quota>24M</ram_quota>'
                        '<config><cursor>yes</cursor></config></start>' + SERVER,
                        backend="virtual")
        with other:
            guest = wire.Host(other.runtime)
            session = guest.open(1 << 20)
            os.close(wire.window(session, X, Y, W, H))
            wire.refresh(session, 1, (0, 0, W, H))
            other.control.settle()
            before = other.control.do("frames")
            other.control.do("move %d %d" % spot)
            other.wait(lambda: other.control.do("cursor") ==
                       "%d %d 13 20 0 0" % spot)
            session.post(wire.POINTER, wire.string("cross", 64))
            other.wait(lambda: other.control.do("cursor") ==
                       "%d %d 18 18 9 9" % spot)
            assert other.control.do("frames") == before
            guest.close()

    def check_end():
        host.close()
        desktop.stop()

    code = tap.run([
        ("a shape for the hovered", check_shapes),
        ("a shape that isn't there", check_unknown),
        ("an image, paid by its session", check_image),
        ("a grab, and its end by Super", check_grab),
        ("an image of the wrong size ends the session", check_lies),
        ("an output that draws the pointer", check_cursor),
        ("nothing is left", check_end),
    ])
    if code:
        desktop.fail()
    return code


if __name__ == "__main__":
    sys.exit(main())
