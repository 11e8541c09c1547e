"""What was set in launchpad is kept on a partition labelled NITPICKER over a cold
boot; the machine is switched off by launchpad. Two machines to boot, so only with
full counts, among those of iso.py."""
import os
import struct
import subprocess
import sys

import pc
import vm
from story import Story

SECTOR, FIRST, SIZE = 512, 2048, 32 << 20
LINUX = 0x83  # kind of a partition


def disk(path):
    """A disk with one partition, ext4."""
    with open(path, "wb") as file:
        file.truncate(FIRST * SECTOR + SIZE)
        file.seek(446)
        file.write(struct.pack("<B3xB3xII", 0, LINUX, FIRST, SIZE // SECTOR))
        file.seek(510)
        file.write(b"\x55\xaa")
    subprocess.run(["mke2fs", "-q", "-F", "-t", "ext4", "-L", "NITPICKER",
                    "-E", "offset=%d" % (FIRST * SECTOR), path, "%dk" % (SIZE >> 10)],
                   check=True, stdout=sys.stderr)


class Settings(Story):
    def __init__(self):
        self.disk = os.path.join(os.environ.get("TEST_DIR", vm.BUILD_DIR), "settings.disk")
        disk(self.disk)

    def boot(self):
        self.machine = pc.Pc(
            pc.BASE, "nitpicker.options=--reports", name="settings",
            args=["-drive", "if=virtio,format=raw,file=" + self.disk,
                  "-device", "qemu-xhci,id=usb", "-device", "usb-tablet,bus=usb.0"])
        started = self.machine.started
        if "Tablet\r" not in started:
            self.machine.until("Tablet\r", 60)
        assert "settings are kept on /dev/vda1" in started, started
        self.rest()

    def quota(self):
        for node in self.report("launchpad/widgets").iter("widget"):
            if (node.get("role"), node.get("name")) == ("slider", "testnit quota"):
                return node.get("value")
        raise AssertionError("testnit has no quota")

    def change(self):
        before = self.quota()
        x, y, w, h = self.widget("slider", "testnit quota")
        self.click(x + 2 * w // 3, y + h // 2)
        self.until(lambda: self.quota() != before, "the quota stays")
        self.set_to = self.quota()
        self.until(lambda: "testnit" in self.machine.ask(
            "cat /run/settings/store/launchpad/launchpad-programs 2>/dev/null"),
            "nothing is stored")

    def press(self, name):
        x, y, w, h = self.widget("button", name)
        self.click(x + w // 2, y + h // 2)

    def power_off(self):
        self.press("end the session")
        self.until(lambda: self.has("button", "Power off"), "no menu")
        self.machine.still("menu.png")
        self.press("Power off")
        self.until(lambda: self.has("button", "Cancel"), "it doesn't ask")
        self.machine.still("question.png")
        self.press("Power off")
        self.machine.until_off(100)
        self.machine.stop()

    def kept(self):
        self.boot()
        assert self.quota() == self.set_to, (self.quota(), self.set_to)

    def tests(self):
        return [
            ("the machine starts", self.boot),
            ("a quota is set, and stored", self.change),
            ("power off, in launchpad", self.power_off),
            ("after a cold boot it is as it was set", self.kept),
        ]
