#!/usr/bin/env python3
"""Domains in the config of a running server: all at once, back again."""
import os
import sys

import tap
from desktop import SERVER, Desktop, start

PANEL, COLOR = "panel", "#30c060"
DOMAIN = """<domain name="corner" layer="50" origin="bottom_right"
xpos="-%d" ypos="-%d" color="%s" label="yes" content="tinted" focus="%s"/>
<policy label="panel" domain="corner"/>"""
MALFORMED = '<domain name="corner" layer="top" focus="none"/>'


def scenario(config):
    server = SERVER.replace("</start>", "<config>%s</config></start>" % config)
    return server + start("testnit") + start("testnit", name=PANEL)


def main():
    desktop = Desktop(scenario(""))
    control = desktop.control

    def places(label):
        return {view.title: (view.x, view.y) for view in desktop.views(label)}

    def configure(config, condition):
        desktop.configure(scenario(config))
        desktop.wait(condition)
        control.settle()

    def click(label):
        control.do("click %d %d" % desktop.views(label)[0].center())
        control.settle()

    before = {}

    def check_default():
        """One covers the other."""
        desktop.wait_for_views(desktop.wait(lambda: desktop.views())[0].label, 3)
        desktop.wait(lambda: len(desktop.views()) == 6)
        for label in ("testnit", PANEL):
            before[label] = places(label)
        focused = desktop.views()[0].label
        click(focused)
        assert desktop.focus() == focused
        assert desktop.report("nitpicker/focus").get("domain") == "default"

    def check_corner():
        configure(DOMAIN % (700, 500, COLOR, "none"),
                  lambda: places(PANEL) != before[PANEL])
        shift = (1280 - 700, 800 - 16 - 500)
        for title, (x, y) in before[PANEL].items():
            assert places(PANEL)[title] == (x + shift[0], y + shift[1]), places(PANEL)
        assert places("testnit") == before["testnit"]
        assert desktop.focus() != PANEL
        front = desktop.views()[0]
        assert front.label == PANEL, front
        # the frame of 3 pixels: black, colour, black
        x, y = front.x - 2, front.y + front.h // 2
        assert desktop.pixel(x, y) == COLOR, desktop.pixel(x, y)
        assert desktop.pixel(x - 1, y) == "#000000"
        folder = os.environ.get("TEST_DIR", desktop.folder)
        control.do("screenshot " + os.path.join(folder, "domains.png"))

    def check_focus():
        """A click gives it to one and not to the other."""
        click("testnit")
        assert desktop.focus() == "testnit", desktop.focus()
        click(PANEL)
        assert desktop.focus() == "testnit", desktop.focus()
        assert desktop.views()[0].label == PANEL, desktop.views()

    def check_transient():
        configure(DOMAIN % (710, 500, COLOR, "transient"),
                  lambda: places(PANEL)["Eins"][0] == before[PANEL]["Eins"][0] + 570)
        x, y = desktop.views(PANEL)[0].center()
        control.do("move %d %d" % (x, y))
        control.do("press BTN_LEFT")
        desktop.wait(lambda: desktop.focus() == PANEL)
        assert desktop.report("nitpicker/focus").get("domain") == "corner"
        control.do("release BTN_LEFT")
        desktop.wait(lambda: desktop.focus() == "testnit")

    def check_malformed():
        configure(MALFORMED + '<policy label="panel" domain="corner"/>',
                  lambda: places(PANEL) == before[PANEL])
        desktop.wait(lambda: desktop.log_lines('<domain>: layer="top" is not a number'))
        click(desktop.views()[0].label)  # still the panel
        assert desktop.focus() == "testnit", desktop.focus()

    def check_back():
        configure("", lambda: places(PANEL) == before[PANEL])
        def is_focused():
            click(PANEL)
            return desktop.focus() == PANEL
        desktop.wait(is_focused)

    def check_reports():
        """Hover and pointer only where they are asked for."""
        def report(name):
            root = desktop.report("nitpicker/" + name)
            return None if root is None else dict(root.items())
        assert report("clicked")["label"] == PANEL, report("clicked")
        assert report("hover") is None and report("pointer") is None
        configure('<report hover="yes" pointer="yes"/>', lambda: report("hover"))
        control.do("move 5 700")
        desktop.wait(lambda: report("pointer") == {"x": "5", "y": "700"})
        desktop.wait(lambda: report("hover")["label"] == "")
        x, y = desktop.views(PANEL)[0].center()
        control.do("move %d %d" % (x, y))
        desktop.wait(lambda: report("hover") == {"label": PANEL, "domain": "default"})
        control.do("press KEY_A")
        control.do("press KEY_B")
        desktop.wait(lambda: report("keystate") == {"count": "2"})
        control.do("release KEY_A")
        control.do("release KEY_B")
        desktop.wait(lambda: report("keystate") == {"count": "0"})
        count = int(report("clicked")["count"])
        control.do("click 5 700")
        desktop.wait(lambda: report("clicked") == {
            "label": "", "domain": "", "count": str(count + 1)})

    code = tap.run([
        ("the default domain", check_default),
        ("a corner, a layer, a frame, a tint", check_corner),
        ("no focus for it", check_focus),
        ("focus while a button is held", check_transient),
        ("what is malformed is told, the rest works", check_malformed),
        ("all as before", check_back),
        ("reports of clicks, hovering, pointer and keys", check_reports),
        ("nothing is left", desktop.stop),
    ])
    if code:
        desktop.fail()
    return code


if __name__ == "__main__":
    sys.exit(main())
