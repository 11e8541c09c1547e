#!/usr/bin/env python3
"""Malformed messages of every kind: each ends the session it came in, with
one log line, and nothing else."""
import os
import struct
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                "..", "end_to_end"))

import tap  # noqa: E402
from desktop import SERVER, Desktop, start  # noqa: E402
from wire import (ADOPT, ANNOUNCE, BUFFER, CREATE,  # noqa: E402
                  ERROR, EXECUTE, FILE, FRONT, FRONT_OF, GEOMETRY, GRAB, HELLO,
                  INVALID, MAGIC, OK, POINTER, POINTER_IMAGE, REFRESH, REPORT,
                  SESSION_CLOSE, SESSION_OPEN, SHOWN, STATUS, TITLE, Gone, Host,
                  blob, record, refresh, string, window)


def packet(opcode, body=b"", serial=1, size=None):
    return struct.pack("<HHI", opcode, 8 + len(body) if size is None else size,
                       serial) + body


def execute(*records):
    return packet(EXECUTE, b"".join(records))


def buffer(w, h, form):
    return packet(BUFFER, struct.pack("<III", w, h, form))


def pointer(text, length=None):
    return packet(POINTER, struct.pack("<I64s", len(text) if length is None
                                       else length, text))


# name -> packet, or (packet, number of descriptors)
COMMON = {
    "an empty header": b"\x01\0\0\0\0\0\0",
    "one byte": b"\x01",
    "a size beyond the packet": packet(HELLO, size=4096),
    "a size below the packet": packet(0x7f01, b"\0" * 8, size=8),
    "an unknown opcode": packet(0x3333),
    "an answer": packet(STATUS, struct.pack("<I", 0)),
    "an event of a server": packet(ERROR, struct.pack("<II", 1, 1), 0),
    "opcode 0": packet(0),
    "opcode 65535": packet(0xffff),
    "4097 bytes": packet(HELLO, b"\0" * 4089, size=4097 & 0xffff),
    "60000 bytes": packet(HELLO, b"\0" * 59992, size=60000),
    "a second greeting with another protocol":
        packet(HELLO, struct.pack("<II", MAGIC, 1) + string("Elsewhere", 64), 0),
}

NITPICKER = {
    "width 0": buffer(0, 1, 0),
    "width 16385": buffer(16385, 1, 0),
    "height 16385": buffer(1, 16385, 0),
    "format 3": buffer(1, 1, 3),
    "a body cut short": packet(BUFFER, b"\0" * 11),
    "a body too long": packet(BUFFER, struct.pack("<IIII", 1, 1, 0, 0)),
    "a request with serial 0": packet(BUFFER, struct.pack("<III", 1, 1, 0), 0),
    "a descriptor that has no place": (buffer(1, 1, 0), 1),
    "two descriptors": (packet(ADOPT, struct.pack("<III", 1, 1, 0)), 2),
    "no descriptor": packet(ADOPT, struct.pack("<III", 1, 1, 0)),
    "a rectangle cut short": packet(REFRESH, struct.pack("<IIHHH", 1, 1, 0, 0, 1)),
    "257 rectangles": packet(REFRESH, struct.pack("<II", 1, 1) + b"\0" * 8 * 257),
    "x beyond any buffer": packet(REFRESH, struct.pack("<II4H", 1, 1, 16385, 0, 1, 1)),
    "end is 2": packet(REFRESH, struct.pack("<II", 1, 2)),
    "shown from a client": packet(SHOWN, struct.pack("<QII", 0, 0, 0), 0),
    "text of 65 bytes in 64": pointer(b"x" * 64, 65),
    "text of 4 GiB": pointer(b"x" * 64, 0xffffffff),
    "no text": pointer(b""),
    "bytes behind a text": pointer(b"arrow\0x", 5),
    "a control character": pointer(b"ar\x1brow"),
    "half a character": pointer(b"arrow\xc3"),
    "a surrogate": pointer(b"\xed\xa0\x80"),
    "an overlong character": pointer(b"\xc0\x80"),
    "a pointer of 65 pixels": (packet(POINTER_IMAGE, struct.pack("<IIII", 65, 1, 0, 0)), 1),
    "grab is 2": packet(GRAB, struct.pack("<I", 2)),
    "an unknown record": execute(record(99, 1)),
    "record 0": execute(record(0, 1)),
    "half a record": execute(struct.pack("<HHI", CREATE, 12, 1)),
    "half a head of a record": execute(record(FRONT, 1), struct.pack("<HH", FRONT, 8)),
    "a record of size 0": execute(struct.pack("<HHII", CREATE, 0, 1, 0)),
    "a record of odd size": execute(struct.pack("<HHI", FRONT, 9, 1), b"\0" * 4),
    "a record too long": execute(struct.pack("<HHII", FRONT, 12, 1, 0)),
    "65 records": execute(*[record(FRONT, 1)] * 65),
    "x beyond all coordinates": execute(
        record(CREATE, 1, "I", 0), record(GEOMETRY, 1, "iiII", 131072, 0, 1, 1)),
    "width beyond all coordinates": execute(
        record(CREATE, 1, "I", 0), record(GEOMETRY, 1, "iiII", 0, 0, 131072, 1)),
    "a title with a newline": execute(
        record(CREATE, 1, "I", 0), record(TITLE, 1, "I64s", 3, b"a\nb")),
}

