"""One machine with a desktop, looked at after this and that was done to it: what
these tests have in common."""
import time
import xml.etree.ElementTree as ElementTree

import pc
import tap
from png import size

LIMIT = 40  # seconds until a picture fits


class Story:
    """`tests()` gives [(name, function)]; the first boots `machine` and sets
    `picture`, the path of what is shown when nothing happens."""

    machine = None
    picture = None

    @classmethod
    def main(cls):
        pc.prepare()
        story = cls()
        return tap.run(story.tests() + [("off", story.off)])

    def until(self, fits, what):
        """The pictures of a guest are looked at until they fit."""
        end = time.monotonic() + LIMIT
        while not fits():
            assert time.monotonic() < end, what

    @staticmethod
    def equals(one, other):
        with open(one, "rb") as first, open(other, "rb") as second:
            return first.read() == second.read()

    def rest(self):
        """What is shown now is what has to come back."""
        self.picture = self.machine.still("before.png")

    def same(self):
        self.until(lambda: self.equals(self.picture, self.machine.still("after.png")),
                   "the picture differs")

    def xray(self):
        """The keyboard is heard: X-ray on and off."""
        self.machine.type("scroll_lock")
        self.until(lambda: not self.equals(self.picture, self.machine.picture("xray.png")),
                   "no X-ray")
        self.machine.type("scroll_lock")
        self.same()

    def report(self, name):
        """The root of a report of the guest's; it needs --reports."""
        return ElementTree.fromstring(self.machine.ask(
            "cat /run/nitpicker/desktop/report/%s.xml" % name))

    def views(self, label):
        return [view for view in self.report("nitpicker/views").iter("view")
                if (view.get("label"), view.get("visible")) == (label, "yes")]

    def widget(self, role, name, owner="launchpad"):
        """Its place on the output."""
        for node in self.report(owner + "/widgets").iter("widget"):
            if (node.get("role"), node.get("name")) == (role, name):
                return tuple(int(node.get(key)) for key in ("sx", "sy", "w", "h"))
        raise AssertionError("no %s %r" % (role, name))

    def has(self, role, name, owner="launchpad"):
        return any((node.get("role"), node.get("name")) == (role, name)
                   for node in self.report(owner + "/widgets").iter("widget"))

    def click(self, x, y):
        """With a tablet, which tells places; in pixels of `picture`."""
        w, h = size(self.picture)
        self.machine.place(x / (w - 1), y / (h - 1))
        for down in True, False:
            self.machine.button(down)

    def kill(self, name, sign):
        """`sign`: what the new one says."""
        began = time.monotonic()
        self.machine.ask("kill -9 $(pidof %s)" % name)
        self.machine.until(sign, 60)
        print("# %s is back after %.2f s of an emulated machine"
              % (name, time.monotonic() - began))

    def off(self):
        self.machine.stop()
