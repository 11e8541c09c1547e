#!/usr/bin/env python3
"""Row 16: CPU time of sdl2_drv and the X server for a refresh of 64x64 pixels,
beside that of a program that does nothing but XShmPutImage, and its server.

Both draw 60 frames a second, in turns.
"""
import common
import xhost

ROUNDS = 20
FRAMES = 30  # of one round, each

SCENARIO = """<config ram_quota="512M">
  <start>
    <filename>sdl2_drv</filename>
    <config width="1280" height="800"/>
  </start>
  <start>
    <filename>bench_refresh</filename>
    <filesystem path="{folder}" writable="yes"/>
    <config control="{folder}/bench"/>
  </start>
</config>
"""


def burst(host, pid, side):
    """CPU nanoseconds of one frame."""
    before = common.cpu(pid, host.server.pid)
    side.ask(FRAMES)
    return (common.cpu(pid, host.server.pid) - before) / FRAMES


def main():
    common.need("nitpicker-desktop", "sdl2_drv", "bench_refresh", "bench_xshm", "Xvfb")
    with xhost.Xhost(1280, 800) as ours, xhost.Xhost(1280, 800) as theirs, \
            common.Desktop(SCENARIO, ours.environment()) as desktop, \
            common.Peer([common.program("bench_xshm")], theirs.environment()) as peer:
        desktop.control.accept()
        peer.line()
        driver = desktop.pid("sdl2_drv")
        with open("/proc/%d/maps" % driver) as maps:
            opengl = sum("libGL" in line or "libLLVM" in line for line in maps)

        def measure():
            samples = [], []
            for _ in range(ROUNDS):
                samples[0].append(burst(ours, driver, desktop.control))
                samples[1].append(burst(theirs, peer.pid, peer))
            return samples

        measure()  # both warm
        value, peer_value, ratio = common.best_run(measure, common.lower_quartile)
    common.emit("16 sdl2_drv and X: CPU of a 64x64 refresh", value / 1000, "us", 1.5,
                1.2, "XShmPutImage", peer_value / 1000, ratio)
    common.emit("16 sdl2_drv: mappings of OpenGL", opengl, "", 0, 0)


if __name__ == "__main__":
    main()
