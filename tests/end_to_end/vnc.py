#!/usr/bin/env python3
"""vnc_drv by itself, with viewers that behave and viewers that don't."""
import os
import socket
import stat
import struct
import sys
import time

import tap
from driver import Driver, equal, program
from rfb import Closed, Viewer, connect
from wire import (CHARACTER, EVENTS, FB_MODE_CHANGED, MOTION, PRESS, REFRESH,
                  RELEASE, SHOWN, WHEEL, input_events)

KEY_A, KEY_Z, KEY_LEFTSHIFT, KEY_LEFTCTRL, KEY_ENTER = 30, 44, 42, 29, 28
KEY_SLASH, KEY_LEFT, BTN_LEFT, BTN_MIDDLE, BTN_RIGHT = 53, 105, 0x110, 0x112, 0x111
SHIFT, CTRL, RETURN, LEFT = 0xffe1, 0xffe3, 0xff0d, 0xff51
END = (MOTION, 0, 63, 47)  # events_until this: the pointer in the corner


class Vnc(Driver):
    NAME = "vnc_drv"
    CONFIG = "<width>64</width><height>48</height>"
    SOCKETS = ("vnc", "screenshot.png")

    def __init__(self, *args, **named):
        super().__init__(*args, **named)
        self.parent.serve(lambda: os.path.exists(self.file("vnc")))

    def viewer(self, **named):
        return Viewer(self.file("vnc"), **named)

    def events(self, viewer):
        """What came until now."""
        viewer.pointer(0, 0)
        viewer.pointer(63, 47)
        return [event for event in self.events_until(END)
                if event[:4] not in (END, (MOTION, 0, 0, 0))]

    def paint(self, pixels, *rects):
        super().paint(pixels, *rects)
        self.pixels = pixels


def noise(width, height, seed=1):
    """Pixels that no encoding makes small."""
    value, pixels = seed, []
    for _ in range(width * height):
        value = value * 1103515245 + 12345 & 0x7fffffff
        pixels.append(value >> 7 & 0xffffff)
    return struct.pack("<%dI" % len(pixels), *pixels)


def full(driver, viewer):
    """Asks for the whole picture and compares it."""
    viewer.request(incremental=False)
    while not viewer.update():  # the size alone
        viewer.request()
    assert viewer.picture == driver.pixels, "another picture"


def check_picture():
    with Vnc() as driver:
        driver.paint(noise(64, 48))
        viewer = driver.viewer()
        equal((viewer.width, viewer.height, viewer.name), (64, 48, "Nitpicker"))
        full(driver, viewer)
        viewer.close()


def check_changes():
    with Vnc() as driver:
        driver.paint(noise(64, 48))
        viewer = driver.viewer()
        full(driver, viewer)
        viewer.request()
        assert viewer.is_idle(), "an update without a change"
        driver.paint(noise(64, 48, 2), (10, 20, 5, 6))
        equal(viewer.update(), [(10, 20, 5, 6)])
        row = slice((20 * 64 + 10) * 4, (20 * 64 + 15) * 4)
        equal(viewer.picture[row], driver.pixels[row])
        driver.paint(noise(64, 48, 3), (0, 0, 4, 4))
        driver.paint(noise(64, 48, 3), (40, 40, 4, 4))
        viewer.request()
        equal(sorted(viewer.update()), [(0, 0, 4, 4), (40, 40, 4, 4)])
        viewer.close()


def check_several():
    with Vnc() as driver:
        driver.paint(noise(64, 48))
        viewers = [driver.viewer() for _ in range(16)]
        for viewer in viewers:
            full(driver, viewer)
            viewer.request()
        driver.paint(noise(64, 48, 2))
        for viewer in viewers:
            viewer.update()
            assert viewer.picture == driver.pixels
        try:
            driver.viewer()
            raise AssertionError("a 17th viewer")
        except (Closed, ConnectionResetError):
            pass
        for viewer in viewers:
            viewer.close()
    equal(driver.log.count("too many"), 1)


