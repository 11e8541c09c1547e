#!/usr/bin/env python3
"""two_linux.xml: User Mode Linux and a virtual machine beside each other; what
is typed into one is answered there and only there, and neither needs the
other."""
import os
import re
import sys

import tap
from demo import Demo, is_sanitized
from desktop import BUILD_DIR, program

tap.need(("linux.uml", "user-mode-linux"),
         ("qemu-system-x86_64", "qemu-system-x86"))
if not os.path.exists(program("linux")):
    tap.skip_all("linux was not built (package busybox-static)")


def scenario():
    with open(os.path.join(BUILD_DIR, "share/nitpicker/scenario/two_linux.xml")) \
            as file:
        text = file.read()
    text = text[text.index("<config>") + 8:text.rindex("</config>")]
    # the guest's words appear in the log
    text = text.replace("<disk>", "<arg>-debugcon</arg><arg>stdio</arg><disk>")
    if is_sanitized():
        text = re.sub(r"<ram_quota>(24|40|64)M", "<ram_quota>110M", text)
        text = re.sub(r"<ram_quota>(168|200|204|250)M", "<ram_quota>700M", text)
    return text


class Two(Demo):
    UML, QEMU = "uml/liquid_fb", "qemu/liquid_fb"

    def shell(self):
        return [node.text or "" for node in
                self.nodes("uml/linux/console/text", "line")]

    def keys(self):
        return [line.rpartition(" ")[2] for line in self.log_lines("QEMU: ")
                if len(line.rpartition(" ")[2]) == 2]

    def focus_on(self, frame):
        # where it is going to stay
        self.control.settle()
        node = self.report(frame + "/framebuffer")
        # near the corner that is the farther one from the other window, whose
        # shadow takes clicks, too, if it lies in front
        far = frame == self.QEMU
        x, y, w, h = (int(node.get(name)) for name in ("sx", "sy", "w", "h"))
        self.control.do("click %d %d" % (x + (w - 50 if far else 50),
                                         y + (h - 50 if far else 50)))
        try:
            self.wait(lambda: self.focus() == frame.replace("/", " -> "))
        except AssertionError:
            raise AssertionError("%s has the focus, not %s: %s" % (
                self.focus(), frame, self.views())) from None

    def picture(self):
        node = self.report(self.QEMU + "/framebuffer")
        x, y, w, h = (int(node.get(name)) for name in ("sx", "sy", "w", "h"))
        return [self.pixel(x + w - 10 * i, y + h - 7 * i) for i in range(1, 30)]

    def state(self, frame):
        node = self.report(frame + "/framebuffer")
        return None if node is None else node.get("state")

    def type_line(self, text):
        self.control.do("type " + text)
        self.control.do("key KEY_ENTER")


desktop = Two(scenario())


def both_are_there():
    desktop.wait(lambda: any("root@linux:~#" in line for line in desktop.shell()), 120)
    desktop.wait(lambda: desktop.state(desktop.QEMU) == "shown" and
                 desktop.report(desktop.QEMU + "/framebuffer").get("w") == "640"
                 and len(set(desktop.picture())) > 2, 120)
    desktop.control.settle()
    desktop.wait(lambda: desktop.views("launchpad"))


def a_line_for_the_shell():
    desktop.focus_on(desktop.UML)
    before = desktop.keys()
    desktop.type_line("echo $((6*7)) is the answer")
    desktop.wait(lambda: "42 is the answer" in desktop.shell())
    assert desktop.keys() == before


def a_line_for_the_machine():
    desktop.focus_on(desktop.QEMU)
    words, picture, before = desktop.shell(), desktop.picture(), len(desktop.keys())
    desktop.type_line("abc")
    desktop.wait(lambda: desktop.keys()[before:] == [
        "1e", "9e", "30", "b0", "2e", "ae", "1c", "9c"])
    desktop.control.settle()
    desktop.wait(lambda: desktop.picture() != picture)
    assert desktop.shell() == words


def the_machine_is_killed():
    desktop.processes("qemu-system-x86_64")[0].kill()
    desktop.wait(lambda: desktop.log_lines("QEMU ended by signal 9"))
    desktop.wait(lambda: desktop.state(desktop.QEMU) == "ended")
    desktop.wait(lambda: desktop.widget("text", "vm_display has ended", desktop.QEMU)
                 is not None)
    desktop.focus_on(desktop.UML)
    desktop.type_line("echo still $((7*7))")
    desktop.wait(lambda: "still 49" in desktop.shell())


def nothing_left():
    desktop.stop()


def the_shell_is_killed():
    global desktop
    desktop = Two(scenario())
    both_are_there()
    starters = [process.pid for process in desktop.processes("linux")]
    for process in desktop.processes("linux.uml"):
        if process.parent in starters:  # not one of its helpers
            process.kill()
    # right after its start, the console stays to tell
    desktop.wait(lambda: desktop.state(desktop.UML) == "ended" or
                 any("ended by signal 9" in line for line in desktop.shell()))
    desktop.focus_on(desktop.QEMU)
    before = len(desktop.keys())
    desktop.type_line("b")
    desktop.wait(lambda: desktop.keys()[before:] == ["30", "b0", "1c", "9c"])
    desktop.stop()


if __name__ == "__main__":
    sys.exit(tap.run([
        ("a shell and a picture beside launchpad", both_are_there),
        ("a line for the shell", a_line_for_the_shell),
        ("a line for the machine", a_line_for_the_machine),
        ("the machine is killed, the shell answers", the_machine_is_killed),
        ("nothing is left", nothing_left),
        ("the shell is killed, the machine answers", the_shell_is_killed),
    ]))
