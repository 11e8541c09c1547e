#!/usr/bin/env python3
"""sdl2_drv on X11: the window's picture, keys, pointer, sizes, focus, grab,
config and end, with Xvfb as the host and xdotool as its user."""
import os
import re
import subprocess
import sys

import tap
import xclient
import xhost
from device import Device, program
from rest import rests

W, H = 800, 600

# Keys that SDL on X11 has no name for, or not their own.
UNNAMED = {84, 85, 95, 101, 112, 120, 121, 128, 130, 132, 134, 141, 143, 144, 145,
           146, 147, 151, 152, 153, 154, 160, 162, 167, 169, 170, 171, 174, 175, 176,
           177, 178, 181, 182} | set(range(191, 208)) | set(range(209, 217)) | \
          set(range(218, 223)) | set(range(231, 248))


def key_names():
    """{code: KEY_NAME} of the kernel's header, the first name of each."""
    names = {}
    with open("/usr/include/linux/input-event-codes.h") as file:
        for line in file:
            found = re.match(r"#define (KEY_\w+)\s+(\d+)\b", line)
            if found:
                names.setdefault(int(found[2]), found[1])
    return names


def pattern(width, height):
    """The client's picture as rows of RGB."""
    rows = []
    for y in range(height):
        row = bytearray(width * 3)
        row[0::3] = bytes(x & 0xff for x in range(width))
        row[1::3] = bytes([y & 0xff]) * width
        row[2::3] = bytes((x ^ y) & 0xff for x in range(width))
        rows.append(bytes(row))
    return b"".join(rows)


