#!/usr/bin/env python3
"""Row 12: pixels that the output was given per pixel of it that changed, with
40 opaque views on top of each other."""
import common

REFRESHES = 200

SCENARIO = """<config ram_quota="512M">
  <start>
    <filename>virtual_drv</filename>
    <config width="1280" height="800" rate="0" control="{folder}/control"/>
  </start>
  <start>
    <filename>nitpicker</filename>
  </start>
  <start>
    <filename>bench_overdraw</filename>
    <filesystem path="{folder}" writable="yes"/>
    <config control="{folder}/bench"/>
  </start>
</config>
"""


def main():
    common.need("nitpicker-desktop", "nitpicker", "virtual_drv", "bench_overdraw")
    with common.Desktop(SCENARIO) as desktop:
        desktop.control.accept()
        desktop.virtual("settle")
        before = int(desktop.virtual("frames").split()[2])
        visible = int(desktop.control.ask(REFRESHES).split()[1])
        desktop.virtual("settle")
        written = int(desktop.virtual("frames").split()[2]) - before
    common.emit("12 pixels written per visible damaged pixel", written / visible, "",
                1.0, 1.0)


if __name__ == "__main__":
    main()
