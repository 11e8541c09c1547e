#!/usr/bin/env python3
"""ps2_drv with a keyboard and a mouse made up: pseudo terminals stand for the
ports, and threads for the devices behind them."""
import os
import pty
import threading
import tty

import tap
from wire import (CHARACTER, DENIED, EVENTS, PRESS, RELEASE, WHEEL, Parent, input_events,
                  text)

RELATIVE, KEYBOARD = 4, 0x41
BUILD_DIR = os.environ.get("BUILD_DIR", "build")
PROGRAM = os.path.abspath(os.path.join(BUILD_DIR, "bin", "ps2_drv"))
KEY_A, KEY_Y, KEY_CAPS, BTN_LEFT, BTN_SIDE = 30, 21, 58, 0x110, 0x113


class Machine:
    """A device behind a port. `answers(byte)` -> what it says to a byte."""

    def __init__(self, answers):
        self.master, self.slave = pty.openpty()
        tty.setraw(self.master)
        tty.setraw(self.slave)
        self.path = os.ttyname(self.slave)
        self.answers = answers
        self.heard = []
        self.ending = False
        self.change = threading.Condition()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self):
        while True:
            bytes_ = os.read(self.master, 64)
            if self.ending:
                os.close(self.master)
                return
            for byte in bytes_:
                os.write(self.master, bytes(self.answers(byte)))
                with self.change:
                    self.heard.append(byte)
                    self.change.notify()

    def until(self, *bytes_):
        """Waits until it has been told these bytes in a row."""
        def told():
            return any(tuple(self.heard[i:i + len(bytes_)]) == bytes_
                       for i in range(len(self.heard)))
        with self.change:
            assert self.change.wait_for(told, 10), self.heard
            self.heard.clear()

    def unplug(self):
        """The port goes away. (Nobody may be reading it then.)"""
        if not self.ending:
            self.ending = True
            os.write(self.slave, b"\0")
            self.thread.join()
            os.close(self.slave)

    def say(self, hex_):
        os.write(self.master, bytes.fromhex(hex_))


def keyboard():
    def answers(byte):
        return {0xff: [0xfa, 0xaa]}.get(byte, [0xfa])
    return Machine(answers)


def mouse():
    rates = []

    def answers(byte):
        rates.append(byte)
        if byte == 0xff and rates[-2:-1] != [0xf3]:
            return [0xfa, 0xaa, 0]
        if byte == 0xf2:
            knock = [r for r in rates if r != 0xf3][-4:-1]
            return [0xfa, {(200, 100, 80): 3, (200, 200, 80): 4}.get(tuple(knock), 0)]
        return [0xfa]
    return Machine(answers)


class Driver:
    def __init__(self, config="", with_keyboard=True, with_mouse=True, translated=True):
        self.keyboard = keyboard()
        self.mouse = mouse()
        nowhere = "/dev/nothing_here"
        self.ports = '<ports keyboard="%s" mouse="%s" translated="%s"/>' % (
            self.keyboard.path if with_keyboard else nowhere,
            self.mouse.path if with_mouse else nowhere, "yes" if translated else "no")
        self.parent = Parent([PROGRAM], self.ports + config)
        self.input = self.parent.open("Input")
        if with_keyboard and not translated:
            self.keyboard.until(0xf0, 2)
        if with_keyboard:
            self.keyboard.until(0xf4)
        if with_mouse:
            self.mouse.until(0xf4)

    def events(self, count):
        events = []
        while len(events) < count:
            events += input_events(self.input.event(EVENTS))
        return events

    def stop(self):
        self.log = self.parent.stop()
        for machine in (self.keyboard, self.mouse):
            machine.unplug()


def equal(is_, should):
    assert is_ == should, "%r instead of %r" % (is_, should)


def check_keys():
    driver = Driver()
    driver.keyboard.say("1e 9e")
    equal(driver.events(3), text((KEY_A, "a", "a")))
    driver.keyboard.say("2a 1e 9e aa")
    equal([event[:2] for event in driver.events(5)],
          [(PRESS, 42), (PRESS, KEY_A), (CHARACTER, KEY_A), (RELEASE, KEY_A),
           (RELEASE, 42)])
    # the LED follows the lock
    driver.keyboard.say("3a ba")
    driver.keyboard.until(0xed, 4)
    driver.stop()
    equal(driver.log[0], 0)


def check_mouse():
    driver = Driver("<pointer acceleration='0'/>")
    driver.mouse.say("28 05 f9 00 08 00 00 0f 08 00 00 41")
    equal([event[:4] for event in driver.events(2)],
          [(RELATIVE, 0, 5, 7), (WHEEL, 0, 120, 120)])
    driver.mouse.say("09 00 00 00 08 00 00 10 08 00 00 00")
    equal([event[:2] for event in driver.events(4)],
          [(PRESS, BTN_LEFT), (RELEASE, BTN_LEFT), (PRESS, BTN_SIDE),
           (RELEASE, BTN_SIDE)])
    driver.stop()
    assert "five buttons" in driver.log[1], driver.log


