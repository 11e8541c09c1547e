#!/usr/bin/env python3
"""kill -9 of the driver: init starts it again, the same picture is back, no
client ended, and input works. One that can't come up again ends the desktop."""
import os
import shutil
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                "..", "end_to_end"))

import tap  # noqa: E402
import xhost  # noqa: E402
from desktop import SERVER, Desktop, default_scenario  # noqa: E402

LABEL = "launchpad -> testnit"


class Host(Desktop):
    """A desktop in a window."""

    def __init__(self, host):
        self.host = host
        super().__init__(
            "<start><filename>sdl2_drv</filename><restart>on-failure</restart>"
            '<env name="DISPLAY" value="%s"/></start>' % host.display + SERVER,
            backend="sdl2")

    def connect(self, backend):
        self.host.window("Nitpicker")

    def kill(self):
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


class Story:
    def begin(self):
        self.desktop = desktop = Desktop(
            default_scenario("<clock>off</clock>"))
        desktop.click_widget("link", "testnit")
        desktop.wait_for_views(LABEL, 3)
        desktop.control.do("move 5 5")
        desktop.control.settle()
        self.picture = os.path.join(desktop.folder, "before.png")
        desktop.control.do("screenshot " + self.picture)

    def others(self):
        return {(p.pid, p.name()) for p in self.desktop.family()
                if p.name() in ("launchpad", "testnit", "backdrop", "nitpicker")}

    def kill(self):
        """Kills it; its socket, made anew, says that it is there again."""
        desktop = self.desktop
        desktop.control.close()
        os.unlink(os.path.join(desktop.runtime, "control"))
        driver = desktop.processes("virtual_drv")[0]
        began = time.monotonic()
        driver.kill()
        desktop.connect("virtual")
        return time.monotonic() - began

    def same(self):
        desktop = self.desktop
        desktop.control.do("move 5 5")
        desktop.control.settle()
        desktop.control.compare(self.picture, os.path.join(
            os.environ.get("TEST_DIR", desktop.folder), "driver.diff.png"))

    def picture_is_back(self):
        before = self.others()
        print("# the driver's picture is still %.0f ms after the kill" %
              (self.kill() * 1e3))
        self.same()
        assert self.others() == before, "%s, not %s" % (self.others(), before)

    def again(self):
        before = self.others()
        for _ in range(2):
            self.kill()
        self.same()
        assert self.others() == before

    def input(self):
        desktop = self.desktop
        view = [v for v in desktop.views(LABEL) if v.title == "Eins"][0]
        x, y = view.x + 5, view.y + 5
        desktop.control.do("drag %d %d %d %d" % (x, y, x + 30, y + 20))
        desktop.wait(lambda: any((v.x, v.y) == (view.x + 30, view.y + 20)
                                 for v in desktop.views(LABEL)))

    def hopeless(self):
        """With an X server that dies, its driver has nothing to come up on."""
        with xhost.Xhost(1024, 768) as host:
            desktop = Host(host)
            host.server.kill()
            host.server.wait()
            code = desktop.process.wait(60)
        assert code == 1, code
        assert "the desktop ends: sdl2_drv" in desktop.log(), desktop.log()
        desktop.kill()


def main():
    tap.need(("Xvfb", "xvfb"), ("xdotool", "xdotool"))
    story = Story()
    return tap.run([
        ("a desktop", story.begin),
        ("the same picture is back, no client ended", story.picture_is_back),
        ("input works as before", story.input),
        ("a picture of now", lambda: (
            story.desktop.control.do("move 5 5"), story.desktop.control.settle(),
            story.desktop.control.do("screenshot " + story.picture))),
        ("twice in a row", story.again),
        ("one that can't come up again ends the desktop", story.hopeless),
    ])


if __name__ == "__main__":
    sys.exit(main())
