#!/usr/bin/env python3
"""libblit alone, installed: a stranger compiles its example against it."""
import os
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
        """Every implementation draws the same."""
        def picture(name):
            return run(self.folder + "/example",
                       env=dict(os.environ, BLIT=name))
        data = picture("generic")
        assert data.startswith(b"P6 320 200 255\n"), data[:20]
        assert len(data) == 15 + 320 * 200 * 3, len(data)
        assert data == picture("")

    def refuse(self):
        done = subprocess.run([self.folder + "/example"], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True,
                              env=dict(os.environ, BLIT="abacus"))
        assert done.returncode == 1 and done.stderr.startswith(
            "BLIT=abacus: no such implementation, there is: "), done.stderr

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
            ("and draws the same with all implementations", installed.draw),
            ("one that isn't there is refused", installed.refuse),
            ("it is short", installed.short),
        ])


if __name__ == "__main__":
    raise SystemExit(main())
