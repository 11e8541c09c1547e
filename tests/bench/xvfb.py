#!/usr/bin/env python3
"""X programs on the desktop: drawing, beside the same on Xvfb alone; CPU time
for what changes, beside Xephyr; from the key to the pixel, beside Xvfb alone.
"""
import os
import re
import select
import shutil
import statistics
import struct
import subprocess
import tempfile

import common
import xdesktop
import xhost
import xprotocol

ROUNDS = 3
SERVERS, TURNS = 8, 4  # of each kind, one after the other; with each of them
FRAMES, RATE, SIDE = 240, 60, 500
KEYS, BLOCKS = 20, 10
LINES = 10000
ROWS, SCROLLS = 20, 100
PEER = "Xvfb alone"
XPROTOCOL = os.path.join(common.TOP, "tests", "end_to_end", "xprotocol.py")
RESOURCE_MANAGER, STRING = 23, 31
SUBSTRUCTURE, MANUAL = 1 << 19 | 1 << 20, 1
CREATE_NOTIFY, MAP_REQUEST, CONFIGURE_REQUEST = 16, 20, 23
# As rates at least 90 % of the peer's.
SLOWER = 1 / 0.9

LATENCY = """<config ram_quota="1G">
  <start>
    <filename>sdl2_drv</filename>
    <config width="1024" height="768"/>
  </start>
  <start>
    <filename>nitpicker</filename>
  </start>
  <start>
    <filename>xvfb_glue</filename>
    <ram_quota>256M</ram_quota>
    <config><command>xterm +bc -geometry 80x24+100+100</command></config>
  </start>
</config>
"""

# Fills a window at a steady pace: what it does takes no time of its own.
LOAD = """
import sys, time
sys.path.insert(0, sys.argv[1])
import os, xprotocol
x = xprotocol.connect(os.environ["DISPLAY"], os.environ.get("XAUTHORITY"))
window = x.window(100, 100, %d, %d, title="Load")
gc = x.gc(window)
x.event(xprotocol.EXPOSE, window=window)
print("ready", flush=True)
for i in range(%d):
    x.fill(window, gc, i * 12345 & 0xffffff, (0, 0, %d, %d))
    x.sync()
    time.sleep(1 / %d)
print("done", flush=True)
time.sleep(60)
""" % (SIDE, SIDE, FRAMES, SIDE, SIDE, RATE)

# Scrolls by 1 to ROWS rows, and prints how long one of these takes, in us.
# x11perf scrolls by 13 rows only. How far apart source and destination lie
# decides which of their bytes a processor takes for the same, so each distance
# has lengths of rows that it is fast with: a window's own, or the screen's.
SCROLL = """
import struct, sys, time
sys.path.insert(0, sys.argv[1])
import os, xprotocol
x = xprotocol.connect(os.environ["DISPLAY"], os.environ.get("XAUTHORITY"))
window = x.window(2, 2, 600, 600, title="Scroll")
gc = x.gc(window)
x.send(56, 0, struct.pack("<III", gc, 1 << 16, 0))  # no graphics exposures
x.event(xprotocol.EXPOSE, window=window)
block = b"".join(struct.pack("<BBHIIIhhhhHH", 62, 0, 7, window, window, gc,
                             0, i + 1, 0, 0, %(side)d, %(side)d)
                 for i in range(%(rows)d))
x.sync()
start = time.monotonic()
for i in range(%(blocks)d):
    x.socket.sendall(block)
    x.serial = x.serial + %(rows)d & 0xffff
    if i %% 10 == 9:
        x.sync()
x.sync()
print((time.monotonic() - start) * 1e6 / (%(blocks)d * %(rows)d))
""" % {"rows": ROWS, "blocks": SCROLLS, "side": SIDE}

TERMINAL = ("xterm +bc -geometry 80x24 -e sh -c 's=$(date +%%s%%N); seq %d; "
            "echo $(($(date +%%s%%N) - s)) > %s; mv %s %s.done'")


class Xvfb(xhost.Xhost):
    """Without a file for its screen, whose writing would take time."""

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="xvfb_bench.")
        self.log = open(os.path.join(self.folder, "log"), "w")
        read, write = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", "%dx%dx24" % self.size,
             "-nolisten", "tcp", "-noreset", "-nocursor"],
            pass_fds=[write], stdout=self.log, stderr=self.log)
        os.close(write)
        with os.fdopen(read) as number:
            self.display = ":" + number.readline().strip()
        return self


