#!/usr/bin/env python3
"""kill -9 of Xvfb, of an X program in mid-drag, of xvfb_glue; twenty at once:
nothing is left over, no key sticks, nobody else is hurt."""
# runs alone
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                "..", "end_to_end"))

import xdesktop  # noqa: E402
import xprotocol  # noqa: E402
from desktop import SERVER, Desktop, program  # noqa: E402

MANY = 20


def alive(desktop, name):
    return len(desktop.processes(name))


class Test(xdesktop.Case):
    def __init__(self):
        self.other = xdesktop.Glue(name="other")
        super().__init__("<restart>yes</restart>", self.other.node)
        self.neighbour = self.other.connect()
        self.window = self.neighbour.window(800, 400, 200, 150, title="Neighbour",
                                            background=0x00ff00)

    def witness(self):
        """The other one works: it gets a click and a key."""
        node = self.desktop.wait(lambda: next(iter(self.desktop.nodes(
            "other/windows", "window")), None))
        x, y = int(node.get("sx")), int(node.get("sy"))
        self.neighbour.forget()
        self.control.do("click %d %d" % (x + 20, y + 20))
        self.neighbour.event(xprotocol.BUTTON_PRESS)
        self.control.do("key KEY_Q")
        self.neighbour.event(xprotocol.KEY_RELEASE)
        assert not self.neighbour.keys_down()
        assert self.desktop.pixel(x + 5, y + 5) == "#00ff00"

    def own(self, name):
        """The process of that name below the one of ours that is tested."""
        glue = next(p for p in self.desktop.processes("xvfb_glue")
                    if self.is_tested(p))
        return next(p for p in self.desktop.processes(name) if p.parent == glue.pid)

    def is_tested(self, process):
        children = [p for p in self.desktop.family() if p.parent == process.pid]
        for child in children:
            with open("/proc/%d/cmdline" % child.pid, "rb") as file:
                if self.desktop.glue.folder.encode() in file.read():
                    return True
        return False

    def check_client(self):
        """An X program dies while the user drags in it with Ctrl held."""
        client = self.desktop.connect_client()
        victim = client.window(200, 150, 200, 200, title="Victim")
        sx, sy, _, _ = self.desktop.shown(victim)
        self.desktop.click_window(victim)
        client.forget()
        self.control.do("press KEY_LEFTCTRL")
        self.control.do("move %d %d" % (sx + 20, sy + 20))
        self.control.do("press BTN_LEFT")
        client.event(xprotocol.BUTTON_PRESS)
        self.control.do("move %d %d" % (sx + 60, sy + 70))
        client.close()
        self.desktop.wait(lambda: not self.desktop.windows())
        self.control.do("release BTN_LEFT")
        self.control.do("release KEY_LEFTCTRL")
        x = self.desktop.client
        window = self.desktop.focused_window(200, 150, 200, 200, title="After")
        assert not x.keys_down()
        assert not x.pointer()[2] & 0x1f0f & ~2, x.pointer()
        x.forget()
        self.control.do("key KEY_A")
        event = x.event(xprotocol.KEY_PRESS, window=window)
        assert event.detail == 38 and not event.state & 4, event
        self.witness()

    def check_server(self):
        """Xvfb dies: its windows go, another one comes, with the programs."""
        before = self.own("Xvfb")
        self.desktop.glue.restart()
        before.kill()
        self.desktop.wait(lambda: not before.is_alive())
        self.desktop.client.close()
        self.desktop.client = self.desktop.glue.connect()
        self.desktop.clients = [self.desktop.client]
        self.witness()
        window = self.desktop.focused_window(300, 150, 200, 200, title="Again")
        self.desktop.client.forget()
        self.control.do("key KEY_B")
        event = self.desktop.client.event(xprotocol.KEY_PRESS, window=window)
        assert event.detail == 56, event
        assert alive(self.desktop, "Xvfb") == 2

    def check_glue(self):
        """xvfb_glue dies with a key held: its X server and programs go, too."""
        self.desktop.focused_window(300, 150, 200, 200, title="Held")
        self.control.do("press KEY_LEFTSHIFT")
        glue = next(p for p in self.desktop.processes("xvfb_glue")
                    if self.is_tested(p))
        family = [p for p in self.desktop.family() if p.parent == glue.pid]
        assert {p.name() for p in family} >= {"Xvfb"}, family
        glue.kill()
        self.desktop.wait(lambda: not any(p.is_alive() for p in family))
        self.desktop.wait(lambda: not self.desktop.views("xvfb_glue"))
        self.control.do("release KEY_LEFTSHIFT")
        self.witness()
        assert alive(self.desktop, "Xvfb") == 1

    def end(self):
        super().end()
        self.other.remove()


class Wide(Desktop):
    """With memory for many."""

    def configure(self, scenario):
        super().configure(scenario)
        with open(self.scenario) as file:
            text = file.read()
        with open(self.scenario, "w") as file:
            file.write(text.replace('ram_quota="1G"', 'ram_quota="2G"', 1))


def check_many():
    glues = [xdesktop.Glue(name="many%d" % i, quota="64M") for i in range(MANY)]
    nodes = "".join(glue.node for glue in glues)
    desktop = Wide(SERVER + nodes)
    try:
        clients = [glue.connect(lambda: desktop.process.poll() is None)
                   for glue in glues]
        windows = []
        for i, x in enumerate(clients):
            windows.append(x.window(20 + i % 5 * 240, 20 + i // 5 * 180, 200, 120,
                                    title="%d" % i, background=0x101010 * (i % 15)))

        def place(i):
            node = next(iter(desktop.nodes("many%d/windows" % i, "window")), None)
            return node is not None and (int(node.get("sx")), int(node.get("sy")))
        for i, x in enumerate(clients):
            sx, sy = desktop.wait(lambda i=i: place(i) or None)
            x.forget()
            desktop.control.do("click %d %d" % (sx + 30, sy + 30))
            x.event(xprotocol.BUTTON_PRESS, window=windows[i])
            desktop.control.do("key KEY_A")
            assert x.event(xprotocol.KEY_PRESS).detail == 38
            x.event(xprotocol.KEY_RELEASE)
        assert len({desktop.pixel(*place(i)) for i in range(15)}) == 15
        assert alive(desktop, "Xvfb") == MANY
        desktop.stop()
    except BaseException:
        desktop.fail()
        raise
    finally:
        for glue in glues:
            glue.remove()


def main():
    return xdesktop.run(Test, [
        ("an X program in mid-drag", Test.check_client),
        ("Xvfb", Test.check_server),
        ("xvfb_glue", Test.check_glue),
    ], [
        ("%d at once" % MANY, check_many),
    ])


if __name__ == "__main__":
    assert os.path.exists(program("nitpicker"))
    sys.exit(main())
