#!/usr/bin/env python3
"""xvfb_glue attached to an Xvfb that somebody else started, at all depths, its
pixels out of its file; and the whole X screen as one window."""
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
import time

import tap
import xdesktop
import xprotocol
from desktop import MENUBAR, SERVER, Desktop
from xpicture import Picture, pattern, take, to_rgb
from xprotocol import BUTTON_PRESS, CONFIGURE_NOTIFY, KEY_PRESS

W, H = 700, 500
PW, PH = 96, 64  # of a pattern
PRIMARY = 1


class Theirs:
    """An Xvfb with its screen in a file, and a client of it."""

    def __init__(self, depth):
        self.folder = tempfile.mkdtemp(prefix="xvfb.", dir="/tmp")
        os.chmod(self.folder, 0o755)
        self.depth, self.display = depth, None
        self.start()

    def start(self):
        """Once more: at the same place."""
        read, write = os.pipe()
        self.process = subprocess.Popen(
            ["Xvfb"] + ([self.display] if self.display else []) +
            ["-displayfd", str(write), "-screen", "0", "%dx%dx%d" % (W, H, self.depth),
             "-fbdir", self.folder, "-noreset", "-nolisten", "tcp", "-ac"],
            pass_fds=[write],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as file:
            self.display = ":" + file.readline().strip()
        self.file = os.path.join(self.folder, "Xvfb_screen0")
        os.chmod(self.file, 0o644)
        self.x = xprotocol.connect(self.display)
        self.gc = self.x.gc(self.x.root)

    def red(self):
        return next(v.red for v in self.x.visuals if v.id == self.x.visual)

    def fill(self, colour, *rect):
        self.x.fill(self.x.root, self.gc, colour, rect)
        self.x.sync()

    def stop(self):
        self.x.close()
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.folder)

    def node(self, more="", file=True):
        return ('<start><filename>xvfb_glue</filename><ram_quota>128M</ram_quota>'
                '<filesystem path="/tmp/.X11-unix"/><filesystem path="%s"/>%s'
                '<config><display>%s</display>%s</config></start>'
                % (self.folder, more, self.display,
                   "<xvfb>%s</xvfb>" % self.file if file else ""))


def attach(depth):
    theirs = Theirs(depth)
    x = theirs.x
    red = theirs.red() if depth > 8 else x.white
    shown = "#ff0000" if depth > 8 else "#ffffff"
    theirs.fill(x.black, 0, 0, W, H)
    theirs.fill(x.white, 40, 30, 100, 80)
    early = x.window(300, 200, 120, 90, override=True, background=red)
    x.sync()
    try:
        with Desktop(SERVER + theirs.node()) as desktop:
            pixel = desktop.pixel

            def views():
                return [(v.x, v.y - MENUBAR, v.w, v.h)
                        for v in desktop.views("xvfb_glue")]
            desktop.wait(lambda: (300, 200, 120, 90) in views())
            # The focused session's background is seen.
            desktop.control.settle()
            desktop.control.do("click %d %d" % (310, 220 + MENUBAR))
            desktop.wait(lambda: pixel(50, 40 + MENUBAR) == "#ffffff")
            assert pixel(50, 29 + MENUBAR) == "#000000"
            desktop.wait(lambda: pixel(301, 201 + MENUBAR) == shown)
            # Every bit of every pixel.
            size = x.formats[depth].bits // 8
            x.put_image(x.root, theirs.gc, depth, 40, 350, PW, PH,
                        pattern(size, PW, PH, depth))
            wanted = to_rgb(x, x.get_image(x.root, 40, 350, PW, PH), PW, PH, depth)
            desktop.wait(lambda: Picture(take(desktop)).rgb(
                40, 350 + MENUBAR, PW, PH) == wanted)
            # What is drawn later, a window that comes and moves.
            theirs.fill(red, 600, 400, 50, 50)
            desktop.wait(lambda: pixel(610, 410 + MENUBAR) == shown)
            late = x.window(400, 250, 60, 40, override=True, background=x.white)
            desktop.wait(lambda: views()[0] == (400, 250, 60, 40))
            x.configure(late, x=100, y=300)
            desktop.wait(lambda: views()[0] == (100, 300, 60, 40))
            x.configure(late, x=W)
            desktop.wait(lambda: views()[0] == (300, 200, 120, 90))
            x.configure(late, x=W - 20, y=-10)
            desktop.wait(lambda: views()[0] == (W - 20, 0, 20, 30))
            x.configure(late, x=100, y=300)
            desktop.wait(lambda: views()[0] == (100, 300, 60, 40))
            desktop.wait(lambda: pixel(120, 320 + MENUBAR) == "#ffffff")
            x.configure(early, mode=0)
            desktop.wait(lambda: views()[0] == (300, 200, 120, 90))
            # Input finds them.
            x.forget()
            desktop.control.do("click %d %d" % (310, 220 + MENUBAR))
            event = x.event(BUTTON_PRESS)
            assert (event.window, event.x, event.y) == (early, 10, 20), event
            x.focus(early)
            x.sync()
            desktop.control.do("key KEY_A")
            assert x.event(KEY_PRESS).detail == 38
            x.destroy(late)
            desktop.wait(lambda: (100, 300, 60, 40) not in views())
            # Its end is told.
            theirs.process.kill()
            desktop.wait(lambda: desktop.log_lines("xvfb_glue ended: exit code 1"))
            desktop.wait(lambda: desktop.log_lines("the X server %s is gone" % theirs.display))
            desktop.wait(lambda: not views())
    finally:
        theirs.stop()


