#!/usr/bin/env python3
"""blit on other architectures: built by the cross compilers in build directories
of their own, its exactness test gives the same sums of CRCs as here."""
import os
import re
import subprocess
import tempfile

import tap

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD_DIR = os.environ.get("BUILD_DIR", os.path.join(TOP, "build"))
CASES = "20000"  # qemu takes its time


# platform, compiler, its package, how its programs are started, and the package
# of that
FOREIGN = (
    ("x86_32", "i686-linux-gnu-gcc", "gcc-i686-linux-gnu",
     ["/usr/i686-linux-gnu/lib/ld-linux.so.2", "--library-path",
      "/usr/i686-linux-gnu/lib"], "libc6-dev-i386-cross"),
    ("arm_64", "aarch64-linux-gnu-gcc", "gcc-aarch64-linux-gnu",
     ["qemu-aarch64", "-L", "/usr/aarch64-linux-gnu"], "qemu-user"),
)


def is_there(program):
    return any(os.access(os.path.join(folder, program), os.X_OK)
               for folder in os.environ.get("PATH", "").split(":"))


def make(*arguments):
    """make as a user calls it, whatever make called this test."""
    environment = {name: value for name, value in os.environ.items()
                   if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS",
                                   "BUILD_DIR", "TOP")}
    done = subprocess.run(("make",) + arguments, cwd=TOP, text=True,
                          env=environment, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    assert done.returncode == 0, done.stdout


def sums(command):
    """{operation: sum} of the exactness test, and who was compared."""
    environment = {name: value for name, value in os.environ.items()
                   if name not in ("CK_TAP_LOG_FILE_NAME", "NITPICKER_SOAK")}
    done = subprocess.run(command + ["--cases", CASES], text=True,
                          env=environment, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE)
    assert done.returncode == 0, done.stdout + done.stderr
    found = dict(re.findall(r"^ok \d+ - (\w+) ([0-9a-f]{8})$", done.stdout, re.M))
    assert found, done.stdout
    return found, re.findall(r"^# (\w+)$", done.stdout, re.M)


def compare(folder, platform, start):
    build = os.path.join(folder, platform)
    make("builddir", "PLATFORM=" + platform, "BUILD_DIR=" + build)
    make("tests/unit/blit_exact", "BUILD_DIR=" + build)
    foreign, names = sums(start + [build + "/bin/unit_blit_exact"])
    here, _ = sums([BUILD_DIR + "/bin/unit_blit_exact"])
    assert foreign == here, (foreign, here)
    wanted = {"x86_32": "mmx", "arm_64": "neon"}[platform]
    assert wanted in names, names


def main():
    tests = []
    with tempfile.TemporaryDirectory(prefix="blit-foreign-") as folder:
        for platform, compiler, package, start, runner in FOREIGN:
            if not is_there(compiler):
                print("# %s: package %s is missing" % (platform, package))
            elif not (is_there(start[0]) or os.access(start[0], os.X_OK)):
                print("# %s: package %s is missing" % (platform, runner))
            else:
                tests.append(("%s gives the same" % platform,
                              lambda p=platform, s=start: compare(folder, p, s)))
        if not tests:
            tap.skip_all("no cross compilers (gcc-i686-linux-gnu, "
                         "gcc-aarch64-linux-gnu, qemu-user)")
        return tap.run(tests)


if __name__ == "__main__":
    raise SystemExit(main())
