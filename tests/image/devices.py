#!/usr/bin/env python3
"""intel_drv and evdev_drv in QEMU with what comes, goes and changes: displays
(virtio-vga, whose displays are VNC viewers here), keyboards and mice with PS/2
and USB, a touchpad made up, LEDs; and their config while they run.
# runs alone"""
import os
import subprocess
import sys
import time

import pc
import rfb
import tap
import vm

PLAY = os.path.join(os.path.dirname(os.path.abspath(__file__)), "device_play")

SCENARIO = ('<host>off</host>' +
            pc.start("intel_drv", "<scale>100</scale><buffered>no</buffered>") +
            pc.start("evdev_drv", '<pointer acceleration="0"/>') +
            "<start><filename>device_client</filename></start>")
FIRST = (1024, 768)


def read(path):
    """A screenshot: (width, height, the pixel at x, y)."""
    with open(path, "rb") as file:
        head = [file.readline() for _ in range(3)]
        data = file.read()
    assert head[0] == b"P6\n" and head[2] == b"255\n", head
    width, height = (int(word) for word in head[1].split())
    return width, height, lambda x, y: tuple(data[3 * (y * width + x):][:3])


def module(name):
    """A module of the kernel's that the image does without, unpacked."""
    release = os.listdir(os.path.join(vm.KERNEL, "lib", "modules"))[0]
    base = os.path.join(vm.KERNEL, "lib", "modules", release, "kernel", name + ".ko")
    out = os.path.join(os.environ.get("TEST_DIR", vm.BUILD_DIR), os.path.basename(base))
    if not os.path.exists(base):
        with open(out, "wb") as file:
            subprocess.run(["xz", "-dc", base + ".xz"], stdout=file, check=True)
        return out
    return base


class Watched(vm.Machine):
    """With a viewer of each display."""

    def boot(self):
        super().boot()
        self.viewers = [rfb.Viewer(os.path.join(self.folder, name), encodings=(
            rfb.RAW, rfb.DESKTOP_SIZE, rfb.EXTENDED_SIZE, rfb.LEDS, rfb.CURSOR))
                        for name in "01"]


class Machine:
    """That all these are plugged into."""

    def boot(self):
        files = [os.path.join(vm.BUILD_DIR, "bin", name) + ":/usr/lib/nitpicker/" + name
                 for name in ("device_client", "device_client.xml", "device_play")]
        files += [os.path.join(PLAY, name) + ":/play/" + name
                  for name in os.listdir(PLAY) if name.endswith(".events")]
        files.append(module("drivers/input/misc/uinput") + ":/play/uinput.ko")
        image = pc.pack("devices", SCENARIO, files)
        self.machine = Watched(
            initrd=image, name="devices", vga=None,
            append="nitpicker.fb=intel nitpicker.shell=ttyS1",
            args=["-device", "virtio-vga,id=card,max_outputs=2,xres=%d,yres=%d" % FIRST,
                  "-vnc", "unix:{folder}/0,display=card,head=0",
                  "-vnc", "unix:{folder}/1,id=other,display=card,head=1",
                  "-device", "qemu-xhci,id=usb"])
        self.machine.until_all("[device_client] mode %d %d 100\r" % FIRST,
                               "[device_client] shown", "keyboard\r", "Mouse\r",
                               limit=100)

    def configure(self, *changes):
        """Of the scenario, by sed."""
        self.machine.ask("sed -i '%s' /run/desktop/desktop.xml" % ";".join(changes))

    def off(self):
        self.machine.stop()