class Bare:
    """Programs on an Xvfb of their own, with the same resources (fonts) as they
    have on the desktop."""

    def __init__(self, host, desktop):
        self.host = host
        self.client = xprotocol.connect(host.display)
        _, _, text = desktop.client.property(desktop.client.root, RESOURCE_MANAGER)
        assert text
        self.client.change(self.client.root, RESOURCE_MANAGER, STRING, 8, text)
        self.client.sync()

    def output(self, command):
        return subprocess.run(["sh", "-c", command], check=True,
                              env=self.host.environment(),
                              stdout=subprocess.PIPE).stdout

    def path(self, name):
        return os.path.join(self.host.folder, name)


class Redirected(Bare):
    """There windows have pixels of their own, of whose damage somebody wants to
    know: what it costs to see them at all, without anybody who does."""

    def __init__(self, host, desktop):
        super().__init__(host, desktop)
        x = self.client
        self.composite, self.damage = (x.extension(name)[0] for name in
                                       ("Composite", "DAMAGE"))
        x.ask(self.composite, 0, struct.pack("<II", 0, 4))
        x.ask(self.damage, 0, struct.pack("<II", 1, 1))
        x.send(2, 0, struct.pack("<III", x.root, 1 << 11, SUBSTRUCTURE))
        x.send(self.composite, 2, struct.pack("<IBxxx", x.root, MANUAL))
        x.sync()

    def output(self, command):
        """Windows are mapped, and damage is asked for, as they come."""
        x = self.client
        program = subprocess.Popen(["sh", "-c", command],
                                   env=self.host.environment(),
                                   stdout=subprocess.PIPE)
        out = b""
        while True:
            ready, _, _ = select.select([x.socket, program.stdout], [], [])
            if x.socket in ready:
                self.manage()
            if program.stdout in ready:
                more = os.read(program.stdout.fileno(), 65536)
                out += more
                if not more:
                    assert program.wait() == 0
                    return out

    def manage(self):
        x = self.client
        while event := x.wait(lambda _: True, 0):
            window = event.data[8:12]
            if event.type == MAP_REQUEST:
                x.send(8, 0, window)
            elif event.type == CONFIGURE_REQUEST:
                # xterm waits for an answer.
                w, h = struct.unpack_from("<HH", event.data, 20)
                x.send(12, 0, window + struct.pack("<HxxII", 4 | 8, w, h))
            elif event.type == CREATE_NOTIFY:
                x.send(self.damage, 1, struct.pack("<I4sBxxx", x.id(), window, 3))


def perf(test, count):
    """Measures microseconds of one operation."""
    def measure(place):
        text = place.output("x11perf -repeat 1 -reps %d -%s" % (count, test)).decode()
        return 1000 * float(re.search(r"reps @ +([0-9.]+) msec", text).group(1))
    return measure


def scroll(place):
    """Milliseconds that a terminal takes for all lines."""
    path = place.path("took")
    place.output("rm -f %s %s.done; " % (path, path) +
                 TERMINAL % (LINES, path, path, path))
    with open(path + ".done") as file:
        return int(file.read()) / 1e6


def scroll_rows(place):
    """Microseconds of one scroll, of all distances."""
    shutil.copy(XPROTOCOL, place.path("xprotocol.py"))
    with open(place.path("scroll.py"), "w") as file:
        file.write(SCROLL)
    return float(place.output("exec python3 %s %s" % (place.path("scroll.py"),
                                                      place.path(""))))


DRAWING = {
    "putimage500": ("us", perf("putimage500", 500)),
    "scroll500": ("us", perf("scroll500", 4000)),
    "scroll500 by 1 to %d rows" % ROWS: ("us", scroll_rows),
    "lines scrolled by xterm": ("ms", scroll),
}
OURS, BARE, REDIRECTED = range(3)


def draw():
    """{test: [(ours, bare, redirected)]}: on X servers as large as that of
    xvfb_glue, in turns. A server is as fast as the pages of memory that it got
    (scroll500 takes 27 to 45 us in servers alike), so others begin each round."""
    with xdesktop.Xdesktop() as desktop:
        size = desktop.client.width, desktop.client.height
        with Xvfb(*size) as one, Xvfb(*size) as two:
            places = desktop.glue, Bare(one, desktop), Redirected(two, desktop)
            return {test: [[measure(place) for place in places]
                           for _ in range(TURNS)]
                    for test, (_, measure) in DRAWING.items()}


def drawing():
    """Medians, of the ratios those of what was measured next to each other."""
    rounds = [draw() for _ in range(SERVERS)]
    for test, (unit, _) in DRAWING.items():
        turns = [turn for results in rounds for turn in results[test]]
        for peer, name, must, aim in ((BARE, PEER, SLOWER, 1.0),
                                      (REDIRECTED, "Xvfb with Composite and Damage",
                                       None, None)):
            ours, theirs, ratio = (statistics.median(values) for values in zip(
                *((turn[OURS], turn[peer], turn[OURS] / turn[peer])
                  for turn in turns)))
            common.emit("xvfb_glue: " + test, ours, unit, must, aim, name, theirs,
                        ratio)