def check_keys():
    with Vnc() as driver:
        viewer = driver.viewer()

        def tap_key(*keysyms):
            for keysym in keysyms:
                viewer.key(keysym, True)
            for keysym in reversed(keysyms):
                viewer.key(keysym, False)
            return driver.events(viewer)
        equal(tap_key(ord("a")), [(PRESS, KEY_A, 0, 0, 97),
                                  (CHARACTER, KEY_A, 0, 0, 97),
                                  (RELEASE, KEY_A, 0, 0, 0)])
        equal(tap_key(SHIFT, ord("A")), [
            (PRESS, KEY_LEFTSHIFT, 0, 0, 0), (PRESS, KEY_A, 0, 0, 97),
            (CHARACTER, KEY_A, 0, 0, 65), (RELEASE, KEY_A, 0, 0, 0),
            (RELEASE, KEY_LEFTSHIFT, 0, 0, 0)])
        equal([e[0] for e in tap_key(CTRL, ord("a"))], [PRESS, PRESS, RELEASE, RELEASE])
        equal(tap_key(RETURN), [(PRESS, KEY_ENTER, 0, 0, 0), (RELEASE, KEY_ENTER, 0, 0, 0)])
        equal(tap_key(LEFT)[0], (PRESS, KEY_LEFT, 0, 0, 0))
        # other layouts: latin 1, legacy and Unicode keysyms
        for keysym, character in ((0xe4, "ä"), (0x20ac, "€"), (0x6c1, "а"),
                                  (0x7e1, "α"), (0x1b1, "ą"), (0x1000431, "б"),
                                  (0x101f600, "😀"), (0xce0, "א")):
            equal(tap_key(keysym), [(CHARACTER, 0, 0, 0, ord(character))])
        for keysym in (0, 0xffffff, 0x100d800, 0x1110000, 0xfe50, 0xff80 - 1):
            assert not [e for e in tap_key(keysym) if e[0] == CHARACTER], hex(keysym)
        viewer.close()


def check_repeat():
    with Vnc() as driver:
        viewer = driver.viewer()
        for _ in range(3):
            viewer.key(ord("a"), True)
        equal([e[:3] for e in driver.events(viewer)],
              [(PRESS, KEY_A, 0), (CHARACTER, KEY_A, 0), (CHARACTER, KEY_A, 1),
               (CHARACTER, KEY_A, 1)])
        viewer.close()


def check_odd_release():
    """Shift is let go before the key, whose name is another one then."""
    with Vnc() as driver:
        viewer = driver.viewer()
        for keysym, down in ((SHIFT, 1), (ord("A"), 1), (SHIFT, 0), (ord("a"), 0)):
            viewer.key(keysym, down)
        equal([e[:2] for e in driver.events(viewer) if e[0] == RELEASE],
              [(RELEASE, KEY_LEFTSHIFT), (RELEASE, KEY_A)])
        for keysym, down in ((SHIFT, 1), (ord("/"), 1), (SHIFT, 0), (ord("7"), 0)):
            viewer.key(keysym, down)  # a german 7
        equal([e[:2] for e in driver.events(viewer) if e[0] == RELEASE],
              [(RELEASE, KEY_LEFTSHIFT), (RELEASE, KEY_SLASH)])
        viewer.close()


def check_pointer():
    with Vnc() as driver:
        viewer = driver.viewer()
        driver.events(viewer)
        viewer.pointer(5, 6)
        viewer.pointer(5, 6, 1)
        viewer.pointer(7, 8, 1)
        viewer.pointer(7, 8, 0)
        for mask in (2, 0, 4, 0):
            viewer.pointer(7, 8, mask)
        equal(driver.events(viewer), [
            (MOTION, 0, 5, 6, 0), (PRESS, BTN_LEFT, 0, 0, 0), (MOTION, 0, 7, 8, 0),
            (RELEASE, BTN_LEFT, 0, 0, 0), (PRESS, BTN_MIDDLE, 0, 0, 0),
            (RELEASE, BTN_MIDDLE, 0, 0, 0), (PRESS, BTN_RIGHT, 0, 0, 0),
            (RELEASE, BTN_RIGHT, 0, 0, 0)])
        for mask, turn in ((8, (0, 120)), (16, (0, -120)), (32, (-120, 0)),
                           (64, (120, 0))):
            viewer.pointer(63, 47, mask)
            viewer.pointer(63, 47)
            equal(driver.events(viewer), [(WHEEL, 0, *turn, 0)])
        viewer.close()


