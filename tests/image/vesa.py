#!/usr/bin/env python3
"""The desktop on a bare PC: vesa_drv and ps2_drv in QEMU, compared with the same
on virtual_drv. # runs alone"""
import pc
import tap

DRIVERS = (pc.start("vesa_drv", "<width>1024</width><height>768</height>"
                    "<depth>%d</depth>") +
           pc.start("ps2_drv", '<pointer acceleration="0"/>'))


def story(both):
    """Start testnit by the mouse, turn X-ray on and off by the keyboard."""
    both.compare("start")
    both.click_widget("link", "testnit")
    both.desktop.wait_for_views("launchpad -> testnit", 3)
    both.move(1000, 740)
    both.compare("testnit")
    both.pc.type("scroll_lock")
    both.desktop.control.do("key KEY_SCROLLLOCK")
    both.compare("xray")
    both.pc.type("scroll_lock")
    both.desktop.control.do("key KEY_SCROLLLOCK")
    both.compare("testnit")


def check(depth):
    image = pc.pack("vesa%d" % depth, pc.scenario(DRIVERS % depth))
    format_ = "<format>rgb565</format>" if depth == 16 else ""
    with pc.virtual(format_) as desktop, \
            pc.Pc(image, "nitpicker.fb=vesa", name="vesa%d" % depth) as machine:
        assert "%d bits" % depth in machine.started, machine.started
        assert "five buttons" in machine.started, machine.started
        story(pc.Both(machine, desktop))


pc.prepare()
tap.run([
    ("1024x768 with 32 bits: mouse, keyboard, the same pictures", lambda: check(32)),
    ("with 16 bits", lambda: check(16)),
])
