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

# What a shell in the machine sees once all is over: groups, zombies, limits.
LOOK = """read wait </dev/console
for group in /sys/fs/cgroup/nitpicker-1/=animate*; do
	for file in memory.max memory.swap.max pids.max cpu.weight; do
		echo "LIMIT $file $(cat $group/$file)"
	done
done
echo "GROUPS $(ls -d /sys/fs/cgroup/nitpicker-1/=hog_* 2>/dev/null | wc -l)"
echo "ZOMBIES $(grep -l '^State:.*Z' /proc/[0-9]*/status 2>/dev/null | wc -l)"
echo "HOGS $(ls -l /proc/[0-9]*/exe 2>/dev/null | grep -c /hog)"
kill -USR1 $(pidof animate)
sleep 1
kill -TERM 1
"""


def start(name, inside="", filename=None, quota="10M"):
    return ('<start name="%s"><filename>%s</filename><ram_quota>%s</ram_quota>%s'
            "</start>" % (name, filename or name, quota, inside))


SCENARIO = "".join([
    '<host>off</host><theme motion="reduced"/>',
    start("virtual_drv", quota="24M"),
    start("nitpicker", quota="24M"),
    start("animate"),
    start("launchpad", quota="64M"),
    start("look", '<arg value="sh"/><arg value="/etc/look"/>', "/bin/busybox"),
    start("leaves", '<arg value="daemon_left"/>', "hog"),
] + [start("hog_" + way, '<arg value="%s"/>' % way, "hog") for way in WAYS])


class Story:
    """The machine, and all that it has said so far."""

    def __init__(self):
        folder = os.environ.get("TEST_DIR", vm.BUILD_DIR)
        look = os.path.join(folder, "look")
        with open(look, "w") as file:
            file.write(LOOK)
        programs = [os.path.join(vm.BUILD_DIR, "bin", name) +
                    ":/usr/lib/nitpicker/" + name
                    for name in ("hog", "animate", "animate.xml")]
        self.image = pc.pack("cgroup", SCENARIO, programs + [look + ":/etc/look"])
        self.text = ""

    def boot(self):
        self.machine = vm.Machine(
            initrd=self.image, name="cgroup", vga=None, memory=320,
            append="nitpicker.fb=virtual nitpicker.options=--reports,--timing")
        self.find("first picture of launchpad", 100)

    def find(self, pattern, limit=60):
        while not re.search(pattern, self.text):
            self.text += self.machine.until("\n", limit)
        return re.search(pattern, self.text)

    def over_quota(self, way):
        line = self.find(r"hog_%s ended: [^\r\n]*" % way).group(0)
        print("# " + line)
        if way == "file":  # where nothing is isolated, /tmp is the machine's
            return
        assert "used more than its quota of 10240 KiB" in line, line

    def others_go_on(self):
        self.machine.send("\n")
        gaps = self.find(r"\[animate\] gaps (\d+) (\d+) (\d+)")
        count, p99, most = (int(gaps.group(n)) for n in (1, 2, 3))
        print("# gaps of the animation, emulated: 99 %% under %.1f ms, most %.1f ms "
              "of %d" % (p99 / 1e3, most / 1e3, count))
        assert count > 20, count

    def limits(self):
        # What it donated to the server is the server's now.
        most = int(self.find(r"LIMIT memory.max (\d+)").group(1))
        assert (9 << 20) < most < (10 << 20), most
        wanted = {"memory.swap.max": "0",
                  "pids.max": "256", "cpu.weight": "100"}
        for name, value in wanted.items():
            seen = self.find(r"LIMIT %s (\S+)" % re.escape(name)).group(1)
            # A kernel without swap has no limit of it.
            if not (name == "memory.swap.max" and not seen):
                assert seen == value, (name, seen)

    def nothing_left(self):
        for word in ("GROUPS", "ZOMBIES", "HOGS"):
            assert self.find(word + r" (\d+)").group(1) == "0", self.text[-2000:]

    def off(self):
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