def check_restart():
    """Where the entry says so, the next X server is shown, too."""
    theirs = Theirs(24)
    try:
        with Desktop(SERVER + theirs.node("<restart>on-failure</restart>")) as desktop:
            def shows(x):
                window = theirs.x.window(x, 200, 120, 90, override=True)
                desktop.wait(lambda: [v for v in desktop.views("xvfb_glue") if v.x == x])
                return window
            shows(100)
            theirs.process.kill()
            theirs.process.wait()
            theirs.x.close()
            desktop.wait(lambda: desktop.log_lines("xvfb_glue ended: exit code 1"))
            desktop.wait(lambda: not desktop.views("xvfb_glue"))
            theirs.start()
            shows(250)
    finally:
        theirs.stop()


def manage(depth):
    """Without its file: as its window manager, for as long as we are there."""
    theirs = Theirs(depth)
    x = theirs.x
    red = theirs.red()
    early = x.window(300, 200, 120, 90, title="Early", background=red)
    x.sync()
    # What is selected there stays so until the desktop has something new.
    x.own(x.atom("CLIPBOARD"), early)
    x.own(PRIMARY, early)
    x.sync()
    try:
        with Desktop(SERVER + theirs.node(file=False)) as desktop:
            def node(window):
                return next((n for n in desktop.nodes("xvfb_glue/windows", "window")
                             if int(n.get("id"), 16) == window), None)

            def colour(window):
                found = node(window)
                return found is not None and desktop.pixel(
                    int(found.get("sx")) + 20, int(found.get("sy")) + 20)
            desktop.wait(lambda: colour(early) == "#ff0000")
            late = x.window(20, 30, 100, 80, title="Late", background=x.white)
            desktop.wait(lambda: colour(late) == "#ffffff")
            assert node(late).get("frame") == "yes"
            desktop.control.settle()
            desktop.control.do("click %d %d" % (int(node(late).get("sx")) + 5,
                                                int(node(late).get("sy")) + 6))
            event = x.event(BUTTON_PRESS)
            assert (event.window, event.x, event.y) == (late, 5, 6), event
            assert x.owner(x.atom("CLIPBOARD")) == early
            assert x.owner(PRIMARY) == early
            # A second one isn't needed there.
            desktop.configure(SERVER + theirs.node(file=False) +
                              theirs.node(file=False).replace("<start>",
                                                              '<start name="two">'))
            desktop.wait(lambda: desktop.log_lines("two ended: exit code 1"))
            desktop.wait(lambda: desktop.log_lines("%s has a window manager already" % theirs.display))
            assert colour(late) == "#ffffff"
        # They are on their own screen again, once X has seen that we left.
        left, top, _, _ = x.place(early)
        size = x.formats[depth].bits // 8

        def pixel():
            data = x.get_image(x.root, left + 20, top + 20, 1, 1)
            mask = (1 << depth) - 1
            return int.from_bytes(data[:size], "little") & mask == red
        end = time.monotonic() + 60
        while not pixel():
            assert time.monotonic() < end, "still on the desktop"
        assert not x.errors, x.errors
    finally:
        theirs.stop()


TWM = """RandomPlacement
NoGrabServer
OpaqueMove
TitleFont "fixed"
Button1 = : title : f.move
"""


