"""Programs for other architectures: made in build directories of their own by
cross compilers, and run here."""
import os
import subprocess

import tap

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def is_there(program):
    return any(os.access(os.path.join(folder, program), os.X_OK)
               for folder in os.environ.get("PATH", "").split(":"))


class Platform:
    """One of .build/platforms."""

    def __init__(self, name, start, needs):
        """`start`: the words in front of a program that start it; `needs`:
        {file or program: the package that brings it}."""
        self.name, self.start, self.needs = name, start, needs

    def need(self, more=None):
        """Skips the test, naming the packages that are missing."""
        missing = [package for path, package in dict(self.needs, **more or {}).items()
                   if not (os.path.exists(path) or is_there(path))]
        if missing:
            raise tap.Skip("packages missing: " + " ".join(missing))

    def build(self, folder, *targets):
        """Makes the targets in the folder, once; its programs are in bin/."""
        build = os.path.join(folder, self.name)
        if not os.path.exists(build):
            make("builddir", "PLATFORM=" + self.name, "BUILD_DIR=" + build)
        make("-j%d" % os.cpu_count(), "BUILD_DIR=" + build, *targets)
        return build


X86_32 = Platform(
    "x86_32", ["/usr/i686-linux-gnu/lib/ld-linux.so.2", "--library-path",
               "/usr/i686-linux-gnu/lib"],
    {"i686-linux-gnu-gcc": "gcc-i686-linux-gnu",
     "/usr/i686-linux-gnu/lib/ld-linux.so.2": "libc6-dev-i386-cross"})

# Libraries of the other architecture itself come without a prefix.
ARM_64 = Platform(
    "arm_64", ["qemu-aarch64"] + ([] if os.path.exists("/lib/ld-linux-aarch64.so.1")
                                  else ["-L", "/usr/aarch64-linux-gnu"]),
    {"aarch64-linux-gnu-gcc": "gcc-aarch64-linux-gnu",
     "/usr/aarch64-linux-gnu/lib": "libc6-dev-arm64-cross",
     "qemu-aarch64": "qemu-user"})


def make(*arguments):
    """make as a user calls it, whatever make called this test."""
    environment = {name: value for name, value in os.environ.items()
                   if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS",
                                   "BUILD_DIR", "TOP")}
    done = subprocess.run(("make",) + arguments, cwd=TOP, text=True,
                          env=environment, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    assert done.returncode == 0, done.stdout
