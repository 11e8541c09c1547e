#!/usr/bin/env python3
"""The desktop on cards that the kernel drives: intel_drv in QEMU, compared with
the same on virtual_drv. # runs alone"""
import pc
import tap

DRIVERS = (pc.start("intel_drv", "<width>1024</width><height>768</height>") +
           pc.start("evdev_drv", '<pointer acceleration="0"/>'))
image = None


def check_bochs():
    with pc.virtual() as desktop, \
            pc.Pc(image, "nitpicker.fb=intel", name="bochs") as machine:
        assert "the kernel's driver is bochs" in machine.started, machine.started
        both = pc.Both(machine, desktop)
        both.click_widget("link", "testnit")
        both.desktop.wait_for_views("launchpad -> testnit", 3)
        both.move(1000, 740)
        both.compare("testnit")


def check_virtio():
    """Its pointer is drawn by the host, and isn't in the picture."""
    with pc.virtual("<cursor>yes</cursor>") as desktop, \
            pc.Pc(image, "nitpicker.fb=intel", name="virtio", vga=None,
                  args=["-device", "virtio-vga,max_outputs=2"]) as machine:
        assert "the kernel's driver is virtio_gpu" in machine.started, machine.started
        both = pc.Both(machine, desktop)
        both.compare("start")
        both.click_widget("link", "testnit")
        both.desktop.wait_for_views("launchpad -> testnit", 3)
        both.compare("testnit")


pc.prepare()
image = pc.pack("kms", pc.scenario(DRIVERS))
tap.run([
    ("a card without a pointer of its own (bochs)", check_bochs),
    ("one that wants to be told of damage (virtio)", check_virtio),
])
