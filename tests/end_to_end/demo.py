#!/usr/bin/env python3
"""The nested demonstration, demo.xml: a desktop in a window of a desktop in a
window of a desktop."""
import os
import re
import sys

import tap
from desktop import BUILD_DIR, Desktop, program

OUTER, INNER, INMOST = ("nitpicker", "launchpad/nitpicker",
                        "launchpad/launchpad/nitpicker")
FRAME, INNER_FRAME = "launchpad/liquid_fb", "launchpad/launchpad/liquid_fb"


def is_sanitized():
    with open(program("scout"), "rb") as file:
        return b"__asan_init" in file.read()


def scenario():
    path = os.path.join(BUILD_DIR, "share/nitpicker/scenario/demo.xml")
    with open(path) as file:
        text = file.read()
    text = text[text.index("<config>") + 8:text.rindex("</config>")]
    if is_sanitized():  # which takes more memory, also of scout
        text = re.sub(r"<ram_quota>(16|24|32|64)M", "<ram_quota>110M", text)
        text = text.replace("<ram_quota>200M", "<ram_quota>600M")
        text = text.replace("<ram_quota>512M", "<ram_quota>1500M")
        text = text.replace("<filename>scout</filename>",
                            "<filename>scout</filename><ram_quota>110M</ram_quota>")
    return text


class Demo(Desktop):
    def configure(self, scenario):
        super().configure(scenario)
        if is_sanitized():
            with open(self.scenario) as file:
                text = file.read().replace('"1G"', '"3G"')
            with open(self.scenario, "w") as file:
                file.write(text)

    def origin(self, *frames):
        """Of the content of the windows in each other, in output pixels."""
        x = y = 0
        for frame in frames:
            node = self.report(frame + "/framebuffer")
            x += int(node.get("sx"))
            y += int(node.get("sy"))
        return x, y

    def click_in(self, frames, role, name, owner):
        self.wait(lambda: self.widget(role, name, owner))
        self.control.settle()
        widget = self.wait(lambda: self.widget(role, name, owner))
        x, y = self.origin(*frames)
        self.control.do("click %d %d" % (
            x + int(widget.get("sx")) + int(widget.get("w")) // 2,
            y + int(widget.get("sy")) + int(widget.get("h")) // 2))

    def labels(self, server):
        return [node.get("label") for node in self.nodes(server + "/views", "view")
                if node.get("visible") == "yes"]

    def xray(self, server):
        root = self.report(server + "/focus")
        return root is not None and root.get("mode") == "x-ray"

    def tell(self, key, changed, others):
        """The key toggles X-ray at one level and at no other."""
        for on in (True, False):
            self.control.do("key " + key)
            self.wait(lambda: self.xray(changed) == on)
            self.control.settle()
            for other in others:
                assert not self.xray(other), other


desktop = Demo(scenario()) if __name__ == "__main__" else None


def one_after_the_other():
    for name, state in (("liquid_fb", "empty"), ("nitpicker", "shown")):
        desktop.click_widget("link", name)
        desktop.wait(lambda: desktop.report(FRAME + "/framebuffer") is not None
                     and desktop.report(FRAME + "/framebuffer").get("state")
                     == state)
        desktop.control.settle()
    desktop.click_widget("link", "scout")
    desktop.wait(lambda: "scout" in desktop.labels(INNER))
    # there and only there
    assert not [l for l in desktop.labels(OUTER) if "scout" in l]
    desktop.wait(lambda: "scout" in [node.get("label") for node in
                                     desktop.nodes(INNER + "/sessions", "session")])


def an_inner_window_is_used():
    owner = "launchpad/scout"
    desktop.click_in([FRAME], "button", "help", owner)
    desktop.wait(lambda: desktop.widget("titlebar", "Using Scout", owner)
                 is not None)
    desktop.wait(lambda: desktop.focus() == "launchpad -> liquid_fb")
    desktop.wait(lambda: desktop.report(INNER + "/focus").get("label") == "scout")


def keys_of_two_levels():
    desktop.tell("KEY_F11", INNER, [OUTER])
    desktop.tell("KEY_SCROLLLOCK", OUTER, [INNER])


def three_levels():
    desktop.click_widget("link", "launchpad")
    owner = "launchpad/launchpad"
    desktop.wait(lambda: "launchpad" in desktop.labels(INNER))
    desktop.control.settle()
    for name, state in (("liquid_fb", "empty"), ("nitpicker", "shown")):
        desktop.click_in([FRAME], "link", name, owner)
        desktop.wait(lambda: desktop.report(INNER_FRAME + "/framebuffer")
                     is not None and desktop.report(
                         INNER_FRAME + "/framebuffer").get("state") == state)
        desktop.control.settle()
    desktop.click_in([FRAME], "link", "scout", owner)
    desktop.wait(lambda: "scout" in desktop.labels(INMOST))
    desktop.control.settle()
    x, y = desktop.origin(FRAME, INNER_FRAME)
    desktop.control.do("click %d %d" % (x + 100, y + 200))
    desktop.wait(lambda: desktop.report(INMOST + "/focus").get("label") == "scout")


def keys_of_three_levels():
    desktop.tell("KEY_F9", INMOST, [INNER, OUTER])
    desktop.tell("KEY_F11", INNER, [INMOST, OUTER])
    desktop.tell("KEY_SCROLLLOCK", OUTER, [INMOST, INNER])


def each_is_killed():
    """From the inmost to the outermost; what is around goes on."""
    inner = "launchpad/launchpad"

    def state(name, owner):
        return desktop.child(name, owner).get("state")

    def kill(name, owner):
        process = [p for p in desktop.family() if p.pid ==
                   int(desktop.child(name, owner).get("pid"))][0]
        process.kill()
        desktop.wait(lambda: state(name, owner) == "killed")
        desktop.control.settle()

    kill("nitpicker", inner)
    desktop.wait(lambda: desktop.widget("text", "nitpicker has ended",
                                        INNER_FRAME))
    kill("liquid_fb", inner)
    desktop.wait(lambda: "liquid_fb" not in "".join(desktop.labels(INNER)))
    kill("launchpad", "launchpad")
    kill("scout", "launchpad")
    desktop.wait(lambda: "scout" not in desktop.labels(INNER))
    kill("nitpicker", "launchpad")
    desktop.wait(lambda: desktop.widget("text", "nitpicker has ended", FRAME))
    kill("liquid_fb", "launchpad")
    desktop.wait(lambda: not [label for label in desktop.labels(OUTER)
                              if "liquid_fb" in label])
    # and it is of use, once its messages are dismissed
    x, y, w = (int(desktop.widget("titlebar", "Launchpad").get(key))
               for key in ("sx", "sy", "w"))
    desktop.control.do("click %d %d" % (x + w // 4, y + 20))
    for _ in range(5):
        desktop.control.do("key KEY_ESC")
    desktop.control.settle()
    desktop.click_widget("link", "testnit")
    desktop.wait_for_views("launchpad -> testnit", 3)


def nothing_left():
    desktop.stop()


if __name__ == "__main__":
    sys.exit(tap.run([
        ("liquid_fb, nitpicker, scout: in a desktop of its own",
         one_after_the_other),
        ("scout in there is used with the mouse", an_inner_window_is_used),
        ("each level's key toggles its X-ray", keys_of_two_levels),
        ("three levels deep", three_levels),
        ("keys of three levels", keys_of_three_levels),
        ("each is killed, the outer desktop goes on", each_is_killed),
        ("nothing is left", nothing_left),
    ]))
