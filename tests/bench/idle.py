#!/usr/bin/env python3
"""Row 13: voluntary context switches of all processes of an idle desktop in
ten seconds: backdrop, launchpad and ten testnits, in an SDL2 window where
there is an X server, else on the virtual output.

The watch of the soft limit (a process of its own) and the X server don't
count.
"""
import os
import shutil
import sys
import time

import common
import xhost
from start import private_dirty

TESTNITS = 10
SECONDS = 10
EXPECTED = TESTNITS + 4  # driver, server, backdrop, launchpad

TESTNIT = """  <start name="testnit.{n}">
    <filename>testnit</filename>
  </start>
"""
SCENARIO = """<config ram_quota="1G">
  <start>
    {driver}
  </start>
  <start>
    <filename>nitpicker</filename>
  </start>
  <start>
    <filename>backdrop</filename>
  </start>
  <start>
    <filename>launchpad</filename>
    <ram_quota>256M</ram_quota>
  </start>
{testnits}</config>
"""


def switches(pids):
    """{(pid, thread): voluntary context switches}"""
    found = {}
    for pid in pids:
        for task in os.listdir("/proc/%d/task" % pid):
            with open("/proc/%d/task/%s/status" % (pid, task)) as file:
                for line in file:
                    if line.startswith("voluntary_ctxt_switches"):
                        found[pid, task] = int(line.split()[1])
    return found


def idle(desktop, settled):
    """Counts and prints; the desktop has come to rest when a second passes without any."""
    for _ in range(20):
        names = {pid: name for pid, name in desktop.processes().items()
                 if "watch" not in name}
        before = switches(names)
        time.sleep(1)
        if len(names) > EXPECTED and switches(names) == before and settled():
            break
    else:
        raise RuntimeError("never at rest")
    # Launchpad's clock shows minutes, and is excepted.
    left = 60 - time.time() % 60
    if left < SECONDS + 1:
        time.sleep(left + 2)
    before = switches(names)
    time.sleep(SECONDS)
    after = switches(names)
    for key in sorted(after):
        if after[key] != before.get(key):
            print("%s: %d" % (names[key[0]], after[key] - before.get(key, 0)),
                  file=sys.stderr)
    common.emit("13 idle desktop, context switches of %d processes" % len(names),
                sum(after.values()) - sum(before.values()), "in 10 s", 0, 0)
    common.emit("14 server private memory, with these clients",
                private_dirty(desktop.pid("nitpicker")) / (1 << 20), "MiB", 2, 1)


def main():
    common.need("nitpicker-desktop", "nitpicker", "backdrop", "launchpad", "testnit")
    testnits = "".join(TESTNIT.format(n=n + 1) for n in range(TESTNITS))
    if shutil.which("Xvfb"):
        driver = '<filename>sdl2_drv</filename><config width="1280" height="800"/>'
        scenario = SCENARIO.format(driver=driver, testnits=testnits)
        with xhost.Xhost(1280, 800) as host, \
                common.Desktop(scenario, host.environment()) as desktop:
            idle(desktop, lambda: host.window("Nitpicker"))
    else:
        driver = ('<filename>virtual_drv</filename>'
                  '<config control="{folder}/control"/>')
        scenario = SCENARIO.replace("{driver}", driver).replace("{testnits}", testnits)
        with common.Desktop(scenario) as desktop:
            idle(desktop, lambda: desktop.virtual("settle"))


if __name__ == "__main__":
    main()
