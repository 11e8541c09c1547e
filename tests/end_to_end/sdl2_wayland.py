#!/usr/bin/env python3
"""sdl2_drv on Wayland: weston in a window of Xvfb, with xdotool as its user.
weston's kiosk shell gives its only window all of the output."""
import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile

import tap
import xclient
import xhost
from device import Device, program
from rest import rests
from sdl2 import pattern

W, H = 800, 600


@contextlib.contextmanager
def weston(host, client):
    """Runs weston; gives the environment of its clients."""
    folder = tempfile.mkdtemp(prefix="weston.")
    os.chmod(folder, 0o700)
    environment = dict(host.environment(), XDG_RUNTIME_DIR=folder)
    log = open(os.path.join(folder, "log"), "w")
    server = subprocess.Popen(
        ["weston", "--backend=x11-backend.so", "--shell=kiosk-shell.so",
         "--use-pixman", "--width=%d" % W, "--height=%d" % H, "--socket=wayland",
         "--no-config", "--idle-time=0"], env=environment, stdout=log, stderr=log,
        stdin=subprocess.DEVNULL)
    try:
        assert client.changed() and client.settle(), "weston shows nothing"
        del environment["DISPLAY"]
        environment["WAYLAND_DISPLAY"] = "wayland"
        environment["SDL_VIDEODRIVER"] = "wayland"
        yield environment
    finally:
        server.terminate()
        server.wait()
        log.close()
        shutil.rmtree(folder, ignore_errors=True)


class Test:
    def __init__(self, host, device, client, environment):
        self.host, self.device, self.client = host, device, client
        self.environment = environment
        # weston's window has no name, but is the only one.
        host.xdotool("mousemove", 10, 10)
        place = host.xdotool("getmouselocation", "--shell")
        window = re.search(r"WINDOW=(\d+)", place)[1]
        # In from outside: weston follows the pointer from where it entered.
        host.xdotool("mousemove", W + 100, H + 100)
        host.xdotool("windowfocus", "--sync", window)

    def probe(self):
        done = subprocess.run([program("sdl2_drv"), "--probe"], env=self.environment)
        assert done.returncode == 0

    def picture(self):
        seen = "\n".join(self.device.seen)
        assert "mode %d %d 100" % (W, H) in seen, seen
        assert self.client.settle()
        shown = self.host.picture(0, 0, W, H)
        assert shown[2] == pattern(W, H), "the window's picture differs"

    def pointer(self):
        self.host.xdotool("mousemove", 50, 60, "mousemove", 100, 90)
        self.device.until("motion 100 90")
        for button, name in ((1, "BTN_LEFT"), (2, "BTN_MIDDLE"), (3, "BTN_RIGHT")):
            self.host.xdotool("click", button)
            lines = self.device.until("release")
            assert lines == ["press %s U+0000" % name, "release " + name], lines
        for button, wheel in ((4, "0 120"), (5, "0 -120")):
            self.host.xdotool("click", button)
            assert self.device.until("wheel")[-1] == "wheel " + wheel

    def keys(self):
        self.host.xdotool("type", "aZ 1")
        lines = self.device.until("release KEY_1")
        wanted = ["character U+0061 KEY_A first", "character U+005A KEY_Z first",
                  "character U+0020 KEY_SPACE first", "character U+0031 KEY_1 first"]
        assert [line for line in lines if line.startswith("char")] == wanted, lines
        assert "press KEY_Z U+007A" in lines, lines
        for key, name in (("F12", "KEY_F12"), ("Left", "KEY_LEFT"),
                          ("KP_Enter", "KEY_KPENTER"), ("Scroll_Lock", "KEY_SCROLLLOCK"),
                          ("Escape", "KEY_ESC"), ("Print", "KEY_SYSRQ")):
            self.host.xdotool("key", key)
            lines = self.device.until("release")
            assert lines[-1] == "release " + name, lines

    def repetition(self):
        self.host.xdotool("keydown", "a")
        lines = self.device.until("character U+0061 KEY_A again")
        lines += self.device.until("character U+0061 KEY_A again")
        self.host.xdotool("keyup", "a")
        lines += self.device.until("release KEY_A")
        assert lines.count("press KEY_A U+0061") == 1, lines

    def grab(self):
        self.host.xdotool("key", "ctrl+alt+g")
        self.device.until("release KEY_LEFTALT")
        self.host.xdotool("mousemove_relative", 7, 5)
        assert self.device.until("relative")[-1] == "relative 7 5"
        self.host.xdotool("key", "ctrl+alt+g")
        self.device.until("release KEY_LEFTALT")

    def focus_loss(self):
        self.host.xdotool("keydown", "b")
        self.device.until("press KEY_B")
        root = self.host.xdotool("search", "--maxdepth", 0, "--name", "").splitlines()[0]
        self.host.xdotool("windowfocus", root)
        assert self.device.until("release")[-1] == "release KEY_B"
        self.host.xdotool("keyup", "b")

    def idle(self):
        assert self.client.settle()
        rests(lambda: self.client.settle(still=2), self.device.pid())


def main():
    tap.need(("Xvfb", "xvfb"), ("xdotool", "xdotool"), ("weston", "weston"))
    if not os.path.exists(program("sdl2_drv")):
        tap.skip_all("sdl2_drv is not built (package libsdl2-dev)")
    with xhost.Xhost(1280, 800) as host:
        client = xclient.Xclient(host.display)
        with weston(host, client) as environment, \
                Device("sdl2_drv", "<config/>", environment) as device:
            test = Test(host, device, client, environment)
            return tap.run([
                ("--probe tells that a window can be opened", test.probe),
                ("the window shows the client's picture", test.picture),
                ("motion, buttons, wheel", test.pointer),
                ("keys and text", test.keys),
                ("the repetition is text, no press", test.repetition),
                ("the grab and its chord", test.grab),
                ("loss of the focus releases all", test.focus_loss),
                ("no wake-up while nothing happens", test.idle),
            ])


if __name__ == "__main__":
    sys.exit(main())
