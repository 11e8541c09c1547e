#!/usr/bin/env python3
"""Rows 18 to 20: the console's key echo beside xterm, its throughput beside foot
and st, its core's instructions a byte; and a repaint of 200 by 60 cells."""
import os
import pwd
import re
import shutil
import statistics
import subprocess
import tempfile

import common
import xclient
import xhost
from desktop import Desktop, start, wait_for_file
from key import BLOCKS, keys

KINDS = ("plain", "colour", "full-screen")
CORE_BYTES = 1000000
PICTURES = 300
DRAIN_LIMIT = 120  # seconds


# ---- row 20 ----

def instructions(*words):
    done = subprocess.run(
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null",
         common.program("bench_console"), *words], check=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    return (int(re.search(r"Collected : (\d+)", done.stderr).group(1)),
            int(done.stdout))


def core():
    for kind, must, aim in zip(KINDS, (40, 60, 80), (15, 25, 35)):
        made, _ = instructions("make", kind, str(CORE_BYTES))
        eaten, count = instructions("core", kind, str(CORE_BYTES))
        common.emit("20 terminal core, %s" % kind, (eaten - made) / count,
                    "instructions/byte", must, aim)


# ---- row 19 ----

def drained(path):
    """{kind: [nanoseconds a byte]} of a drain's file."""
    found = {}
    with open(path) as file:
        for line in file:
            kind, ns, count = line.split()
            found.setdefault(kind, []).append(int(ns) / int(count))
    return {kind: min(times) for kind, times in found.items()}


def console(shell, folder):
    """A scenario of a console that may write in the folder."""
    os.chmod(folder, 0o777)
    return start("console", shell).replace("64M", "256M").replace(
        "<config>", '<filesystem path="%s" writable="yes"/><config>' % folder, 1)


def drain_console(folder):
    path = os.path.join(folder, "console")
    shell = ("<command>/bin/sh</command><arg>-c</arg><arg>%s drain %s.part %s; "
             "mv %s.part %s; read x</arg>") % (
        common.program("bench_console"), path, " ".join(KINDS), path, path)
    with Desktop(console(shell, folder)) as desktop:
        desktop.control.do("mode 800 540")
        wait_for_file(path, DRAIN_LIMIT)
    return drained(path)


def drain_st(folder, host):
    path = os.path.join(folder, "st")
    subprocess.run(["st", "-g", "100x30", "-e", common.program("bench_console"),
                    "drain", path, *KINDS], env=host.environment(), check=True,
                   stderr=subprocess.DEVNULL, timeout=DRAIN_LIMIT)
    return drained(path)


def drain_foot(folder):
    """Under sway without a screen, which refuses to run as root."""
    place = tempfile.mkdtemp(prefix="foot.", dir=folder)
    path = os.path.join(place, "foot")
    config = os.path.join(place, "config")
    with open(config, "w") as file:
        file.write("output * resolution 1280x800\n"
                   "exec foot -W 100x30 sh -c '%s drain %s.part %s; mv %s.part %s'\n"
                   % (common.program("bench_console"), path, " ".join(KINDS), path,
                      path))
    command = ["sway", "-c", config]
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        for name in (place, config):
            os.chown(name, nobody.pw_uid, nobody.pw_gid)
        command = ["setpriv", "--reuid", "nobody", "--regid", str(nobody.pw_gid),
                   "--clear-groups", *command]
    env = dict(os.environ, XDG_RUNTIME_DIR=place, HOME=place,
               WLR_BACKENDS="headless", WLR_RENDERER="pixman",
               WLR_LIBINPUT_NO_DEVICES="1", SHELL="/bin/sh")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        env.pop(name, None)
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    try:
        wait_for_file(path, DRAIN_LIMIT, lambda: process.poll() is None)
        return drained(path)
    finally:
        process.terminate()
        process.wait()


def throughput(host):
    with tempfile.TemporaryDirectory() as folder:
        runs = []
        for _ in range(common.RUNS):
            ours = drain_console(folder)
            st = drain_st(folder, host) if shutil.which("st") else None
            foot = drain_foot(folder) if shutil.which("sway") and \
                shutil.which("foot") else None
            runs.append((ours, foot, st))
            for name in os.listdir(folder):
                if os.path.isfile(os.path.join(folder, name)):
                    os.unlink(os.path.join(folder, name))
    for kind in KINDS:
        for peer, column, must, aim in (("foot", 1, 1 / 0.6, 1.0),
                                        ("st", 2, 1 / 1.5, 1 / 2.5)):
            if runs[0][column] is None:
                continue
            ours, theirs = min(((run[0][kind], run[column][kind]) for run in runs),
                               key=lambda pair: pair[0] / pair[1])
            common.emit("19 %s, time beside %s" % (kind, peer), ours, "ns/byte",
                        must, aim, peer, theirs, ours / theirs)