PARENT = {
    "a label of two lines": packet(
        SESSION_OPEN, struct.pack("<Q", 0) + string("Nitpicker", 64) +
        string("a\n", 256) + string("", 512) + struct.pack("<I", 0)),
    "reserved is not 0": packet(
        SESSION_OPEN, struct.pack("<Q", 0) + string("Nitpicker", 64) +
        string("", 256) + string("", 512) + struct.pack("<I", 1)),
    "no service": packet(ANNOUNCE, string("", 64)),
    "a report without a descriptor": packet(REPORT, string("x", 64) + string("", 256)),
    "a file with a descriptor": (packet(FILE, string("x", 256)), 1),
    "a body cut short": packet(SESSION_CLOSE, b"\0\0"),
}

# Before or instead of the greeting.
GREETINGS = {
    "no greeting": buffer(1, 1, 0),
    "another magic": packet(HELLO, struct.pack("<II", 1, 1) + string("Nitpicker", 64), 0),
    "another version": packet(HELLO, struct.pack("<II", MAGIC, 99) + string("Nitpicker", 64), 0),
    "another protocol": packet(HELLO, struct.pack("<II", MAGIC, 1) + string("Input", 64), 0),
    "a greeting with a serial": packet(
        HELLO, struct.pack("<II", MAGIC, 1) + string("Nitpicker", 64), 7),
}


class Case:
    """One desktop for all; a testnit is the witness."""

    def __init__(self):
        self.desktop = Desktop(SERVER + start("testnit"))
        self.views = self.desktop.wait_for_views("testnit", 3)
        self.frames()

    def frames(self):
        """The witness moves a view: it gets its input, and its frames are
        drawn."""
        before = self.desktop.views("testnit")[0]
        x, y = before.center()
        step = 40 if before.x < 400 else -40
        self.desktop.control.do("drag %d %d %d %d" % (x, y, x + step, y))
        self.desktop.wait(lambda: self.desktop.views("testnit")[0].x == before.x + step)

    def log(self):
        return [line for line in self.desktop.log().splitlines()
                if "host" in line and not line.endswith(" connects")]

    def ends(self, sock, name, data, count):
        before = len(self.log())
        fds = [os.open("/dev/null", os.O_RDONLY) for _ in range(count)]
        try:
            sock.raw(data, fds)
            assert sock.is_gone(), name + ": the session goes on"
        except Gone:
            pass
        finally:
            for fd in fds:
                os.close(fd)
        try:
            self.desktop.wait(lambda: len(self.log()) > before)
        except AssertionError:
            raise AssertionError(name + ": no line in the log") from None

    def each(self, messages, connect):
        before = len(self.log())
        for name, data in messages.items():
            data, count = data if isinstance(data, tuple) else (data, 0)
            host = Host(self.desktop.runtime)
            sock = connect(host)
            self.ends(sock, name, data, count)
            sock.close()
            host.close()
        self.frames()
        lines = self.log()[before:]
        assert len(lines) == len(messages), "\n".join(lines)

    def no_sessions_left(self):
        self.desktop.wait(lambda: set(self.desktop.sessions()) == {"testnit"})


def with_window(host):
    sock = host.open()
    os.close(window(sock, 600, 300, 50, 50, 9))
    return sock


def main():
    case = Case()
    desktop = case.desktop

    def check_valid_but_wrong():
        """These fail, and the session goes on."""
        host = Host(desktop.runtime)
        sock = with_window(host)
        for data in (record(FRONT, 77), record(CREATE, 9, "I", 0),
                     record(CREATE, 10, "I", 77), record(FRONT_OF, 9, "I", 77)):
            serial = sock.post(EXECUTE, data)
            assert sock.event(ERROR).unpack("II") == (serial, INVALID), data
        fd = blob(b"x" * 4096)
        status, _ = sock.request(ADOPT, struct.pack("<III", 32, 33, 0), [fd])
        assert status == INVALID, status
        os.close(fd)
        status, _ = sock.request(BUFFER, struct.pack("<III", 16384, 16384, 0))
        assert status != OK
        refresh(sock, 5, (0, 0, 50, 50))
        assert sock.event(SHOWN).unpack("QII")[1] == 5
        sock.close()
        host.close()

    code = tap.run([
        ("malformed for any protocol, in a Nitpicker session",
         lambda: case.each(COMMON, with_window)),
        ("malformed Nitpicker messages", lambda: case.each(NITPICKER, with_window)),
        ("wrong greetings of a Nitpicker session",
         lambda: case.each(GREETINGS, lambda host: host.open(greet=False))),
        ("malformed for any protocol, to the parent",
         lambda: case.each(COMMON, lambda host: host.wire)),
        ("malformed messages to the parent",
         lambda: case.each(PARENT, lambda host: host.wire)),
        ("valid messages that fail", check_valid_but_wrong),
        ("no session is left", case.no_sessions_left),
        ("the witness has its windows", lambda: desktop.wait_for_views("testnit", 3)),
        ("the desktop ends as always", desktop.stop),
    ])
    if code:
        desktop.fail()
    return code


if __name__ == "__main__":
    sys.exit(main())