class Displays(Machine):
    def mode(self, w, h):
        """The client draws a picture of that size."""
        self.machine.until("[device_client] mode %d %d 100\r" % (w, h), 100)
        self.machine.until("[device_client] shown\r", 30)

    def shows(self, head, w, h):
        """Waits until that display shows the client's picture."""
        end = time.monotonic() + 40
        while True:
            path = self.machine.file("head%d.ppm" % head)
            self.machine.command("screendump", filename=path, device="card", head=head)
            width, height, pixel = read(path)
            if (width, height) == (w, h) and all(
                    pixel(x, y) == (x & 255, y & 255, (x ^ y) & 255)
                    for x, y in ((3, 5), (w // 2, h // 2), (w - 1, h - 1), (w - 1, 0))):
                return
            assert time.monotonic() < end, "%s shows %dx%d" % (path, width, height)

    def resize(self, head, w, h):
        """Nothing at all is a display that is unplugged."""
        self.machine.viewers[head].resize(w, h)

    def want(self, connectors):
        """Another config for intel_drv."""
        self.configure("s,</scale>.*<buffered>,</scale>%s<buffered>," % connectors)

    def first(self):
        self.shows(0, *FIRST)

    def size(self):
        for w, h in (800, 600), (1280, 720), (640, 400):
            self.resize(0, w, h)
            self.mode(w, h)
            self.shows(0, w, h)

    def second(self):
        """It shows the same; a smaller one, its upper left part."""
        self.resize(1, 800, 500)
        self.mode(800, 500)
        self.shows(1, 800, 500)
        self.shows(0, 640, 400)

    def connectors(self):
        """Of the displays, while all runs."""
        self.want('<connector name="Virtual-2" enabled="no"/>')
        self.mode(640, 400)
        self.shows(0, 640, 400)
        self.want('<connector name="Virtual-1" width="320" height="200"/>'
                  '<connector name="Virtual-2" width="1" height="1"/>')
        self.machine.until("no mode 320x200", 30)
        self.mode(800, 500)
        self.want('<connector name="Virtual-2" width="1024" height="768"/>')
        self.mode(1024, 768)
        self.shows(1, 1024, 768)
        self.want("")
        self.mode(800, 500)

    def away(self):
        """What changes while another console has them is found out on the way back."""
        self.machine.switch(2)
        self.resize(0, 720, 480)
        self.machine.switch(1)
        self.mode(800, 500)
        self.shows(0, 720, 480)
        self.resize(0, 640, 400)
        self.mode(800, 500)

    def unplugged(self):
        self.resize(1, 0, 0)
        self.mode(640, 400)
        self.shows(0, 640, 400)

    def none(self):
        """The client stays, and its picture is back with the display."""
        self.resize(0, 0, 0)
        self.machine.until("no display is plugged in", 30)
        # The kernel's driver loses what comes while a worker still deals with this.
        self.machine.until_asked(
            "cat /proc/[0-9]*/stat 2>/dev/null | grep -c '(kworker[^)]*) [RD]'", "0")
        self.resize(0, 640, 400)
        self.mode(640, 400)
        self.shows(0, 640, 400)
        assert "closed" not in self.machine.seen.decode("utf-8", "replace")


class Devices(Displays):
    def says(self, *lines):
        """The client says these in their order; other things may be between."""
        for line in lines:
            self.machine.until("[device_client] %s\r" % line, 30)

    def ps2(self):
        self.machine.type("a")
        self.says("press KEY_A U+0061", "character U+0061 KEY_A first", "release KEY_A")
        self.machine.move(30, -20)
        self.says("relative 30 -20")
        self.machine.button(True)
        self.machine.button(False)
        self.says("press BTN_LEFT U+0000", "release BTN_LEFT")
        self.machine.button(True, "wheel-up")
        self.machine.button(False, "wheel-up")
        self.says("wheel 0 120")
        self.machine.button(True, "side")
        self.machine.button(False, "side")
        self.says("press BTN_SIDE U+0000", "release BTN_SIDE")

    def plug(self, device):
        self.machine.command("device_add", driver=device, id="new", bus="usb.0")
        self.machine.until("[evdev_drv] /dev/input/event", 30)
        self.machine.until("\n", 30)

    def unplug(self, *more):
        self.machine.command("device_del", id="new")
        self.machine.until_all(" is gone", *more, limit=30)
        self.machine.until("\n", 30)

    def use(self, layout, pointer='acceleration="0"'):
        """Another config for evdev_drv; that of the keyboard is told last."""
        self.configure('s,<keyboard [^/]*/>,<keyboard layout="%s"/>,' % layout,
                       "s,<pointer [^/]*/>,<pointer %s/>," % pointer)
        self.says("keyboard %s 0" % layout)

    def viewed(self, name, fits):
        """Waits until what the viewer was told fits."""
        viewer, end = self.machine.viewers[0], time.monotonic() + 30
        while not fits(getattr(viewer, name, None)):
            assert time.monotonic() < end, (name, getattr(viewer, name, None))
            viewer.request()
            viewer.update()

    def pointer(self):
        """The card's: the client's is a red square."""
        self.machine.key(True, "shift")
        self.machine.type("f4")
        self.machine.key(False, "shift")
        self.says("pointer ok")
        self.viewed("cursor", lambda cursor: cursor and cursor[:2] == (64, 64) and [
            cursor[2][4 * (y * 64 + x):][:3] for x, y in ((0, 0), (15, 15), (16, 0), (0, 16))
        ] == 2 * [b"\0\0\xff"] + 2 * [b"\0\0\0"])

    def leds(self, wanted):
        """What the keyboards show, as QEMU's devices were told."""
        self.viewed("leds", lambda leds: (leds or 0) == wanted)

    def locks(self):
        """The LEDs follow them: also that of a keyboard that comes later."""
        look = "cat /sys/class/leds/*::capslock/brightness"
        self.machine.type("caps_lock")
        self.says("keyboard us 1")
        self.leds(rfb.CAPS_LED)
        self.plug("usb-kbd")
        assert self.machine.ask(look).split() == ["1", "1"], self.machine.ask(look)
        self.machine.type("caps_lock", "num_lock")
        self.says("keyboard us 0", "keyboard us 2")
        self.leds(rfb.NUM_LED)
        assert self.machine.ask(look).split() == ["0", "0"], self.machine.ask(look)
        self.machine.type("num_lock")
        self.leds(0)
        self.unplug()

    def layout(self):
        """Another one while it runs, with its dead keys; and repeat."""
        self.use("de")
        self.machine.type("y", "equal", "e")
        self.says("character U+007A KEY_Y first", "press KEY_EQUAL U+0000",
                  "press KEY_E U+0065", "character U+00E9 KEY_E first")
        self.machine.key(True, "semicolon")
        self.says("character U+00F6 KEY_SEMICOLON first",
                  "character U+00F6 KEY_SEMICOLON again",
                  "character U+00F6 KEY_SEMICOLON again")
        self.machine.key(False, "semicolon")
        self.says("release KEY_SEMICOLON")

    def curve(self):
        """Of the pointer, while it runs."""
        self.use("us", 'acceleration="0" speed="200"')
        self.machine.move(10, 5)
        self.says("relative 20 10")

    def number(self, kind, axis):
        """Of the next event of that kind."""
        self.machine.until("[device_client] %s " % kind, 30)
        return int(self.machine.until("\r", 30).split()[axis])

    # ---- touchpad ----

    def play(self, name):
        self.machine.ask("cat /play/%s.events >/run/play" % name)

    def until_played(self, name, wanted):
        """Plays until `wanted` is said: a busy guest's fingers may be too slow."""
        for _ in range(10):
            self.play(name)
            try:
                return self.machine.until(wanted, 6)
            except AssertionError:
                print("# once more: " + name)
        raise AssertionError("no %r" % wanted)

    def touchpad(self):
        self.machine.ask("insmod /play/uinput.ko; mkfifo /run/play; "
                         "/usr/lib/nitpicker/device_play /play/touchpad.events "
                         "<>/run/play >/dev/null 2>&1 &")
        self.machine.until("Test Touchpad\r", 30)
        self.until_played("tap", "release BTN_LEFT")
        self.until_played("tap2", "release BTN_RIGHT")
        self.play("stroke")
        while self.number("relative", 0) < 2:
            pass
        self.play("scroll")
        while self.number("wheel", 1) > -2:
            pass

    def habits(self):
        """Of touchpads, while it runs."""
        self.use("fr", 'natural="yes" tap="no"')
        self.play("scroll")
        while self.number("wheel", 1) < 2:
            pass
        self.play("tap")
        self.play("stroke")
        said = self.machine.until("[device_client] relative", 30)
        assert "BTN_LEFT" not in said, said

    def keyboard(self):
        self.plug("usb-kbd")
        self.machine.key(True, "b")
        self.says("press KEY_B U+0062")
        self.unplug("[device_client] release KEY_B\r")
        self.machine.type("c")
        self.says("press KEY_C U+0063", "release KEY_C")

    def mouse(self):
        self.plug("usb-mouse")
        self.machine.move(7, 9)
        self.says("relative 7 9")
        self.unplug()


def main():
    pc.prepare()
    story = Devices()
    return tap.run([
        ("the machine starts", story.boot),
        ("its picture", story.first),
        ("a display that changes its size", story.size),
        ("a second one is plugged in", story.second),
        ("the config says which mode, and which is off", story.connectors),
        ("another text console meanwhile", story.away),
        ("the second one is unplugged", story.unplugged),
        ("the only one is unplugged and plugged in", story.none),
        ("keyboard and mouse with PS/2", story.ps2),
        ("a keyboard that is pulled out lets its keys go", story.keyboard),
        ("a mouse with USB", story.mouse),
        ("the card draws the pointer", story.pointer),
        ("the LEDs follow the locks", story.locks),
        ("another layout, dead keys, repeat", story.layout),
        ("another speed", story.curve),
        ("a touchpad: tap, stroke, scroll", story.touchpad),
        ("its habits change", story.habits),
        ("off", story.off),
    ])


if __name__ == "__main__":
    sys.exit(main())
