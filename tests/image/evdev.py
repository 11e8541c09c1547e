#!/usr/bin/env python3
"""evdev_drv in QEMU: the PS/2 devices by the kernel's drivers, USB ones that are
plugged in and pulled out, a touchpad made up, the LEDs, and its config while it
runs. # runs alone"""
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
            pc.start("intel_drv", "<width>1024</width><height>768</height>") +
            pc.start("evdev_drv", '<pointer acceleration="0"/>') +
            "<start><filename>device_client</filename></start>")


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


class Story:
    def boot(self):
        files = [os.path.join(vm.BUILD_DIR, "bin", name) + ":/usr/lib/nitpicker/" + name
                 for name in ("device_client", "device_client.xml", "device_play")]
        files += [os.path.join(PLAY, name) + ":/play/" + name
                  for name in os.listdir(PLAY) if name.endswith(".events")]
        files.append(module("drivers/input/misc/uinput") + ":/play/uinput.ko")
        image = pc.pack("evdev", SCENARIO, files)
        self.machine = vm.Machine(initrd=image, name="evdev",
                                  append="nitpicker.fb=intel nitpicker.shell=ttyS1",
                                  args=["-device", "qemu-xhci,id=usb",
                                        "-vnc", "unix:{folder}/vnc"])
        self.viewer = rfb.Viewer(os.path.join(self.machine.folder, "vnc"),
                                 encodings=(rfb.RAW, rfb.DESKTOP_SIZE, rfb.LEDS))
        text = ""
        while not all(words in text for words in (
                "[device_client] shown", "keyboard\r", "Mouse\r")):
            text += self.machine.until("\n", 100)

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

    def configure(self, layout, pointer='acceleration="0"'):
        """Another config for evdev_drv; that of the keyboard is told last."""
        self.machine.ask("sed -i 's,<keyboard [^/]*/>,<keyboard layout=\"%s\"/>,;"
                         "s,<pointer [^/]*/>,<pointer %s/>,' /run/desktop/desktop.xml"
                         % (layout, pointer))
        self.says("keyboard %s 0" % layout)

    def leds(self, wanted):
        """What the keyboards show, as QEMU's devices were told."""
        end = time.monotonic() + 30
        while getattr(self.viewer, "leds", 0) != wanted:
            assert time.monotonic() < end, self.viewer.leds
            self.viewer.request()
            self.viewer.update()

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
        self.configure("de")
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
        self.configure("us", 'acceleration="0" speed="200"')
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
            said = ""
            try:
                said = self.machine.until(wanted, 6)
                return said
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
        self.configure("fr", 'natural="yes" tap="no"')
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

    def off(self):
        self.machine.stop()


def main():
    pc.prepare()
    story = Story()
    return tap.run([
        ("the machine starts", story.boot),
        ("keyboard and mouse with PS/2", story.ps2),
        ("a keyboard that is pulled out lets its keys go", story.keyboard),
        ("a mouse with USB", story.mouse),
        ("the LEDs follow the locks", story.locks),
        ("another layout, dead keys, repeat", story.layout),
        ("another speed", story.curve),
        ("a touchpad: tap, stroke, scroll", story.touchpad),
        ("its habits change", story.habits),
        ("off", story.off),
    ])


if __name__ == "__main__":
    sys.exit(main())
