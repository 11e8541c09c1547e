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
from settings import Settings
from story import Story

OVMF = "/usr/share/OVMF/OVMF_CODE_4M.fd"
VARIABLES = "/usr/share/OVMF/OVMF_VARS_4M.fd"
DRIVERS = (pc.start("intel_drv", "<width>1024</width><height>768</height>") +
           pc.start("evdev_drv", '<pointer acceleration="0"/>'))


def iso(name, image):
    """An ISO with that initial file system, and the shell that Pc asks; its path."""
    out = os.path.join(os.environ.get("TEST_DIR", vm.BUILD_DIR), name + ".iso")
    subprocess.run([os.path.join(pc.IMAGE, "iso"), os.path.join(vm.KERNEL, "vmlinuz"),
                    image, out], check=True, stdout=sys.stderr,
                   env=dict(os.environ, APPEND="nitpicker.shell=ttyS1"))
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


def firmware_boots(path, name, uefi):
    """What its own loader starts, before anybody waits for the desktop."""
    return pc.Pc(None, kernel=None, name=name, memory=384, waits=False,
                 args=["-cdrom", path] + firmware(uefi))


def check(machine):
    with pc.virtual() as desktop, machine:
        machine.wait()
        assert "the kernel's driver is bochs" in machine.started, machine.started
        both = pc.Both(machine, desktop)
        both.compare("start")
        both.click_widget("link", "testnit")
        both.desktop.wait_for_views("launchpad -> testnit", 3)
        both.move(1000, 740)
        both.compare("testnit")


def shipped():
    """The ISO as it is made for people, but for the shell; its path."""
    subprocess.run([os.path.join(pc.IMAGE, "image"), vm.BUILD_DIR], check=True,
                   stdout=sys.stderr)
    folder = os.path.join(vm.BUILD_DIR, "image")
    bytes_ = os.stat(os.path.join(folder, "nitpicker.iso")).st_size
    print("# the ISO: %.1f MB" % (bytes_ / 1e6))
    assert bytes_ < 40e6, bytes_
    return iso("shipped", os.path.join(folder, "initrd"))


# ---- what only full counts look at ----

ENTRIES = ["Auto", "Intel", "VESA", "Boot framebuffer", "Serial shell"]
SAYS = {"Auto": "the kernel's driver is bochs", "Intel": "the kernel's driver is bochs",
        "VESA": "VBE 3", "Boot framebuffer": "the boot loader's mode: 1024x768, 32 bits"}


def check_entry(path, number):
    """Of the boot loader's menu, chosen over the serial line."""
    name = ENTRIES[number]
    with vm.Machine(kernel=None, name="entry%d" % number, memory=256,
                    args=["-cdrom", path, "-boot", "d"]) as machine:
        machine.until("The highlighted entry", 120)
        machine.send("\x1b[B" * number + "\r")
        if name not in SAYS:
            machine.until("# ", 900)
            machine.send("echo $((6*7)) answers\n")
            machine.until("42 answers", 60)
            return
        text = machine.until("first picture of launchpad", 900)
        assert SAYS[name] in text, text


def check_memory(path, megabytes, uefi=False):
    """As much suffices for the ISO's desktop, and for a program on it."""
    args = ["-cdrom", path] + firmware(uefi) if path else []
    with pc.Pc(None if path else pc.BASE, name="memory%d" % megabytes,
               memory=megabytes, args=args,
               **({"kernel": None} if path else {})) as machine:
        left = int(machine.ask("sed -n 's/^MemAvailable: *\\([0-9]*\\) .*/\\1/p' "
                               "/proc/meminfo"))
        print("# %d MiB: %d MiB are left" % (megabytes, left >> 10))
        killed = machine.ask("dmesg | grep -c 'Out of memory'").strip()
        assert killed == "0", killed


def image(name, scenario, **environment):
    """Another initial file system; its path, and its kernel's folder."""
    folder = os.path.join(vm.BUILD_DIR, "image", "test", name)
    kernel = os.path.join(folder, "kernel") if environment else vm.KERNEL
    os.makedirs(folder, exist_ok=True)
    env = dict(os.environ, LEVEL="1", **environment)
    subprocess.run([os.path.join(pc.IMAGE, "kernel"), kernel], check=True, env=env,
                   stdout=sys.stderr)
    subprocess.run([os.path.join(pc.IMAGE, "pack"), vm.BUILD_DIR, kernel, scenario,
                    os.path.join(folder, "initrd")], check=True, env=env,
                   stdout=sys.stderr)
    return os.path.join(folder, "initrd"), kernel


