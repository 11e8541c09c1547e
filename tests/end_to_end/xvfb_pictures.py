#!/usr/bin/env python3
"""What nitpicker shows of X windows is what the X server has in them, pixel by
pixel: at all depths, after scrolling and under load."""
import struct
import sys

import tap
import xdesktop
import xprotocol
from xpicture import Picture, compare, pattern, take, to_rgb

W, H = 96, 64


def check_depth(depth):
    desktop = xdesktop.Xdesktop("<depth>%d</depth>" % depth)
    try:
        desktop.control.do("mode 400 300")  # less to look at
        x = desktop.client
        assert x.depth == depth, x.depth
        window = x.window(W, H, W, H, title="Depth")
        assert desktop.shown(window)[2:] == (W, H)
        gc = x.gc(window)
        size = x.formats[depth].bits // 8
        x.put_image(window, gc, depth, 0, 0, W, H, pattern(size, W, H, depth))
        x.sync()
        compare(desktop, window)
        # A part of it anew.
        x.put_image(window, gc, depth, 7, 9, 33, 21, pattern(size, 33, 21, 99))
        x.sync()
        compare(desktop, window)
        # Its frame goes and comes while pixels are on their way.
        motif = x.atom("_MOTIF_WM_HINTS")
        for i in range(20):
            x.change(window, motif, motif, 32, struct.pack("<5I", 2, 0, i % 2, 0, 0))
            x.put_image(window, gc, depth, i, i, 33, 21, pattern(size, 33, 21, i))
            x.sync()
        compare(desktop, window)
        desktop.stop()
    except BaseException:
        desktop.fail()
        raise


def check_colours():
    """Depth 8: the whole screen in one window, by its map of colours."""
    desktop = xdesktop.Xdesktop("<depth>8</depth><width>300</width>"
                                "<height>200</height>")
    try:
        x = desktop.client
        assert x.depth == 8
        colours = [(65535, 0, 0), (0, 65535, 0), (0x1234, 0x5678, 0x9abc)]
        pixels = []
        for red, green, blue in colours:
            data = x.ask(84, 0, struct.pack("<IHHHxx", x.colormap, red, green, blue))
            pixels.append(struct.unpack_from("<I", data, 16)[0])
        window = x.window(20, 30, 90, 40, override=True)
        x.event(xprotocol.EXPOSE, window=window)
        gc = x.gc(window)
        for i, pixel in enumerate(pixels):
            x.fill(window, gc, pixel, (30 * i, 0, 30, 40))
        x.sync()
        node = desktop.wait(lambda: next(iter(desktop.windows()), None))
        sx, sy = int(node.get("sx")), int(node.get("sy"))
        wanted = ["#%02x%02x%02x" % tuple(c >> 8 for c in colour)
                  for colour in colours]

        def seen():
            return [desktop.pixel(sx + 20 + 30 * i + 15, sy + 30 + 20)
                    for i in range(3)] == wanted
        desktop.wait(seen)
        # Every pixel value, whatever its colour is.
        x.put_image(window, gc, 8, 0, 0, 90, 40, pattern(1, 90, 40, 8))
        x.sync()
        wanted_rgb = to_rgb(x, x.get_image(window, 0, 0, 90, 40), 90, 40, 8)
        desktop.wait(lambda: Picture(take(desktop)).rgb(sx + 20, sy + 30, 90, 40) ==
                     wanted_rgb)
        desktop.stop()
    except BaseException:
        desktop.fail()
        raise


