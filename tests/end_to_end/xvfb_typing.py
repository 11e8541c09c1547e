#!/usr/bin/env python3
"""The keys of a keyboard in several layouts make the right characters in xterm
and in a GTK program: also with AltGr, dead keys, Caps Lock."""
import os
import sys

import tap
import xdesktop

LINES = [
    # layout, keys (a chord each), what they write
    ("us", "y z MINUS APOSTROPHE LEFTSHIFT+APOSTROPHE LEFTSHIFT+2 SEMICOLON",
     "yz-'\"@;"),
    ("de", "y z LEFTSHIFT+y LEFTBRACE SEMICOLON APOSTROPHE MINUS "
     "LEFTSHIFT+LEFTBRACE LEFTSHIFT+2 102ND LEFTSHIFT+102ND",
     "zyZ\u00fc\u00f6\u00e4\u00df\u00dc\"<>"),
    # AltGr
    ("de", "RIGHTALT+q RIGHTALT+e RIGHTALT+7 RIGHTALT+102ND RIGHTALT+MINUS a",
     "@\u20ac{|\\a"),
    # dead keys: acute, circumflex, grave
    ("de", "EQUAL e GRAVE a LEFTSHIFT+EQUAL LEFTSHIFT+a EQUAL LEFTSHIFT+e n",
     "\u00e9\u00e2\u00c0\u00c9n"),
    ("de", "CAPSLOCK LEFTBRACE z q CAPSLOCK LEFTBRACE", "\u00dcYQ\u00fc"),
    # right behind another layout
    ("us", "CAPSLOCK LEFTBRACE z q CAPSLOCK z", "[ZQz"),
    ("us intl", "APOSTROPHE e RIGHTALT+5 RIGHTALT+s LEFTSHIFT+APOSTROPHE u",
     "\u00e9\u20ac\u00df\u00fc"),
    ("fr", "q a 2 7 LEFTSHIFT+2 M RIGHTALT+0 SEMICOLON", "aq\u00e9\u00e82,@m"),
    ("us", "q w e r t y", "qwerty"),
]


class Test(xdesktop.Case):
    def write(self, layout, keys):
        self.control.do("layout " + layout)
        for chord in keys.split():
            self.control.do("key " + " ".join("KEY_" + key.upper()
                                              for key in chord.split("+")))
        self.control.do("key KEY_ENTER")

    def check_xterm(self):
        path = self.desktop.glue.path("typed")
        terminal = self.desktop.run(
            "exec xterm -title Typing -e sh -c 'cat > %s'" % path)

        def lines():
            if not os.path.exists(path):
                return []
            with open(path, encoding="utf-8") as file:
                return file.read().split("\n")[:-1]
        self.desktop.click_window(self.desktop.titled("Typing"), 40, 40)
        for number, (layout, keys, _) in enumerate(LINES, 1):
            self.write(layout, keys)
            # Programs ask what keys mean when they hear of a change: with one
            # of them on its way, the next would come too early.
            self.desktop.wait(lambda count=number: len(lines()) == count)
        terminal.close()
        assert lines() == [text for _, _, text in LINES], lines()

    def check_gtk(self):
        for layout, keys, text in LINES:
            with self.desktop.run("exec yad --entry --title=Entry") as entry:
                self.desktop.click_window(self.desktop.titled("Entry"), 5, 5)
                self.write(layout, keys)
                found = xdesktop.read_all(entry).decode().splitlines()
                # GTK says something about buses that aren't there, too.
                assert text in found, (layout, text, found)


def main():
    tap.need(("xterm", "xterm"), ("yad", "yad"))
    return xdesktop.run(Test, [
        ("xterm", Test.check_xterm),
        ("a GTK program", Test.check_gtk),
    ])


if __name__ == "__main__":
    sys.exit(main())
