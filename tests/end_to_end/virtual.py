#!/usr/bin/env python3
"""virtual_drv by itself: every command, wrong ones, hostile connections."""
import os
import select
import socket
import stat
import struct
import subprocess
import sys
import tempfile
import time

import png
import tap
from control import Control
from driver import Driver, equal, program
from wire import (CHARACTER, EVENTS, FB_MODE_CHANGED, FB_WISH, KEYBOARD, MOTION,
                  OK, PRESS, QUOTA_EXCEEDED, RELATIVE, RELEASE, STATUS, TOUCH,
                  UNTOUCH, WHEEL, Parent, input_events, text)

PROGRAM = program("virtual_drv")
KEY_A, KEY_LEFTSHIFT, KEY_LEFTCTRL, KEY_CAPSLOCK = 30, 42, 29, 58
BTN_LEFT, BTN_RIGHT = 0x110, 0x111


class Virtual(Driver):
    NAME = "virtual_drv"
    SOCKETS = ("control",)

    def __init__(self, *args, **named):
        super().__init__(*args, **named)
        self.path = self.file("control")
        self.parent.serve(lambda: os.path.exists(self.path))
        self.control = Control(self.path)

    def __exit__(self, *error):
        self.control.close()
        super().__exit__(*error)

    def events(self, command):
        """All events that a command makes."""
        for line in (command, "touch 31 0 0", "untouch 31"):  # a mark
            self.control.do(line)
        return self.events_until((UNTOUCH, 31))[:-2]


def refused(control, command, words):
    answer = control.ask(command)
    assert answer.startswith("error ") and words in answer, \
        "%s: %s" % (command, answer)


def check_mode():
    with Virtual() as driver:
        equal(driver.mode(), (64, 48, 256, 0, 16, 12, 100, 60000, 0))
        driver.paint(b"\1\2\3\0" * 64 * 48)
        equal(driver.control.do("mode 32 16 rgb565"), "")
        driver.screen.event(FB_MODE_CHANGED)
        equal(driver.mode()[:4], (32, 16, 64, 2))
        equal(driver.control.ask("settle 10 50"), "error no picture")
        driver.paint(struct.pack("<H", 0xf800 | 31) * 32 * 16)
        equal(driver.control.do("pixel 0 0"), "#ff00ff")
        equal(driver.control.do("rate 0"), "")
        driver.screen.event(FB_MODE_CHANGED)
        equal(driver.mode()[7], 0)
        equal(driver.control.do("pixel 31 15"), "#ff00ff")
        for wrong in ("mode 0 1", "mode 1 16385", "mode 1", "mode 1 1 rgb", "rate -1",
                      "rate 1001", "rate x"):
            refused(driver.control, wrong, "")
        equal(driver.mode()[:4], (32, 16, 64, 2))


def check_wish():
    with Virtual() as driver:
        equal(driver.screen.request(FB_WISH, struct.pack("<II", 80, 60))[0], OK)
        driver.screen.event(FB_MODE_CHANGED)
        equal(driver.mode()[:2], (80, 60))


def check_config():
    config = "<width>40</width><height>30</height><scale>200</scale><rate>30</rate>"
    with Virtual(config) as driver:
        equal(driver.mode(), (40, 30, 160, 0, 5, 3, 200, 30000, 0))
        driver.parent.configure(config.replace(">40<", ">50<") +
                                "<format>rgb565</format><widht>9</widht>")
        driver.screen.event(FB_MODE_CHANGED)
        equal(driver.mode()[:4], (50, 30, 100, 2))
    assert "did you mean" in driver.log, driver.log
    with Virtual("<width>no</width><height>99999</height>") as driver:
        equal(driver.mode()[:2], (1280, 800))
    equal(len([line for line in driver.log.splitlines() if "test.xml:1:" in line]), 2)


def check_quota():
    with Virtual(quota=12 << 20) as driver:
        driver.control.post("mode 4000 4000")
        driver.parent.serve(lambda: driver.parent.requests == 1)
        equal(driver.control.answer(), "error quota exceeded")
        equal(driver.mode()[:2], (64, 48))
        driver.screen.send(FB_WISH, struct.pack("<II", 4000, 4000), 1000)
        driver.parent.serve(lambda: driver.parent.requests == 2)
        equal(driver.screen.event(STATUS).unpack("I"), (QUOTA_EXCEEDED,))


