#!/usr/bin/env python3
"""The pointer's picture of X programs on the desktop, and programs that take
the pointer for themselves."""
import struct
import sys

import xdesktop
import xprotocol
from xprotocol import BUTTON_PRESS, ENTER, LEAVE, MOTION

HAND, TEXT, GRIP = 60, 152, 52  # of the font "cursor"; GRIP: fleur
SIDE = 300


class Test(xdesktop.Case):
    def __init__(self):
        super().__init__()
        self.window = self.desktop.focused_window(200, 150, SIDE, SIDE,
                                                  title="Pointer", background=0x808080)
        self.at = self.desktop.shown(self.window)[:2]
        self.x.forget()

    def move(self, x, y):
        self.control.do("move %d %d" % (self.at[0] + x, self.at[1] + y))
        self.control.settle()

    def colours(self, x, y, w, h):
        """{(x, y): colour} of the desktop where the window isn't seen."""
        found = {}
        for dy in range(h):
            for dx in range(w):
                colour = self.control.do("pixel %d %d" % (self.at[0] + x + dx,
                                                          self.at[1] + y + dy))
                if colour != "#808080":
                    found[dx, dy] = colour
        return found

    def check_image(self):
        """Red where the mask has bits, at its hot spot, and only once."""
        rows = [0b11110000, 0b1111, 0b10101010, 0xff]
        bitmap = self.x.bitmap(8, 4, rows)
        cursor = self.x.bitmap_cursor(bitmap, bitmap, hot=(2, 1),
                                      fore=(65535, 0, 0))
        self.move(50, 50)
        self.x.set_cursor(self.window, cursor)
        self.x.sync()
        expected = {(x, y): "#ff0000" for y, row in enumerate(rows)
                    for x in range(8) if row >> x & 1}

        def shown():
            return self.colours(50 - 2, 50 - 1, 8, 4) == expected
        self.desktop.wait(shown)
        assert len(self.colours(30, 30, 40, 40)) == len(expected), "drawn twice"
        self.move(100, 50)
        assert not self.colours(30, 30, 40, 40), "a trace of it"
        # X itself draws none.
        data = self.x.get_image(self.window, 0, 0, SIDE, SIDE)
        assert {data[i:i + 3] for i in range(0, len(data), 4)} == {b"\x80" * 3}

    def check_leave(self):
        """The picture is the program's only where the program is."""
        self.control.do("move 900 600")
        self.control.settle()
        reds = [self.control.do("pixel %d %d" % (900 + dx, 600 + dy))
                for dx in range(-2, 6) for dy in range(-1, 3)]
        assert "#ff0000" not in reds
        self.move(50, 50)
        assert "#ff0000" in self.colours(48, 49, 8, 4).values()

    def check_blank(self):
        blank = self.x.bitmap(1, 1, [0])
        self.x.set_cursor(self.window, self.x.bitmap_cursor(blank, blank))
        self.x.sync()
        self.desktop.wait(lambda: not self.colours(40, 40, 20, 20))

    def check_named(self):
        """Shapes of the desktop for the programs' usual ones."""
        self.x.set_cursor(self.window, self.x.glyph_cursor(TEXT))
        self.name_cursor("xterm")
        self.desktop.wait(lambda: self.colours(40, 40, 20, 20))
        text = self.colours(40, 40, 20, 20)
        self.name_cursor("hand2")
        self.desktop.wait(lambda: self.colours(40, 40, 20, 20) not in (text, {}))

    def name_cursor(self, name):
        """A new cursor with that name, by XFixes."""
        opcode, _ = self.x.extension("XFIXES")
        self.x.ask(opcode, 0, struct.pack("<II", 5, 0))
        cursor = self.x.glyph_cursor(GRIP)
        self.x.send(opcode, 23, struct.pack("<IHxx", cursor, len(name)) + name.encode())
        self.x.set_cursor(self.window, cursor)
        self.x.sync()

    def check_leaves_windows(self):
        """X programs know that the pointer is elsewhere."""
        self.x.forget()
        self.control.do("move 900 600")
        self.x.event(LEAVE, window=self.window)
        self.move(60, 60)
        self.x.event(ENTER, window=self.window)

    def check_covered(self):
        """A click hits the window that is seen there."""
        other = self.x.window(400, 350, 200, 200, title="Above", background=0x202020)
        self.desktop.shown(other)
        self.desktop.click_window(self.window, 5, 5)  # now it is the upper one
        x, y, _, _ = self.desktop.shown(other)
        self.x.forget()
        self.control.do("click %d %d" % (x + 5, y + 5))
        assert self.x.event(BUTTON_PRESS).window == self.window
        x, y = x + 195, y + 195
        self.x.forget()
        self.control.do("click %d %d" % (x, y))
        assert self.x.event(BUTTON_PRESS).window == other
        self.x.destroy(other)
        self.desktop.wait(lambda: len(self.desktop.windows()) == 1)

    def check_drag(self):
        """While a button is held, all motion is the program's."""
        self.move(10, 10)
        self.x.forget()
        self.control.do("press BTN_LEFT")
        self.x.event(BUTTON_PRESS)
        self.control.do("move 900 600")
        found = self.x.wait(lambda e: e.type == MOTION and e.x > SIDE)
        assert found and found.state & 256, found
        self.control.do("release BTN_LEFT")
        self.x.event(xprotocol.BUTTON_RELEASE)

    def look_around(self):
        """A game: hides the pointer, and puts it back after each motion."""
        blank = self.x.bitmap(1, 1, [0])
        self.x.set_cursor(self.window, self.x.bitmap_cursor(blank, blank))
        self.x.sync()
        wx, wy, _, _ = self.x.place(self.window)
        return wx + SIDE // 2, wy + SIDE // 2

    def step(self, command, center):
        """How far the pointer went; then it's back."""
        self.x.sync()
        self.x.events = [e for e in self.x.events if e[0] & 0x7f != MOTION]
        self.control.do(command)
        found = self.x.wait(lambda e: e.type == MOTION and
                            (e.root_x, e.root_y) != center)
        self.x.warp(*center)
        self.x.sync()
        return found.root_x - center[0], found.root_y - center[1]

    def check_game(self):
        center = self.look_around()
        self.move(SIDE // 2, SIDE // 2)
        for step in range(1, 4):  # it moves the pointer: that's noticed
            self.move(SIDE // 2 + 3 * step, SIDE // 2)
            self.x.warp(*center)
            self.x.sync()
        x, y = self.at[0] + SIDE // 2, self.at[1] + SIDE // 2
        self.control.do("press BTN_LEFT")
        self.control.do("release BTN_LEFT")
        self.control.settle()
        assert not self.desktop.log_lines("error"), self.desktop.log()
        self.x.warp(*center)
        self.x.forget()
        # Farther than the screen is wide, in one direction.
        total = 0
        for _ in range(20):
            dx, dy = self.step("relative 100 0", center)
            assert dy == 0, (dx, dy)
            total += dx
        assert total == 2000, total
        # The picture comes back: the pointer is free.
        self.x.set_cursor(self.window, self.x.glyph_cursor(HAND))
        self.x.sync()
        self.control.settle()
        self.control.do("move %d %d" % (x - 20, y - 30))
        found = self.x.wait(lambda e: e.type == MOTION and
                            (e.x, e.y) == (SIDE // 2 - 20, SIDE // 2 - 30))
        assert found, self.x.pointer()


def main():
    return xdesktop.run(Test, [
        ("a picture of its own", Test.check_image),
        ("elsewhere it isn't shown", Test.check_leave),
        ("no picture", Test.check_blank),
        ("pictures that the desktop has itself", Test.check_named),
        ("X knows when the pointer goes", Test.check_leaves_windows),
        ("clicks hit what is seen", Test.check_covered),
        ("drags", Test.check_drag),
        ("games", Test.check_game),
    ])


if __name__ == "__main__":
    sys.exit(main())
