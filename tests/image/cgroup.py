#!/usr/bin/env python3
"""cgroup v2 on Debian's kernel, with our init as the first process: quotas hold,
the rest goes on, what is left behind is reaped, and the machine switches itself
off. # runs alone"""
import os
import re
import sys

import pc
import tap
import vm

WAYS = ["malloc", "fork", "memfd", "mapped", "file"]

def start(name, inside="", filename=None, quota="10M"):
    return ('<start name="%s"><filename>%s</filename><ram_quota>%s</ram_quota>%s'
            "</start>" % (name, filename or name, quota, inside))


SCENARIO = "".join([
    '<host>off</host><theme motion="reduced"/>',
    start("virtual_drv", quota="24M"),
    start("nitpicker", quota="24M"),
    start("animate"),
    start("launchpad", quota="64M"),
    start("leaves", '<arg value="daemon_left"/>', "hog"),
] + [start("hog_" + way, '<arg value="%s"/>' % way, "hog") for way in WAYS])


class Story:
    """The machine, and all that it has said so far."""

    def __init__(self):
        programs = [os.path.join(vm.BUILD_DIR, "bin", name) +
                    ":/usr/lib/nitpicker/" + name
                    for name in ("hog", "animate", "animate.xml")]
        self.image = pc.pack("cgroup", SCENARIO, programs)
        self.text = ""

    def boot(self):
        self.machine = vm.Machine(
            initrd=self.image, name="cgroup", vga=None, memory=320,
            append="nitpicker.fb=virtual nitpicker.options=--reports nitpicker.shell=ttyS1")
        self.find("first picture of launchpad", 100)

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
        assert count > 20, count

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

    def nothing_left(self):
        ask = self.machine.ask
        assert ask("ls -d /sys/fs/cgroup/nitpicker-1/=hog_* 2>/dev/null") == ""
        assert ask("grep -l '^State:.*Z' /proc/[0-9]*/status 2>/dev/null") == ""
        assert ask("ls -l /proc/[0-9]*/exe 2>/dev/null | grep /hog") == ""

    def off(self):
        self.machine.shell.write(b"kill -TERM 1\n")
        self.machine.until_off()
        self.machine.stop()


def main():
    pc.prepare()
    story = Story()
    return tap.run([("the machine starts", story.boot)] +
                   [("over its quota: " + way,
                     lambda way=way: story.over_quota(way)) for way in WAYS] +
                   [("another program goes on", story.others_go_on),
                    ("the limits of its group", story.limits),
                    ("no group, no zombie, no daemon is left", story.nothing_left),
                    ("it switches itself off", story.off)])


if __name__ == "__main__":
    sys.exit(main())