class Test:
    def __init__(self, host, device, damage):
        self.host, self.device, self.damage = host, device, damage
        self.window = host.window("Nitpicker")
        self.focus()

    def focus(self):
        self.host.xdotool("windowfocus", "--sync", self.window)

    def title(self):
        return self.host.xdotool("getwindowname", self.window)

    def has_title(self, condition):
        """Comes to have it: the window manager's word takes its own way."""
        for _ in range(300):
            if condition(self.title()):
                return
            self.damage.changed(0.1)
        raise AssertionError(self.title())

    def shows_pattern(self, width, height):
        wanted = pattern(width, height)
        for _ in range(20):  # a busy host may be still before it draws
            assert self.damage.settle()
            place = dict(line.split("=") for line in self.host.xdotool(
                "getwindowgeometry", "--shell", self.window).splitlines())
            shown = self.host.picture(int(place["X"]), int(place["Y"]), width, height)
            if shown[2] == wanted:
                return
        raise AssertionError("the window's picture differs")

    def probe(self):
        done = subprocess.run([program("sdl2_drv"), "--probe"],
                              env=self.host.environment())
        assert done.returncode == 0
        environment = self.host.environment()
        del environment["DISPLAY"]
        done = subprocess.run([program("sdl2_drv"), "--probe"], env=environment,
                              stderr=subprocess.PIPE, text=True)
        assert done.returncode == 3 and done.stderr.count("\n") == 1, done.stderr
        done = subprocess.run([program("sdl2_drv"), "--nonsense"], env=environment,
                              stderr=subprocess.PIPE, text=True)
        assert done.returncode == 2

    def first_picture(self):
        assert "mode %d %d 100" % (W, H) in "\n".join(self.device.seen)
        self.shows_pattern(W, H)

    def all_keys(self):
        names = key_names()
        wrong = []
        for code in range(2, 248):
            if code in UNNAMED:
                continue
            self.host.xdotool("key", code + 8)
            lines = self.device.until("release")
            presses = [line.split()[1] for line in lines if line.startswith("press")]
            if presses != [names[code]] or lines[-1] != "release " + names[code]:
                wrong.append((names[code], lines))
        assert not wrong, wrong
        # Locks back as they were.
        for key in "Caps_Lock", "Num_Lock":
            self.host.xdotool("key", key)
            self.device.until("release")

    def unshifted(self):
        self.host.xdotool("key", "shift+semicolon")
        lines = self.device.until("release KEY_SEMICOLON")
        assert "press KEY_SEMICOLON U+003B" in lines, lines
        assert "character U+003A KEY_SEMICOLON first" in lines, lines
        self.host.xdotool("key", "Return")
        lines = self.device.until("release KEY_ENTER")
        assert lines[-2:] == ["press KEY_ENTER U+0000", "release KEY_ENTER"], lines

    def characters(self):
        self.host.xdotool("type", "aZ 1")
        lines = self.device.until("release KEY_1")
        wanted = ["character U+0061 KEY_A first", "character U+005A KEY_Z first",
                  "character U+0020 KEY_SPACE first", "character U+0031 KEY_1 first"]
        assert [line for line in lines if line.startswith("char")] == wanted, lines
        for line in wanted:
            press = lines[lines.index(line) - 1]
            assert press.startswith("press " + line.split()[2]), lines

    def foreign_character(self):
        # xdotool makes it of a key that the layout leaves free.
        self.host.xdotool("type", "--delay", 200, "\u00e9")
        assert self.device.until("character")[-1].startswith("character U+00E9")

    def no_character_with_control(self):
        for modifier, name in (("ctrl", "LEFTCTRL"), ("alt", "LEFTALT"),
                               ("super", "LEFTMETA")):
            self.host.xdotool("key", modifier + "+c")
            lines = self.device.until("release KEY_C")
            assert "press KEY_C U+0063" in lines, lines
            assert not [line for line in lines if line.startswith("char")], lines

    def repetition(self):
        self.host.xdotool("keydown", "a")
        lines = self.device.until("character U+0061 KEY_A again")
        lines += self.device.until("character U+0061 KEY_A again")
        self.host.xdotool("keyup", "a")
        lines += self.device.until("release KEY_A")
        assert lines.count("press KEY_A U+0061") == 1, lines
        assert lines.count("release KEY_A") == 1, lines

    def pointer(self):
        self.host.xdotool("mousemove", "--window", self.window, 100, 90)
        assert self.device.until("motion")[-1] == "motion 100 90"
        for button, name in ((1, "BTN_LEFT"), (2, "BTN_MIDDLE"), (3, "BTN_RIGHT"),
                             (8, "BTN_SIDE"), (9, "BTN_EXTRA")):
            self.host.xdotool("click", button)
            lines = self.device.until("release")
            assert lines == ["press %s U+0000" % name, "release " + name], lines
        for button, wheel in ((4, "0 120"), (5, "0 -120"), (6, "-120 0"),
                              (7, "120 0")):
            self.host.xdotool("click", button)
            assert self.device.until("wheel")[-1] == "wheel " + wheel
        self.host.xdotool("mousemove", W + 150, H + 150)
        assert self.device.until("hover_leave")

    def focus_loss(self):
        self.host.xdotool("mousemove", "--window", self.window, 10, 10)
        self.host.xdotool("keydown", "b", "mousedown", 1)
        self.device.until("press BTN_LEFT")
        root = self.host.xdotool("search", "--maxdepth", 0, "--name", "").splitlines()[0]
        self.host.xdotool("windowfocus", root)
        lines = self.device.until("release") + self.device.until("release")
        names = {line for line in lines if line.startswith("release")}
        assert names == {"release KEY_B", "release BTN_LEFT"}, lines
        self.host.xdotool("keyup", "b", "mouseup", 1)
        self.focus()
        self.host.xdotool("key", "c")
        lines = self.device.until("release KEY_C")
        assert "release KEY_B" not in lines, lines

    def grab(self):
        self.host.xdotool("mousemove", "--window", self.window, 300, 300)
        self.host.xdotool("key", "ctrl+alt+g")
        lines = self.device.until("release KEY_LEFTALT")
        assert not [line for line in lines if "KEY_G" in line], lines
        self.has_title(lambda title: "Ctrl+Alt+G" in title)
        self.host.xdotool("mousemove_relative", 7, 5)
        assert self.device.until("relative")[-1] == "relative 7 5"
        self.host.xdotool("key", "ctrl+alt+g")
        self.device.until("release KEY_LEFTALT")
        self.has_title(lambda title: title == "Nitpicker")
        self.host.xdotool("key", "shift+F9")
        assert self.device.until("grab")[-1] == "grab ok"
        self.has_title(lambda title: "Ctrl+Alt+G" in title)
        root = self.host.xdotool("search", "--maxdepth", 0, "--name", "").splitlines()[0]
        self.host.xdotool("windowfocus", root)
        self.has_title(lambda title: title == "Nitpicker")
        self.focus()

    def client_title(self):
        self.host.xdotool("key", "shift+F7")
        self.device.until("release KEY_F7")
        self.has_title(lambda title: title == "A client's title")

    def resize(self):
        """Steps one right after the other: not each time on a busy machine."""
        modes, tries = [], 0
        while len(modes) != 1:
            w, h = ((640, 480), (650, 470))[tries % 2]
            tries += 1
            assert tries < 10, modes
            steps = ((700, 500), (690, 510), (680, 520), (w, h))
            self.host.xdotool(*(word for size in steps for word in
                                ("windowsize", self.window, *size)))
            modes = [line for line in self.device.until("mode %d %d 100" % (w, h))
                     if line.startswith("mode")]
            self.device.until("shown")
        self.shows_pattern(w, h)
        self.host.xdotool("mousemove", "--window", self.window, w - 1, h - 1)
        assert self.device.until("motion")[-1] == "motion %d %d" % (w - 1, h - 1)

    def wish(self):
        self.host.xdotool("key", "shift+F8")
        assert self.device.until("wish")[-1] == "wish ok"
        assert self.device.until("mode")[-1] == "mode 400 300 100"
        self.device.until("shown")
        self.shows_pattern(400, 300)

    def hidden(self):
        self.host.xdotool("windowunmap", "--sync", self.window)
        self.host.xdotool("windowmap", "--sync", self.window)
        self.device.until("exposed")
        self.shows_pattern(400, 300)
        self.focus()

    def live_config(self):
        self.device.configure('<config width="640" height="400" scale="150" '
                              'title="Other" grab-chord="Super+F1"/>')
        lines = self.device.until("mode 640 400 150")
        assert lines, lines
        self.device.until("shown")
        self.shows_pattern(640, 400)
        self.host.xdotool("key", "super+F1")
        self.device.until("release KEY_LEFTMETA")
        self.has_title(lambda title: "Super+F1" in title)
        self.host.xdotool("key", "super+F1")
        self.device.until("release KEY_LEFTMETA")

    def fullscreen(self):
        self.device.configure('<config width="640" height="400" fullscreen="yes"/>')
        # Without a window manager it isn't moved to the corner, too.
        self.device.until("mode 1280 800")
        self.device.until("shown")
        self.device.configure('<config width="640" height="400"/>')
        self.device.until("mode 640 400")
        self.device.until("shown")
        self.shows_pattern(640, 400)

    def bad_config(self):
        self.device.configure('<config width="10" heigth="480" scale="7" '
                              'fullscreen="maybe" grab-chord="Foo+A"/>')
        # The height is not given any more: the default.
        self.device.until("mode 640 800 100")
        self.device.until("shown")
        for words in ('heigth', 'width="10"', 'scale="7"', 'fullscreen="maybe"',
                      'grab-chord="Foo+A"'):
            lines = [line for line in self.device.seen
                     if words in line and "scenario.xml:4:" in line]
            assert len(lines) == 1, (words, lines)

    def idle(self):
        pid = self.device.pid()
        assert self.damage.settle()
        rests(lambda: self.damage.settle(still=2), pid)
        with open("/proc/%d/maps" % pid) as file:
            assert "libGL" not in file.read()

    def close(self):
        self.damage.close_window(int(self.window))
        assert self.device.process.wait(60) == 0


