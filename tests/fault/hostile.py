#!/usr/bin/env python3
"""Clients that keep to the wire and mean harm: they ask for more than there
is, use what is not theirs, and never read. Each gets its answer or its end;
the server and the others stay as they were."""
import os
import struct
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                "..", "end_to_end"))

import tap  # noqa: E402
from desktop import SERVER, Desktop, start  # noqa: E402
from wire import (ACCEPT, ADOPT, ANNOUNCE, BUFFER, CLIPBOARD_OFFER,  # noqa: E402
                  CLOSED, CONFIG, CREATE, DENY, DESTROY, ERROR, EXECUTE, EXIT,
                  FILE, FRONT, INVALID, OK, POINTER_IMAGE, REPORT,
                  RESOURCE_REQUEST, REVOKE, SESSION_CLOSE, SESSION_UPGRADE, START, STORE, TITLE, Gone, Host, blob,
                  record, refresh, string, window)

MIB = 1 << 20


def main():
    desktop = Desktop(SERVER + start("testnit"))
    desktop.wait_for_views("testnit", 3)
    server = desktop.processes("nitpicker")[0]

    def fds(pid):
        return len(os.listdir("/proc/%d/fd" % pid))

    def opened():
        return fds(server.pid), fds(desktop.process.pid)

    def opened_at_rest():
        """Reports on their way are descriptors, too."""
        desktop.control.settle()
        samples = []
        while len(samples) < 3 or len(set(samples[-3:])) > 1:
            desktop.control.ask("settle 30 1000")
            samples.append(opened())
        return samples[-1]

    def memory(pid):
        with open("/proc/%d/smaps_rollup" % pid) as file:
            return sum(int(line.split()[1]) << 10 for line in file
                       if line.startswith("Private_Dirty:"))

    before = opened_at_rest()

    def as_before():
        """Only the witness is left, with its input and its frames."""
        desktop.wait(lambda: set(desktop.sessions()) == {"testnit"})
        desktop.wait(lambda: opened() == before)
        assert desktop.processes("nitpicker")[0].pid == server.pid
        view = desktop.views("testnit")[0]
        x, y = view.center()
        step = 40 if view.x < 400 else -40
        desktop.control.do("drag %d %d %d %d" % (x, y, x + step, y))
        desktop.wait(lambda: desktop.views("testnit")[0].x == view.x + step)

    def alone(attack):
        """An attack from a client of its own, with its effect looked at."""
        def check():
            host = Host(desktop.runtime)
            try:
                attack(host)
            finally:
                host.close()
            as_before()
        return check

    def views(host):
        """1024 and not one more; each may go and come."""
        wire = host.open(4 * MIB)
        for first in range(1, 1025, 32):
            wire.post(EXECUTE, b"".join(record(CREATE, i, "I", 0)
                                        for i in range(first, first + 32)))
        serial = wire.post(EXECUTE, record(CREATE, 1025, "I", 0))
        status = wire.event(ERROR).unpack("II")
        assert status[0] == serial and status[1] != OK, status
        wire.post(EXECUTE, record(DESTROY, 5) + record(CREATE, 1025, "I", 0))
        serial = wire.post(EXECUTE, record(FRONT, 5))
        assert wire.event(ERROR).unpack("II") == (serial, INVALID)
        wire.close()

    def nesting(host):
        """Eight parents and not nine; and never in a circle."""
        wire = host.open()
        os.close(window(wire, 700, 400, 60, 60))
        wire.post(EXECUTE, b"".join(record(CREATE, i, "I", i - 1)
                                    for i in range(2, 10)))
        serial = wire.post(EXECUTE, record(CREATE, 10, "I", 9))
        assert wire.event(ERROR).unpack("II") == (serial, INVALID)
        serial = wire.post(EXECUTE, record(CREATE, 20, "I", 20))
        assert wire.event(ERROR).unpack("II") == (serial, INVALID)
        refresh(wire, 1, (0, 0, 60, 60))
        # the root of all goes
        wire.post(EXECUTE, record(DESTROY, 1))
        wire.close()

    def buffers(host):
        """More than was paid for: refused, and the old one stays."""
        wire = host.open()
        fd = window(wire, 700, 400, 64, 64)
        began = time.monotonic()
        for w, h in ((16384, 16384), (16384, 1), (1, 16384), (16384, 4096)) * 20:
            status, answer = wire.request(BUFFER, struct.pack("<III", w, h, 0))
            # rows are padded: even the narrow ones may be too much
            assert status != OK or w * h * 4 <= MIB, (w, h, status)
            if answer:
                os.close(answer.fds[0])
        assert time.monotonic() - began < 30
        assert host.upgrade(1 << 40) != OK
        os.close(fd)
        wire.close()

    def titles(host):
        """Control characters end it, as do characters that turn the
        direction of what follows; other text is shown."""
        wire = host.open()
        os.close(window(wire, 700, 400, 64, 64))
        for title in ("\u05e9\u05dc\u05d5\u05dd", "日本語", "\U0001f600" * 16, "<&\"'>", ""):
            data = title.encode()
            wire.post(EXECUTE, record(TITLE, 1, "I64s", len(data), data))
        refresh(wire, 1, (0, 0, 64, 64))
        desktop.wait(lambda: [v for v in desktop.views() if v.title == ""])
        wire.post(EXECUTE, record(TITLE, 1, "I64s", 10, "a\u202ebc\u2066d".encode()[:10]))
        try:
            wire.request(BUFFER, struct.pack("<III", 8, 8, 0))
            desktop.control.do("click 730 450")
            desktop.control.settle()
            desktop.report("nitpicker/views")
        except Gone:
            pass
        wire.close()

    def sessions(host):
        """64 for a child, not 65."""
        wires = []
        for _ in range(64):
            wires.append(host.open(64 << 10))
        try:
            wires.append(host.open(64 << 10))
        except AssertionError:
            pass
        assert len(wires) == 64, len(wires)
        wires.pop().close()
        for wire in wires:
            wire.close()

    def others(host):
        """Ids of sessions that are somebody else's, and answers to what
        nobody asked."""
        other = Host(desktop.runtime)
        kept = other.open()
        own = host.open()
        for number in [other.id, *range(0, 40), 0x7fffffff, 0xffffffff]:
            if number == host.id:
                continue
            status, _ = host.wire.request(SESSION_UPGRADE,
                                          struct.pack("<QII", 4096, number, 0))
            assert status != OK, number
        # the other's goes on
        os.close(window(kept, 700, 400, 64, 64))
        refresh(kept, 1, (0, 0, 64, 64))
        try:
            host.wire.post(SESSION_CLOSE, struct.pack("<I", other.id + 1000))
            host.wire.request(ANNOUNCE, string("x", 64))
        except Gone:
            pass
        os.close(window(kept, 700, 400, 32, 32, 2))
        own.close()
        kept.close()
        other.close()

    def services(host):
        """What a host client may not have."""
        for service in ("Framebuffer", "Input", "parent", "Log", "Nitpicker2"):
            try:
                host.open(service=service)
                raise RuntimeError(service + " was opened")
            except AssertionError:
                pass
        status, _ = host.wire.request(ANNOUNCE, string("Nitpicker", 64))
        assert status != OK
        for label in ("a" * 255, "backdrop", "host", "nitpicker", "a -> b"):
            try:
                host.open(label=label).close()
            except AssertionError:
                pass
        assert not [l for l in desktop.sessions() if not l.startswith(("host -> ", "testnit"))]

    def reports(host):
        """Names that would lead out of the folder of reports."""
        tree = {folder for folder, _, _ in os.walk(desktop.folder)}
        for name in ("..", "../x", "/x", "a/b", ".x", "", "x" * 64, "x\\y", "a b"):
            victim = Host(desktop.runtime)
            try:
                fd = blob(b"<x/>")
                body = string(name, 64)[:68] + string("", 256)
                victim.wire.post(REPORT, body, [fd])
                victim.wire.request(ANNOUNCE, string("x", 64))
            except (Gone, TimeoutError):
                pass
            finally:
                os.close(fd)
                victim.close()
        found = {folder for folder, _, _ in os.walk(desktop.folder)}
        assert not [f for f in found - tree if "/report/host" not in f], found - tree
        assert not os.path.exists(desktop.folder + "/x.xml")

    def descriptors(host):
        """Sealed, unsealed, of the wrong kind: where one is due."""
        wire = host.open()
        pipe = os.pipe()
        for fd in (pipe[0], pipe[1], os.open("/dev/zero", os.O_RDONLY),
                   os.open("/", os.O_RDONLY),
                   os.memfd_create("unsealed"),
                   os.open("/dev/null", os.O_WRONLY | os.O_PATH)):
            for opcode, body in ((ADOPT, struct.pack("<III", 8, 8, 0)),
                                 (POINTER_IMAGE, struct.pack("<IIII", 8, 8, 0, 0)),
                                 (CLIPBOARD_OFFER, b"")):
                try:
                    wire.post(opcode, body, [fd])
                    wire.request(BUFFER, struct.pack("<III", 8, 8, 0))
                except (Gone, TimeoutError):
                    wire.close()
                    wire = host.open()
            os.close(fd)
        wire.close()

    def half_way(host):
        """The parent's end goes first, the session stays in use; or the
        other way round."""
        wire = host.open()
        fd = window(wire, 700, 400, 64, 64)
        host.close()
        try:
            for frame in range(1, 200):
                refresh(wire, frame, (0, 0, 64, 64))
            assert wire.is_gone(), "a session outlives its client"
        except Gone:
            pass
        os.close(fd)
        wire.close()

    def deaf(host):
        """Requests to the parent whose answers are never read."""
        size = memory(desktop.process.pid)
        host.wire.socket.setblocking(False)
        try:
            for _ in range(20000):
                try:
                    host.wire.post(RESOURCE_REQUEST, struct.pack("<Q", 1))
                except BlockingIOError:
                    break
        except Gone:
            pass
        assert memory(desktop.process.pid) - size < MIB

    def alien(host):
        """What only a provider or a parent says."""
        for opcode, body in ((ACCEPT, struct.pack("<I", 1)),
                             (DENY, struct.pack("<II", 1, 1)),
                             (CLOSED, struct.pack("<I", 1)),
                             (REVOKE, struct.pack("<II", 1, 1)),
                             (CONFIG, struct.pack("<II", 1, 1) + string("x", 256)),
                             (START, string("testnit", 64)),
                             (EXIT, struct.pack("<I", 0) + string("", 256)),
                             (FILE, string("../../etc/passwd", 256)),
                             (FILE, string("/etc/passwd", 256)),
                             (STORE, string("../x", 64))):
            victim = Host(desktop.runtime)
            try:
                victim.wire.post(opcode, body)
                status, _ = victim.wire.request(ANNOUNCE, string("x", 64))
                assert status != OK
                for answer in victim.wire.events:
                    assert not answer.fds, body
            except Gone:
                pass
            victim.close()

    code = tap.run([
        ("1025 views", alone(views)),
        ("views in views", alone(nesting)),
        ("buffers beyond the quota", alone(buffers)),
        ("titles", alone(titles)),
        ("65 sessions", alone(sessions)),
        ("sessions of others", alone(others)),
        ("services and labels that are not for it", alone(services)),
        ("names of reports", alone(reports)),
        ("descriptors of every kind", alone(descriptors)),
        ("one of two connections closes", alone(half_way)),
        ("answers that are not read", alone(deaf)),
        ("messages of a provider", alone(alien)),
        ("the desktop ends as always", desktop.stop),
    ])
    if code:
        desktop.fail()
    return code


if __name__ == "__main__":
    sys.exit(main())
