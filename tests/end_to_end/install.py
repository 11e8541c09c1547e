#!/usr/bin/env python3
"""The installed suite: a stranger compiles the example against it."""
import os
import shutil
import subprocess
import sys
import tempfile

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD_DIR = os.environ.get("BUILD_DIR", os.path.join(TOP, "build"))
HELLO = os.path.join(TOP, "nitpicker/example/hello.c")
LINES = 60  # the smallest useful client is no longer


class Tap:
    """Counts checks and prints them."""

    def __init__(self):
        self.count = self.failed = 0

    def check(self, good, what, detail=""):
        self.count += 1
        self.failed += not good
        print("%sok %d - %s" % ("" if good else "not ", self.count, what), flush=True)
        if not good:
            print(detail, file=sys.stderr)

    def end(self):
        print("1..%d" % self.count)
        sys.exit(self.failed > 0)


def run(*command, **options):
    """Runs a command, returns its exit code and what it printed."""
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True,
                          stderr=subprocess.STDOUT, **options)
    return done.returncode, done.stdout


def install(tap, folder):
    """Installs below `folder`, twice as it must not mind, returns the prefix."""
    for _ in range(2):
        status, output = run(TOP + "/.build/install", BUILD_DIR, "/usr",
                             env=dict(os.environ, DESTDIR=folder))
    tap.check(status == 0, "install to DESTDIR, again", output)
    return folder + "/usr"


def programs(tap, prefix):
    rooms = sorted(os.listdir(prefix + "/lib/nitpicker"))
    links = sorted(os.listdir(prefix + "/bin"))
    programs = [name for name in rooms if not name.endswith(".xml")]
    tap.check("nitpicker" in programs, "programs", rooms)
    tap.check(links == [name for name in programs if name != "init"],
              "each has a link but init", links)
    tap.check(not [name for name in programs
                   if name.startswith(("unit_", "fuzz_", "bench_"))],
              "tests stay at home", programs)
    broken = [name for name in links if not os.path.exists(prefix + "/bin/" + name)]
    tap.check(not broken, "no link is broken", broken)
    failed = [name for name in links
              if run(prefix + "/bin/" + name, "--version", timeout=20,
                     stdin=subprocess.DEVNULL)[0] != 0]
    tap.check(not failed, "each program tells its --version", failed)
    pages = os.listdir(prefix + "/share/man/man1")
    lacking = [name for name in links if name + ".1" not in pages]
    tap.check(not lacking, "each program has a manual page", lacking)


def library(tap, folder, prefix):
    """Compiles the example as a stranger would, away from the source tree."""
    env = dict(os.environ, PKG_CONFIG_SYSROOT_DIR=folder,
               PKG_CONFIG_PATH=prefix + "/lib/pkgconfig")
    shutil.copy(HELLO, folder)
    status, flags = run("pkg-config", "--cflags", "--libs", "nitpicker", "blit",
                        env=env)
    tap.check(status == 0, "pkg-config knows the libraries", flags)
    compiler = ["cc", "-std=gnu17", "-Wall", "-Wextra", "-Werror"]
    # The build may be one with sanitizers; what links it is one then, too.
    for line in open(BUILD_DIR + "/etc/build.conf"):
        if line.startswith("SANITIZE") and line.split("=")[1].strip():
            compiler.append("-fsanitize=" + line.split("=")[1].strip())
    status, output = run(*compiler, "hello.c", "-o", "hello", *flags.split(),
                         cwd=folder)
    tap.check(status == 0, "hello.c compiles against what is installed", output)
    status, output = run(folder + "/hello", "--version", timeout=20)
    tap.check(status == 0, "and runs", output)
    for header in headers(prefix):
        status, output = run("cc", "-std=gnu17", "-fsyntax-only", "-x", "c",
                             "-D_GNU_SOURCE=", *flags.split(), "-include", header,
                             "/dev/null")
        if status:
            break
    tap.check(status == 0, "each header can be included alone", output)
    lines = len(open(HELLO).readlines())
    tap.check(lines <= LINES, "hello.c has %d lines" % lines)


def headers(prefix):
    """Names of the headers of libnitpicker, as a program includes them."""
    for room in ("base", "session"):
        for name in os.listdir(prefix + "/include/nitpicker/" + room):
            yield room + "/" + name


def main():
    tap = Tap()
    if not shutil.which("pkg-config"):
        print("1..0 # SKIP needs pkg-config")
        return
    with tempfile.TemporaryDirectory(prefix="nitpicker-install-") as folder:
        prefix = install(tap, folder)
        programs(tap, prefix)
        library(tap, folder, prefix)
    tap.end()


main()