def check_leave():
    with Vnc() as driver:
        one, two = driver.viewer(), driver.viewer()
        one.key(ord("a"), True)
        one.key(ord("z"), True)
        driver.events(one)
        two.key(ord("a"), True)  # held by both
        driver.events(two)
        one.pointer(1, 1, 1)
        one.close()
        events = driver.events_until((RELEASE, BTN_LEFT))
        equal([e[:2] for e in events if e[0] == RELEASE],
              [(RELEASE, KEY_Z), (RELEASE, BTN_LEFT)])
        two.key(ord("a"), False)
        equal([e[:2] for e in driver.events(two)], [(RELEASE, KEY_A)])
        two.close()


def check_resize():
    with Vnc() as driver:
        driver.paint(noise(64, 48))
        viewer, other = driver.viewer(), driver.viewer(encodings=(0, -223))
        full(driver, viewer)
        full(driver, other)
        for size in ((70, 90), (100, 80), (81, 67)):  # at once: the last counts
            viewer.resize(*size)
        driver.screen.event(FB_MODE_CHANGED)
        equal(driver.mode()[:2], (81, 67))
        driver.paint(noise(81, 67))
        for each in (viewer, other):
            while (each.width, each.height) != (81, 67):
                each.request()
                each.update()
            full(driver, each)
        for wrong in ((0, 0), (15, 100), (16384, 16384)):
            viewer.resize(*wrong)
            viewer.request()
            viewer.update()
            equal(viewer.size_result, (1, 2))  # ours, out of resources
        equal(driver.mode()[:2], (81, 67))
        viewer.close()
        other.close()


def check_hidden():
    with Vnc() as driver:
        path = driver.file("screenshot.png")
        driver.paint(noise(64, 48))
        deadline = time.monotonic() + 60
        while not os.path.exists(path):
            assert time.monotonic() < deadline, "no screenshot"
            driver.input.receive(0.1)
        equal(stat.S_IMODE(os.stat(path).st_mode), 0o600)
        driver.screen.post(REFRESH, struct.pack("<II4H", 77, 1, 0, 0, 1, 1))
        equal(driver.screen.event(SHOWN).unpack("QII")[1:], (77, 1))
        viewer = driver.viewer()
        full(driver, viewer)
        driver.screen.events.clear()
        driver.frame = 77
        driver.refresh((0, 0, 1, 1))  # is shown, not hidden
        viewer.close()


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def check_password():
    port = free_port()
    place = ("127.0.0.1", port)
    config = "%s<listen>127.0.0.1:%d</listen>" % (Vnc.CONFIG, port)
    with Vnc(config + "<password>secret</password>") as driver:
        driver.paint(noise(64, 48))
        viewer = Viewer(place, password="secret")
        full(driver, viewer)
        viewer.close()
        for wrong in ("", "Secret", "secret1"):
            try:
                Viewer(place, password=wrong)
                raise AssertionError("let in by %r" % wrong)
            except PermissionError:
                pass
        try:
            Viewer(place)
            raise AssertionError("let in without a password")
        except AssertionError as problem:
            assert "asks for a password" in str(problem), problem
        # a type of security that was not offered
        sock = connect(place)
        assert sock.recv(12)
        sock.sendall(b"RFB 003.008\n\1")
        while True:
            try:
                if not sock.recv(100):
                    break
            except ConnectionResetError:
                break
        sock.close()
        full(driver, driver.viewer())  # the Unix socket asks for none
    with Vnc(config) as driver:  # no password
        try:
            connect(place)
            raise AssertionError("listens without a password")
        except ConnectionRefusedError:
            pass
    assert "test.xml:1:1: <config>: <listen> needs a <password>" in driver.log, driver.log
    with Vnc(config.replace("127.0.0.1", "0.0.0.0") + "<password>x</password>") as driver:
        pass
    assert "0.0.0.0" in driver.log


def check_socket():
    with Vnc() as driver:
        equal(stat.S_IMODE(os.stat(driver.file("vnc")).st_mode), 0o600)


