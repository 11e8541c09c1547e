#!/usr/bin/env python3
"""The installed suite: a stranger compiles the example against it."""
import os
import shutil
import subprocess
import sys
import tempfile

from checks import Checks

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD_DIR = os.environ.get("BUILD_DIR", os.path.join(TOP, "build"))
HELLO = os.path.join(TOP, "nitpicker/example/hello.c")
GREETER = os.path.join(TOP, "scout/example/greeter.c")
LINES = 60  # the smallest useful client is no longer


def run(*command, **options):
    """Runs a command, returns its exit code and what it printed."""
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True,
                          stderr=subprocess.STDOUT, **options)
    return done.returncode, done.stdout


def install(checks, folder):
    """Installs below `folder`, twice as it must not mind, returns the prefix."""
    for _ in range(2):
        status, output = run(TOP + "/.build/install", BUILD_DIR, "/usr",
                             env=dict(os.environ, DESTDIR=folder))
    checks.check(status == 0, "install to DESTDIR, again", output)
    return folder + "/usr"


def programs(checks, prefix):
    rooms = sorted(os.listdir(prefix + "/lib/nitpicker"))
    links = sorted(os.listdir(prefix + "/bin"))
    programs = [name for name in rooms if not name.endswith(".xml")]
    checks.check("nitpicker" in programs, "programs", rooms)
    checks.check(links == [name for name in programs if name != "init"],
                 "each has a link but init", links)
    checks.check(not [name for name in programs
                   if name.startswith(("unit_", "fuzz_", "bench_"))],
                 "tests stay at home", programs)
    broken = [name for name in links if not os.path.exists(prefix + "/bin/" + name)]
    checks.check(not broken, "no link is broken", broken)
    failed = [name for name in links
                 if run(prefix + "/bin/" + name, "--version", timeout=60,
                     stdin=subprocess.DEVNULL)[0] != 0]
    checks.check(not failed, "each program tells its --version", failed)
    pages = os.listdir(prefix + "/share/man/man1")
    lacking = [name for name in links if name + ".1" not in pages]
    checks.check(not lacking, "each program has a manual page", lacking)


def library(checks, folder, prefix):
    """Compiles the example as a stranger would, away from the source tree."""
    env = dict(os.environ, PKG_CONFIG_SYSROOT_DIR=folder,
               PKG_CONFIG_PATH=prefix + "/lib/pkgconfig")
    shutil.copy(HELLO, folder)
    status, flags = run("pkg-config", "--cflags", "--libs", "nitpicker", "blit",
                        env=env)
    checks.check(status == 0, "pkg-config knows the libraries", flags)
    compiler = ["cc", "-std=gnu17", "-Wall", "-Wextra", "-Werror"]
    # The build may be one with sanitizers; what links it is one then, too.
    for line in open(BUILD_DIR + "/etc/build.conf"):
        if line.startswith("SANITIZE") and line.split("=")[1].strip():
            compiler.append("-fsanitize=" + line.split("=")[1].strip())
    status, output = run(*compiler, "hello.c", "-o", "hello", *flags.split(),
                         cwd=folder)
    checks.check(status == 0, "hello.c compiles against what is installed", output)
    status, output = run(folder + "/hello", "--version", timeout=60)
    checks.check(status == 0, "and runs", output)
    for header in headers(prefix):
        status, output = run("cc", "-std=gnu17", "-fsyntax-only", "-x", "c",
                             "-D_GNU_SOURCE=", *flags.split(), "-include", header,
                             "/dev/null")
        if status:
            break
    checks.check(status == 0, "each header can be included alone", output)
    lines = len(open(HELLO).readlines())
    checks.check(lines <= LINES, "hello.c has %d lines" % lines)


def scout(checks, folder, prefix):
    """The same with the example of libscout."""
    env = dict(os.environ, PKG_CONFIG_SYSROOT_DIR=folder,
               PKG_CONFIG_PATH=prefix + "/lib/pkgconfig:" +
               os.environ.get("PKG_CONFIG_PATH", ""))
    if not os.path.exists(prefix + "/lib/pkgconfig/scout.pc"):
        checks.skip("libscout", "was not built")
        return
    shutil.copy(GREETER, folder)
    status, flags = run("pkg-config", "--cflags", "--libs", "--static", "scout",
                        env=env)
    checks.check(status == 0, "pkg-config knows libscout", flags)
    # The sysroot is for what was installed here only.
    flags = flags.replace("-I" + folder + "/usr/include/freetype2",
                          "-I/usr/include/freetype2")
    sanitize = []
    for line in open(BUILD_DIR + "/etc/build.conf"):
        if line.startswith("SANITIZE") and line.split("=")[1].strip():
            sanitize = ["-fsanitize=" + line.split("=")[1].strip()]
    status, output = run("cc", "-std=gnu17", "-Wall", "-Wextra", "-Werror", *sanitize,
                         "greeter.c", "-o", "greeter", *flags.split(), cwd=folder)
    checks.check(status == 0, "greeter.c compiles against what is installed", output)
    status, output = run(folder + "/greeter", "--version", timeout=60)
    checks.check(status == 0, "and runs", output)
    lines = len(open(GREETER).readlines())
    checks.check(lines <= LINES, "greeter.c has %d lines" % lines)


def headers(prefix):
    """Names of the headers of libnitpicker, as a program includes them."""
    for room in ("base", "session"):
        for name in os.listdir(prefix + "/include/nitpicker/" + room):
            yield room + "/" + name


def main():
    checks = Checks()
    if not shutil.which("pkg-config"):
        print("1..0 # SKIP needs pkg-config")
        return
    with tempfile.TemporaryDirectory(prefix="nitpicker-install-") as folder:
        prefix = install(checks, folder)
        programs(checks, prefix)
        library(checks, folder, prefix)
        scout(checks, folder, prefix)
    checks.end()


main()
