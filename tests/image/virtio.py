#!/usr/bin/env python3
"""virtio-vga with two displays that show the same, compared with virtual_drv; a
tablet; kill -9 of intel_drv and evdev_drv; another text console and back.
# runs alone"""
import sys

import pc
from story import Story, size


def start(filename, config=""):
    return ("<start><filename>%s</filename><ram_quota>24M</ram_quota>"
            "<restart>on-failure</restart><config>%s</config></start>\n" %
            (filename, config))


DRIVERS = (start("intel_drv") +
           start("evdev_drv", '<pointer acceleration="0"/>'))


class Cards(Story):
    def boot(self):
        """The pointer is drawn by QEMU's viewers, and isn't in the picture."""
        image = pc.pack("virtio", pc.scenario(DRIVERS))
        self.desktop = pc.virtual("<cursor>yes</cursor>")
        self.machine = machine = pc.TwoHeads(
            image, "nitpicker.fb=intel nitpicker.options=--reports", name="virtio",
            args=["-device", "qemu-xhci,id=usb", "-device", "usb-tablet,bus=usb.0"])
        for sign in ("Mouse\r", "Tablet\r", " pointer\r"):
            if sign not in machine.started:
                machine.started += machine.until(sign, 60)
        assert "the kernel's driver is virtio_gpu" in machine.started, machine.started
        assert "the card's pointer" in machine.started, machine.started

    def story(self):
        try:
            pc.Both(self.machine, self.desktop).story()
        finally:
            self.desktop.stop()
        self.rest()
        assert size(self.picture) == (1024, 768), size(self.picture)
        self.until(lambda: self.equals(self.picture, self.machine.still(
            "second.png", **self.machine.second)), "the second display differs")

    def tablet(self):
        """Each window has to be hit."""
        for label in "launchpad", "launchpad -> testnit":
            view = self.views(label)[0]
            x, y, w, h = (int(view.get(key)) for key in "xywh")
            self.click(x + w - 8, y + h - 8)
            self.until(lambda label=label: self.report("nitpicker/focus").get(
                "label") == label, "%s isn't hit" % label)
        self.rest()

    def intel(self):
        self.kill("intel_drv", "the card's pointer")
        self.same()
        self.xray()

    def evdev(self):
        self.kill("evdev_drv", "Mouse\r")
        self.xray()

    def console(self):
        """Ctrl+Alt+F2 and back. The other console's keys aren't ours."""
        self.machine.switch(2)
        self.until(lambda: not self.equals(self.picture, self.machine.picture("console.png")),
                   "the desktop is still shown")
        self.machine.type("scroll_lock", "scroll_lock")
        self.machine.switch(1)
        self.same()
        self.xray()

    def tests(self):
        return [
            ("the machine starts", self.boot),
            ("mouse, keyboard, wheel, the same pictures on both displays", self.story),
            ("a tablet", self.tablet),
            ("intel_drv is killed: the same picture, input as before", self.intel),
            ("evdev_drv is killed: the keyboard as before", self.evdev),
            ("another text console, and back", self.console),
        ]


if __name__ == "__main__":
    sys.exit(Cards.main())
