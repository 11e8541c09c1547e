#!/usr/bin/env python3
"""The desktop on a card that the kernel drives (bochs), and a German keyboard:
intel_drv and evdev_drv in QEMU, compared with the same on virtual_drv.
# runs alone"""
import sys

import pc
import tap

DRIVERS = (pc.start("intel_drv", "<width>1024</width><height>768</height>") +
           pc.start("evdev_drv", '<pointer acceleration="0"/>'))

# On a German keyboard: letters of its own, AltGr, and what is composed
TEXT = "zy äöüß @€ éô"
KEYS = [*"yz ", "apostrophe", "semicolon", "bracket_left", "minus", " ", "alt_r+q",
        "alt_r+e", " ", "equal", "e", "grave_accent", "o"]


def check_bochs():
    image = pc.pack("bochs", pc.scenario(DRIVERS))
    with pc.virtual() as desktop, \
            pc.Pc(image, "nitpicker.fb=intel nitpicker.keyboard=de",
                  name="bochs") as machine:
        assert "the kernel's driver is bochs" in machine.started, machine.started
        pc.Both(machine, desktop).story(TEXT, KEYS)


def main():
    pc.prepare()
    return tap.run([
        ("a card without a pointer of its own: the same pictures", check_bochs),
    ])


if __name__ == "__main__":
    sys.exit(main())