def check_pace():
    with Virtual() as driver:
        driver.control.do("rate 20")
        driver.screen.event(FB_MODE_CHANGED)
        took = []
        while not took or min(took) > 1:  # but on a busy machine
            assert len(took) < 10, took
            start = time.monotonic()
            for _ in range(5):
                driver.refresh((0, 0, 1, 1))
            took.append(time.monotonic() - start)
            assert took[-1] > 0.15, took


def check_frames():
    with Virtual() as driver:
        equal(driver.control.do("frames"), "0 0")
        driver.refresh((0, 0, 10, 10), (20, 20, 5, 2))
        driver.refresh((0, 0, 64, 48))
        equal(driver.control.do("frames"), "2 %d" % (110 + 64 * 48))


def check_settle():
    with Virtual() as driver:
        equal(driver.control.ask("settle 20 60"), "error no picture")
        driver.control.post("settle 50 60000")
        start = time.monotonic()
        driver.refresh((0, 0, 1, 1))
        equal(driver.control.answer(), "ok still")
        assert time.monotonic() - start > 0.03
        driver.control.post("settle 60000 60000")
        other = Control(driver.path)
        driver.refresh((0, 0, 1, 1))
        equal(other.do("frames")[:1], "2")  # not held up
        other.close()
        driver.control.close()
        driver.control = Control(driver.path)
        for _ in range(10):  # a machine that stops for a second is still
            driver.control.post("settle 1000 1050")
            while not select.select([driver.control.socket], [], [], 0)[0]:
                driver.refresh((0, 0, 1, 1))
            answer = driver.control.answer()
            if answer == "ok moving":
                break
        equal(answer, "ok moving")


def check_pointer():
    with Virtual() as driver:
        equal(driver.events("move 63 47"), [(MOTION, 0, 63, 47, 0)])
        equal(driver.events("relative -5 7"), [(RELATIVE, 0, -5, 7, 0)])
        equal(driver.events("wheel 1"), [(WHEEL, 0, 0, 120, 0)])
        equal(driver.events("wheel 0.5 -2"), [(WHEEL, 0, 60, -240, 0)])
        equal(driver.events("click 3 4"),
              [(MOTION, 0, 3, 4, 0), (PRESS, BTN_LEFT, 0, 0, 0),
               (RELEASE, BTN_LEFT, 0, 0, 0)])
        equal(driver.events("click 3 4 BTN_RIGHT")[1:],
              [(PRESS, BTN_RIGHT, 0, 0, 0), (RELEASE, BTN_RIGHT, 0, 0, 0)])
        drag = driver.events("drag 0 0 40 8")
        equal(drag[:2], [(MOTION, 0, 0, 0, 0), (PRESS, BTN_LEFT, 0, 0, 0)])
        equal(drag[2:-1], [(MOTION, 0, 5 * i, i, 0) for i in range(1, 9)])
        equal(drag[-1], (RELEASE, BTN_LEFT, 0, 0, 0))
        for wrong in ("move 64 0", "move 0 48", "move -1 0", "move 1", "move 1 2 3",
                      "wheel x", "wheel 1e9", "wheel nan", "click 1 1 BTN_NONE",
                      "relative 99999 0", "drag 0 0 64 0"):
            refused(driver.control, wrong, "")


def check_touch():
    with Virtual() as driver:
        equal(driver.events("touch 0 1 2"), [(TOUCH, 0, 1, 2, 0)])
        equal(driver.events("touch 0 3 4"), [(TOUCH, 0, 3, 4, 0)])
        equal(driver.events("untouch 0"), [(UNTOUCH, 0, 0, 0, 0)])
        refused(driver.control, "untouch 0", "is not touched")
        refused(driver.control, "touch 32 0 0", "0 to 31")