# ---- CPU time of what changes ----

def finish_load(read, pids):
    """CPU time in milliseconds per megapixel that changed, each process's."""
    assert read().startswith("ready")
    before = [common.cpu(pid) for pid in pids]
    assert "done" in read()
    return [(common.cpu(pid) - start) / (FRAMES * SIDE * SIDE)
            for pid, start in zip(pids, before)]


def our_cpu():
    """Of xvfb_glue and nitpicker, and of the X server."""
    with xdesktop.Xdesktop() as desktop:
        folder = desktop.glue.folder
        shutil.copy(XPROTOCOL, folder)
        with open(os.path.join(folder, "load.py"), "w") as file:
            file.write(LOAD)
        pids = [desktop.processes(name)[0].pid
                for name in ("xvfb_glue", "nitpicker", "Xvfb")]
        with desktop.run("exec python3 %s/load.py %s" % (folder, folder)) as load:
            lines = (line for line in load.makefile("r") if line.strip())
            glue, server, xvfb = finish_load(lambda: next(lines), pids)
    return glue + server, xvfb


def xephyr_cpu():
    """Of Xephyr, which is the X server, too, and of the one it shows it on."""
    with Xvfb(1280, 800) as host:
        read, write = os.pipe()
        xephyr = subprocess.Popen(
            ["Xephyr", "-displayfd", str(write), "-screen", "1024x700", "-ac",
             "-nolisten", "tcp"], pass_fds=[write], env=host.environment(),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as number:
            display = ":" + number.readline().strip()
        load = subprocess.Popen(
            ["python3", "-c", LOAD, os.path.join(common.TOP, "tests", "end_to_end")],
            env=dict(host.environment(), DISPLAY=display), stdout=subprocess.PIPE,
            text=True)
        try:
            return sum(finish_load(load.stdout.readline,
                                   [xephyr.pid, host.server.pid]))
        finally:
            for process in (load, xephyr):
                process.kill()
                process.wait()


def cost():
    rounds = []
    for _ in range(ROUNDS):
        (ours, xvfb), peer = our_cpu(), xephyr_cpu()
        rounds.append((ours / peer, ours, xvfb, peer))
    ratio, ours, xvfb, peer = min(rounds)
    common.emit("xvfb_glue and nitpicker: CPU for a megapixel", ours, "ms", 1.0,
                0.7, "Xephyr and its Xvfb", peer, ratio)
    common.emit("the same with the X server", ours + xvfb, "ms", None, 1.0,
                "Xephyr and its Xvfb", peer, (ours + xvfb) / peer)


# ---- from the key to the pixel ----

def keys(host):
    done = subprocess.run([common.program("bench_keylat"), str(KEYS)], check=True,
                          env=host.environment(), stdout=subprocess.PIPE, text=True)
    return [int(line) / 1e6 for line in done.stdout.split()]


def latency():
    """Both on an Xvfb each: xterm there, and xterm in xvfb_glue in a desktop
    in a window there."""
    import xclient
    with Xvfb(1280, 800) as ours, Xvfb(1280, 800) as theirs:
        peer = subprocess.Popen(["xterm", "+bc", "-title", "Peer", "-geometry",
                                 "80x24"],
                                env=theirs.environment())
        screen = xclient.Xclient(ours.display)
        with common.Desktop(LATENCY, ours.environment()):
            ours.window("Nitpicker")
            theirs.window("Peer")
            screen.changed(20)
            while not screen.settle(1.0, 20):
                pass
            ours.xdotool("mousemove", 300, 300, "click", 1)
            screen.settle()
            rounds = []
            for _ in range(ROUNDS):
                mine, others = [], []
                for _ in range(BLOCKS):
                    mine += keys(ours)
                    others += keys(theirs)
                mine, others = statistics.median(mine), statistics.median(others)
                rounds.append((mine - others, mine, others))
        peer.kill()
        peer.wait()
    more, mine, others = min(rounds)
    common.emit("xvfb_glue: from the key to the pixel, beyond Xvfb alone", more, "ms",
                2.0, 1.0, PEER, others, mine / others)


def main():
    common.need("nitpicker-desktop", "xvfb_glue", "virtual_drv", "sdl2_drv",
                "bench_keylat", "Xvfb", "Xephyr", "x11perf", "xterm", "xdotool")
    drawing()
    cost()
    latency()


if __name__ == "__main__":
    main()
