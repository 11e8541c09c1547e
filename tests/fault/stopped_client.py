#!/usr/bin/env python3
"""A client that stops in a debugger keeps its windows, holds up nobody, and
gets balanced presses and releases when it goes on; who waits for a provider that
stopped gets it then, too."""
import os
import signal
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                "..", "end_to_end"))

import tap  # noqa: E402
from desktop import SERVER, Desktop, start  # noqa: E402
from wire import (CHARACTER, EVENTS, MOTION, PRESS, RELEASE, SHOWN,  # noqa: E402
                  Host, input_events, refresh, window)

SECONDS = 60 if os.environ.get("NITPICKER_SOAK") == "1" else 2
PRESSES = 2000


def check_provider():
    """On a busy machine a provider is late with its answer: it is asked again when
    that comes."""
    screen = SERVER + start("liquid_fb")
    client = start("device_client").replace(
        "<config>", '<route><any-service><child name="liquid_fb"/></any-service>'
        "</route><config>", 1)
    with Desktop(screen) as desktop:
        def state(name):
            node = desktop.report("liquid_fb/framebuffer")
            return node is not None and node.get("state") == name
        desktop.wait(lambda: state("empty"))
        pid = desktop.processes("liquid_fb")[0].pid
        os.kill(pid, signal.SIGSTOP)
        try:
            desktop.configure(screen + client)
            desktop.wait(lambda: "liquid_fb did not answer a request for "
                         "Framebuffer" in desktop.log())
        finally:
            os.kill(pid, signal.SIGCONT)
        desktop.wait(lambda: state("shown"))


def main():
    desktop = Desktop(SERVER + start("testnit") + start("testnit", name="other"))
    control = desktop.control
    desktop.wait(lambda: len(desktop.views()) == 6)
    control.settle()
    # away from each other, where both can be reached
    control.do("drag 200 170 700 400")
    control.settle()
    server = desktop.processes("nitpicker")[0]

    memory = server.private_memory

    def places(label):
        return sorted((v.title, v.x, v.y) for v in desktop.views(label))

    def front(label):
        return desktop.views(label)[0]

    def drag(label, dx):
        view = front(label)
        x, y = view.x + 10, view.y + view.h - 10
        control.do("drag %d %d %d %d" % (x, y, x + dx, y))

    def check_stopped():
        top = desktop.views()[0]
        victim, other = top.label, "other" if top.label == "testnit" else "testnit"
        rows = {c.get("name"): c for c in desktop.nodes("children", "child")}
        pid = int(rows[victim].get("pid"))
        before, frozen = memory(), places(victim)
        os.kill(pid, signal.SIGSTOP)
        try:
            for _ in range(100):
                drag(victim, 20)
                control.do("type %s" % (40 * "x"))
            control.ask("settle 100 %d" % (SECONDS * 1000))
            for _ in range(SECONDS):
                control.ask("settle 1000 1100")
            assert places(victim) == frozen, "moves while stopped"
            assert len(desktop.views(victim)) == 3
            was = front(other)
            drag(other, 30)
            desktop.wait(lambda: front(other).x == was.x + 30)
            assert memory() - before < 1 << 20, "%d bytes" % (memory() - before)
        finally:
            os.kill(pid, signal.SIGCONT)
        control.settle()
        # it goes on where it was, and its button is not believed held
        view = front(victim)
        control.do("click %d %d" % (view.x + 10, view.y + view.h - 10))
        control.settle()
        view = front(victim)
        control.do("move %d %d" % (view.x + 60, view.y + view.h - 60))
        control.settle()
        assert (front(victim).x, front(victim).y) == (view.x, view.y), \
            "drags without a button"
        drag(victim, 20)
        desktop.wait(lambda: front(victim).x == view.x + 20)

    def check_balance():
        """The same as seen from inside: a client that reads nothing for
        thousands of presses."""
        host = Host(desktop.runtime)
        wire = host.open()
        os.close(window(wire, 20, 500, 100, 100))
        refresh(wire, 1, (0, 0, 100, 100))
        assert wire.event(SHOWN)
        control.do("click 40 540")
        control.do("press KEY_LEFTSHIFT")
        for i in range(PRESSES // 4):
            control.do("key KEY_A KEY_B")
            control.do("click %d 540" % (30 + i % 50))
        control.do("press KEY_C")
        control.do("release KEY_LEFTSHIFT")
        control.do("release KEY_C")
        control.do("frames")
        held, counts, order = set(), {PRESS: 0, RELEASE: 0}, []
        control.settle()

        def take(limit=0):
            """One message, if there is one."""
            message = wire.receive(limit)
            if message and message.opcode == EVENTS:
                for kind, code, *_ in input_events(message):
                    order.append(kind)
                    if kind == PRESS:
                        assert code not in held, "pressed twice: %d" % code
                        held.add(code)
                    elif kind == RELEASE:
                        assert code in held, "released without a press: %d" % code
                        held.remove(code)
                    if kind in counts:
                        counts[kind] += 1
            return message

        wire.events.clear()
        # What the server keeps comes as soon as there is room.
        while take():
            while take():
                pass
            control.settle()
        assert not held, "still held: %s" % held
        assert counts[PRESS] == counts[RELEASE], counts
        assert order.count(MOTION) > 0 and order.count(CHARACTER) > 0
        # and it works as ever
        order.clear()
        control.do("key KEY_A")
        while RELEASE not in order:
            assert take(wire.LIMIT), order
        assert order == [PRESS, CHARACTER, RELEASE], order
        host.close()
        wire.close()

    code = tap.run([
        ("stopped for %d s" % SECONDS, check_stopped),
        ("%d presses that are not read" % PRESSES, check_balance),
        ("the desktop ends as always", desktop.stop),
        ("a provider that is late", check_provider),
    ])
    if code:
        desktop.fail()
    return code


if __name__ == "__main__":
    sys.exit(main())