def check_keys():
    with Virtual() as driver:
        equal(driver.events("press KEY_A"),
              [(PRESS, KEY_A, 0, 0, 97), (CHARACTER, KEY_A, 0, 0, 97)])
        refused(driver.control, "press KEY_A", "pressed already")
        equal(driver.events("release KEY_A"), [(RELEASE, KEY_A, 0, 0, 0)])
        refused(driver.control, "release KEY_A", "not pressed")
        equal(driver.events("key KEY_LEFTSHIFT KEY_A"),
              [(PRESS, KEY_LEFTSHIFT, 0, 0, 0), (PRESS, KEY_A, 0, 0, 97),
               (CHARACTER, KEY_A, 0, 0, 65), (RELEASE, KEY_A, 0, 0, 0),
               (RELEASE, KEY_LEFTSHIFT, 0, 0, 0)])
        equal([event[0] for event in driver.events("key KEY_LEFTCTRL KEY_A")],
              [PRESS, PRESS, RELEASE, RELEASE])
        for held in ("KEY_LEFTALT", "KEY_LEFTMETA"):
            equal(len(driver.events("key %s KEY_A" % held)), 4)
        equal(len(driver.events("key KEY_RIGHTALT KEY_A")), 5)
        for wrong in ("press KEY_NONE", "press", "press KEY_A KEY_B", "key",
                      "key KEY_A KEY_A", "key" + 9 * " KEY_A", "press 30"):
            refused(driver.control, wrong, "")


def check_layout():
    with Virtual() as driver:
        driver.input.event(KEYBOARD)

        def told(command):
            driver.control.do(command)
            fields = driver.input.event(KEYBOARD).unpack("II64sI64sI64s")
            return [fields[i + 1][:fields[i]] for i in (1, 3, 5)]
        equal(told("layout de"), [b"de", b"", b""])
        equal(told('layout fr "" compose:ralt'), [b"fr", b"", b"compose:ralt"])
        equal(told("layout " + 64 * "x"), [64 * b"x", b"", b""])
        refused(driver.control, "layout " + 65 * "x", "too long")
        refused(driver.control, "layout", "")
        equal(driver.events("press KEY_Z")[0], (PRESS, 44, 0, 0, ord("z")))


def check_locks():
    with Virtual() as driver:
        locks = driver.input.event(KEYBOARD).unpack("II64s")
        equal((locks[0], locks[2][:locks[1]]), (2, b"us"))
        driver.events("key KEY_CAPSLOCK")
        equal(driver.input.event(KEYBOARD).unpack("I"), (3,))
        equal(driver.events("key KEY_A")[1][4], ord("A"))
        equal(driver.events("key KEY_1")[1][4], ord("1"))
        equal([e[4] for e in driver.events("type aB") if e[0] == CHARACTER],
              [ord("a"), ord("B")])
        equal(driver.events("key KEY_KP7")[1][4], ord("7"))
        driver.events("key KEY_NUMLOCK")
        equal(len(driver.events("key KEY_KP7")), 2)


def check_repeat():
    with Virtual() as driver:
        start = time.monotonic()
        driver.events("press KEY_A")
        for _ in range(3):
            equal(input_events(driver.input.event(EVENTS)),
                  [(CHARACTER, KEY_A, 1, 0, 97)])
        took = time.monotonic() - start
        assert took > 0.3, took
        driver.control.do("release KEY_A")
        while True:
            last = input_events(driver.input.event(EVENTS))[-1]
            if last[0] == RELEASE:
                break
        assert driver.input.receive(0.2) is None, "repeats after the release"


def check_type():
    with Virtual() as driver:
        equal(driver.events("type ab"), text((30, "a", "a"), (48, "b", "b")))
        equal(driver.events("type A"),
              [(PRESS, KEY_LEFTSHIFT, 0, 0, 0)] + text((30, "a", "A")) +
              [(RELEASE, KEY_LEFTSHIFT, 0, 0, 0)])
        equal(driver.events("type ä€😀"),
              [(CHARACTER, 0, 0, 0, ord(c)) for c in "ä€😀"])
        equal([chr(e[4]) for e in driver.events('type  "two  blanks')
               if e[0] == CHARACTER], list(' "two  blanks'))
        every = "".join(map(chr, range(32, 127)))
        typed = driver.events("type " + every)
        equal("".join(chr(e[4]) for e in typed if e[0] == CHARACTER), every)
        assert all(e[1] for e in typed), "a character of no key"
        refused(driver.control, "type " + 1025 * "x", "1024")
        refused(driver.control, "type", "usage")


