#!/usr/bin/env python3
"""The image's system with our init as its first process: what is mounted and
loaded, quotas (cgroup v2) and sandboxes on Debian's kernel, what is left behind is
reaped, settings are kept on a disk and nothing happens when it goes, and the power
button ends it all in order. # runs alone"""
import os
import re
import subprocess
import sys

import pc
import tap
import vm

# What a test adds lies over the packed file system.
MOUNTS = {"/": "overlay", "/proc": "proc", "/sys": "sysfs", "/dev": "devtmpfs",
          "/dev/pts": "devpts", "/dev/shm": "tmpfs", "/tmp": "tmpfs", "/run": "tmpfs",
          "/home": "tmpfs", "/sys/fs/cgroup": "cgroup2"}
# Where a row of launchpad's was moved to, as it stores it
STORED = "/run/desktop/store/launchpad"

LOOKS = 20  # at what is left

WAYS = ["malloc", "fork", "memfd", "mapped", "file"]
STUBBORN = ["sigterm", "daemon"]

def start(name, inside="", filename=None, quota="10M"):
    return ('<start name="%s"><filename>%s</filename><ram_quota>%s</ram_quota>%s'
            "</start>" % (name, filename or name, quota, inside))


SCENARIO = "\n".join([
    '<host>off</host><theme motion="reduced"/>',
    start("virtual_drv", quota="24M"),
    start("nitpicker", quota="24M"),
    start("animate"),
    start("launchpad", quota="52M"),
    start("leaves", '<arg value="daemon_left"/>', "hog"),
] + [start("hog_" + way, '<arg value="%s"/>' % way, "hog") for way in WAYS] +
 [start("hog_" + way, '<arg value="%s"/>' % way, "hog", "4M") for way in STUBBORN] + [""])


