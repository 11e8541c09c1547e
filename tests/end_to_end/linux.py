#!/usr/bin/env python3
"""A Linux in a window: started by one click, typed into, shut down, killed."""
import gzip
import os
import subprocess
import sys
import tempfile
import time

import tap
from demo import Demo, scenario
from desktop import BUILD_DIR, SERVER, Desktop, program, start

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

tap.need(("linux.uml", "user-mode-linux"))
if not os.path.exists(program("linux")):
    tap.skip_all("linux was not built (package busybox-static)")

ROUTE = '<route><any-service><child name="liquid_fb"/></any-service></route>'


def lines(desktop, owner):
    return [node.text or "" for node in
            desktop.nodes(os.path.join(owner, "linux/console/text"), "line")]


def type_line(desktop, text):
    desktop.control.do("type " + text)
    desktop.control.do("key KEY_ENTER")


def shows(desktop, words, owner="", limit=60):
    try:
        return desktop.wait(lambda: [line for line in lines(desktop, owner)
                                     if words in line], limit)
    except AssertionError:
        raise AssertionError("%r is not in %r" % (
            words, [line for line in lines(desktop, owner) if line])) from None


def by_one_click():
    with Demo(scenario()) as desktop:
        desktop.wait(lambda: desktop.widget("link", "Linux-console") is not None)
        desktop.control.settle()
        owner = "launchpad/Linux-console"
        begin = time.monotonic()
        desktop.click_widget("link", "Linux-console")
        shows(desktop, "root@linux:~#", owner)
        taken = time.monotonic() - begin
        print("# from the click to the prompt: %.2f s" % taken)
        x, y, _, _ = (int(desktop.report(owner + "/liquid_fb/framebuffer").get(k))
                      for k in ("sx", "sy", "w", "h"))
        desktop.control.do("click %d %d" % (x + 50, y + 50))
        type_line(desktop, "echo $((6*7)) answers; uname -s")
        shows(desktop, "42 answers", owner)
        # shut down from inside: everything of it closes
        type_line(desktop, "poweroff")
        desktop.wait(lambda: desktop.child("Linux-console").get("state") == "exited")
        assert desktop.child("Linux-console").get("reason") == "exit code 0"
        desktop.wait(lambda: not [v for v in desktop.views()
                                  if "Linux-console" in v.label])
        assert not desktop.processes("linux.uml")
        # again, and killed from outside: nothing is left either
        desktop.click_widget("link", "Linux-console")
        name = desktop.wait(lambda: [
            c.get("name") for c in desktop.nodes("launchpad/children", "child")
            if c.get("state") == "running"])[0]
        shows(desktop, "root@linux:~#", "launchpad/" + name)
        assert desktop.processes("linux.uml")
        pid = int(desktop.child(name).get("pid"))
        [p for p in desktop.family() if p.pid == pid][0].kill()
        desktop.wait(lambda: not desktop.processes("linux.uml"))


class Guest(Desktop):
    def __init__(self, config="", **options):
        screen = start("liquid_fb", "<x>20</x><y>20</y><width>800</width>")
        guest = start("linux", config).replace("<config>", ROUTE + "<config>", 1)
        super().__init__(SERVER + screen + guest.replace("64M", "160M"), **options)

    def focus_it(self):
        shows(self, "root@linux:~#")
        node = self.report("liquid_fb/framebuffer")
        self.control.do("click %d %d" % (int(node.get("sx")) + 20,
                                         int(node.get("sy")) + 20))