def check_hostile():
    greeting = b"RFB 003.008\n\1\1"
    hostile = {
        "not RFB": b"GET / HTTP/1.1\r\n\r\n",
        "an old greeting": b"RFB 002.000\n",
        "an unknown message": greeting + b"\x63",
        "a pixel of 7 bits": greeting + struct.pack(
            ">BxxxBBBBHHHBBBxxx", 0, 7, 7, 0, 1, 255, 255, 255, 16, 8, 0),
        "a shift beyond the pixel": greeting + struct.pack(
            ">BxxxBBBBHHHBBBxxx", 0, 32, 24, 0, 1, 255, 255, 255, 40, 8, 0),
        "no shades": greeting + struct.pack(
            ">BxxxBBBBHHHBBBxxx", 0, 32, 24, 0, 1, 0, 255, 255, 16, 8, 0),
        "too many encodings": greeting + struct.pack(">BxH", 2, 257),
        "too many screens": greeting + struct.pack(">BxHHBx", 251, 100, 100, 255),
        "an endless clipboard": greeting + struct.pack(">BxxxI", 6, 1 << 31),
    }
    with Vnc() as driver:
        driver.paint(noise(64, 48))
        good = driver.viewer()
        for name, data in hostile.items():
            sock = connect(driver.file("vnc"))
            sock.sendall(data)
            try:
                while sock.recv(65536):
                    pass
            except ConnectionResetError:
                pass
            except TimeoutError:
                raise AssertionError(name + " is taken") from None
            sock.close()
            full(driver, good)
        # halves of messages hold up nobody
        halves = []
        for data in (b"", b"RFB", greeting[:12], greeting, greeting + b"\2\0\0\5",
                     greeting + struct.pack(">BxxxI", 6, 1000)):
            sock = connect(driver.file("vnc"))
            sock.sendall(data)
            halves.append(sock)
        start = time.monotonic()
        full(driver, good)
        # the library would wait for 20 s
        assert time.monotonic() - start < 10
        # a clipboard that nobody asks for
        good.send(struct.pack(">BxxxI", 6, 100000) + b"x" * 100000)
        full(driver, good)
        for sock in halves:
            sock.close()
        good.close()
    equal(driver.log.count("sent away"), len(hostile))


def check_deaf():
    """A viewer that asks and never reads."""
    with Vnc("<width>1280</width><height>800</height>") as driver:
        driver.paint(noise(1280, 800))
        deaf, good = driver.viewer(), driver.viewer()
        for _ in range(1000):
            deaf.request(incremental=False)
        start = time.monotonic()
        full(driver, good)
        good.request()
        for seed in range(5):
            driver.refresh((0, 0, 1280, 800))
            good.update()
            good.request()
        assert time.monotonic() - start < 15
        with open("/proc/%d/status" % driver.parent.child.pid) as file:
            status = dict(line.split(":", 1) for line in file)
        used = int(status["VmRSS"].split()[0])
        assert used < 48 << 10, "%d KiB" % used
        deaf.close()
        good.close()


def check_idle():
    with Vnc() as driver:
        driver.paint(noise(64, 48))
        viewer = driver.viewer()
        full(driver, viewer)
        viewer.request()
        driver.check_idle()
        assert viewer.is_idle()
        viewer.close()


if __name__ == "__main__":
    if not os.path.exists(program("vnc_drv")):
        tap.skip_all("vnc_drv is not built (package libvncserver-dev)")
    sys.exit(tap.run([
        ("the picture, pixel by pixel", check_picture),
        ("only what changed is sent", check_changes),
        ("several viewers", check_several),
        ("keys and characters of any layout", check_keys),
        ("keys repeat", check_repeat),
        ("releases under another name", check_odd_release),
        ("pointer and wheel", check_pointer),
        ("a viewer that leaves lets go of its keys", check_leave),
        ("a viewer resizes the desktop", check_resize),
        ("hidden without a viewer, kept as a screenshot", check_hidden),
        ("only with the password", check_password),
        ("the socket is the user's own", check_socket),
        ("hostile viewers", check_hostile),
        ("a viewer that never reads", check_deaf),
        ("nothing happens while nothing happens", check_idle),
    ]))
