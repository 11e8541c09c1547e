#!/usr/bin/env python3
"""The desktop on 64 bit ARM: init, server, driver and a client, built for it and
run under qemu-user. Their sessions give the same pictures as the native ones,
and the mouse works."""
import os
import shutil
import sys
import tempfile

import tap
from desktop import Desktop, start
from foreign import ARM_64

TARGETS = ("launchpad/init", "launchpad/scenario", "nitpicker/server",
           "nitpicker/driver/virtual", "nitpicker/example/testnit")
LIBRARIES = {
    "/usr/lib/aarch64-linux-gnu/lib%s.so" % library: "lib%s-dev:arm64" % library
    for library in ("expat", "seccomp", "png")}
LIBRARIES["aarch64-linux-gnu-pkg-config"] = "pkgconf:arm64"

# qemu-user has no seccomp, and is itself a part of what a program may use.
SCENARIO = "".join((
    start("virtual_drv"), start("nitpicker", "<seccomp>off</seccomp>"),
    start("testnit"))).replace("64M", "128M")


def arrange(build, folder):
    """
    A suite whose programs start each other, although the kernel can't execute
    them: under the name of each lies a script that calls qemu, and beside it
    the program itself, which looks for others in its own folder.
    """
    programs = os.path.join(folder, "bin")
    shutil.copytree(os.path.join(build, "bin"), programs)
    shutil.copytree(os.path.join(build, "share"), os.path.join(folder, "share"))
    for name in os.listdir(programs):
        path = os.path.join(programs, name)
        if name.endswith(".xml"):
            continue
        os.rename(path, path + ".arm_64")
        with open(path, "w") as script:
            script.write('#!/bin/sh\nexec %s -0 "$0" %s.arm_64 "$@"\n' % (
                " ".join(ARM_64.start), path))
            os.fchmod(script.fileno(), 0o755)
    return lambda name: os.path.join(programs, name)


def see(desktop, look):
    """Uses the mouse and the keyboard; look(name) after each step. Returns
    where the views are, after the first and after the last."""
    control = desktop.control
    first = desktop.wait_for_views("testnit", 3)
    look("started")
    back = first[2]
    control.do("drag %d %d %d %d" % (back.x + 5, back.y + 5, back.x + 305,
                                     back.y + 105))
    control.settle()
    look("dragged")
    control.do("click %d %d" % (first[1].x + 5, first[1].y + 5))
    control.do("key KEY_SCROLLLOCK")
    control.settle()
    look("x-ray")
    return first, desktop.views("testnit")


def main():
    folder = tempfile.mkdtemp(prefix="arm-")
    native, foreign = {}, {}

    def picture(name):
        return os.path.join(folder, name + ".png")

    def check_native():
        with Desktop(SCENARIO) as desktop:
            native["views"] = see(desktop, lambda name: desktop.control.do(
                "screenshot " + picture(name)))
        first, last = native["views"]
        assert [view.title for view in first] == ["Drei", "Zwei", "Eins"], first
        assert [view.title for view in last] == ["Zwei", "Eins", "Drei"], last
        assert (last[1].x, last[1].y) == (first[2].x + 300, first[2].y + 100), last

    def check_build():
        ARM_64.need(LIBRARIES)
        foreign["program"] = arrange(ARM_64.build(folder, *TARGETS), folder)
        with open(foreign["program"]("nitpicker.arm_64"), "rb") as file:
            assert file.read(20)[18:] == b"\xb7\0", "not a program for ARM"

    def check_foreign():
        ARM_64.need(LIBRARIES)
        with Desktop(SCENARIO, program=foreign["program"]) as desktop:
            assert not desktop.processes("nitpicker"), "a native server"
            foreign["views"] = see(desktop, lambda name: desktop.control.compare(
                picture(name), os.path.join(
                    os.environ.get("TEST_DIR", folder), name + ".diff.png")))
        assert str(foreign["views"]) == str(native["views"]), foreign["views"]

    try:
        return tap.run([
            ("natively three views are dragged and clicked", check_native),
            ("init, server, driver and client are made for arm_64", check_build),
            ("they show the same pictures and stop", check_foreign),
        ])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
