"""virtual_drv's control socket: see virtual_drv(1)."""
import os
import socket
import time


class Refused(AssertionError):
    """A command was answered by `error`."""


class Control:
    """One connection; each command waits for its answer."""

    LIMIT = 60  # seconds that any answer may take
    PART = 50  # ms of a quiet time at once
    STARVED = 20e6  # ns without a processor that make a quiet time worthless

    def __init__(self, path, starved=None, at_rest=None):
        """`starved` gives the ns that the desktop's processes waited for a
        processor so far; None while one of them runs, or wants to. `at_rest`
        tells whether all programs of ours wait for something new."""
        self.starved = starved or (lambda: 0)
        self.at_rest = at_rest or (lambda: True)
        self.least = 0  # ms that the next settle takes at least
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(self.LIMIT)
        self.socket.connect(path)
        self.lines = self.socket.makefile("r")

    def close(self):
        self.lines.close()
        self.socket.close()

    def post(self, command):
        """Sends without waiting: `answer` does that."""
        self.socket.sendall(command.encode() + b"\n")

    def answer(self):
        line = self.lines.readline()
        if not line.endswith("\n"):
            raise EOFError("the driver is gone")
        return line[:-1]

    def ask(self, command):
        """The whole answer."""
        self.post(command)
        return self.answer()

    def do(self, command):
        """The answer without its `ok`; Refused on an error."""
        word, _, rest = self.ask(command).partition(" ")
        if word != "ok":
            raise Refused("%s: %s" % (command, rest))
        return rest

    def stands_still(self, quiet, limit):
        """Nothing changed for so many ms, before `limit`. They pass in parts:
        when the whole machine stops for a while, one of them is over at once,
        and not the time in which programs go on."""
        end = time.monotonic() + limit / 1000
        while True:
            for part in range(0, quiet, self.PART):
                if self.do("settle %d %d" % (self.PART, limit)) != "still":
                    return False
                frames = self.do("frames")
                if part == 0:
                    first = frames
            if frames == first:
                return True
            if time.monotonic() > end:
                return False

    def settle(self, quiet=100, limit=10000):
        """Until nothing changed for so many ms. On a busy machine a picture
        also stands still because a program had no processor to change it:
        such times do not count."""
        quiet, self.least = max(quiet, self.least), 0
        # What runs all the time, like a console's command, is not waited for.
        end = time.monotonic() + 3
        last = end + self.LIMIT
        while True:
            before = self.starved()
            assert self.stands_still(quiet, limit), \
                "the picture never stands still"
            after = self.starved()
            calm = (before is not None and after is not None and
                    after - before < self.STARVED)
            if (calm or time.monotonic() > end) and self.at_rest():
                return
            assert time.monotonic() < last, "the programs never come to rest"

    def twice(self, command):
        """As fast as can be."""
        self.post(command)
        self.post(command)
        answers = self.answer(), self.answer()
        assert answers == ("ok", "ok"), answers

    def click_twice(self, x, y, done):
        """Two clicks that are one, until done(): a busy machine may bring them
        to a program too far apart, and then they are none."""
        for _ in range(10):
            self.twice("click %d %d" % (x, y))
            for quiet in (100, 500):
                self.settle(quiet)
                if done():
                    return
        raise AssertionError("two clicks are never one")

    def calm(self, limit=3):
        """As settle, where something may move all the time."""
        end = time.monotonic() + limit
        while not (self.stands_still(100, 1000) and self.at_rest()):
            if time.monotonic() > end:
                break

    def compare(self, path, difference, tolerance=0, masks=()):
        """Raises Refused, with the difference in that file."""
        command = "compare %s %d" % (path, tolerance) + "".join(
            " mask %d %d %d %d" % mask for mask in masks)
        with open(path, "rb") as golden, open(difference, "w+b") as out:
            socket.send_fds(self.socket, [command.encode() + b"\n"],
                            [golden.fileno(), out.fileno()])
            answer = self.answer()
        if answer == "ok":
            os.unlink(difference)
        else:
            raise Refused("%s: %s" % (difference, answer.split(",")[0]))

    def wait(self, condition, limit=60):
        """The first true result of condition(), which is looked at again
        whenever the picture stood still for a moment."""
        end = time.monotonic() + limit
        while True:
            result = condition()
            # an XML element without children is false, too
            if result is not None and result is not False and result != []:
                return result
            if time.monotonic() > end:
                raise AssertionError("waited in vain")
            self.ask("settle 20 1000")
