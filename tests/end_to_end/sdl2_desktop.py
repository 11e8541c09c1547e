#!/usr/bin/env python3
"""The same session twice: with xdotool in an SDL2 window under Xvfb, and with
virtual_drv. After each step both show the same picture, pixel by pixel."""
import os
import re
import sys
import tempfile
import time

import desktop
import tap
import xclient
import xhost
from control import Refused
from desktop import start

W, H = 1280, 800

REST = (start("nitpicker", '<mode-key mode="launcher" label="launchpad"/>') +
        start("backdrop") +
        '<start><filename>launchpad</filename><ram_quota>256M</ram_quota>'
        '<config><clock>off</clock></config></start>')
THEME = '<theme motion="reduced"/>'

BUTTONS = {"BTN_LEFT": 1, "BTN_MIDDLE": 2, "BTN_RIGHT": 3}


def key_codes():
    """{KEY_NAME: X key code}"""
    with open("/usr/include/linux/input-event-codes.h") as file:
        return {found[1]: int(found[2]) + 8 for found in
                re.finditer(r"#define (KEY_\w+)\s+(\d+)\b", file.read())}


class User:
    """xdotool for those commands of virtual_drv that the session needs."""

    def __init__(self, host, at_rest):
        self.host, self.at_rest = host, at_rest
        self.client = xclient.Xclient(host.display)
        self.codes = key_codes()

    def close(self):
        self.client.close()

    def do(self, command):
        words = command.split()
        getattr(self, words[0])(*words[1:])

    def settle(self):
        """Also a picture that nobody had a processor for stands still."""
        end = time.monotonic() + 60
        while True:
            assert self.client.settle(), "the picture never stands still"
            if self.at_rest():
                return
            assert time.monotonic() < end, "the programs never come to rest"

    calm = settle

    def wait(self, condition, limit=60):
        for _ in range(limit * 10):
            result = condition()
            if result is not None and result is not False and result != []:
                return result
            self.client.changed(0.1)
        raise AssertionError("waited in vain")

    def move(self, x, y):
        self.host.xdotool("mousemove", x, y)

    def click(self, x, y, button="BTN_LEFT"):
        self.host.xdotool("mousemove", x, y, "click", BUTTONS[button])

    def drag(self, x1, y1, x2, y2):
        self.host.xdotool("mousemove", x1, y1, "mousedown", 1, "mousemove", x2, y2,
                          "mouseup", 1)

    def key(self, *names):
        codes = [self.codes[name] for name in names]
        words = [word for code in codes for word in ("keydown", code)]
        words += [word for code in reversed(codes) for word in ("keyup", code)]
        self.host.xdotool(*words)


class Window(desktop.Desktop):
    """A desktop in an SDL2 window."""

    def __init__(self, host):
        self.host = host
        driver = ('<start><filename>sdl2_drv</filename>'
                  '<env name="DISPLAY" value="%s"/>'
                  '<config width="%d" height="%d"/></start>' % (host.display, W, H))
        super().__init__(THEME + driver + REST, backend="sdl2")

    def connect(self, backend):
        self.control = User(self.host, self.at_rest)
        self.control.wait(lambda: self.report("launchpad/widgets"))
        window = self.host.window("Nitpicker")
        self.host.xdotool("windowfocus", "--sync", window)