def check_curve():
    """Slow movements are exact, fast ones go farther; another curve while it runs."""
    driver = Driver()

    def moved(counts):
        driver.mouse.say("08 %02x 00 00" % counts)
        return driver.events(1)[0][2]
    equal([moved(n) for n in (1, 6, 20, 127)], [1, 6, 40, 381])
    for pointer, should in (('speed="200" acceleration="0"', [12, 40, 254]),
                            ('speed="50" acceleration="0"', [3, 10, 63]),
                            ('threshold="20" acceleration="100"', [6, 20, 127 * 5])):
        # a layout that isn't there is asked for once the rest is in force
        driver.parent.configure(driver.ports + '<keyboard layout="xx"/>'
                                "<pointer %s/>" % pointer)
        driver.parent.answer(driver.parent.wire.receive(), DENIED)
        equal([moved(n) for n in (6, 20, 127)], should)
    driver.stop()


def check_layout():
    driver = Driver('<keyboard layout="de"/>')
    driver.keyboard.say("15 95")
    equal(driver.events(3), text((KEY_Y, "z", "z")))
    driver.parent.configure(driver.ports + '<keyboard layout="us"/>')
    # it asks for a file of that layout
    driver.parent.answer(driver.parent.wire.receive(), DENIED)
    while b"us" not in driver.input.event(KEYBOARD).body:
        pass
    driver.keyboard.say("15 95")
    equal(driver.events(3), text((KEY_Y, "y", "y")))
    driver.stop()


def check_absent():
    for with_keyboard, with_mouse in ((False, True), (True, False), (False, False)):
        driver = Driver("", with_keyboard, with_mouse)
        if with_keyboard:
            driver.keyboard.say("1e 9e")
            equal(driver.events(3), text((KEY_A, "a", "a")))
        driver.stop()
        equal(driver.log[0], 0)
        assert "nothing_here" in driver.log[1], driver.log


def check_plugged_again():
    driver = Driver()
    driver.mouse.say("09 00 00 00")
    equal(driver.events(1)[0][:2], (PRESS, BTN_LEFT))
    driver.mouse.say("aa 00")
    equal(driver.events(1)[0][:2], (RELEASE, BTN_LEFT))
    driver.mouse.until(0xf4)
    driver.mouse.say("08 03 00 00")
    equal(driver.events(1)[0][:3], (RELATIVE, 0, 3))
    driver.stop()


def check_set_2():
    """Of a controller that doesn't translate."""
    driver = Driver(translated=False)
    driver.keyboard.say("1c f0 1c")
    equal(driver.events(3), text((KEY_A, "a", "a")))
    driver.keyboard.say("e0 74 e0 f0 74 e0 32 e0 f0 32 e1 14 77 e1 f0 14 f0 77")
    equal([event[:2] for event in driver.events(6)],
          [(kind, key) for key in (106, 115, 119) for kind in (PRESS, RELEASE)])
    driver.stop()


def check_leds():
    """Of all locks; and those of a keyboard that is plugged in again."""
    driver = Driver()
    for key, leds in (("3a ba", 4), ("45 c5", 6), ("3a ba", 2)):
        driver.keyboard.say(key)
        driver.keyboard.until(0xed, leds)
    driver.keyboard.say("aa")
    driver.keyboard.until(0xf4, 0xed, 2)
    driver.keyboard.say("45 c5")
    driver.keyboard.until(0xed, 0)
    driver.stop()


def check_media_keys():
    driver = Driver()
    driver.keyboard.say("e0 30 e0 b0 e1 1d 45 e1 9d c5 e0 2a e0 37 e0 b7 e0 aa")
    equal([event[:2] for event in driver.events(6)],
          [(kind, key) for key in (115, 119, 99) for kind in (PRESS, RELEASE)])
    driver.stop()


def check_unplugged_port():
    driver = Driver()
    driver.keyboard.say("1d 1e")
    driver.events(2)
    driver.keyboard.unplug()
    equal([event[:2] for event in driver.events(2)], [(RELEASE, 29), (RELEASE, KEY_A)])
    driver.mouse.say("08 03 00 00")
    equal(driver.events(1)[0][:3], (RELATIVE, 0, 3))
    driver.stop()


def check_first_client():
    """What was pressed before the first client came is not told."""
    machines = keyboard(), mouse()
    parent = Parent([PROGRAM], '<ports keyboard="%s" mouse="%s"/>' %
                    tuple(machine.path for machine in machines))
    parent.serve(lambda: "Input" in parent.announced)
    for machine in machines:
        machine.until(0xf4)
    machines[0].say("2a")  # Shift
    machines[0].say("3a")  # Caps Lock lights, so Shift was read
    machines[0].until(0xed, 4)
    machines[0].say("ba 3a ba")
    machines[0].until(0xed, 0)
    client = parent.open("Input")
    machines[0].say("1e 9e")
    events = []
    while len(events) < 3:
        events += input_events(client.event(EVENTS))
    equal(events, text((KEY_A, "a", "a")))
    parent.stop()


if not os.path.exists(PROGRAM):
    tap.skip_all("ps2_drv is not built (package libxkbcommon-dev)")
tap.run([
    ("keys, characters and the LED", check_keys),
    ("scan codes of set 2", check_set_2),
    ("the LEDs follow the locks", check_leds),
    ("volume, Pause, Print", check_media_keys),
    ("movement, wheel and five buttons", check_mouse),
    ("the pointer's curve, and another one while it runs", check_curve),
    ("a layout, and another one while it runs", check_layout),
    ("no keyboard, no mouse, neither", check_absent),
    ("a mouse that is plugged in again", check_plugged_again),
    ("a port that goes away releases its keys", check_unplugged_port),
    ("what came before the first client is forgotten", check_first_client),
])