# ---- a repaint ----

def repaint():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "done")
        shell = ("<command>/bin/sh</command><arg>-c</arg><arg>read x; %s pictures "
                 "%s %d; read y</arg>") % (common.program("bench_console"), path,
                                           PICTURES)
        with Desktop(console(shell, folder)) as desktop:
            desktop.control.do("mode 1600 1080")
            desktop.control.do("rate 0")
            desktop.control.settle()
            pid = desktop.processes("console")[0].pid
            before = common.cpu(pid)
            frames = int(desktop.control.do("frames").split()[0])
            desktop.control.do("key KEY_ENTER")
            wait_for_file(path, DRAIN_LIMIT)
            desktop.control.settle()
            used = common.cpu(pid) - before
            frames = int(desktop.control.do("frames").split()[0]) - frames
            with open(path) as file:
                assert file.read().split() == ["200", "60"]
    common.emit("200x60 cells repainted, CPU", used / frames / 1e6, "ms", 2, 1)


# ---- row 18 ----

FULL = """<config ram_quota="512M">
  <start><filename>sdl2_drv</filename><config width="1280" height="800"/></start>
  <start><filename>console</filename><ram_quota>64M</ram_quota>
    <config><command>/bin/cat</command></config></start>
</config>
"""

WINDOW = """<config ram_quota="512M">
  <start><filename>sdl2_drv</filename><config width="1280" height="800"/></start>
  <start><filename>nitpicker</filename></start>
  <start><filename>liquid_fb</filename><ram_quota>32M</ram_quota>
    <config><animate>off</animate> <x>20</x> <y>20</y> <width>1000</width> <height>600</height></config>
  </start>
  <start><filename>console</filename><ram_quota>64M</ram_quota>
    <route><any-service><child name="liquid_fb"/></any-service></route>
    <config><command>/bin/cat</command></config></start>
</config>
"""


def p99(samples):
    return statistics.quantiles(samples, n=100)[98]


def emit_echo(name, ours, theirs, must, aim, tail=None):
    """Medians of the best run; with `tail` also what 99 of 100 keep."""
    runs = []
    for _ in range(common.RUNS):
        samples = [], []
        for _ in range(BLOCKS):
            samples[0].extend(keys(ours))
            samples[1].extend(keys(theirs))
        runs.append(samples)

    def emit(name, summary, must, aim):
        value, peer = min(((summary(run[0]), summary(run[1])) for run in runs),
                          key=lambda pair: pair[0] / pair[1])
        common.emit(name, value / 1000, "us", must, aim, "xterm", peer / 1000,
                    value / peer)

    emit(name, statistics.median, must, aim)
    if tail:
        emit(name + ", p99", p99, *tail)


def echo(ours):
    with xhost.Xhost(1280, 800) as theirs:
        xterm = subprocess.Popen(["xterm", "-geometry", "160x50", "-e", "cat"],
                                 env=theirs.environment(),
                                 stderr=subprocess.DEVNULL)
        try:
            theirs.window("cat")
            screen = xclient.Xclient(ours.display)
            with common.Desktop(FULL, ours.environment()):
                ours.window(".")
                screen.settle()
                emit_echo("18 key echo, full screen", ours, theirs, 2, 1.3, (2.5, 2))
            with common.Desktop(WINDOW, ours.environment()):
                ours.window(".")
                screen.settle()
                ours.xdotool("mousemove", 400, 400, "click", 1)
                screen.settle()
                emit_echo("18 key echo, in liquid_fb", ours, theirs, 3, 2)
        finally:
            xterm.terminate()
            xterm.wait()


def main():
    common.need("console", "bench_console", "valgrind", "virtual_drv")
    core()
    repaint()
    if not shutil.which("Xvfb"):
        return
    with xhost.Xhost(1280, 800) as host:
        throughput(host)
        if shutil.which("xterm"):
            echo(host)


if __name__ == "__main__":
    main()