class Story:
    """The machine, and all that it has said so far."""

    def __init__(self):
        programs = [os.path.join(vm.BUILD_DIR, "bin", name) +
                    ":/usr/lib/nitpicker/" + name
                    for name in ("hog", "animate", "animate.xml")]
        self.image = pc.pack("system", SCENARIO, programs)
        self.text = ""

    def boot(self):
        self.machine = vm.Machine(
            initrd=self.image, name="system", vga=None, memory=320,
            append="nitpicker.fb=virtual nitpicker.options=--reports "
                   "nitpicker.shell=ttyS1 nitpicker.scenario=nonsense",
            args=["-device", "qemu-xhci,id=usb"])
        self.find("first picture of launchpad", 100)
        self.find("nitpicker.scenario=nonsense: there is none of that name", 1)

    def find(self, pattern, limit=60):
        while not re.search(pattern, self.text):
            self.text += self.machine.until("\n", limit)
        return re.search(pattern, self.text)

    def over_quota(self, way):
        line = self.find(r"hog_%s ended: [^\r\n]*" % way).group(0)
        print("# " + line)
        assert "used more than its quota of 10240 KiB" in line, line

    def others_go_on(self):
        self.machine.ask("kill -USR1 $(pidof animate)")
        gaps = self.find(r"\[animate\] gaps (\d+) (\d+) (\d+)")
        count, p99, most = (int(gaps.group(n)) for n in (1, 2, 3))
        print("# gaps of the animation, emulated: 99 %% under %.1f ms, most %.1f ms "
              "of %d" % (p99 / 1e3, most / 1e3, count))
        assert count >= 5, count  # how many depends on how fast the machine is

    def mounts(self):
        """Nothing is missing, nothing twice."""
        text = self.machine.ask("cat /proc/mounts")
        mounts = [line.split()[1:3] for line in text.splitlines() if line.strip()]
        for place, kind in MOUNTS.items():
            assert [place, kind] in mounts, (place, text)
        places = [place for place, _ in mounts if place != "/"]
        assert len(places) == len(set(places)), text

    def modules(self):
        """What the machine has is driven, displays that nobody asked for aren't."""
        loaded = {line.split()[0] for line in
                  self.machine.ask("lsmod").splitlines()[1:] if line.strip()}
        assert {"xhci_pci", "button", "evdev", "squashfs"} <= loaded, loaded
        assert not loaded & {"i915", "virtio_gpu", "bochs"}, loaded

    def sandbox(self):
        """Children are nobody, and in namespaces of their own."""
        ask = self.machine.ask
        check = ask("nitpicker-desktop --check")
        assert "children are isolated by: bubblewrap" in check, check
        assert "quotas are enforced by: cgroup v2" in check, check
        pid = ask("pidof animate").strip()
        assert ask("sed -n 's/^Uid:.//p' /proc/%s/status" % pid).split()[0] == "65534"
        for space in ("user", "mnt", "pid", "net", "ipc"):
            ours, theirs = (ask("readlink /proc/%s/ns/%s" % (of, space)).strip()
                            for of in ("1", pid))
            assert ours != theirs and theirs, (space, ours, theirs)
        seen = ask("ls /proc/%s/root/home /proc/%s/root/run 2>&1" % (pid, pid))
        assert "desktop" not in seen, seen
        assert ask("touch /proc/%s/root/usr/x 2>&1" % pid).strip().endswith(
            "Read-only file system")

    def settings(self):
        """A disk that is plugged in while all runs is found by its label."""
        path = os.path.join(os.environ.get("TEST_DIR", vm.BUILD_DIR), "settings.disk")
        with open(path, "wb") as file:
            file.truncate(40 << 20)
        subprocess.run(["busybox", "mkdosfs", "-n", "NITPICKER", path], check=True,
                       stdout=subprocess.DEVNULL)
        self.machine.command("blockdev-add", **{
            "driver": "raw", "node-name": "stick",
            "file": {"driver": "file", "filename": path}})
        self.machine.command("device_add", driver="usb-storage", id="stick",
                             bus="usb.0", drive="stick")
        self.find("settings are kept on /dev/sda", 120)
        self.machine.ask("mkdir -p %s && echo kept >%s/test && sync" % (STORED, STORED))
        assert "kept" in self.machine.ask("cat /run/settings/store/launchpad/test")

    def pulled_out(self):
        """Then there are no settings, and nobody is harmed."""
        self.machine.command("device_del", id="stick")
        self.find("the settings' disk is gone", 120)
        assert "/run/settings" not in self.machine.ask("cat /proc/mounts")
        text = self.machine.ask("mkdir -p %s && echo memory >%s/test; cat %s/test" % (
            STORED, STORED, STORED))
        assert text.strip() == "memory", text
        assert self.machine.ask("pidof animate").strip()

    def limits(self):
        def of(name):
            return self.machine.ask(
                "cat /sys/fs/cgroup/nitpicker-1/=animate*/" + name).strip()
        # What it donated to the server is the server's now.
        most = int(of("memory.max"))
        assert (9 << 20) < most < (10 << 20), most
        assert of("pids.max") == "256" and of("cpu.weight") == "100"
        # A kernel without swap has no limit of it.
        swap = self.machine.ask("cat /sys/fs/cgroup/nitpicker-1/=animate*/"
                                "memory.swap.max 2>&1").strip()
        assert swap == "0" or "No such file" in swap, swap

    def stubborn(self):
        """One ignores SIGTERM, one left a daemon: taken out of the scenario."""
        for way in STUBBORN:
            assert self.machine.ask("ls -d /sys/fs/cgroup/nitpicker-1/=hog_%s*" % way)
        self.machine.ask("sed -i '%s' /run/desktop/desktop.xml" % ";".join(
            '/name="hog_%s"/d' % way for way in STUBBORN))
        self.find("hog_sigterm does not end: killed")

    def nothing_left(self):
        """Whatever ends meanwhile is a zombie for a moment."""
        left = ""
        for command in ("ls -d /sys/fs/cgroup/nitpicker-1/=hog_* 2>/dev/null",
                        "grep -l '^State:.*Z' /proc/[0-9]*/status 2>/dev/null",
                        "ls -l /proc/[0-9]*/exe 2>/dev/null | grep /hog"):
            for _ in range(LOOKS):
                left = self.machine.ask(command)
                if not left:
                    break
            assert left == "", left

    def off(self):
        """By its button: programs are asked first."""
        self.machine.command("system_powerdown")
        self.machine.until_off(120)
        self.machine.stop()


def main():
    pc.prepare()
    story = Story()
    return tap.run([("the machine starts", story.boot)] +
                   [("over its quota: " + way,
                     lambda way=way: story.over_quota(way)) for way in WAYS] +
                   [("another program goes on", story.others_go_on),
                    ("the limits of its group", story.limits),
                    ("what would stay is ended, too", story.stubborn),
                    ("no group, no zombie, no daemon is left", story.nothing_left),
                    ("what is mounted", story.mounts),
                    ("what is loaded", story.modules),
                    ("a program in its sandbox", story.sandbox),
                    ("settings on a disk that is plugged in", story.settings),
                    ("the disk is pulled out", story.pulled_out),
                    ("the power button switches it off", story.off)])


if __name__ == "__main__":
    sys.exit(main())
