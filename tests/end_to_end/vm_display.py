#!/usr/bin/env python3
"""A virtual machine in a window: its modes, its keys, its end.

The guest is vm/guest.img, which tells each byte of its keyboard at QEMU's
debug port, and so in the log."""
import sys

import tap
from desktop import SERVER, Desktop, start

tap.need(("qemu-system-x86_64", "qemu-system-x86"))

ROUTE = '<route><any-service><child name="liquid_fb"/></any-service></route>'
GUEST = "<disk>vm/guest.img</disk><arg>-debugcon</arg><arg value='stdio'/>"

# Scan codes of set 1, as a PC's keyboard sends them when a key goes down.
PLAIN = """ESC 1 2 3 4 5 6 7 8 9 0 MINUS EQUAL BACKSPACE TAB Q W E R T Y U I O P
LEFTBRACE RIGHTBRACE ENTER LEFTCTRL A S D F G H J K L SEMICOLON APOSTROPHE GRAVE
LEFTSHIFT BACKSLASH Z X C V B N M COMMA DOT SLASH RIGHTSHIFT KPASTERISK LEFTALT
SPACE CAPSLOCK F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 NUMLOCK SCROLLLOCK KP7 KP8 KP9
KPMINUS KP4 KP5 KP6 KPPLUS KP1 KP2 KP3 KP0 KPDOT""".split()
OTHERS = {"102ND": "56", "F11": "57", "F12": "58", "KPENTER": "e0 1c",
          "RIGHTCTRL": "e0 1d", "KPSLASH": "e0 35", "RIGHTALT": "e0 38",
          "HOME": "e0 47", "UP": "e0 48", "PAGEUP": "e0 49", "LEFT": "e0 4b",
          "RIGHT": "e0 4d", "END": "e0 4f", "DOWN": "e0 50",
          "PAGEDOWN": "e0 51", "INSERT": "e0 52", "DELETE": "e0 53",
          "COMPOSE": "e0 5d", "RO": "73", "YEN": "7d", "HENKAN": "79",
          "MUHENKAN": "7b"}


def codes():
    """(key, bytes down, bytes up)"""
    table = {name: "%02x" % (number + 1) for number, name in enumerate(PLAIN)}
    table.update(OTHERS)
    for name, down in table.items():
        down = down.split()
        yield "KEY_" + name, down, down[:-1] + ["%02x" % (int(down[-1], 16) | 128)]


class Machine(Desktop):
    def __init__(self, config=GUEST, wait=True):
        screen = start("liquid_fb", "<x>20</x><y>20</y>")
        # ScrollLock, SysRq and the like shall reach the guest
        server = SERVER.replace("</start>", '<config><mode-key mode="x-ray" '
                                'key="Super+KEY_X"/></config></start>')
        guest = start("vm_display", config).replace("<config>", ROUTE + "<config>", 1)
        super().__init__(server + screen + guest.replace("64M", "420M"))
        if wait:
            self.wait(lambda: self.mode() == (640, 400), 60)
            self.control.settle()

    def screen(self):
        node = self.report("liquid_fb/framebuffer")
        return tuple(int(node.get(name)) for name in ("sx", "sy", "w", "h"))

    def mode(self):
        node = self.report("liquid_fb/framebuffer")
        if node is None or node.get("state") != "shown":
            return None
        return self.screen()[2:]

    def focus_it(self):
        x, y, _, _ = self.screen()
        self.control.do("click %d %d" % (x + 20, y + 20))

    def bytes(self):
        """What the guest's keyboard said."""
        return [line.rpartition(" ")[2] for line in self.log_lines("QEMU: ")
                if len(line.rpartition(" ")[2]) == 2]

    def picture(self):
        x, y, _, _ = self.screen()
        return [self.pixel(x + 10 * i, y + 7 * i) for i in range(1, 40)]


def modes_of_the_guest():
    with Machine() as machine:
        machine.focus_it()
        seen = [machine.picture()]
        for key, mode in (("F2", (640, 480)), ("F3", (720, 400)),
                          ("F1", (640, 400))):
            machine.control.do("key KEY_" + key)
            machine.wait(lambda: machine.mode() == mode)
            machine.control.settle()
            seen.append(machine.picture())
        machine.control.do("key KEY_A")
        machine.control.settle()
        seen.append(machine.picture())
        for i, picture in enumerate(seen):
            assert len(set(picture)) > 1, picture
            assert picture not in seen[:i], i


def a_hundred_keys():
    with Machine() as machine:
        machine.focus_it()
        should, table = [], list(codes())
        assert len(table) >= 100, len(table)
        for key, down, up in table:
            machine.control.do("press " + key)
            machine.control.do("release " + key)
            should += down + up
        machine.wait(lambda: len(machine.bytes()) >= len(should))
        is_ = machine.bytes()
        for i, (a, b) in enumerate(zip(is_, should)):
            assert a == b, "byte %d: %s instead of %s: %s" % (
                i, a, b, is_[max(0, i - 6):i + 3])
        assert len(is_) == len(should)
        print("# %d keys" % len(table))


def a_window_that_the_guest_does_not_fill():
    with Machine() as machine:
        x, y, w, h = machine.screen()
        before = machine.picture()
        corner = (x + w + 8, y + h + 8)
        machine.control.do("drag %d %d %d %d" % (*corner, corner[0] + 100,
                                                 corner[1] + 60))
        machine.wait(lambda: machine.mode() == (w + 100, h + 60))
        machine.control.settle()
        # the picture is in the middle, and black is around it
        for place in ((5, 5), (w + 95, h + 55), (40, 200), (w + 60, 10)):
            assert machine.pixel(x + place[0], y + place[1]) == "#000000", place
        after = [machine.pixel(x + 50 + 10 * i, y + 30 + 7 * i)
                 for i in range(1, 40)]
        assert after == before, (after, before)


def its_end_in_words():
    with Machine() as machine:
        machine.processes("qemu-system-x86_64")[0].kill()
        words = "QEMU ended by signal 9"
        machine.wait(lambda: machine.log_lines(words))
        machine.wait(lambda: machine.widget("text", "vm_display has ended",
                                            "liquid_fb"))
        machine.wait(lambda: [
            node for node in machine.nodes("children", "child")
            if node.get("name") == "vm_display" and words in node.get("reason")])
    with Machine("<disk>not/there</disk>", wait=False) as machine:
        machine.wait(lambda: machine.log_lines("not/there can't be read"))
    with Machine("<arg>-no-such-option</arg>", wait=False) as machine:
        machine.wait(lambda: machine.log_lines("invalid option"))
        machine.wait(lambda: machine.log_lines("QEMU ended with exit code 1"))


if __name__ == "__main__":
    sys.exit(tap.run([
        ("the guest's modes are followed", modes_of_the_guest),
        ("a hundred keys, as the guest reads them", a_hundred_keys),
        ("a window that the guest doesn't fill",
         a_window_that_the_guest_does_not_fill),
        ("QEMU's end, in words", its_end_in_words),
    ]))