def installed():
    """Its small root is found from lib/nitpicker, too."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        subprocess.run([os.path.join(TOP, ".build/install"), BUILD_DIR, "/usr"],
                       env=dict(os.environ, DESTDIR=folder), check=True,
                       stdout=subprocess.DEVNULL)
        with Guest(program=lambda name: os.path.join(folder, "usr/bin", name)) as guest:
            guest.focus_it()
            type_line(guest, "echo $((6*7)) answers")
            shows(guest, "42 answers")


def what_the_config_says():
    with Guest("<memory>40M</memory><commandline>one=1 two</commandline>") as guest:
        guest.focus_it()
        type_line(guest, "cat /proc/cmdline")
        shows(guest, "one=1 two")
        shows(guest, "mem=40M")


def image(folder, partitions):
    """A disk of 4 MiB whose only program is busybox."""
    root = os.path.join(folder, "root")
    bin_ = os.path.join(root, "sbin")
    os.makedirs(bin_)
    for name in ("dev", "proc"):
        os.mkdir(os.path.join(root, name))
    with open("/bin/busybox", "rb") as file, \
            open(os.path.join(bin_, "busybox"), "wb") as out:
        out.write(file.read())
    with open(os.path.join(bin_, "init"), "w") as file:
        file.write("#!/sbin/busybox sh\n"
                   "/sbin/busybox mount -t devtmpfs dev /dev\n"
                   "/sbin/busybox mount -t proc proc /proc\n"
                   "exec </dev/tty0 >/dev/tty0 2>&1\n"
                   "/sbin/busybox grep -o 'root=[^ ]*' /proc/cmdline\n"
                   "echo changed >/written && /sbin/busybox cat /written\n"
                   "while read line; do echo said $line; done\n")
    for name in ("busybox", "init"):
        os.chmod(os.path.join(bin_, name), 0o755)
    bare = os.path.join(folder, "bare.img")
    subprocess.run(["mke2fs", "-qF", "-t", "ext2", "-d", root, bare, "4M"],
                   check=True, stdout=subprocess.DEVNULL, env=dict(os.environ, PATH="/sbin:/usr/sbin:" +
                                        os.environ["PATH"]))
    if not partitions:
        return bare
    whole = os.path.join(folder, "whole.img")
    with open(bare, "rb") as file, open(whole, "wb") as out:
        table = bytearray(1 << 20)
        size = os.path.getsize(bare) // 512
        table[446:462] = bytes([0, 0, 0, 0, 0x83, 0, 0, 0]) + \
            (2048).to_bytes(4, "little") + size.to_bytes(4, "little")
        table[510:512] = b"\x55\xaa"
        out.write(bytes(table) + file.read())
    return whole


def disk(partitions, config):
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        path = image(folder, partitions)
        with open(path, "rb") as file:
            before = file.read()
        with Guest("<ramdisk>%s</ramdisk>%s" % (path, config)) as guest:
            shows(guest, "root=/dev/ubda1" if partitions else "root=/dev/ubda")
            shows(guest, "changed")
        with open(path, "rb") as file:
            assert file.read() == before, "the image was written to"


def bare_file_system():
    disk(False, "")


def partition_table():
    disk(True, "")
    disk(True, "<commandline>root=/dev/ubda1</commandline>")


def told_in_words():
    with Guest("<kernel>/no/such</kernel>") as guest:
        shows(guest, "/no/such: No such file")
    with Guest("<ramdisk>not-there.img</ramdisk><memory>1M</memory>") as guest:
        guest.wait(lambda: guest.log_lines("not-there.img: can't be read"))
        guest.wait(lambda: guest.log_lines("<memory> is 1M"))


def packed_archive():
    """An archive as the kernel knows it, made by hand."""
    def entry(name, mode, data=b""):
        name = name.encode() + b"\0"
        head = "070701" + "".join("%08x" % n for n in (
            0, mode, 0, 0, 1, 0, len(data), 0, 0, 0, 0, len(name), 0))
        out = head.encode() + name
        out += b"\0" * (-len(out) % 4) + data
        return out + b"\0" * (-len(out) % 4)

    with open("/bin/busybox", "rb") as file:
        busybox = file.read()
    script = b"#!/busybox sh\n/busybox mkdir /dev\n" \
        b"/busybox mount -t devtmpfs dev /dev\n" \
        b"echo from the archive >/dev/tty0\nread line </dev/tty0\n"
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        path = os.path.join(folder, "root.cpio.gz")
        with gzip.open(path, "wb") as file:
            file.write(entry("busybox", 0o100755, busybox) +
                       entry("init", 0o100755, script) +
                       entry("TRAILER!!!", 0))
        with Guest("<ramdisk>%s</ramdisk>" % path) as guest:
            shows(guest, "from the archive")


if __name__ == "__main__":
    sys.exit(tap.run([
        ("by one click to a prompt; shut down from inside; killed", by_one_click),
        ("installed elsewhere it finds its small root", installed),
        ("memory and command line", what_the_config_says),
        ("a bare file system, which stays as it is", bare_file_system),
        ("a disk with a partition table", partition_table),
        ("a packed archive", packed_archive),
        ("what can't be started is told in words", told_in_words),
    ]))
