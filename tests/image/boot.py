#!/usr/bin/env python3
"""The boot loader's mode (/dev/fb0): what vesa_drv shows where a driver of the
kernel has the card's memory, or the kernel is locked down. # runs alone"""
import os
import sys
import time

import pc
import tap
import vm

DRIVERS = ("<start><filename>vesa_drv</filename><restart>on-failure</restart>"
           "<ram_quota>24M</ram_quota></start>\n" +
           pc.start("evdev_drv", '<pointer acceleration="0"/>'))
# VBE numbers of 1024x768 as Linux counts them, by the bits of a pixel
MODES = {32: 0x344, 16: 0x317}
SOAK = os.environ.get("NITPICKER_SOAK") == "1"
HAS_IT = "a driver of the kernel has it"
LOCKED = "a kernel in lockdown refuses"


def same(one, other):
    with open(one, "rb") as first, open(other, "rb") as second:
        return first.read() == second.read()


class Story:
    def __init__(self, depth):
        self.depth = depth

    def boot(self):
        name = "boot%d" % self.depth
        image = pc.pack(name, pc.scenario(DRIVERS))
        self.desktop = pc.virtual("<format>rgb565</format>" if self.depth == 16 else "")
        self.machine = machine = pc.Pc(
            image, "nitpicker.fb=boot vga=%d" % MODES[self.depth], name=name,
            kernel=os.path.join(vm.KERNEL, "vmlinuz"))
        assert HAS_IT in machine.started, machine.started
        assert ("the boot loader's mode: 1024x768, %d bits" % self.depth
                in machine.started), machine.started
        if "Mouse\r" not in machine.started:
            machine.until("Mouse\r", 60)

    def story(self):
        """All of it only with full counts: the drivers draw as elsewhere."""
        both = pc.Both(self.machine, self.desktop)
        if SOAK:
            both.story()
        else:
            both.compare("start")

    def begin(self):
        self.picture = self.machine.still("before.png")

    def again(self):
        end = time.monotonic() + 40
        while not same(self.picture, self.machine.picture("after.png")):
            assert time.monotonic() < end, "the picture differs"

    def switch(self, number):
        for down in True, False:
            for name in "ctrl", "alt", "f%d" % number:
                self.machine.key(down, name)
        end = time.monotonic() + 30
        while self.machine.ask("cat /sys/class/tty/tty0/active").strip() != "tty%d" % number:
            assert time.monotonic() < end, "not on console %d" % number

    def console(self):
        """Another one has the display until the user comes back."""
        self.begin()
        self.switch(2)
        end = time.monotonic() + 30
        while same(self.picture, self.machine.picture("console.png")):
            assert time.monotonic() < end, "the desktop is still shown"
        self.switch(1)
        self.again()

    def killed(self):
        """With a kernel that is locked down meanwhile."""
        self.machine.ask("mount -t securityfs security /sys/kernel/security; "
                         "echo integrity >/sys/kernel/security/lockdown")
        self.machine.ask("kill -9 $(pidof vesa_drv)")
        self.machine.until(LOCKED, 30)
        self.machine.until("the boot loader's mode", 30)
        self.again()

    def off(self):
        self.machine.stop()
        self.desktop.stop()


def tests(depth):
    story = Story(depth)
    return [
        ("%d bits: the machine starts" % depth, story.boot),
        ("the same picture", story.story),
        ("another text console, and back", story.console),
        ("vesa_drv is killed in a kernel in lockdown: the same picture", story.killed),
        ("off", story.off),
    ]


def main():
    pc.prepare()
    return tap.run(tests(32) + (tests(16) if SOAK else []))


if __name__ == "__main__":
    sys.exit(main())
