#!/usr/bin/env python3
"""evdev_drv in QEMU: the PS/2 devices by the kernel's drivers, USB ones that are
plugged in and pulled out, the LEDs, and another text console. # runs alone"""
import os
import sys

import pc
import tap
import vm

SCENARIO = ('<host>off</host>' +
            pc.start("intel_drv", "<width>1024</width><height>768</height>") +
            pc.start("evdev_drv", '<pointer acceleration="0"/>') +
            "<start><filename>device_client</filename></start>")


class Story:
    def boot(self):
        programs = [os.path.join(vm.BUILD_DIR, "bin", name) + ":/usr/lib/nitpicker/" + name
                    for name in ("device_client", "device_client.xml")]
        image = pc.pack("evdev", SCENARIO, programs)
        self.machine = vm.Machine(initrd=image, name="evdev",
                                  append="nitpicker.fb=intel",
                                  args=["-device", "qemu-xhci,id=usb"])
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
        ("off", story.off),
    ])


if __name__ == "__main__":
    sys.exit(main())
