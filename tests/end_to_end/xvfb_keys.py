#!/usr/bin/env python3
"""Keys, characters, buttons and wheels, from the desktop's devices to a client
of the X server that xvfb_glue started."""
import os
import re
import sys
import unicodedata

import tap
import xdesktop
import xprotocol
from xprotocol import BUTTON_PRESS, BUTTON_RELEASE, KEY_PRESS, KEY_RELEASE

SOAK = os.environ.get("NITPICKER_SOAK") == "1"
CAPS, NUM = 2, 16
LEFT, TOP, WIDTH, HEIGHT = 200, 150, 400, 300


def key_names():
    """{name: code} of the kernel, as far as X has room for them."""
    names = {}
    with open("/usr/include/linux/input-event-codes.h") as file:
        for line in file:
            found = re.match(r"#define\s+(KEY_\w+)\s+(0x[0-9a-f]+|\d+)\s", line)
            if found and found.group(1) not in ("KEY_RESERVED", "KEY_MAX"):
                names.setdefault(int(found.group(2), 0), found.group(1))
    return names


def blocks():
    """Printable characters, some of each Unicode block that the basic
    plane and the next one have."""
    step = 27 if SOAK else 640
    text = []
    for start in [*range(0x20, 0x250, 1 if SOAK else 5), *range(0x250, 0x20000, step)]:
        for code in range(start, min(start + step, 0x20000)):
            # what a terminal neither joins nor takes as an order
            if unicodedata.category(chr(code)) in ("Lu", "Ll", "Lo", "Nd", "Sm",
                                                   "Po", "Sc", "So"):
                if text[-1:] != [chr(code)]:
                    text.append(chr(code))
                break
    return text


