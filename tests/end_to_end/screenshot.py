#!/usr/bin/env python3
"""Screenshots: the key, the picture, who gets it, and who doesn't."""
import os
import sys

import png
import tap
import wire
from desktop import Desktop, start

SERVER = """<start><filename>nitpicker</filename><ram_quota>128M</ram_quota>
<config>%s</config></start>"""
ALLOWED = '<screenshot label="%s"/>'
SHOT = """<start name="%s"><filename>nitshot</filename><ram_quota>48M</ram_quota>
<filesystem path="%s" writable="yes"/>
<config><folder>%s</folder>%s</config></start>"""


def main():
    home = os.environ.get("TEST_DIR", os.getcwd())
    folder = os.path.join(home, "shots")
    os.makedirs(folder, exist_ok=True)
    os.chmod(folder, 0o777)  # as root the programs run as somebody else
    for name in os.listdir(folder):
        os.unlink(os.path.join(folder, name))

    def scenario(allowed="shot", name="shot", more="", place=folder):
        """A name that is new is a program that is started."""
        return (SERVER % (ALLOWED % allowed) + start("backdrop") +
                SHOT % (name, folder, place, more))

    desktop = Desktop(scenario())
    control = desktop.control

    def files():
        return sorted(os.listdir(folder))

    frames = quiet = None  # before the key, and what the menubar says then

    def shoot():
        nonlocal frames
        frames = control.do("frames")
        control.do("key KEY_LEFTMETA KEY_SYSRQ")

    def lines(words, count):
        desktop.wait(lambda: len(desktop.log_lines(words)) >= count)

    def ready(name="shot"):
        """Its session is there."""
        desktop.wait(lambda: name in desktop.sessions())

    def same(number):
        """The newest file is what virtual_drv shows."""
        lines("shots/Screenshot ", number)
        # It was told, and long enough.
        control.wait(lambda: control.do("frames") != frames and
                     desktop.pixel(12, 8) == quiet)
        other = os.path.join(home, "driver.png")
        control.do("screenshot " + other)
        newest = max((os.path.join(folder, name) for name in files()),
                     key=os.path.getmtime)
        assert png.read(newest) == png.read(other)

    def check_picture():
        nonlocal quiet
        desktop.wait_for_views("backdrop", 1)
        control.do("move 640 400")
        control.settle()
        ready()
        quiet = desktop.pixel(12, 8)
        shoot()
        same(1)
        desktop.wait(lambda: desktop.log_lines("shot gets a picture of the screen"))
        assert len(desktop.log_lines("shot gets a picture of the screen")) == 1

    def check_menubar():
        """It says so while it happens, but not in the picture."""
        shoot()
        control.wait(lambda: control.do("frames") != frames)
        bar = [desktop.pixel(x, 8) for x in range(8, 60)]
        lines("shots/Screenshot ", 2)
        control.wait(lambda: [desktop.pixel(x, 8) for x in range(8, 60)] != bar)
        same(2)

    def check_denied():
        """Programs of the user have no Screenshot at all; a component with
        another label is denied it."""
        host = wire.Host(desktop.runtime)
        try:
            host.open(1 << 20, service="Screenshot")
        except AssertionError:
            pass
        else:
            raise AssertionError("it got the session")
        host.close()
        desktop.configure(scenario(name="spy"))
        lines("spy may not take screenshots", 1)
        lines("no Screenshot session: denied", 1)
        shoot()
        lines("nobody is there to take it", 1)
        assert len(files()) == 2, files()

    def check_taken_away():
        """A changed config ends the session that may not have it any more."""
        desktop.configure(scenario())
        ready()
        desktop.configure(scenario("nobody"))
        desktop.wait(lambda: "shot" not in desktop.sessions())
        shoot()
        lines("nobody is there to take it", 2)
        assert len(files()) == 2, files()

    def check_quota():
        desktop.configure(scenario("poor", "poor", "<picture_quota>1M</picture_quota>"))
        ready("poor")
        shoot()
        lines("donated too little", 1)
        assert len(files()) == 2, files()

    def check_16_bits():
        desktop.configure(scenario("narrow", "narrow"))
        ready("narrow")
        nonlocal quiet
        control.do("mode 320 240 rgb565")
        control.settle()
        quiet = desktop.pixel(12, 8)
        shoot()
        same(3)

    def check_folder():
        """A folder that isn't there: a line, and the session goes on."""
        desktop.configure(scenario("lost", "lost", place=folder + "/none"))
        ready("lost")
        shoot()
        lines("none/Screenshot ", 1)
        desktop.wait(lambda: desktop.log_lines("No such file or directory"))

    def check_order():
        """A server has its new config before a new program asks for a session,
        however long the parent is busy with others that it starts."""
        others = "".join(
            '<start name="other_%d"><filename>/bin/sleep</filename><arg value="1000"/>'
            "<ram_quota>2M</ram_quota></start>" % i for i in range(200))
        desktop.configure(scenario("early", "early") + others)
        ready("early")

    code = tap.run([
        ("the picture is that of the driver", check_picture),
        ("the menubar tells", check_menubar),
        ("nobody else gets it", check_denied),
        ("a changed config takes it away", check_taken_away),
        ("a picture is paid", check_quota),
        ("16 bits a pixel", check_16_bits),
        ("a folder that isn't there", check_folder),
        ("a new config comes before a new program", check_order),
        ("nothing is left", desktop.stop),
    ])
    if code:
        desktop.fail()
    return code


if __name__ == "__main__":
    sys.exit(main())