class Managed(Theirs):
    """With the window manager twm, which puts each window into a frame."""

    def __init__(self):
        super().__init__(24)
        self.twm = None

    def manage(self):
        path = os.path.join(self.folder, "twmrc")
        with open(path, "w") as file:
            file.write(TWM)
        self.twm = subprocess.Popen(
            ["twm", "-f", path],
            # Without it, twm wants more fonts than there are.
            env=dict(os.environ, DISPLAY=self.display, LC_ALL="C"),
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)

    def stop(self):
        self.twm.kill()
        self.twm.wait()
        super().stop()

    def parent(self, window):
        data = self.x.ask(15, 0, xprotocol.struct.pack("<I", window))
        return xprotocol.struct.unpack_from("<I", data, 12)[0]

    def frame(self, window):
        """Its place on the root, with the border; None: there is none yet."""
        frame = self.parent(window)
        if frame == self.x.root:
            return None
        x, y, w, h = self.x.place(frame)
        border, = xprotocol.struct.unpack_from(
            "<H", self.x.ask(14, 0, xprotocol.struct.pack("<I", frame)), 20)
        return x - border, y - border, w + 2 * border, h + 2 * border


def check_manager():
    """A window manager goes on, beside us and after its restart; when it is
    killed, its windows stay."""
    theirs = Managed()
    x = theirs.x
    try:
        theirs.manage()
        early = x.window(300, 200, 120, 90, title="Early", background=theirs.red())
        assert x.event(xprotocol.MAP_NOTIFY, window=early)
        with Desktop(SERVER + theirs.node()) as desktop:
            show_managed(theirs, desktop, early)
    finally:
        theirs.stop()


def show_managed(theirs, desktop, early):
    x = theirs.x
    click = desktop.control.do

    def view(title):
        return next(((v.x, v.y - MENUBAR, v.w, v.h)
                     for v in desktop.views("xvfb_glue") if v.title == title), None)

    def equal():
        """The whole picture."""
        wanted = to_rgb(x, x.get_image(x.root, 0, 0, W, H), W, H, 24)
        return Picture(take(desktop)).rgb(0, MENUBAR, W, H) == wanted

    # One that was there before, and one that comes.
    desktop.wait(lambda: view("Early") and view("Early") == theirs.frame(early))
    late = x.window(60, 40, 150, 100, title="Late", background=x.white)
    desktop.wait(lambda: view("Late") and view("Late") == theirs.frame(late))
    # The root is the background of the focused session.
    theirs.fill(0x336699, 0, 0, W, H)
    left, top, _, _ = x.place(early)
    click("click %d %d" % (left + 60, top + 45 + MENUBAR))
    click("move %d %d" % (W + 100, H + 100 + MENUBAR))
    desktop.wait(equal)
    # Names are followed; the newer property wins, here and there.
    x.change(late, x.atom("_NET_WM_NAME"), x.atom("UTF8_STRING"), 8,
             "sp\u00e4t \u6f22".encode())
    x.change(early, xprotocol.WM_NAME, xprotocol.STRING, 8, b"Fr\xfch")
    x.sync()
    desktop.wait(lambda: view("sp\u00e4t \u6f22") and view("Fr\u00fch"))
    # Input finds them.
    x.forget()
    left, top, _, _ = x.place(late)
    click("click %d %d" % (left + 12, top + 13 + MENUBAR))
    event = x.event(BUTTON_PRESS)
    assert (event.window, event.x, event.y) == (late, 12, 13), event
    click("key KEY_A")
    event = x.event(KEY_PRESS)
    assert (event.window, event.detail) == (late, 38), event
    # Its title bar is the window manager's.
    before = theirs.frame(late)
    title = before[0] + before[2] // 2, before[1] + 6 + MENUBAR
    click("move %d %d" % title)
    click("press BTN_LEFT")
    steps = itertools.count(100)

    def drag():
        """One step, of which it takes some notice once it knows of the press."""
        click("move %d %d" % (title[0] + 150, title[1] + next(steps)))
        return theirs.frame(late) != before
    desktop.wait(drag)
    click("release BTN_LEFT")
    desktop.wait(lambda: view("sp\u00e4t \u6f22") == theirs.frame(late))
    click("move %d %d" % (W + 100, H + 100 + MENUBAR))
    desktop.wait(equal)
    # Beyond the X screen there are no pixels.
    x.configure(early, x=W - 50, y=-10)
    desktop.wait(lambda: W - 100 < theirs.frame(early)[0] < W)
    left, top, w, h = theirs.frame(early)
    assert left + w > W and top < 0, (left, top, w, h)
    desktop.wait(lambda: view("Fr\u00fch") == (left, 0, W - left, h + top))
    x.configure(early, x=300, y=100)
    desktop.wait(lambda: view("Fr\u00fch") == theirs.frame(early))
    # Killed, it is told; its windows are still there, on the root.
    theirs.twm.kill()
    theirs.twm.wait()
    desktop.wait(lambda: desktop.log_lines("the window manager of %s is gone"
                                           % theirs.display))
    desktop.wait(lambda: view("sp\u00e4t \u6f22") == x.place(late))
    desktop.wait(lambda: view("Fr\u00fch") == x.place(early))
    # The next one takes them over.
    theirs.manage()
    desktop.wait(lambda: theirs.frame(late) and theirs.frame(early))
    desktop.wait(lambda: view("sp\u00e4t \u6f22") == theirs.frame(late))
    desktop.wait(lambda: view("Fr\u00fch") == theirs.frame(early))
    x.destroy(early)
    x.sync()
    desktop.wait(lambda: not view("Fr\u00fch"))
    # As the X server's end is.
    theirs.process.kill()
    desktop.wait(lambda: desktop.log_lines("xvfb_glue ended: exit code 1"))
    desktop.wait(lambda: not desktop.views("xvfb_glue"))


