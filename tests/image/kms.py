#!/usr/bin/env python3
"""The desktop on cards that the kernel drives: intel_drv in QEMU, compared with
the same on virtual_drv. # runs alone"""
import sys

import pc
import tap

DRIVERS = (pc.start("intel_drv", "<width>1024</width><height>768</height>") +
           pc.start("evdev_drv", '<pointer acceleration="0"/>'))


def check_bochs():
    """With a German keyboard: its Y is where ours has Z."""
    image = pc.pack("bochs", pc.scenario(DRIVERS))
    with pc.virtual() as desktop, \
            pc.Pc(image, "nitpicker.fb=intel nitpicker.keyboard=de",
                  name="bochs") as machine:
        assert "the kernel's driver is bochs" in machine.started, machine.started
        pc.Both(machine, desktop).story("yz was tzped")


def check_virtio():
    """Its pointer is drawn by the host, and isn't in the picture."""
    image = pc.pack("virtio", pc.scenario(DRIVERS))
    with pc.virtual("<cursor>yes</cursor>") as desktop, \
            pc.Pc(image, "nitpicker.fb=intel", name="virtio", vga=None,
                  args=["-device", "virtio-vga,max_outputs=2"]) as machine:
        assert "the kernel's driver is virtio_gpu" in machine.started, machine.started
        pc.Both(machine, desktop).story()


def main():
    pc.prepare()
    return tap.run([
        ("a card without a pointer of its own (bochs)", check_bochs),
        ("one that wants to be told of damage (virtio)", check_virtio),
    ])


if __name__ == "__main__":
    sys.exit(main())