class Test:
    def __init__(self, window, virtual, folder):
        self.window, self.virtual = window, virtual
        self.both = (window, virtual)
        self.picture = os.path.join(folder, "window.png")
        self.steps = 0
        self.area = (0, 0, W, H)

    def same(self):
        """Both pictures are the same, once both stand still: the X server may
        draw the last of it later than all programs come to rest."""
        self.steps += 1
        folder = os.environ.get("TEST_DIR", os.path.dirname(self.picture))
        for left in reversed(range(5)):
            for one in self.both:
                one.control.settle()
            self.window.host.save(self.picture, *self.area)
            try:
                self.virtual.control.compare(
                    self.picture,
                    os.path.join(folder, "step%d.diff.png" % self.steps),
                    masks=self.use())
                return
            except Refused:
                if not left:
                    self.window.host.save(os.path.join(
                        folder, "step%d.png" % self.steps), *self.area)
                    raise

    def use(self):
        """Where launchpad shows how much memory its children use: that is as
        measured, and not the same twice."""
        rows = self.virtual.nodes("launchpad/widgets", "widget")
        bars = [node for node in rows if node.get("name", "").endswith(" use")]
        return [tuple(int(bar.get(k)) for k in ("sx", "sy", "w", "h"))
                for bar in bars]

    def do(self, command):
        for one in self.both:
            one.control.do(command)

    def first(self):
        for one in self.both:
            one.wait(lambda one=one: one.widget("link", "testnit"))
        self.do("move 20 700")
        self.same()

    def start(self):
        for one in self.both:
            one.click_widget("link", "testnit")
        for one in self.both:
            views = one.wait_for_views("launchpad -> testnit", 3)
            assert {view.title for view in views} == {"Eins", "Zwei", "Drei"}
        self.do("move 20 700")
        self.same()

    def drag(self):
        view = next(view for view in self.virtual.views("launchpad -> testnit")
                    if view.title == "Eins")

        # On the part of it that nothing covers.
        x, y = view.x + 4, view.y + 4
        self.do("drag %d %d %d %d" % (x, y, x + 150, y + 90))
        for one in self.both:
            one.wait(lambda one=one: any(
                (other.x, other.y) == (view.x + 150, view.y + 90)
                for other in one.views("launchpad -> testnit")))
        self.same()

    def xray(self):
        self.do("key KEY_SCROLLLOCK")
        self.same()

    def xray_off(self):
        self.do("key KEY_SCROLLLOCK")
        self.same()

    def second(self):
        for one in self.both:
            one.click_widget("link", "testnit")
        for one in self.both:
            one.wait_for_views("launchpad -> testnit.2", 3)
        self.do("move 20 700")
        self.same()

    def switch(self):
        self.do("key KEY_LEFTMETA KEY_TAB")
        self.same()
        assert self.window.focus() == self.virtual.focus(), self.window.focus()

    def kill(self):
        for one in self.both:
            one.click_widget("button", "kill testnit.2")
        for one in self.both:
            one.wait(lambda one=one: not one.views("launchpad -> testnit.2"))
        self.do("move 20 700")
        self.same()


    def keyboard(self):
        self.do("key KEY_LEFTMETA")
        for one in self.both:
            one.wait(lambda one=one: one.focus() == "launchpad")
        for _ in range(20):
            for one in self.both:
                one.control.settle()
            if "focused" in self.window.widget("link", "testnit").get("state"):
                break
            self.do("key KEY_TAB")
        self.do("key KEY_ENTER")
        for one in self.both:
            one.wait_for_views("launchpad -> testnit.2", 3)
        self.same()

    def resize(self):
        self.do("move 20 600")
        self.window.host.xdotool("windowsize", self.window.host.window("Nitpicker"),
                                 1000, 700)
        self.virtual.control.do("mode 1000 700")
        self.area = (0, 0, 1000, 700)
        for one in self.both:
            one.wait(lambda one=one: any((view.label, view.w) == ("backdrop", 1000)
                                         for view in one.views()))
        self.same()


def main():
    tap.need(("Xvfb", "xvfb"), ("xdotool", "xdotool"))
    for name in ("sdl2_drv", "virtual_drv", "nitpicker", "launchpad", "testnit"):
        if not os.path.exists(desktop.program(name)):
            tap.skip_all("%s is not built" % name)
    driver = start("virtual_drv", "<width>%d</width><height>%d</height>" % (W, H))
    with xhost.Xhost(W, H) as host, tempfile.TemporaryDirectory() as folder, \
            Window(host) as window, \
            desktop.Desktop(THEME + driver + REST) as virtual:
        test = Test(window, virtual, folder)
        failed = tap.run([
            ("the first picture", test.first),
            ("a click starts testnit", test.start),
            ("a view dragged", test.drag),
            ("X-ray", test.xray),
            ("X-ray off", test.xray_off),
            ("a second testnit", test.second),
            ("Super+Tab", test.switch),
            ("its kill button", test.kill),
            ("Super, Tab and Enter start it again", test.keyboard),
            ("another size", test.resize),
        ])
    return failed


if __name__ == "__main__":
    sys.exit(main())
