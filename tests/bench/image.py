#!/usr/bin/env python3
"""The bootable image: from the kernel's start to launchpad's first picture, beside
the same kernel and initial file system, with the same modules loaded, to a shell;
and the part of it that the system's init takes. Both in QEMU, in turns."""
import os
import re
import statistics
import subprocess
import sys

import common

sys.path.insert(0, os.path.join(common.TOP, "tests", "image"))

import vm  # noqa: E402 (its folder is known only now)

IMAGE = os.path.join(common.TOP, "launchpad", "image")
INITRD = os.path.join(vm.BUILD_DIR, "image", "bench", "initrd")
BOOTS = 3
LIMIT = 200  # seconds for one boot
UPTIME = re.compile(r"nitpicker: ([0-9.]+) s")
PICTURE = re.compile(r"timing: ([0-9.]+) s after the machine's start")


def desktop():
    """Seconds of the machine until launchpad's first picture, and those of them
    since the system's init started the desktop."""
    with vm.Machine(initrd=INITRD, append="nitpicker.fb=auto", checked=True) as machine:
        text = machine.until("after the machine's start", LIMIT)
        until, whole = (float(pattern.search(text).group(1))
                        for pattern in (UPTIME, PICTURE))
        return whole, whole - until


def shell():
    """Seconds of the machine until a shell answers."""
    with vm.Machine(initrd=INITRD, append="nitpicker.fb=shell", checked=True) as machine:
        machine.until("# ", LIMIT)
        machine.send("cut -d' ' -f1 /proc/uptime | sed 's/$/ s up/'\n")
        text = machine.until(" s up\r", LIMIT)
        return float(re.findall(r"([0-9.]+) s up", text)[-1])


def main():
    common.need("nitpicker-desktop", "qemu-system-x86_64", "mksquashfs")
    subprocess.run([os.path.join(IMAGE, "kernel"), vm.KERNEL], check=True,
                   stdout=sys.stderr)
    os.makedirs(os.path.dirname(INITRD), exist_ok=True)
    subprocess.run([os.path.join(IMAGE, "pack"), vm.BUILD_DIR, vm.KERNEL, "image",
                    INITRD], check=True, stdout=sys.stderr)
    whole, own, peer = [], [], []
    for _ in range(BOOTS):
        both, since = desktop()
        whole.append(both)
        own.append(since)
        peer.append(shell())
    value, other = statistics.median(whole), statistics.median(peer)
    common.emit("kernel start to launchpad's first frame", value, "s", 1.7, None,
                "to a shell", other, value / other)
    common.emit("init to launchpad's first frame", statistics.median(own), "s", 2, None)


if __name__ == "__main__":
    main()
