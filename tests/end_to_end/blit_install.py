#!/usr/bin/env python3
"""libblit alone, installed: a stranger compiles its example against it."""
import os
import platform
import shutil
import subprocess
import tempfile

import tap

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD_DIR = os.environ.get("BUILD_DIR", os.path.join(TOP, "build"))


def run(*command, **options):
    """What a command prints; a failure is an exception with all of it."""
    done = subprocess.run(command, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, **options)
    assert done.returncode == 0, (command, done.stderr.decode())
    return done.stdout


def sanitizers():
    """The build may be one with sanitizers; what links it is one then, too."""
    for line in open(BUILD_DIR + "/etc/build.conf"):
        if line.startswith("SANITIZE") and line.split("=")[1].strip():
            yield "-fsanitize=" + line.split("=")[1].strip()


class Installed:
    def __init__(self, folder):
        self.folder = folder
        self.prefix = folder + "/usr"
        self.environment = dict(
            os.environ, DESTDIR=folder, PKG_CONFIG_SYSROOT_DIR=folder,
            PKG_CONFIG_PATH=self.prefix + "/lib/pkgconfig")

    def install(self):
        run(TOP + "/.build/install", BUILD_DIR, "/usr", env=self.environment)
        assert os.listdir(self.prefix + "/include/blit") == ["blit.h"], \
            os.listdir(self.prefix + "/include/blit")

    def compile(self):
        flags = run("pkg-config", "--cflags", "--libs", "blit",
                    env=self.environment).decode().split()
        run("cc", "-std=c11", "-Wall", "-Wextra", "-Werror", *sanitizers(),
            TOP + "/blit/example.c", "-o", "example", *flags, cwd=self.folder)

    def draw(self):
        """The fastest and the reference draw the same."""
        data = self.example("generic").stdout
        assert data.startswith(b"P6 320 200 255\n"), data[:20]
        assert len(data) == 15 + 320 * 200 * 3, len(data)
        assert data == self.example("").stdout

    def example(self, name, start=()):
        """With BLIT=name, started by the words of `start`."""
        return subprocess.run([*start, self.folder + "/example"],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              env=dict(os.environ, BLIT=name))

    def refuse(self):
        for name in ("abacus", "AVX2", "generic "):
            done = self.example(name)
            lines = done.stderr.decode().splitlines()
            assert done.returncode == 1 and not done.stdout, done
            assert len(lines) == 1 and lines[0].startswith(
                "BLIT=%s: no such implementation, there is: " % name), lines

    def lack(self):
        """A processor of 2003: nothing of AVX is refused by its name, and
        without one what runs is chosen."""
        if platform.machine() != "x86_64":
            raise tap.Skip("needs a 64 bit PC")
        if list(sanitizers()):
            raise tap.Skip("qemu doesn't run sanitizers")
        if not shutil.which("qemu-x86_64"):
            raise tap.Skip("package qemu-user is missing")
        old = ["qemu-x86_64", "-cpu", "qemu64"]
        for name in ("avx2", "avx512"):
            done = self.example(name, old)
            assert done.returncode == 1 and not done.stdout, done
            assert done.stderr.decode() == (
                "BLIT=%s: this machine lacks it, there is: sse2 generic mmx\n"
                % name), done.stderr
        for name, drawn in (("", b"sse2"), ("mmx", b"mmx")):
            done = self.example(name, old)
            assert done.returncode == 0, done
            assert done.stderr == b"drawn with %s\n" % drawn, done.stderr
            assert done.stdout == self.example("generic").stdout

    def short(self):
        """The example is one that is read."""
        lines = open(TOP + "/blit/example.c").read().split("int main")[1]
        assert len(lines.splitlines()) <= 30


def main():
    tap.need(("cc", "gcc"), ("pkg-config", "pkg-config"))
    with tempfile.TemporaryDirectory(prefix="blit-") as folder:
        installed = Installed(folder)
        return tap.run([
            ("one header is installed", installed.install),
            ("the example compiles", installed.compile),
            ("and draws the same with the fastest as with the reference", installed.draw),
            ("an unknown one is refused", installed.refuse),
            ("one that the machine lacks is refused", installed.lack),
            ("it is short", installed.short),
        ])


if __name__ == "__main__":
    raise SystemExit(main())
