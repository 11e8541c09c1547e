#!/usr/bin/env python3
"""The desktop on a bare PC: vesa_drv and ps2_drv in QEMU, compared with the same
on virtual_drv. # runs alone"""
import os
import sys

import pc
import tap

DRIVERS = ("\n" + pc.start("vesa_drv", "<width>1024</width><height>768</height>"
                           "<depth>%d</depth>") + "\n" +
           pc.start("ps2_drv", '<pointer acceleration="0"/>'))


def check(depth):
    image = pc.pack("vesa%d" % depth, pc.scenario(DRIVERS % depth))
    format_ = "<format>rgb565</format>" if depth == 16 else ""
    with pc.virtual(format_) as desktop, \
            pc.Pc(image, "nitpicker.fb=vesa", name="vesa%d" % depth) as machine:
        assert "%d bits" % depth in machine.started, machine.started
        assert "five buttons" in machine.started, machine.started
        both = pc.Both(machine, desktop)
        both.story()
        machine.type("scroll_lock")
        desktop.control.do("key KEY_SCROLLLOCK")
        both.compare("xray")
        machine.type("scroll_lock")
        desktop.control.do("key KEY_SCROLLLOCK")
        if depth == 32:
            change(both)


def change(both):
    """Of the mode, while it runs; and its end."""
    def configure(what, to):
        both.pc.ask("sed -i 's,%s,%s,' /run/desktop/desktop.xml" % (what, to))
    configure("<depth>32", "<depth>24")
    both.pc.until("24 bits")
    both.compare("24")
    configure("<depth>24", "<depth>16")
    both.pc.until("16 bits")
    both.desktop.control.do("mode 1024 768 rgb565")
    both.compare("16")
    configure("<depth>16", "<depth>20")
    both.pc.until("<depth> is 16, 24 or 32")
    configure(".*vesa_drv.*", "")
    both.pc.until_text()


def main():
    pc.prepare()
    tests = [("32 bits, then 16: mouse, keyboard, wheel, the same pictures",
              lambda: check(32))]
    if os.environ.get("NITPICKER_SOAK") == "1":
        tests.append(("16 bits from the start", lambda: check(16)))
    return tap.run(tests)


if __name__ == "__main__":
    sys.exit(main())
