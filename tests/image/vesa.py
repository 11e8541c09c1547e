#!/usr/bin/env python3
"""The desktop on a bare PC: vesa_drv and ps2_drv in QEMU, compared with the same
on virtual_drv; kill -9 of each, after which the same picture is back and input
works; other modes; what drivers that are gone for good leave. # runs alone"""
import os
import sys

import pc
import tap
from story import Story

START = ("<start><filename>%s</filename><ram_quota>24M</ram_quota>"
         "<restart>on-failure</restart><config>%s</config></start>\n")
DRIVERS = ("\n" + START % ("vesa_drv", "<width>1024</width><height>768</height>"
                           "<depth>%d</depth>") +
           START % ("ps2_drv", '<pointer acceleration="0"/>'))


class Bare(Story):
    def __init__(self, depth=32):
        self.depth = depth

    def boot(self):
        name = "vesa%d" % self.depth
        image = pc.pack(name, pc.scenario(DRIVERS % self.depth))
        self.desktop = pc.virtual("<format>rgb565</format>" if self.depth == 16 else "")
        self.machine = machine = pc.Pc(image, "nitpicker.fb=vesa", name=name)
        assert "%d bits" % self.depth in machine.started, machine.started
        if "five buttons" not in machine.started:
            machine.until("five buttons", 60)
        self.both = pc.Both(machine, self.desktop)

    def scroll_lock(self):
        self.machine.type("scroll_lock")
        self.desktop.control.do("key KEY_SCROLLLOCK")

    def story(self):
        self.both.story()
        self.scroll_lock()
        self.both.compare("xray")
        self.scroll_lock()
        self.both.compare("plain")
        self.rest()

    def vesa(self):
        self.kill("vesa_drv", "[vesa_drv] mode 0x")
        self.same()
        self.xray()

    def ps2(self):
        self.kill("ps2_drv", "five buttons and a wheel")
        self.xray()
        self.machine.move(-30, -30)
        self.machine.move(30, 30)
        self.same()

    def configure(self, what, to):
        self.machine.ask("sed -i 's,%s,%s,' /run/desktop/desktop.xml" % (what, to))

    def modes(self):
        self.configure("<depth>32", "<depth>24")
        self.machine.until("24 bits")
        self.both.compare("24")
        self.configure("<depth>24", "<depth>16")
        self.machine.until("16 bits")
        self.desktop.control.do("mode 1024 768 rgb565")
        self.both.compare("16")
        self.configure("<depth>",
                       "<preinit>yes</preinit> <buffered>yes</buffered><depth>")
        self.machine.until("16 bits")
        self.both.compare("buffered")
        self.configure("<depth>16", "<depth>20")
        self.machine.until("<depth> is 16, 24 or 32")

    def ports(self):
        look = "ls -l /sys/bus/serio/devices/serio*/driver"
        assert self.machine.ask(look).count("/serio_raw") == 2
        self.configure(".*ps2_drv.*", "")
        self.machine.until("the kernel has its ports back", 30)
        said = self.machine.ask(look)
        assert "/atkbd" in said and "/serio_raw" not in said, said

    def text(self):
        self.configure(".*vesa_drv.*", "")
        self.machine.until_text()

    def off(self):
        self.machine.stop()
        self.desktop.stop()

    def tests(self):
        begin = [
            ("the machine starts with %d bits" % self.depth, self.boot),
            ("mouse, keyboard, wheel, X-ray: the same pictures", self.story),
        ]
        return begin if self.depth != 32 else begin + [
            ("vesa_drv is killed: the same picture, input as before", self.vesa),
            ("ps2_drv is killed: keyboard and mouse as before", self.ps2),
            ("24 bits, then 16, then copied", self.modes),
            ("without ps2_drv the kernel has its ports back", self.ports),
            ("without vesa_drv the card shows text", self.text),
        ]


def main():
    pc.prepare()
    tests = []
    for depth in (32, 16) if os.environ.get("NITPICKER_SOAK") == "1" else (32,):
        story = Bare(depth)
        tests += story.tests() + [("off", story.off)]
    return tap.run(tests)


if __name__ == "__main__":
    sys.exit(main())