class Test(xdesktop.Case):
    def check_programs(self):
        """Programs of Debian, one beside the other."""
        self.programs = [self.desktop.run(command) for command in (
            "exec xterm +bc -geometry 60x12+10+30 -title Scroll -e sh -c "
            "'seq 2000; printf \"\\033[?25l\"; exec cat'",
            "exec xeyes -geometry 150x120+560+60",
            "exec xclock -update 3600 -geometry 150x150+760+60",
        )]
        self.windows = [self.desktop.titled(title) for title in
                        ("Scroll", "xeyes", "xclock")]
        # xeyes has a shape: its corners are another's.
        self.rest = [w for w in self.windows if w != self.windows[1]]
        compare(self.desktop, *self.rest)

    def check_eyes(self):
        """They look at the pointer, also where it isn't theirs."""
        sx, sy, w, h = self.desktop.shown(self.windows[1])

        def look():
            return [self.desktop.pixel(sx + x, sy + y) for x in range(0, w, w // 16)
                    for y in range(0, h, h // 8)]
        before = look()
        self.desktop.click_window(self.windows[2], 140, 140)
        self.desktop.wait(lambda: look() != before)

    def check_load(self):
        """x11perf beside them: nothing of theirs is lost."""
        load = self.desktop.run("exec x11perf -repeat 1 -time 1 -putimage100 "
                                "-scroll100 -rect10")
        while load.recv(65536):
            pass
        compare(self.desktop, *self.rest)

    def check_moves(self):
        """A window that is moved half out of the screen, and comes back."""
        window = self.windows[2]
        self.x.configure(window, x=1200, y=700)
        self.x.sync()
        self.desktop.wait(lambda: self.desktop.shown(window)[0] > 900)
        compare(self.desktop, window)
        self.x.configure(window, x=760, y=60, width=200, height=170)
        self.x.sync()
        self.desktop.wait(lambda: self.desktop.shown(window)[2:] == (200, 170))
        compare(self.desktop, window)

    def check_alpha(self):
        """Windows with an alpha channel show what is behind them."""
        back = self.x.window(300, 400, 200, 100, title="Behind", background=0x4080c0)
        self.desktop.shown(back)
        bx, by, _, _ = self.x.place(back)
        front = self.x.window(bx + 20, by + 20, 100, 50, override=True, argb=True)
        sx, sy, _, _ = self.desktop.shown(front)
        gc = self.x.gc(front)
        self.x.fill(front, gc, 0xffff0000, (0, 0, 30, 50))
        self.x.fill(front, gc, 0x80008000, (30, 0, 30, 50))
        self.x.fill(front, gc, 0, (60, 0, 40, 50))
        self.x.sync()

        def channel(text, at):
            return int(text[1 + at * 2:3 + at * 2], 16)

        def seen():
            colours = [self.desktop.pixel(sx + x, sy + 25) for x in (15, 45, 80)]
            mixed = [channel(colours[1], i) for i in range(3)]
            wanted = [0x40 * 127 / 255, 0x80 + 0x80 * 127 / 255, 0xc0 * 127 / 255]
            return colours[0] == "#ff0000" and colours[2] == "#4080c0" and \
                all(abs(a - b) <= 1 for a, b in zip(mixed, wanted))
        self.desktop.wait(seen)
        self.x.destroy(front)
        self.x.destroy(back)

    def check_shape(self):
        """What a shape leaves out shows what is behind the window, frame or
        not, and gives it the clicks."""
        back = self.x.window(300, 400, 300, 200, title="Behind", background=0x4080c0)
        self.desktop.shown(back)
        bx, by, _, _ = self.x.place(back)
        for override in (True, False):
            front = self.x.window(bx + 20, by + 50, 150, 80, override=override,
                                  background=0xff0000, title="Ring")
            self.x.shape(front, (0, 0, 150, 20), (0, 20, 20, 40), (130, 20, 20, 40),
                         (0, 60, 150, 20))
            sx, sy, _, _ = self.desktop.shown(front)

            def seen():
                return [self.desktop.pixel(sx + x, sy + y) for x, y in
                        ((8, 30), (75, 10), (60, 25), (140, 40), (129, 21))]
            ring = ["#ff0000", "#ff0000", "#4080c0", "#ff0000", "#4080c0"]
            self.desktop.wait(lambda: seen() == ring)
            self.x.forget()
            self.control.do("click %d %d" % (sx + 75, sy + 40))
            assert self.x.event(xprotocol.BUTTON_PRESS).window == back
            self.x.event(xprotocol.BUTTON_RELEASE)
            # It may have been raised; then the other one is again.
            self.x.configure(front, mode=0)
            self.desktop.wait(lambda: seen() == ring)
            self.x.forget()
            self.control.do("click %d %d" % (sx + 10, sy + 40))
            assert self.x.event(xprotocol.BUTTON_PRESS).window == front
            self.x.event(xprotocol.BUTTON_RELEASE)
            # X-ray shows that there is a window.
            self.control.do("key KEY_SCROLLLOCK")
            self.desktop.wait(lambda: seen()[2] not in ("#4080c0", "#ff0000"))
            self.control.do("key KEY_SCROLLLOCK")
            self.desktop.wait(lambda: seen() == ring)
            self.x.destroy(front)
        self.x.destroy(back)

    def end(self):
        for program in self.programs:
            program.close()
        super().end()


def main():
    tap.need(("xterm", "xterm"), ("xeyes", "x11-apps"), ("x11perf", "x11-apps"))
    return xdesktop.run(Test, [
        ("xterm, xeyes, xclock", Test.check_programs),
        ("xeyes looks", Test.check_eyes),
        ("x11perf beside them", Test.check_load),
        ("beyond the edge and back", Test.check_moves),
        ("alpha", Test.check_alpha),
        ("shapes", Test.check_shape),
    ], [
        ("depth 15", lambda: check_depth(15)),
        ("depth 16", lambda: check_depth(16)),
        ("depth 24", lambda: check_depth(24)),
        ("depth 30", lambda: check_depth(30)),
        ("depth 8", check_colours),
    ])


if __name__ == "__main__":
    sys.exit(main())
