"""A driver by itself: the test is its parent and the client of its output and
its input, so it sees each event as it is sent."""
import os
import shutil
import struct
import tempfile

from rest import rests
from wire import (EVENTS, FB_BUFFER, FB_MODE, OK, REFRESH, SHOWN, Parent,
                  input_events)

BUILD_DIR = os.environ.get("BUILD_DIR", "build")


def program(name):
    return os.path.abspath(os.path.join(BUILD_DIR, "bin", name))


def equal(is_, should):
    assert is_ == should, "%r instead of %r" % (is_, should)


class Driver:
    """with Driver(NAME) as driver: ready for frames; stopped at the end, and
    its exit code looked at. `log` is there after that."""

    NAME = None  # of the program
    CONFIG = "<width>64</width><height>48</height>"
    SOCKETS = ()  # that have to be gone with it

    def __init__(self, config=None, quota=1 << 30):
        self.folder = tempfile.mkdtemp(prefix=self.NAME + ".")
        self.parent = Parent([program(self.NAME)],
                             self.CONFIG if config is None else config, quota,
                             {"NITPICKER_RUNTIME": self.folder})
        self.screen = self.parent.open("Framebuffer")
        self.input = self.parent.open("Input")
        self.frame = 0
        self.mode()
        os.close(self.buffer())

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        code, self.log = self.parent.stop()
        left = os.listdir(self.folder)
        shutil.rmtree(self.folder)
        if kind is None:
            equal(code, 0)
            equal([name for name in self.SOCKETS if name in left], [])

    def file(self, name):
        return os.path.join(self.folder, name)

    def mode(self):
        _, answer = self.screen.request(FB_MODE)
        return answer.unpack("9I")

    def buffer(self):
        status, answer = self.screen.request(FB_BUFFER)
        equal(status, OK)
        return answer.fds[0]

    def paint(self, pixels, *rects):
        """Fills the buffer and refreshes rectangles (default: all)."""
        width, height = self.mode()[:2]
        fd = self.buffer()
        os.pwrite(fd, pixels, 0)
        os.close(fd)
        self.refresh(*(rects or [(0, 0, width, height)]))

    def refresh(self, *rects):
        self.frame += 1
        self.screen.post(REFRESH, struct.pack("<II", self.frame, 1) + b"".join(
            struct.pack("<4H", *rect) for rect in rects))
        shown = self.screen.event(SHOWN).unpack("QII")
        equal(shown[1:], (self.frame, 0))

    def check_idle(self):
        """It does nothing for a second, once timers that serve no purpose any
        more have run out."""
        rests(lambda: self.input.receive(1) is None, self.parent.child.pid)

    def events_until(self, last):
        """All events up to the one that is, in front, `last`."""
        events = []
        while not events or events[-1][:len(last)] != last:
            events += input_events(self.input.event(EVENTS))
        return events