def check_no_client():
    with Virtual() as driver:
        driver.control.do("press KEY_A")
        driver.input.close()
        driver.control.wait(lambda: driver.control.ask("key KEY_B").endswith(
            "no client reads the input"))
        driver.parent.serve(lambda: True)
        driver.input = driver.parent.open("Input")
        assert driver.input, "no second client"
        equal(driver.events("press KEY_A")[0], (PRESS, KEY_A, 0, 0, 97))


def check_one_client():
    with Virtual() as driver:
        assert driver.parent.open("Framebuffer") is None
        assert driver.parent.open("Input") is None


def check_pictures():
    with Virtual() as driver:
        pixels = b"".join(struct.pack("<I", 0xff000000 | x << 18 | y << 10 | x ^ y)
                          for y in range(48) for x in range(64))
        driver.paint(pixels)
        equal(driver.control.do("pixel 63 47"), "#fcbc10")
        shot, golden = driver.file("shot.png"), driver.file("golden.png")
        driver.control.do("screenshot " + shot)
        rows = [b"".join(bytes((x << 2, y << 2, x ^ y)) for x in range(64))
                for y in range(48)]
        with open(golden, "wb") as file:
            file.write(png.write(64, 48, rows))
        equal(driver.control.do("compare " + golden), "")
        equal(driver.control.do("compare " + shot), "")
        rows[5] = rows[5][:30] + bytes((rows[5][30] + 3,)) + rows[5][31:]
        rows[6] = b"\xff\xff\xff" + rows[6][3:]
        with open(golden, "wb") as file:
            file.write(png.write(64, 48, rows))
        equal(driver.control.ask("compare " + golden),
              "error 2 pixels differ, " + driver.file("golden.diff.png"))
        os.unlink(driver.file("golden.diff.png"))
        equal(driver.control.ask("compare %s 3 mask 0 6 1 1" % golden), "ok")
        refused(driver.control, "compare %s 2 mask 0 6 1 1" % golden, "1 pixels differ")
        refused(driver.control, "compare %s mask 0 5 64 1" % golden, "1 pixels differ")
        refused(driver.control, "compare %s mask 0 5 64" % golden, "mask X Y W H")
        refused(driver.control, "compare golden.png", "absolute")
        refused(driver.control, "compare " + driver.file("none.png"), "No such file")
        refused(driver.control, "compare " + driver.folder, "regular")
        with open(golden, "wb") as file:
            file.write(png.write(63, 48, [row[3:] for row in rows]))
        refused(driver.control, "compare " + golden, "size")
        with open(golden, "wb") as file:
            file.write(png.write(64, 48, rows)[:100])
        refused(driver.control, "compare " + golden, "")
        os.mkfifo(driver.file("pipe"))
        refused(driver.control, "screenshot " + driver.file("pipe"), "")
        refused(driver.control, "screenshot /nowhere/x.png", "No such file")


def send(driver, *words, folder=None):
    done = subprocess.run([PROGRAM, "send", driver.path, *words],
                          cwd=folder or driver.folder, capture_output=True,
                          text=True, timeout=60)
    return done.returncode, done.stdout


def check_send():
    with Virtual() as driver:
        driver.paint(b"\1\2\3\0" * 64 * 48)
        equal(send(driver, "frames"), (0, "ok 1 3072\n"))
        equal(send(driver, "pixel", "0", "0"), (0, "ok #030201\n"))
        equal(send(driver, "pixel", "64", "0")[0], 1)
        equal(send(driver, "screenshot", "a b.png"), (0, "ok\n"))
        equal(send(driver, "compare", "a b.png"), (0, "ok\n"))
        driver.paint(b"\0\0\0\0" * 64 * 48)
        equal(send(driver, "compare", "a b.png", "mask", "0", "0", "64", "47"),
              (1, "error 64 pixels differ, a b.diff.png\n"))
        with open(driver.file("a b.diff.png"), "rb") as file:
            equal(file.read(4), b"\x89PNG")
        equal(send(driver, "compare", "none.png")[0], 1)
        equal(send(driver, "type", "a  b"), (0, "ok\n"))
        equal(send(driver, "settle"), (0, "ok still\n"))
        driver.path += ".none"
        equal(send(driver, "frames")[0], 1)
        driver.path = driver.path[:-5]


