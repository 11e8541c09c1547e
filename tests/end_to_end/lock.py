#!/usr/bin/env python3
"""The locked screen: nobody but who unlocks it is seen and gets input, until the
password was written, whatever becomes of nitlock and of the server."""
import os
import sys

import tap
from desktop import Desktop, default_scenario, program

NITLOCK = "nitlock"
PASSWORD = "open sesame"
BACKGROUND = "#192532"


class Story:
    def __init__(self):
        self.desktop = Desktop(default_scenario("<clock>off</clock>").replace(
            "<filename>nitlock</filename>", "<filename>nitlock</filename>"
            "<config><clock>off</clock></config>"))
        self.control = self.desktop.control
        self.desktop.click_widget("link", "testnit")
        self.views = self.desktop.wait_for_views("launchpad -> testnit", 3)
        self.spot = self.views[0].center()

    # ---- what is there ----

    def locked(self):
        root = self.desktop.report("nitpicker/focus")
        return root is not None and root.get("mode") == "locked"

    def said(self, words):
        """It is told."""
        self.desktop.wait(lambda: any(words in (node.get("name") or "") for node in
                                      self.desktop.nodes("nitlock/widgets", "widget")))

    def only_nitlock(self):
        """Nothing of anybody else is to be seen, or has the focus."""
        desktop = self.desktop
        # Reports may be written a moment after the picture.
        desktop.wait(lambda: self.locked() and desktop.focus() == NITLOCK and
                     {view.label for view in desktop.views()} <= {NITLOCK, "backdrop"})
        for x, y in (self.spot, (5, 795), (1275, 20)):
            assert desktop.pixel(x, y) == BACKGROUND, desktop.pixel(x, y)

    def picture(self, name):
        folder = os.environ.get("TEST_DIR", self.desktop.folder)
        self.control.do("screenshot " + os.path.join(folder, name))

    # ---- what the user does ----

    def key(self, *names):
        self.control.do("key " + " ".join(names))
        self.control.settle()

    def write(self, text):
        self.control.do("type " + text)
        self.control.settle()
        self.key("KEY_ENTER")

    def lock(self):
        self.key("KEY_LEFTMETA", "KEY_L")
        self.desktop.wait(lambda: self.desktop.views(NITLOCK))
        self.control.settle()

    def unlock(self):
        self.write(PASSWORD)
        self.desktop.wait(lambda: not self.locked())
        self.desktop.wait_for_views("launchpad -> testnit", 3)

    # ---- tests ----

    def first(self):
        """From the menu; without a password one can leave, or choose one."""
        desktop = self.desktop
        desktop.click_widget("button", "end the session")
        self.control.settle()
        self.picture("menu.png")
        desktop.click_widget("button", "Lock")
        desktop.wait(lambda: desktop.views(NITLOCK))
        self.control.settle()
        self.only_nitlock()
        self.picture("choose.png")
        desktop.click_widget("button", "Don't lock", "nitlock")
        desktop.wait(lambda: not self.locked())
        desktop.wait_for_views("launchpad -> testnit", 3)
        desktop.wait(lambda: desktop.focus() == "launchpad")
        self.lock()
        self.write(PASSWORD)
        self.write("something else")
        self.said("They were not the same")
        self.write(PASSWORD)
        self.write(PASSWORD)
        self.said("From now on this password unlocks it")
        self.only_nitlock()
        self.picture("locked.png")
        folder = os.path.join(desktop.folder, "store", "nitlock")
        with open(os.path.join(folder, "password")) as file:
            kept = file.read()
        assert kept.startswith("$y$") and PASSWORD not in kept, kept
        self.kept = kept
        self.unlock()

    def wrong(self):
        """It says so, and takes nothing for a while."""
        self.lock()
        self.write("wrong")
        self.said("Wrong; the next one counts in 1 second")
        self.only_nitlock()
        self.picture("wrong.png")
        field = lambda: self.desktop.widget("field", "password", "nitlock")
        self.desktop.wait(lambda: "disabled" not in (field().get("state") or ""))
        self.unlock()

    def no_way_past(self):
        """Keys of modes, buttons where windows were, new programs."""
        self.lock()
        for keys in (["KEY_LEFTMETA", "KEY_TAB"], ["KEY_LEFTMETA", "KEY_LEFTSHIFT", "KEY_TAB"],
                     ["KEY_LEFTMETA"], ["KEY_LEFTMETA", "KEY_K"], ["KEY_SYSRQ"],
                     ["KEY_LEFTMETA", "KEY_X"], ["KEY_SCROLLLOCK"],
                     ["KEY_LEFTMETA", "KEY_SYSRQ"], ["KEY_ESC"]):
            self.key(*keys)
            self.only_nitlock()
        for place in (self.spot, (640, 8), (1200, 100)):
            self.control.do("click %d %d" % place)
            self.control.do("drag %d %d 100 700" % place)
            self.control.settle()
            self.only_nitlock()
        # One that begins meanwhile waits behind it.
        hello = self.desktop.start_host("hello")
        label = "host -> hello.%d" % hello.pid
        self.desktop.wait(lambda: label in self.desktop.sessions())
        self.control.settle()
        self.only_nitlock()
        hello.kill()
        hello.wait()
        self.control.settle()
        self.unlock()

    def dies(self):
        """kill -9 of nitlock: still locked; the next one knows the password."""
        self.lock()
        before = self.desktop.processes(NITLOCK)[0]
        before.kill()
        self.desktop.wait(lambda: [p.pid for p in self.desktop.processes(NITLOCK)
                                   if p.pid != before.pid])
        assert self.locked()
        self.desktop.wait(lambda: self.desktop.views(NITLOCK))
        self.control.settle()
        self.only_nitlock()
        self.unlock()

    def server_dies(self):
        self.lock()
        self.desktop.processes("nitpicker")[0].kill()
        self.desktop.wait(lambda: not self.desktop.processes("nitpicker"))
        self.desktop.wait(lambda: self.desktop.processes("nitpicker"))
        self.desktop.wait(lambda: self.locked() and self.desktop.views(NITLOCK) and
                          self.desktop.focus() == NITLOCK)
        self.control.settle()
        self.only_nitlock()
        self.unlock()

    def configured(self):
        """A hash in the config; what is none is told, and doesn't count."""
        def scenario(text):
            return default_scenario("<clock>off</clock>").replace(
                "<filename>nitlock</filename>", "<filename>nitlock</filename>"
                "<config><clock>off</clock><password>%s</password></config>" % text)
        with Desktop(scenario("secret")) as desktop:
            self.desktop, self.control = desktop, desktop.control
            desktop.click_widget("link", "testnit")
            desktop.wait_for_views("launchpad -> testnit", 3)
            desktop.wait(lambda: desktop.log_lines("<password> is no hash of crypt(3)"))
            self.lock()
            self.said("Choose a password for this desktop")
            desktop.click_widget("button", "Don't lock", "nitlock")
            desktop.wait(lambda: not self.locked())
            desktop.configure(scenario(self.kept))
            desktop.control.settle()
            self.lock()
            assert desktop.widget("button", "Don't lock", "nitlock") is None
            self.unlock()

    def not_without(self):
        """Where nobody could unlock it, it isn't locked, and that is said."""
        scenario = default_scenario("<clock>off</clock>").replace(
            'lock="yes"', 'lock="no"')
        with Desktop(scenario) as desktop:
            desktop.click_widget("button", "end the session")
            desktop.control.settle()
            desktop.click_widget("button", "Lock")
            desktop.wait(lambda: desktop.widget("button", "Lock") is None)
            desktop.control.settle()
            desktop.wait(lambda: any(
                "The screen is not locked" in (node.get("name") or "") for node in
                desktop.nodes("launchpad/widgets", "widget")))
            assert desktop.focus() == "launchpad", desktop.focus()


def main():
    story = Story()
    code = tap.run([
        ("the first time one chooses a password", story.first),
        ("a wrong password", story.wrong),
        ("no way past it", story.no_way_past),
        ("nitlock dies, the screen stays locked", story.dies),
        ("the server dies, the screen stays locked", story.server_dies),
        ("the desktop ends as always", story.desktop.stop),
        ("a password in the config", story.configured),
        ("not without nitlock", story.not_without),
    ])
    if code:
        story.desktop.fail()
    return code


if __name__ == "__main__":
    for name in ("launchpad", "nitlock"):
        if not os.access(program(name), os.X_OK):
            tap.skip_all(name + " is not built")
    sys.exit(main())
