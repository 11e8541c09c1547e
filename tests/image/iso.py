#!/usr/bin/env python3
"""The ISO, from the firmware on: SeaBIOS and OVMF, the boot loader's menu, the
desktop, compared with the same on virtual_drv. # runs alone"""
import os
import shutil
import subprocess
import sys

import pc
import tap
import vm

OVMF = "/usr/share/OVMF/OVMF_CODE_4M.fd"
VARIABLES = "/usr/share/OVMF/OVMF_VARS_4M.fd"
DRIVERS = (pc.start("intel_drv", "<width>1024</width><height>768</height>") +
           pc.start("evdev_drv", '<pointer acceleration="0"/>'))


def iso(name, text):
    """An ISO whose system has that scenario; its path."""
    image = pc.pack(name, text)
    out = image.replace(".img", ".iso")
    subprocess.run([os.path.join(pc.IMAGE, "iso"), os.path.join(vm.KERNEL, "vmlinuz"),
                    image, out], check=True, stdout=sys.stderr)
    os.unlink(image)
    return out


def firmware(uefi):
    """What QEMU starts an ISO with."""
    if not uefi:
        return ["-boot", "d"]
    variables = os.path.join(os.environ.get("TEST_DIR", vm.BUILD_DIR), "variables")
    shutil.copy(VARIABLES, variables)
    return ["-machine", "q35",
            "-drive", "if=pflash,format=raw,readonly=on,file=" + OVMF,
            "-drive", "if=pflash,format=raw,file=" + variables]


def check(path, name, uefi):
    with pc.virtual() as desktop, \
            pc.Pc(None, kernel=None, name=name, memory=384,
                  args=["-cdrom", path] + firmware(uefi)) as machine:
        assert "the kernel's driver is bochs" in machine.started, machine.started
        both = pc.Both(machine, desktop)
        both.compare("start")
        both.click_widget("link", "testnit")
        both.desktop.wait_for_views("launchpad -> testnit", 3)
        both.move(1000, 740)
        both.compare("testnit")


def main():
    tap.need(("grub-mkrescue", "grub-common"), ("xorriso", "xorriso"),
             ("mformat", "mtools"))
    pc.prepare()
    path = iso("iso", pc.scenario(DRIVERS))

    def with_uefi():
        if not os.path.exists(OVMF):
            raise tap.Skip("%s is not there (package ovmf)" % OVMF)
        check(path, "uefi", True)
    return tap.run([("BIOS", lambda: check(path, "bios", False)),
                    ("UEFI", with_uefi)])


if __name__ == "__main__":
    sys.exit(main())
