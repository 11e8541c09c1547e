#!/usr/bin/env python3
"""CLIPBOARD and PRIMARY of X programs and the clipboard of the desktop, both
ways, in one piece and in many, as far as the policy allows it."""
import os
import struct
import sys

import wire
import xdesktop
import xprotocol
from xprotocol import (PRIMARY, PROPERTY_NOTIFY, SELECTION_CLEAR, SELECTION_NOTIFY,
                       SELECTION_REQUEST, STRING)

CHANGED = 0x45
TEXT = "Gr\u00fc\u00dfe,\n\t\u6f22\u5b57 \U0001f600".encode()
LIMIT = 1 << 20


class Test(xdesktop.Case):
    def __init__(self):
        super().__init__()
        self.window = self.desktop.focused_window(200, 150, 300, 200, title="Clip")
        self.clipboard = self.x.atom("CLIPBOARD")
        self.utf8 = self.x.atom("UTF8_STRING")
        self.incr = self.x.atom("INCR")
        self.host = wire.Host(self.desktop.runtime)
        self.native = self.host.open(1 << 20)
        os.close(wire.window(self.native, 700, 400, 100, 100))
        wire.refresh(self.native, 1, (0, 0, 100, 100))
        self.control.settle()

    # ---- the native program ----

    def go_native(self):
        self.control.do("click 750 %d" % (450 + xdesktop.MENUBAR))
        self.desktop.wait(lambda: (self.desktop.focus() or "").startswith("host"))

    def read(self):
        status, answer = self.native.request(wire.CLIPBOARD_READ)
        if status != wire.OK:
            return status
        text = os.pread(answer.fds[0], 2 << 20, 0)
        os.close(answer.fds[0])
        return text

    def offer(self, text):
        fd = wire.blob(text)
        try:
            return self.native.request(wire.CLIPBOARD_OFFER, fds=[fd])[0]
        finally:
            os.close(fd)

    # ---- the X program ----

    def go_x(self):
        self.desktop.click_window(self.window)
        self.desktop.wait(lambda: self.desktop.focus() == xdesktop.LABEL)

    def answer(self, request, kind, data, property=None):
        """Says that the property is there (0: refused)."""
        _, requestor, selection, target, wanted = struct.unpack_from(
            "<5I", request.data, 8)
        into = wanted if property is None else property
        if into and kind:
            self.x.send(2, 0, struct.pack("<III", requestor, 1 << 11,
                                          xprotocol.MASK_PROPERTY))
            self.x.change(requestor, into, kind, 8 if kind != self.incr else 32, data)
        time, = struct.unpack_from("<I", request.data, 4)
        self.x.send_event(requestor, struct.pack(
            "<BxxxIIIII", SELECTION_NOTIFY, time, requestor, selection, target, into))
        if into and kind and kind != self.incr:
            self.taken(requestor, into)
        return requestor, into

    def taken(self, requestor, into):
        """Waits until xvfb_glue read the property and took it away."""
        found = self.x.wait(lambda e: e.type == PROPERTY_NOTIFY and e.x == into and
                            e.window == requestor and e.data[16] == 1)
        assert found, "the text isn't taken"

    def own(self, selection):
        self.x.forget()
        self.x.own(selection, self.window)
        return self.x.event(SELECTION_REQUEST)

    def target(self, request):
        return struct.unpack_from("<I", request.data, 20)[0]

    def offered(self, text):
        """The desktop has it; the native program reads it."""
        self.x.sync()
        # The text is on its way until it is announced to who has the focus.
        self.go_native()
        self.desktop.wait(lambda: self.read() == text)

    def check_out(self):
        request = self.own(self.clipboard)
        assert self.target(request) == self.utf8
        self.answer(request, self.utf8, TEXT)
        self.x.sync()
        self.control.settle()
        self.offered(TEXT)

    def check_out_primary(self):
        self.go_x()
        request = self.own(PRIMARY)
        self.answer(request, self.utf8, b"selected")
        self.x.sync()
        self.control.settle()
        self.offered(b"selected")

    def check_out_latin(self):
        """An old program that knows STRING only."""
        self.go_x()
        request = self.own(self.clipboard)
        self.answer(request, 0, b"", property=0)
        request = self.x.event(SELECTION_REQUEST)
        assert self.target(request) == STRING
        self.answer(request, STRING, "Gr\u00fc\u00dfe".encode("latin-1"))
        self.x.sync()
        self.control.settle()
        self.offered("Gr\u00fc\u00dfe".encode())

    def send_pieces(self, text, size=50000):
        request = self.own(self.clipboard)
        requestor, into = self.answer(request, self.incr, struct.pack("<I", len(text)))
        for at in range(0, len(text) + size, size):
            self.taken(requestor, into)
            self.x.change(requestor, into, self.utf8, 8, text[at:at + size])
        self.taken(requestor, into)

    def check_out_pieces(self):
        self.go_x()
        text = b"0123456789abcde\n" * 25000
        self.send_pieces(text)
        self.control.settle()
        self.offered(text)

    def check_out_lies(self):
        """No text, too much of it, a stranger's word: the old one stays."""
        self.go_x()
        request = self.own(self.clipboard)
        self.answer(request, self.utf8, b"\xff\xfe broken")
        request = self.own(PRIMARY)
        self.answer(request, self.x.atom("INCR"), struct.pack("<I", 1 << 31))
        request = self.own(self.clipboard)
        self.answer(request, self.utf8, b"fine")
        self.x.sync()
        self.control.settle()
        self.offered(b"fine")

    # ---- to X ----

    def owned(self, selection=None):
        """Waits until xvfb_glue owns it."""
        selection = selection or self.clipboard
        self.desktop.wait(lambda: self.x.owner(selection) not in (0, self.window))

    def convert(self, selection, target):
        return self.x.convert(self.window, selection, self.x.atom(target) if
                              isinstance(target, str) else target, self.x.atom("HERE"))

    def bring(self, text):
        self.go_native()
        self.control.do("key KEY_A")
        assert self.offer(text) == wire.OK
        self.go_x()
        self.owned()
        self.x.forget()

    def check_in(self):
        self.bring(TEXT)
        for target in ("UTF8_STRING", "text/plain;charset=utf-8", "TEXT"):
            kind, data = self.convert(self.clipboard, target)
            assert data == TEXT, (target, data)
        self.owned(PRIMARY)
        assert self.convert(PRIMARY, "UTF8_STRING")[1] == TEXT
        assert self.convert(self.clipboard, STRING)[1] == \
            "Gr\u00fc\u00dfe,\n\t?? ?".encode("latin-1")
        assert self.convert(self.clipboard, "image/png") is None
        self.desktop.wait(lambda: self.desktop.log_lines("xvfb_glue read the clipboard of host"))

    def check_in_about(self):
        _, data = self.convert(self.clipboard, "TARGETS")
        names = [self.x.atom_name(atom) for atom in
                 struct.unpack("<%dI" % (len(data) // 4), data)]
        assert {"TARGETS", "TIMESTAMP", "MULTIPLE", "UTF8_STRING", "STRING"} <= \
            set(names), names
        _, data = self.convert(self.clipboard, "TIMESTAMP")
        assert struct.unpack("<I", data)[0]

    def check_in_several(self):
        pair, here = self.x.atom("ATOM_PAIR"), self.x.atom("HERE")
        one, two = self.x.atom("ONE"), self.x.atom("TWO")
        self.x.change(self.window, here, pair, 32, struct.pack(
            "<4I", self.utf8, one, self.x.atom("image/png"), two))
        self.x.send(24, 0, struct.pack("<5I", self.window, self.clipboard,
                                       self.x.atom("MULTIPLE"), here, 0))
        self.x.event(SELECTION_NOTIFY)
        assert self.x.property(self.window, one)[2] == TEXT
        _, _, data = self.x.property(self.window, here)
        assert struct.unpack("<4I", data)[3] == 0, "the refused one"
        self.x.forget()

    def check_in_pieces(self):
        text = bytes(range(32, 127)) * (LIMIT // 95)
        self.bring(text)
        kind, data = self.convert(self.clipboard, "UTF8_STRING")
        assert kind == self.utf8 and data == text, len(data)

    def check_in_policy(self):
        """Without the focus nothing is read."""
        self.go_native()
        self.x.forget()
        assert self.convert(self.clipboard, "UTF8_STRING") is None
        self.go_x()

    def check_owner_dies(self):
        """The text of an X program outlives it."""
        other = self.desktop.connect_client()
        window = other.window(300, 300, 80, 80, title="Short")
        self.desktop.click_window(window)
        other.forget()
        other.own(self.clipboard, window)
        self.x, mine = other, self.x
        request = other.event(SELECTION_REQUEST)
        self.answer(request, self.utf8, b"outlives")
        other.sync()
        self.x = mine
        self.control.settle()
        other.close()
        self.desktop.wait(lambda: len(self.desktop.windows()) == 1)
        self.go_x()
        self.owned()
        self.x.forget()
        assert self.convert(self.clipboard, "UTF8_STRING")[1] == b"outlives"

    def check_lost(self):
        """An X program copies again: xvfb_glue is the owner no more."""
        self.bring(b"native")
        request = self.own(self.clipboard)
        assert self.x.owner(self.clipboard) == self.window
        self.answer(request, self.utf8, b"again")
        self.x.sync()
        self.control.settle()
        self.bring(b"native again")
        self.x.wait(lambda e: e.type == SELECTION_CLEAR, 0)
        assert self.convert(self.clipboard, "UTF8_STRING")[1] == b"native again"

    def end(self):
        self.host.close()
        super().end()


def main():
    return xdesktop.run(Test, [
        ("from X", Test.check_out),
        ("from X: PRIMARY", Test.check_out_primary),
        ("from X: Latin-1", Test.check_out_latin),
        ("from X: in pieces", Test.check_out_pieces),
        ("from X: lies", Test.check_out_lies),
        ("to X", Test.check_in),
        ("to X: about it", Test.check_in_about),
        ("to X: several targets", Test.check_in_several),
        ("to X: in pieces", Test.check_in_pieces),
        ("not without the focus", Test.check_in_policy),
        ("the owner dies", Test.check_owner_dies),
        ("back and forth", Test.check_lost),
    ])


if __name__ == "__main__":
    sys.exit(main())
