#!/usr/bin/env python3
"""kill -9 of clients at any moment: the server and the others go on, and
nothing of the dead is left."""
import os
import random
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                "..", "end_to_end"))

import tap  # noqa: E402
from desktop import Desktop, program  # noqa: E402
from wire import CREATE, EXECUTE, FRONT, GEOMETRY, Host, record, refresh, window  # noqa: E402

TESTNIT, SECOND = "launchpad -> testnit", "launchpad -> testnit.2"
STARTS = 200 if os.environ.get("NITPICKER_SOAK") == "1" else 40
SEED = 1


def main():
    desktop = Desktop()
    control = desktop.control
    desktop.click_widget("link", "testnit")
    desktop.wait_for_views(TESTNIT, 3)
    server = desktop.processes("nitpicker")[0]
    names = set(desktop.sessions())
    # Not all of them show one: nitshot has none before its key.
    labels = sorted(view.label for view in desktop.views())

    def fds():
        return len(os.listdir("/proc/%d/fd" % server.pid))

    def witness():
        """The first testnit gets its input, and is drawn."""
        before = desktop.views(TESTNIT)[0]
        x, y = before.x + 5, before.y + 5
        step = 40 if before.x < 300 else -40
        control.do("drag %d %d %d %d" % (x, y, x + step, y))
        desktop.wait(lambda: desktop.views(TESTNIT)[0].x == before.x + step)
        control.settle()
        assert desktop.processes("nitpicker")[0].pid == server.pid

    def nothing_left():
        desktop.wait(lambda: set(desktop.sessions()) == names)
        left = sorted(view.label for view in desktop.views())
        assert left == labels, "%s instead of %s" % (left, labels)

    def check_any_moment():
        """From before the first message to after the first picture: 30 ms,
        or as much more as a slow machine needs."""
        chance = random.Random(SEED)
        before = fds()
        environment = dict(os.environ, NITPICKER_PARENT=desktop.runtime + "/parent")

        def starts(span):
            """How many of them come as far as the desktop."""
            known = len(desktop.log_lines(" connects"))
            for _ in range(STARTS):
                victim = subprocess.Popen([program("testnit")], env=environment,
                                          stderr=subprocess.DEVNULL)
                try:
                    victim.wait(chance.uniform(0, span))
                except subprocess.TimeoutExpired:
                    pass
                victim.kill()
                victim.wait()
            return len(desktop.log_lines(" connects")) - known

        span = 0.03
        while starts(span) <= STARTS / 4:
            span *= 2
            assert span < 1, "few come as far as the desktop"
        nothing_left()  # that could lie above the witness
        witness()
        nothing_left()
        desktop.wait(lambda: fds() == before)

    def check_any_message():
        """After each of the messages of a client's life."""
        body = {}

        def step_buffer(wire):
            body["fd"] = window(wire, 700, 500, 80, 60)
        steps = [
            step_buffer,
            lambda wire: refresh(wire, 1, (0, 0, 80, 60)),
            lambda wire: wire.post(EXECUTE, record(CREATE, 2, "I", 1) +
                                   record(GEOMETRY, 2, "iiII", 1, 1, 9, 9) +
                                   record(FRONT, 2)),
            lambda wire: refresh(wire, 2, (0, 0, 9, 9)),
        ]
        before = fds()
        for count in range(len(steps) + 1):
            host = Host(desktop.runtime)
            wire = host.open()
            for step in steps[:count]:
                step(wire)
            host.close()  # both at once, as the kernel does
            wire.close()
            if "fd" in body:
                os.close(body.pop("fd"))
        witness()
        nothing_left()
        desktop.wait(lambda: fds() == before)

    def check_held():
        """While a button is held on its view, and a key."""
        desktop.click_widget("link", "testnit")
        views = desktop.wait_for_views(SECOND, 3)
        control.do("move %d %d" % (views[0].x + 5, views[0].y + 5))
        control.do("press BTN_LEFT")
        control.do("press KEY_A")
        pid = int(desktop.child("testnit.2").get("pid"))
        os.kill(pid, 9)
        desktop.wait(lambda: not desktop.views(SECOND))
        control.do("release KEY_A")
        control.do("release BTN_LEFT")
        control.settle()
        witness()

    def check_told():
        """Launchpad says how it ended, and the quota is back."""
        child = desktop.wait(lambda: desktop.child("testnit.2"))
        assert child.get("state") in ("killed", "exited"), child.attrib
        assert "9" in child.get("reason") or "kill" in child.get("reason").lower(), \
            child.attrib
        root = desktop.report("launchpad/children")
        assert int(root.get("total")) == int(root.get("reserve")) + int(root.get("left")) + \
            sum(int(c.get("quota")) for c in root if c.get("state") == "running")

    def check_focused():
        """The focused one dies: the focus goes elsewhere, keys reach it."""
        host = Host(desktop.runtime)
        wire = host.open()
        os.close(window(wire, 700, 500, 80, 60))
        refresh(wire, 1, (0, 0, 80, 60))
        label = desktop.wait(lambda: [l for l in desktop.sessions() if l.startswith("host")])[0]
        desktop.wait_for_views(label, 1)
        control.do("click 730 540")
        desktop.wait(lambda: desktop.focus() == label)
        host.close()
        wire.close()
        desktop.wait(lambda: desktop.focus() != label)
        nothing_left()
        witness()

    def check_backdrop():
        process = desktop.processes("backdrop")[0]
        process.kill()
        desktop.wait(lambda: any(p.pid != process.pid for p in desktop.processes("backdrop")))
        desktop.wait(lambda: "backdrop" in desktop.sessions())
        desktop.wait(lambda: [v for v in desktop.views("backdrop") if v.visible])
        witness()

    code = tap.run([
        ("%d starts, killed at any moment (seed %d)" % (STARTS, SEED), check_any_moment),
        ("gone after each message", check_any_message),
        ("killed while a button and a key are held", check_held),
        ("its end is told", check_told),
        ("killed while focused", check_focused),
        ("backdrop is killed and started again", check_backdrop),
        ("the desktop ends as always", desktop.stop),
    ])
    if code:
        desktop.fail()
    return code


if __name__ == "__main__":
    sys.exit(main())
