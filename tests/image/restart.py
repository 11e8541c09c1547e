#!/usr/bin/env python3
"""kill -9 of vesa_drv and ps2_drv on a bare PC: they are started again, the same
picture is back, and input works. Ports of a driver that is gone for good are the
kernel's again. # runs alone"""
import sys
import time

import pc
import tap

PS2 = ("<start><filename>ps2_drv</filename><restart>on-failure</restart><config>"
       '<pointer acceleration="0"/></config></start>')
DRIVERS = ("<start><filename>vesa_drv</filename><restart>on-failure</restart>"
           "<ram_quota>24M</ram_quota><config><width>1024</width><height>768</height>"
           "</config></start>\n%s\n" % PS2)


class Story:
    def boot(self):
        image = pc.pack("restart", pc.scenario(DRIVERS))
        self.machine = pc.Pc(image, "nitpicker.fb=vesa nitpicker.options=--reports",
                             name="restart")
        if "five buttons" not in self.machine.started:
            self.machine.until("five buttons", 60)
        self.machine.complete()
        self.machine.move(400, 300)
        self.picture = self.machine.still("before.png")

    def do(self, command):
        return self.machine.ask(command)

    def same(self):
        """The picture is the one before; it may take a while."""
        with open(self.picture, "rb") as file:
            before = file.read()
        end = time.monotonic() + 30
        while True:
            with open(self.machine.still("after.png"), "rb") as file:
                if file.read() == before:
                    return
            assert time.monotonic() < end, "the picture differs"

    def xray(self):
        """The keyboard is heard: X-ray on and off."""
        self.machine.type("scroll_lock")
        with open(self.picture, "rb") as file:
            before = file.read()
        end = time.monotonic() + 30
        while True:
            with open(self.machine.still("xray.png"), "rb") as file:
                if file.read() != before:
                    break
            assert time.monotonic() < end, "no X-ray"
        self.machine.type("scroll_lock")
        self.same()

    def kill(self, name, sign):
        """`sign`: what the new one says."""
        began = time.monotonic()
        self.do("kill -9 $(pidof %s)" % name)
        self.machine.until(sign, 60)
        print("# %s is back after %.2f s of an emulated machine"
              % (name, time.monotonic() - began))

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

    def ports(self):
        look = "ls -l /sys/bus/serio/devices/serio*/driver"
        assert self.do(look).count("/serio_raw") == 2
        self.do("sed -i 's,.*ps2_drv.*,,' /run/desktop/desktop.xml")
        self.machine.until("the kernel has its ports back", 30)
        said = self.do(look)
        assert "/atkbd" in said and "/serio_raw" not in said, said


def main():
    pc.prepare()
    story = Story()
    return tap.run([
        ("the machine starts", story.boot),
        ("vesa_drv is killed: the same picture, input as before", story.vesa),
        ("ps2_drv is killed: keyboard and mouse as before", story.ps2),
        ("without ps2_drv the kernel has its ports back", story.ports),
        ("off", lambda: story.machine.stop()),
    ])


if __name__ == "__main__":
    sys.exit(main())