def main():
    tap.need(("Xvfb", "xvfb"), ("xdotool", "xdotool"))
    if not os.path.exists(program("sdl2_drv")):
        tap.skip_all("sdl2_drv is not built (package libsdl2-dev)")
    config = '<config width="%d" height="%d"/>' % (W, H)
    with xhost.Xhost(1280, 800) as host:
        damage = xclient.Xclient(host.display)
        with Device("sdl2_drv", config, host.environment()) as device:
            test = Test(host, device, damage)
            return tap.run([
                ("--probe tells if a window can be opened", test.probe),
                ("the window shows the client's picture", test.first_picture),
                ("all keys arrive as themselves", test.all_keys),
                ("a press carries the unshifted character", test.unshifted),
                ("text follows its press", test.characters),
                ("text of no key of the layout arrives", test.foreign_character),
                ("no text with Ctrl, Alt or Super", test.no_character_with_control),
                ("the host's repetition is text, no press", test.repetition),
                ("motion, buttons, wheel, leaving", test.pointer),
                ("loss of the focus releases all", test.focus_loss),
                ("the grab, its chord in the title, its end", test.grab),
                ("the client's title is that of the window", test.client_title),
                ("a resize is one change of mode", test.resize),
                ("the client may wish a mode", test.wish),
                ("a hidden window is exposed again", test.hidden),
                ("a changed config takes effect", test.live_config),
                ("covering the screen and back", test.fullscreen),
                ("a bad config is told line by line", test.bad_config),
                ("no wake-up while nothing happens, no OpenGL", test.idle),
                ("closing the window ends the desktop with 0", test.close),
            ])


if __name__ == "__main__":
    sys.exit(main())