def check_record():
    with Virtual() as driver:
        path = driver.file("recording")
        refused(driver.control, "record", "no recording")
        driver.control.do("record " + path)
        refused(driver.control, "record " + path, "under way")
        commands = ["move 1 2", "press KEY_A", "release KEY_A", "type ä x"]
        for command in commands:
            driver.control.do(command)
            driver.control.ask("settle 20 40")
        refused(driver.control, "press KEY_NONE", "")
        equal(driver.control.do("record"), "4")
        with open(path) as file:
            lines = file.read().splitlines()
        equal(lines[0], "nitpicker-input 1")
        equal([line.split(" ", 1)[1] for line in lines[1:]], commands)
        driver.refresh((0, 0, 1, 1))
        driver.events("move 0 0")  # those of before are gone, too
        start = time.monotonic()
        equal(driver.control.do("replay " + path), "4")
        took = time.monotonic() - start
        assert took > 0.1, took
        fast = []
        while not fast or min(fast) >= took:  # but on a busy machine
            assert len(fast) < 10, (fast, took)
            driver.events("move 0 0")
            start = time.monotonic()
            equal(driver.control.do("replay %s 0" % path), "4")
            fast.append(time.monotonic() - start)
        events = driver.events("move 0 0")
        equal([e[0] for e in events[:4]], [MOTION, PRESS, CHARACTER, RELEASE])
        with open(path, "w") as file:
            file.write("nitpicker-input 1\n0 press KEY_A\n5000000 release KEY_A\n")
        driver.control.post("replay " + path)
        other = Control(driver.path)
        other.wait(lambda: other.ask("press KEY_A").endswith("already"))
        refused(other, "replay " + path, "under way")
        driver.control.close()  # ends the replay, which lets go of the key
        other.wait(lambda: other.ask("press KEY_A") == "ok")
        other.do("release KEY_A")
        driver.control = other
        for wrong in ("", "x", "nitpicker-input 1\nx", "nitpicker-input 1\n1 settle\n",
                      "nitpicker-input 1\n5 move 0 0\n4 move 0 0\n",
                      "nitpicker-input 1\n\n", "nitpicker-input 1\n1 frames"):
            with open(path, "w") as file:
                file.write(wrong)
            refused(driver.control, "replay " + path, "is not one of a recording")
        with open(path, "w") as file:
            file.write("nitpicker-input 1\n0 move 0 0\n0 release KEY_A")
        refused(driver.control, "replay " + path, "line 3: KEY_A is not pressed")
        refused(driver.control, "replay %s fast" % path, "is not a number")


def check_bad_lines():
    with Virtual() as driver:
        control = driver.control
        refused(control, "", "unknown command")
        refused(control, "fly 1 2", "unknown command 'fly 1 2'")
        refused(control, "move\t1 2", "not a line of text")
        refused(control, 'screenshot "x', "usage")
        control.socket.sendall(b"frames\0\n\xff\xfe\nframes\n")
        equal([control.answer() for _ in range(3)],
              ["error not a line of text"] * 2 + ["ok 0 0"])
        control.socket.sendall(b"x" * 100000 + b"\nframes\n")
        equal([control.answer() for _ in range(2)],
              ["error the line is too long", "ok 0 0"])
        control.socket.sendall(b"frames\n" * 5000)  # many in one read
        equal({control.answer() for _ in range(5000)}, {"ok 0 0"})
        for i in range(1, 7):  # in pieces
            control.socket.sendall(b"frames\n"[i - 1:i])
        control.socket.sendall(b"\n")
        equal(control.answer(), "ok 0 0")


