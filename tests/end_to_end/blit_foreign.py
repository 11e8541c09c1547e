#!/usr/bin/env python3
"""blit on other architectures: built by the cross compilers in build directories
of their own, its exactness test gives the sums of CRCs that are stored in it."""
import os
import re
import subprocess
import sys
import tempfile

import tap
from foreign import ARM_64, X86_32

BUILD_DIR = os.environ.get("BUILD_DIR", "build")
CASES = "20000"  # those with stored sums; qemu takes its time


def sums(command):
    """{operation: sum} of the exactness test, and who was compared."""
    environment = {name: value for name, value in os.environ.items()
                   if name not in ("CK_TAP_LOG_FILE_NAME", "NITPICKER_SOAK")}
    done = subprocess.run(command + ["--cases", CASES], text=True,
                          env=environment, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE)
    assert done.returncode == 0, done.stdout + done.stderr
    found = dict(re.findall(r"^ok \d+ - (\w+) ([0-9a-f]{8})$", done.stdout, re.M))
    assert len(found) >= 14, done.stdout
    return found, re.findall(r"^# (\w+)$", done.stdout, re.M)


def main():
    here, _ = sums([BUILD_DIR + "/bin/unit_blit_exact"])

    def compare(platform, wanted):
        platform.need()
        with tempfile.TemporaryDirectory(prefix="blit-foreign-") as folder:
            build = platform.build(folder, "tests/unit/blit_exact")
            found, names = sums(platform.start + [build + "/bin/unit_blit_exact"])
        assert found == here, (found, here)
        assert set(wanted) <= set(names), names

    return tap.run([
        ("x86_32 gives the same", lambda: compare(X86_32, ["mmx", "sse2"])),
        ("arm_64 gives the same", lambda: compare(ARM_64, ["neon"])),
    ])


if __name__ == "__main__":
    sys.exit(main())
