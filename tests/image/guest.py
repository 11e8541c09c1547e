#!/usr/bin/env python3
"""A Linux guest in a window of vm_display, with a display that can change its
size and a tablet: it follows the window, the window follows it, and the pointer
is where the user's is. The guest tells on its serial line, and so in the log.
# runs alone"""
import os
import re
import subprocess
import sys
import tempfile

import pc
import tap
import vm
from desktop import SERVER, Desktop, start

MODULES = """drivers/gpu/drm/drm drivers/gpu/drm/drm_kms_helper
drivers/gpu/drm/drm_shmem_helper drivers/virtio/virtio_dma_buf
drivers/gpu/drm/virtio/virtio-gpu drivers/hid/hid drivers/usb/common/usb-common
drivers/usb/core/usbcore drivers/usb/host/uhci-hcd drivers/hid/usbhid/usbhid
drivers/hid/hid-generic drivers/input/evdev""".split()

# Each key that is pressed makes the guest tell the mode of its display.
INIT = r"""#!/bin/busybox sh
/bin/busybox --install /bin
mount -t devtmpfs dev /dev
mount -t sysfs sys /sys
mount -t debugfs debug /sys/kernel/debug
for module in /m/*; do insmod $module; done
echo 0 >/sys/class/graphics/fbcon/cursor_blink
exec >/dev/ttyS0 2>&1
input() { grep -l "$1" /sys/class/input/event*/device/name | cut -d/ -f5; }
tell() { hexdump -v -e '8/2 "%x " ": " 2/2 "%u " " " 1/4 "%d\n"' /dev/input/$1; }
until [ "$(input Tablet)" ]; do read line </proc/self/stat; done
tell $(input Tablet) &
echo ready
while head -c 24 /dev/input/$(input keyboard | head -n 1) >/dev/null; do
	grep -ho 'mode: "[0-9x]*"' /sys/kernel/debug/dri/*/state | tail -n 1
done
"""

ROUTE = '<route><any-service><child name="liquid_fb"/></any-service></route>'
FIRST = (800, 600)


def make_initrd(folder):
    root = os.path.join(folder, "root")
    for name in ("bin", "dev", "proc", "sys", "m"):
        os.makedirs(os.path.join(root, name))
    subprocess.run(["cp", "/bin/busybox", os.path.join(root, "bin")], check=True)
    release = os.listdir(os.path.join(vm.KERNEL, "lib", "modules"))[0]
    base = os.path.join(vm.KERNEL, "lib", "modules", release, "kernel")
    for number, name in enumerate(MODULES):
        with open(os.path.join(root, "m", "%02d" % number), "wb") as out:
            subprocess.run(["xz", "-dc", os.path.join(base, name + ".ko.xz")],
                           stdout=out, check=True)
    with open(os.path.join(root, "init"), "w") as file:
        file.write(INIT)
    os.chmod(os.path.join(root, "init"), 0o755)
    with open(os.path.join(folder, "initrd"), "wb") as out:
        subprocess.run("find . | cpio -o -H newc --quiet", shell=True, cwd=root,
                       stdout=out, check=True)


class Guest(Desktop):
    def __init__(self, folder):
        arguments = ["-initrd", os.path.join(folder, "initrd"), "-append",
                     "console=ttyS0 quiet", "-vga", "virtio", "-serial", "stdio"]
        config = "<memory>160M</memory><kernel>%s</kernel>" % os.path.join(
            vm.KERNEL, "vmlinux") + "".join("<arg>%s</arg>" % a for a in arguments)
        see = '<filesystem path="%s"/><filesystem path="%s"/>' % (folder, vm.KERNEL)
        self.machine = start("vm_display", config).replace(
            "<config>", ROUTE + see + "<config>", 1).replace("64M", "560M")
        super().__init__(self.window(FIRST))

    def window(self, size):
        return SERVER + start("liquid_fb", "<x>5</x><y>5</y><width>%d</width>"
                              "<height>%d</height>" % size) + self.machine

    def said(self, pattern):
        return re.findall("QEMU: " + pattern, self.log())

    def content(self):
        node = self.report("liquid_fb/framebuffer")
        return tuple(int(node.get(name)) for name in ("sx", "sy", "w", "h"))

    def mode(self):
        """What the guest says when it is asked."""
        pattern = r'mode: "(\d+)x(\d+)"'
        before = len(self.said(pattern))

        def told():
            # a key that is pressed while it tells is lost
            self.control.do("key KEY_A")
            return len(self.said(pattern)) > before
        self.wait(told, 60)
        return tuple(int(n) for n in self.said(pattern)[-1])


def main():
    pc.need_kernel()
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        os.chmod(folder, 0o755)
        make_initrd(folder)
        desktop = Guest(folder)

        def the_guests_mode():
            """It begins with one of its own: the window takes that."""
            desktop.wait(lambda: desktop.said("ready"), 100)
            desktop.wait(lambda: desktop.content()[2:] == (1280, 800), 60)
            x, y, _, _ = desktop.content()
            desktop.control.do("click %d %d" % (x + 50, y + 50))
            assert desktop.mode() == (1280, 800)

        def the_windows_size():
            for size in (900, 640), (640, 400), (1024, 700):
                desktop.configure(desktop.window(size))
                desktop.wait(lambda: desktop.mode() == size, 60)
                desktop.wait(lambda: desktop.content()[2:] == size)

        def the_pointer():
            x, y, w, h = desktop.content()
            for px, py in (w // 4, h // 2), (w - 1, h - 1), (w // 2, h // 8):
                desktop.control.do("move %d %d" % (x + px, y + py))
                # 0 to 32767 from edge to edge
                should = [("0", px * 32767 // (w - 1)), ("1", py * 32767 // (h - 1))]

                def there():
                    found = dict(desktop.said(r".*: 3 ([01]) +(\d+)"))
                    return all(axis in found and abs(int(found[axis]) - value) < 70
                               for axis, value in should)
                desktop.wait(there, 60)

        code = tap.run([
            ("the window takes the guest's mode", the_guests_mode),
            ("the guest takes the window's size", the_windows_size),
            ("the pointer is where the user's is", the_pointer),
            ("nothing is left", desktop.stop),
        ])
        return code


if __name__ == "__main__":
    sys.exit(main())
