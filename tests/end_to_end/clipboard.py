#!/usr/bin/env python3
"""The clipboard between clients of a desktop: who may offer and read it."""
import os
import sys

import tap
import wire
from desktop import MENUBAR, Desktop

CHANGED = 0x45
SCENARIO = """<start><filename>nitpicker</filename>
<ram_quota>128M</ram_quota><config>%s</config></start>"""
WALLS = """<domain name="closed" clipboard="no"/>
<policy label="host" domain="closed"/>"""


class Client:
    def __init__(self, desktop, x):
        self.desktop, self.x = desktop, x
        self.host = wire.Host(desktop.runtime)
        self.wire = self.host.open(1 << 20)
        os.close(wire.window(self.wire, x, 100, 100, 100))
        wire.refresh(self.wire, 1, (0, 0, 100, 100))
        desktop.control.settle()

    def click(self):
        self.desktop.control.do("click %d %d" % (self.x + 50, 150 + MENUBAR))
        self.desktop.control.settle()

    def offer(self, text):
        fd = wire.blob(text)
        try:
            return self.wire.request(wire.CLIPBOARD_OFFER, fds=[fd])[0]
        finally:
            os.close(fd)

    def read(self):
        status, answer = self.wire.request(wire.CLIPBOARD_READ)
        if status != wire.OK:
            return status
        text = os.pread(answer.fds[0], 2 << 20, 0)
        os.close(answer.fds[0])
        return text


def main():
    desktop = Desktop(SCENARIO % "")
    one, two = Client(desktop, 100), Client(desktop, 300)

    def check_nobody():
        assert one.offer(b"early") == wire.DENIED
        one.click()
        assert one.read() == wire.DENIED  # nothing is there
        assert two.offer(b"from behind") == wire.DENIED

    def check_text():
        text = "Gr\u00fc\u00dfe,\n\t\u6f22\u5b57 \U0001f600".encode()
        assert one.offer(text) == wire.OK
        assert one.read() == text
        assert two.read() == wire.DENIED
        two.click()
        two.wire.event(CHANGED)
        assert two.read() == text
        assert one.read() == wire.DENIED
        desktop.wait(lambda: len(desktop.log_lines("read the clipboard of")) == 2)
        report = desktop.wait(lambda: desktop.report("nitpicker/clipboard"))
        desktop.wait(lambda: desktop.report("nitpicker/clipboard").get("reads") == "2")
        assert report.get("owner").startswith("host -> "), report.attrib

    def check_sizes():
        limit = 1 << 20
        assert two.offer(b"x" * limit) == wire.OK
        assert two.read() == b"x" * limit
        assert two.offer(b"") == wire.OK
        assert two.read() == b""
        assert two.offer(b"\xff\xfe") == wire.INVALID
        assert two.offer(b"a\0b") == wire.INVALID
        assert two.read() == b""

    def check_focus_alone():
        """A session that got the focus without a press must wait for one."""
        desktop.control.do("key KEY_LEFTMETA KEY_TAB")
        desktop.control.settle()
        states = one.read(), two.read()
        assert states == (wire.DENIED, wire.DENIED), states
        desktop.control.do("key KEY_A")
        desktop.control.settle()
        assert b"" in (one.read(), two.read())

    def check_walls():
        one.click()
        assert one.offer(b"mine") == wire.OK
        for _ in range(4):  # each change as soon as the one before took effect
            desktop.configure(SCENARIO % WALLS)
            desktop.wait(lambda: one.read() == wire.DENIED)
            desktop.configure(SCENARIO % "")
            desktop.wait(lambda: one.read() == b"mine")

    def check_lies():
        fd = os.memfd_create("open")
        os.write(fd, b"not sealed")
        try:
            one.wire.request(wire.CLIPBOARD_OFFER, fds=[fd])
            gone = False
        except wire.Gone:
            gone = True
        os.close(fd)
        assert gone or one.wire.is_gone()
        two.click()
        assert two.read() == b"mine", "what was offered goes with its owner"

    def check_host():
        host = desktop.control
        two.click()
        assert two.offer(b"kept") == wire.OK
        host.do("clipboard other")
        host.settle()
        assert two.read() == b"kept", "nobody joined them"
        desktop.configure(SCENARIO % '<clipboard host="yes"/>')

        def joined():
            host.do("clipboard outside")
            return two.read() == b"outside"
        desktop.wait(joined)
        assert two.offer(b"inside") == wire.OK
        desktop.wait(lambda: host.do("clipboard") == "inside")
        desktop.wait(lambda: desktop.log_lines("read the clipboard of host"))

    def check_end():
        one.host.close()
        two.host.close()
        desktop.stop()

    code = tap.run([
        ("only the focused one, after a press", check_nobody),
        ("a text, a line in the log, a report", check_text),
        ("from nothing to a mebibyte of UTF-8", check_sizes),
        ("the focus alone is not enough", check_focus_alone),
        ("domains that keep theirs", check_walls),
        ("memory that isn't sealed ends the session", check_lies),
        ("the host's, where the config joins them", check_host),
        ("nothing is left", check_end),
    ])
    if code:
        desktop.fail()
    return code


if __name__ == "__main__":
    sys.exit(main())