def check_older_kernel():
    """The newest 6.1 that Debian has."""
    names = subprocess.run(
        ["apt-cache", "search", "--names-only", r"^linux-image-6\.1\.[0-9-]*-amd64$"],
        stdout=subprocess.PIPE, text=True, check=True).stdout.split("\n")
    packages = [line.split()[0] for line in names if line]
    if not packages:
        raise tap.Skip("apt's lists have no kernel 6.1")
    newest = max(packages, key=lambda name: [int(n) for n in name.split("-")[2].split(".")
                                             + name.split("-")[3:4]])
    initrd, kernel = image("older", "image", KERNEL=newest)
    with pc.Pc(initrd, kernel=os.path.join(kernel, "vmlinux"), name="older") as machine:
        assert machine.ask("uname -r").startswith("6.1.")


def check_guests():
    """User Mode Linux and QEMU, in QEMU."""
    initrd, _ = image("guests", "guests")
    with pc.Pc(initrd, "nitpicker.options=--reports", name="guests",
               memory=1024) as machine:
        machine.ask("until grep -q 'root@linux' /run/nitpicker/desktop/report/uml/"
                    "linux/console/text.xml; do sleep 2; done", 600)
        machine.ask("until grep -q 'state=.shown' /run/nitpicker/desktop/report/qemu/"
                    "liquid_fb/framebuffer.xml; do sleep 2; done", 600)


def check_no_driver(path):
    """A display that no driver of the kernel's is for: with UEFI the boot loader's
    mode is shown, and input comes through the kernel."""
    with pc.Pc(None, kernel=None, name="ramfb", memory=384, vga=None,
               args=["-cdrom", path, "-device", "ramfb"] + firmware(True)) as machine:
        assert "[vesa_drv] the boot loader's mode" in machine.started, machine.started
        if "Mouse\r" not in machine.started:
            machine.until("Mouse\r", 60)
        machine.still("ramfb.png")


class Linux(Story):
    """User Mode Linux, by a click, in 256 MiB."""

    def __init__(self):
        self.machine = pc.Pc(
            pc.BASE, "nitpicker.options=--reports", name="linux", memory=256,
            args=["-device", "qemu-xhci,id=usb", "-device", "usb-tablet,bus=usb.0"])
        if "Tablet\r" not in self.machine.started:
            self.machine.until("Tablet\r", 60)

    def prompt(self):
        self.rest()
        x, y, w, h = self.widget("link", "Linux-console")
        self.click(x + w // 2, y + h // 2)
        self.machine.ask("until grep -q 'root@linux' /run/nitpicker/desktop/report/"
                         "launchpad/Linux-console/linux/console/text.xml; "
                         "do sleep 2; done", 600)
        self.machine.picture("linux.png")
        assert self.machine.ask("dmesg | grep -c 'Out of memory'").strip() == "0"


def check_linux():
    linux = Linux()
    try:
        linux.prompt()
    finally:
        linux.off()


def soak(path):
    settings = Settings()
    entries = [("entry: " + name, lambda number=number: check_entry(path, number))
               for number, name in enumerate(ENTRIES)]
    return settings.tests() + [("off", settings.off)] + entries + [
        ("128 MiB", lambda: check_memory(None, 128)),
        ("128 MiB with BIOS", lambda: check_memory(path, 128)),
        ("384 MiB with UEFI", lambda: check_memory(path, 384, True)),
        ("UEFI without a driver of the kernel", lambda: check_no_driver(path)),
        ("256 MiB with User Mode Linux", check_linux),
        ("kernel 6.1", check_older_kernel),
        ("guests", check_guests)]


def main():
    tap.need(("grub-mkrescue", "grub-common"), ("xorriso", "xorriso"),
             ("mformat", "mtools"), ("mke2fs", "e2fsprogs"))
    pc.prepare()
    path = iso("iso", pc.pack("iso", pc.scenario(DRIVERS)))
    # Firmware, loader and kernel are slow and use one processor: side by side
    bios = firmware_boots(path, "bios", False)
    uefi = firmware_boots(path, "uefi", True) if os.path.exists(OVMF) else None

    def with_uefi():
        if not uefi:
            raise tap.Skip("%s is not there (package ovmf)" % OVMF)
        check(uefi)

    def off():
        for machine in bios, uefi:
            if machine:
                machine.stop()
    tests = [("BIOS", lambda: check(bios)), ("UEFI", with_uefi), ("off", off)]
    if os.environ.get("NITPICKER_SOAK") == "1":
        plain = shipped()
        tests += soak(plain)
    return tap.run(tests)


if __name__ == "__main__":
    sys.exit(main())