def check_wrong():
    """A file that is none of an Xvfb is told, in words."""
    theirs = Theirs(24)
    try:
        with open(theirs.file + ".wrong", "wb") as file:
            file.write(b"\0" * 4000)
        node = theirs.node().replace("Xvfb_screen0<", "Xvfb_screen0.wrong<")
        with Desktop(SERVER + node) as desktop:
            desktop.wait(lambda: desktop.log_lines("xvfb_glue ended"))
            desktop.wait(lambda: desktop.log_lines("it is no file of an Xvfb"))
    finally:
        theirs.stop()


def screen(depth):
    """The mode `screen`: the window resizes the X screen."""
    desktop = xdesktop.Xdesktop(
        "<mode>screen</mode><title>All</title><width>400</width>"
        "<height>300</height><depth>%d</depth>" % depth)
    with desktop:
        x = desktop.client
        x.send(2, 0, xprotocol.struct.pack("<III", x.root, 1 << 11, 1 << 17))
        assert x.place(x.root) == (0, 0, 400, 300)
        gc = x.gc(x.root)
        x.fill(x.root, gc, x.white, (0, 0, 4000, 3000))
        x.fill(x.root, gc, x.black, (50, 60, 100, 100))
        x.sync()
        sx, sy, w, h = desktop.shown(x.root)
        assert (w, h) == (400, 300)
        desktop.wait(lambda: desktop.pixel(sx + 10, sy + 10) == "#ffffff")
        desktop.wait(lambda: desktop.pixel(sx + 51, sy + 61) == "#000000")
        assert desktop.pixel(sx + 49, sy + 61) == "#ffffff"
        window = x.window(200, 100, 90, 70, override=True)
        x.sync()
        desktop.control.settle()
        desktop.control.do("click %d %d" % (sx + 210, sy + 120))
        event = x.event(BUTTON_PRESS)
        assert (event.window, event.x, event.y) == (window, 10, 20), event
        x.forget()
        desktop.control.do("drag %d %d %d %d" % (sx + 402, sy + 302, sx + 502,
                                                 sy + 352))
        assert x.event(CONFIGURE_NOTIFY, window=x.root)
        desktop.wait(lambda: x.place(x.root) == (0, 0, 500, 350))
        desktop.wait(lambda: desktop.windows()[0].get("w") == "500")
        x.fill(x.root, gc, x.white, (0, 0, 4000, 3000))
        x.fill(x.root, gc, x.black, (480, 330, 20, 20))
        x.sync()
        desktop.wait(lambda: desktop.pixel(sx + 490, sy + 340) == "#000000")
        desktop.wait(lambda: desktop.pixel(sx + 470, sy + 340) == "#ffffff")


def main():
    xdesktop.need()
    tap.need(("twm", "twm"))
    return tap.run(
        [("attached to an X server of depth %d" % depth, lambda d=depth: attach(d))
         for depth in (8, 15, 16, 24, 30)] +
        [("the window manager of an X server of depth %d" % depth,
          lambda d=depth: manage(d)) for depth in (16, 24)] +
        [("another window manager", check_manager),
         ("another file", check_wrong), ("the next X server", check_restart)] +
        [("a whole screen of depth %d" % depth, lambda d=depth: screen(d))
         for depth in (8, 24)])


if __name__ == "__main__":
    sys.exit(main())