def check_hostile():
    with Virtual() as driver:
        equal(stat.S_IMODE(os.stat(driver.path).st_mode), 0o600)
        crowd = [Control(driver.path) for _ in range(15)]
        equal(crowd[-1].do("frames"), "0 0")
        late = Control(driver.path)
        equal(late.answer(), "error too many connections")
        late.close()
        crowd.pop().close()
        # commands of a connection that closes at once are still done
        crowd.pop().post("move 7 8")
        # one that reads no answer holds up nobody
        deaf = crowd.pop()
        deaf.socket.setblocking(False)
        try:
            while True:
                deaf.socket.send(b"frames\n" * 1000)
        except BlockingIOError:
            pass
        equal(driver.control.do("frames"), "0 0")
        equal(input_events(driver.input.event(EVENTS)), [(MOTION, 0, 7, 8, 0)])
        # more descriptors than a command can use end the connection
        greedy = crowd.pop()
        fds = [os.open("/dev/null", os.O_RDONLY) for _ in range(3)]
        socket.send_fds(greedy.socket, [b"frames\n"], fds)
        try:
            assert not greedy.lines.readline(), "still there"
        except ConnectionResetError:
            pass
        # neither do they pile up
        socket.send_fds(crowd[0].socket, [b"frames\n"], fds[:2])
        equal(crowd[0].answer(), "ok 0 0")
        before = len(os.listdir("/proc/%d/fd" % driver.parent.child.pid))
        for _ in range(50):
            socket.send_fds(crowd[0].socket, [b"frames\n"], fds[:2])
            crowd[0].answer()
        equal(len(os.listdir("/proc/%d/fd" % driver.parent.child.pid)), before)
        socket.send_fds(crowd[0].socket, [b"screenshot x.png\n"], fds[:1])
        equal(crowd[0].answer(), "error x.png is not a regular file")
        # a connection that ends while it waits
        crowd[1].post("settle 100 600000")
        crowd[1].close()
        equal(driver.control.do("frames"), "0 0")
        for fd in fds:
            os.close(fd)
        for control in crowd + [deaf, greedy]:
            control.close()


def check_idle():
    with Virtual() as driver:
        driver.paint(b"\1\2\3\0" * 64 * 48)
        driver.check_idle()


def check_standard_input():
    folder = tempfile.mkdtemp(prefix="virtual.")
    script = os.path.join(folder, "script")
    with open(script, "w") as file:
        file.write("frames\nfly\nmode 10 10")
    parent = None
    with open(script) as stdin:
        subprocess_popen = subprocess.Popen

        def popen(argv, **options):
            return subprocess_popen(argv, **{**options, "stdin": stdin,
                                             "stdout": subprocess.PIPE})
        subprocess.Popen = popen
        try:
            parent = Parent([PROGRAM], "<control>-</control>")
        finally:
            subprocess.Popen = subprocess_popen
    parent.open("Framebuffer")
    lines = [parent.child.stdout.readline() for _ in range(2)]
    equal(lines, [b"ok 0 0\n", b"error unknown command 'fly'\n"])
    equal(parent.stop()[0], 0)
    os.unlink(script)
    os.rmdir(folder)


def check_second():
    with Virtual() as driver:
        config = "<control>%s</control>" % driver.path
        other = Parent([PROGRAM], config)
        other.open("Framebuffer")
        other.open("Input")
        code, log = other.stop()
        equal(code, 0)
        equal(log.count("control socket"), 1)
        equal(driver.control.do("frames"), "0 0")


if __name__ == "__main__":
    sys.exit(tap.run([
        ("mode and rate", check_mode),
        ("a client's wish for a mode", check_wish),
        ("config, also a changed one and a wrong one", check_config),
        ("a mode beyond the quota", check_quota),
        ("frames are paced", check_pace),
        ("frames", check_frames),
        ("settle", check_settle),
        ("move, relative, wheel, click, drag", check_pointer),
        ("touch, untouch", check_touch),
        ("press, release, key", check_keys),
        ("Caps Lock and Num Lock", check_locks),
        ("another layout", check_layout),
        ("characters repeat", check_repeat),
        ("type", check_type),
        ("input without a client", check_no_client),
        ("one client each", check_one_client),
        ("pixel, screenshot, compare", check_pictures),
        ("send", check_send),
        ("record, replay", check_record),
        ("lines that are none", check_bad_lines),
        ("hostile connections", check_hostile),
        ("nothing happens while nothing happens", check_idle),
        ("commands from standard input", check_standard_input),
        ("a control socket in use", check_second),
    ]))
