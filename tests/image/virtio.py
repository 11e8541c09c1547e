#!/usr/bin/env python3
"""intel_drv on virtio-vga, and evdev_drv: kill -9 of each, and another text
console and back. # runs alone"""
import struct
import sys
import time

import pc
import tap


def start(filename, config=""):
    return ("<start><filename>%s</filename><ram_quota>48M</ram_quota>"
            "<restart>on-failure</restart><config>%s</config></start>\n" %
            (filename, config))


DRIVERS = (start("intel_drv") +
           start("evdev_drv", '<pointer acceleration="0"/>'))


def size(path):
    with open(path, "rb") as file:
        return struct.unpack(">II", file.read(24)[16:])


class Story:
    def boot(self):
        image = pc.pack("virtio", pc.scenario(DRIVERS))
        self.machine = machine = pc.Pc(
            image, "nitpicker.fb=intel nitpicker.options=--reports", name="virtio", vga=None,
            args=["-device", "virtio-vga,id=card,max_outputs=2,xres=1024,yres=768",
                  "-device", "qemu-xhci,id=usb", "-device", "usb-tablet,bus=usb.0"])
        for sign in ("Mouse\r", "Tablet\r", " pointer\r"):
            if sign not in machine.started:
                machine.started += machine.until(sign, 60)
        assert "the kernel's driver is virtio_gpu" in machine.started, machine.started
        assert "the card's pointer" in machine.started, machine.started
        machine.complete()
        self.picture = machine.still("before.png")
        assert size(self.picture) == (1024, 768), size(self.picture)

    def until(self, fits, what):
        """The pictures of a guest are looked at until they fit."""
        end = time.monotonic() + 40
        while not fits():
            assert time.monotonic() < end, what

    def equals(self, one, other):
        with open(one, "rb") as first, open(other, "rb") as second:
            return first.read() == second.read()

    def same(self):
        self.until(lambda: self.equals(self.picture, self.machine.still("after.png")),
                   "the picture differs")

    def xray(self):
        """The keyboard is heard: X-ray on and off."""
        self.machine.type("scroll_lock")
        self.until(lambda: not self.equals(self.picture, self.machine.picture("xray.png")),
                   "no X-ray")
        self.machine.type("scroll_lock")
        self.same()

    def kill(self, name, sign):
        began = time.monotonic()
        self.machine.ask("kill -9 $(pidof %s)" % name)
        self.machine.until(sign, 60)
        print("# %s is back after %.2f s of an emulated machine"
              % (name, time.monotonic() - began))

    def intel(self):
        self.kill("intel_drv", "the card's pointer")
        self.same()
        self.xray()

    def evdev(self):
        self.kill("evdev_drv", "Mouse\r")
        self.xray()

    def console(self):
        """Ctrl+Alt+F2 and back. The other console's keys aren't ours."""
        def switch(number):
            for down in True, False:
                for name in "ctrl", "alt", "f%d" % number:
                    self.machine.key(down, name)
            want = "tty%d" % number
            self.until(lambda: self.machine.ask(
                "cat /sys/class/tty/tty0/active").strip() == want, "not on " + want)
        def devices(some):
            return lambda: (self.machine.ask(
                "ls -l /proc/$(pidof evdev_drv)/fd | grep -c input/event"
            ).strip() != "0") == some
        switch(2)
        self.until(devices(False), "it still has its devices")
        self.until(lambda: not self.equals(self.picture, self.machine.picture("console.png")),
                   "the desktop is still shown")
        self.machine.type("scroll_lock", "scroll_lock")
        switch(1)
        self.until(devices(True), "it hasn't its devices")
        self.same()
        self.xray()

    def off(self):
        self.machine.stop()


def main():
    pc.prepare()
    story = Story()
    return tap.run([
        ("the machine starts", story.boot),
        ("intel_drv is killed: the same picture, input as before", story.intel),
        ("evdev_drv is killed: the keyboard as before", story.evdev),
        ("another text console, and back", story.console),
        ("off", story.off),
    ])


if __name__ == "__main__":
    sys.exit(main())