class Test(xdesktop.Case):
    def __init__(self):
        super().__init__()
        self.window = self.desktop.focused_window(LEFT, TOP, WIDTH, HEIGHT,
                                                  title="Keys")
        self.x.forget()

    def keys(self, count=1):
        """[(pressed, code)] of so many key events."""
        events = [self.x.event(KEY_PRESS, KEY_RELEASE) for _ in range(count)]
        return [(event.type == KEY_PRESS, event.detail) for event in events]

    def press_and_release(self, code):
        return [(True, code), (False, code)]

    def check_codes(self):
        names = key_names()
        # The desktop takes these for itself.
        taken = {"KEY_LEFTMETA", "KEY_RIGHTMETA", "KEY_SCROLLLOCK", "KEY_SYSRQ"}
        checked = 0
        for code in range(1, 249):
            name = names.get(code)
            if not name or name in taken or code in (241, 242):
                continue
            expected = 198 if code == 248 else code + 8
            self.control.do("key " + name)
            found = self.keys(2)
            assert found == self.press_and_release(expected), (name, found)
            checked += 1
            if name in ("KEY_CAPSLOCK", "KEY_NUMLOCK"):
                self.control.do("key " + name)
                self.keys(2)
        print("# %d key codes" % checked)
        assert checked > 220
        # One that X can't have doesn't disturb the next.
        self.control.do("key KEY_FN")
        self.control.do("key KEY_A")
        assert self.keys(2) == self.press_and_release(38)
        assert not self.x.keys_down()

    def check_chords(self):
        self.control.do("key KEY_LEFTCTRL KEY_LEFTSHIFT KEY_T")
        assert self.keys(6) == [(True, 37), (True, 50), (True, 28), (False, 28),
                                (False, 50), (False, 37)]

    def check_repeat(self):
        """The server repeats, and nobody else: each repetition is a press
        (clients that don't ask for more get a release with it)."""
        self.control.do("press KEY_B")
        repeated = self.keys(5)
        self.control.do("release KEY_B")
        while self.x.keys_down():
            pass
        self.x.sync()
        rest = [xprotocol.X._event(e) for e in self.x.events]
        presses = [k for k in repeated if k[0]] + [
            e for e in rest if e.type == KEY_PRESS]
        releases = [k for k in repeated if not k[0]] + [
            e for e in rest if e.type == KEY_RELEASE]
        assert len(presses) == len(releases), (repeated, rest)
        self.x.events.clear()

    def check_buttons(self):
        for name, button in (("BTN_LEFT", 1), ("BTN_MIDDLE", 2), ("BTN_RIGHT", 3),
                             ("BTN_SIDE", 8), ("BTN_EXTRA", 9), ("BTN_FORWARD", 10)):
            self.control.do("press " + name)
            assert self.x.event(BUTTON_PRESS).detail == button, name
            self.control.do("release " + name)
            assert self.x.event(BUTTON_RELEASE).detail == button, name

    def wheel(self, command):
        self.x.forget()
        self.control.do(command)
        self.control.do("key KEY_A")
        self.x.event(KEY_RELEASE)
        return [e[1] for e in self.x.events if e[0] == BUTTON_PRESS]

    def check_wheel(self):
        assert self.wheel("wheel 2") == [4, 4]
        assert self.wheel("wheel -3") == [5, 5, 5]
        assert self.wheel("wheel 2 0") == [7, 7]
        assert self.wheel("wheel -1 0") == [6]
        assert self.wheel("wheel 0.5") == []
        assert self.wheel("wheel 0.5") == [4]
        assert self.wheel("wheel 0.75") == []
        assert self.wheel("wheel -0.75") == []  # the other way: anew
        assert self.wheel("wheel -0.25") == [5]

    def check_motion(self):
        x, y, _, _ = self.desktop.shown(self.window)
        wx, wy, _, _ = self.x.place(self.window)
        self.control.do("move %d %d" % (x + 17, y + 23))
        found = self.x.wait(lambda e: e.type == xprotocol.MOTION and
                            (e.x, e.y) == (17, 23))
        assert found and (found.root_x, found.root_y) == (wx + 17, wy + 23)

    def check_touch(self):
        x, y, _, _ = self.desktop.shown(self.window)
        self.x.forget()
        self.control.do("touch 0 %d %d" % (x + 31, y + 41))
        event = self.x.event(BUTTON_PRESS)
        assert (event.detail, event.x, event.y) == (1, 31, 41), event
        self.control.do("touch 0 %d %d" % (x + 60, y + 50))
        self.x.wait(lambda e: e.type == xprotocol.MOTION and (e.x, e.y) == (60, 50))
        self.control.do("untouch 0")
        event = self.x.event(BUTTON_RELEASE)
        assert (event.detail, event.x, event.y) == (1, 60, 50), event

    def typed_state(self):
        """Locks that the next key comes with."""
        self.x.forget()
        self.control.do("key KEY_A")
        event = self.x.wait(lambda e: e.type == KEY_PRESS and e.detail == 38)
        self.x.wait(lambda e: e.type == KEY_RELEASE and e.detail == 38)
        return event.state & (CAPS | NUM)

    def check_locks(self):
        states = [self.typed_state()]
        for name in ("KEY_CAPSLOCK", "KEY_NUMLOCK", "KEY_CAPSLOCK", "KEY_NUMLOCK"):
            self.control.do("key " + name)
            states.append(self.typed_state())
        assert states == [NUM, NUM | CAPS, CAPS, 0, NUM], states

    def check_focus(self):
        """What is held is released when the focus goes, and locks that change
        elsewhere are right when it comes back."""
        other, place = xdesktop.start_other(self.desktop)
        self.desktop.click_window(self.window)
        self.x.forget()
        self.control.do("press KEY_LEFTSHIFT")
        assert self.keys(1) == [(True, 50)]
        self.control.do("key KEY_LEFTMETA KEY_TAB")  # with Shift held
        self.desktop.wait(lambda: self.desktop.focus().startswith("host"))
        assert self.keys(1) == [(False, 50)]
        self.x.event(xprotocol.FOCUS_OUT, window=self.window)
        self.control.do("release KEY_LEFTSHIFT")
        self.control.do("click %d %d" % place)
        self.control.do("key KEY_CAPSLOCK")
        self.control.do("key KEY_A")
        self.desktop.click_window(self.window)
        self.x.event(xprotocol.FOCUS_IN, window=self.window)
        found = [e for e in map(self.x._event, self.x.events)
                 if e.type in (KEY_PRESS, KEY_RELEASE)]
        assert not found, found  # the others' keys
        assert self.typed_state() == NUM | CAPS
        self.control.do("key KEY_CAPSLOCK")
        assert self.typed_state() == NUM
        other.close()

    # ---- characters that come from no key ----

    def xterm(self):
        path = self.desktop.glue.path("typed")
        self.terminal = self.desktop.run(
            "LC_ALL=C.UTF-8 exec xterm -u8 -title Typing -e "
            "sh -c 'stty -echo; cat > %s; touch %s.done'" % (path, path))
        window = self.desktop.titled("Typing")
        self.desktop.click_window(window, 40, 40)
        return path

    def check_unicode(self):
        path = self.xterm()
        text = blocks()
        lines = ["".join(text[i:i + 40]) + "\n" for i in range(0, len(text), 40)]
        expected = ""
        # What waits for a free key code is bounded.
        for first in range(0, len(lines), 20):
            for line in lines[first:first + 20]:
                self.control.do("type " + line[:-1])
                self.control.do("key KEY_ENTER")
            expected += "".join(lines[first:first + 20])
            self.desktop.wait(lambda size=len(expected.encode()):
                              os.path.exists(path) and os.path.getsize(path) >= size,
                              100)
        self.control.do("key KEY_LEFTCTRL KEY_D")
        xdesktop.wait_for_file(path + ".done")
        with open(path, encoding="utf-8") as file:
            found = file.read()
        print("# %d characters, %d bytes" % (len(text), len(expected.encode())))
        assert len(expected.encode()) > (10000 if SOAK else 600)
        for number, (one, two) in enumerate(zip(found, expected)):
            assert one == two, "character %d is %a, not %a" % (number, one, two)
        assert found == expected
        self.terminal.close()

    def check_spare_given_back(self):
        """A rare key that lent its code has its meaning when it is pressed."""
        before = self.x.keysyms()
        self.desktop.click_window(self.window)
        self.x.forget()
        for name in ("KEY_PLAYPAUSE", "KEY_WWW", "KEY_F13"):
            self.control.do("key " + name)
            self.keys(2)
        names = {name: code for code, name in key_names().items()}
        after = self.x.keysyms()
        changed = [code for code in before if before[code] != after[code]]
        pressed = {names[n] + 8 for n in ("KEY_PLAYPAUSE", "KEY_WWW", "KEY_F13")}
        assert set(changed) <= pressed, changed


def main():
    tap.need(("xterm", "xterm"))
    return xdesktop.run(Test, [
        ("all key codes", Test.check_codes),
        ("chords", Test.check_chords),
        ("a held key repeats once", Test.check_repeat),
        ("buttons", Test.check_buttons),
        ("both wheels, in parts of notches", Test.check_wheel),
        ("the pointer", Test.check_motion),
        ("a finger is the pointer", Test.check_touch),
        ("locks", Test.check_locks),
        ("held keys and the focus", Test.check_focus),
        ("cat > file in xterm", Test.check_unicode),
        ("rare keys keep their meaning", Test.check_spare_given_back),
    ])


if __name__ == "__main__":
    sys.exit(main())
