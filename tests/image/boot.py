#!/usr/bin/env python3
"""The boot loader's mode (/dev/fb0): what vesa_drv shows where a driver of the
kernel has the card's memory, or the kernel is locked down. # runs alone"""
import os
import sys

import iso
import pc
import png
import tap
import vm
from story import Story

DRIVERS = ("<start><filename>vesa_drv</filename><restart>on-failure</restart>"
           "<ram_quota>24M</ram_quota></start>\n" +
           pc.start("evdev_drv", '<pointer acceleration="0"/>'))
# VBE numbers of 1024x768 as Linux counts them, by the bits of a pixel
MODES = {32: 0x344, 16: 0x317}
SOAK = os.environ.get("NITPICKER_SOAK") == "1"
HAS_IT = "a driver of the kernel has it"
NO_BIOS = "there is no video BIOS"
LOCKED = "a kernel in lockdown refuses"


class Boot(Story):
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

    def pictures(self):
        """All of it only with full counts: the drivers draw as elsewhere."""
        both = pc.Both(self.machine, self.desktop)
        if SOAK:
            both.story()
        else:
            both.compare("start")

    def console(self):
        """Another one has the display until the user comes back."""
        self.rest()
        self.machine.switch(2)
        self.until(lambda: not self.equals(self.picture, self.machine.picture(
            "console.png")), "the desktop is still shown")
        self.machine.switch(1)
        self.same()

    def killed(self):
        """With a kernel that is locked down meanwhile."""
        self.machine.ask("mount -t securityfs security /sys/kernel/security; "
                         "echo integrity >/sys/kernel/security/lockdown")
        self.kill("vesa_drv", LOCKED)
        self.machine.until("the boot loader's mode", 30)
        self.same()

    def off(self):
        self.machine.stop()
        self.desktop.stop()


def tests(depth):
    story = Boot(depth)
    return [
        ("%d bits: the machine starts" % depth, story.boot),
        ("the same picture", story.pictures),
        ("another text console, and back", story.console),
        ("vesa_drv is killed in a kernel in lockdown: the same picture", story.killed),
        ("off", story.off),
    ]


def preinit():
    """The mode that the boot loader has set, without a driver of the kernel."""
    drivers = pc.start("vesa_drv", "<preinit>yes</preinit>") + pc.start(
        "ps2_drv", '<pointer acceleration="0"/>')
    with pc.virtual() as desktop, pc.Pc(
            pc.pack("preinit", pc.scenario(drivers)), "nitpicker.fb=vesa vga=%d "
            "initcall_blacklist=sysfb_init" % MODES[32], name="preinit",
            kernel=os.path.join(vm.KERNEL, "vmlinuz")) as machine:
        assert "mode 0x144: 1024x768, 32 bits" in machine.started, machine.started
        pc.Both(machine, desktop).compare("start")


def uefi():
    """No video BIOS: the firmware's mode is shown."""
    if not os.path.exists(iso.OVMF):
        raise tap.Skip("%s is not there (package ovmf)" % iso.OVMF)
    with pc.Pc(pc.pack("uefi", pc.scenario(DRIVERS)), "nitpicker.fb=boot",
               name="uefi", memory=384, args=iso.firmware(True),
               kernel=os.path.join(vm.KERNEL, "vmlinuz")) as machine:
        assert NO_BIOS in machine.started, machine.started
        shown = machine.started.split("the boot loader's mode: ")[1].split(",")[0]
        assert "%dx%d" % png.size(machine.picture("uefi.png")) == shown, shown


def main():
    pc.prepare()
    full = tests(16) + [("a mode that is there already", preinit),
                        ("UEFI", uefi)]
    return tap.run(tests(32) + (full if SOAK else []))


if __name__ == "__main__":
    sys.exit(main())
