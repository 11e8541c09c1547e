#!/usr/bin/env python3
"""intel_drv on displays that come, go and change their size (virtio-vga, whose
displays are VNC viewers here): the picture follows, on each of them.
# runs alone"""
import os
import sys
import time

import pc
import rfb
import tap
import vm

SCENARIO = ('<host>off</host>' + pc.start("intel_drv", "<scale>100</scale><buffered>no</buffered>") +
            pc.start("evdev_drv") +
            "<start><filename>device_client</filename></start>")
FIRST = (1024, 768)


def read(path):
    """A screenshot: (width, height, the pixel at x, y)."""
    with open(path, "rb") as file:
        head = [file.readline() for _ in range(3)]
        data = file.read()
    assert head[0] == b"P6\n" and head[2] == b"255\n", head
    width, height = (int(word) for word in head[1].split())
    return width, height, lambda x, y: tuple(data[3 * (y * width + x):][:3])


class Story:
    def boot(self):
        files = [os.path.join(vm.BUILD_DIR, "bin", name) + ":/usr/lib/nitpicker/" + name
                 for name in ("device_client", "device_client.xml")]
        image = pc.pack("displays", SCENARIO, files)
        self.machine = vm.Machine(
            initrd=image, name="displays", vga=None,
            append="nitpicker.fb=intel nitpicker.shell=ttyS1",
            args=["-device", "virtio-vga,id=card,max_outputs=2,xres=%d,yres=%d" % FIRST,
                  "-vnc", "unix:{folder}/0,display=card,head=0",
                  "-vnc", "unix:{folder}/1,id=other,display=card,head=1"])
        self.viewers = [rfb.Viewer(os.path.join(self.machine.folder, name), encodings=(
            rfb.RAW, rfb.DESKTOP_SIZE, rfb.EXTENDED_SIZE, rfb.CURSOR)) for name in "01"]
        self.mode(*FIRST)

    def mode(self, w, h):
        """The client draws a picture of that size."""
        self.machine.until("[device_client] mode %d %d 100\r" % (w, h), 100)
        self.machine.until("[device_client] shown\r", 30)

    def shows(self, head, w, h):
        """Waits until that display shows the client's picture."""
        end = time.monotonic() + 40
        while True:
            path = self.machine.file("head%d.ppm" % head)
            self.machine.command("screendump", filename=path, device="card", head=head)
            width, height, pixel = read(path)
            if (width, height) == (w, h) and all(
                    pixel(x, y) == (x & 255, y & 255, (x ^ y) & 255)
                    for x, y in ((3, 5), (w // 2, h // 2), (w - 1, h - 1), (w - 1, 0))):
                return
            assert time.monotonic() < end, "%s shows %dx%d" % (path, width, height)

    def resize(self, head, w, h):
        """Nothing at all is a display that is unplugged."""
        self.viewers[head].resize(w, h)

    def configure(self, more):
        """What stands between these two."""
        self.machine.ask("sed -i 's,</scale>.*<buffered>,</scale>%s<buffered>,' "
                         "/run/desktop/desktop.xml" % more)

    def first(self):
        self.shows(0, *FIRST)

    def size(self):
        for w, h in (800, 600), (1280, 720), (640, 400):
            self.resize(0, w, h)
            self.mode(w, h)
            self.shows(0, w, h)

    def second(self):
        """It shows the same; a smaller one, its upper left part."""
        self.resize(1, 800, 500)
        self.mode(800, 500)
        self.shows(1, 800, 500)
        self.shows(0, 640, 400)

    def config(self):
        """Of the displays, while all runs."""
        self.configure('<connector name="Virtual-2" enabled="no"/>')
        self.mode(640, 400)
        self.shows(0, 640, 400)
        self.configure('<connector name="Virtual-1" width="320" height="200"/>'
                       '<connector name="Virtual-2" width="1" height="1"/>')
        self.machine.until("no mode 320x200", 30)
        self.mode(800, 500)
        self.configure('<connector name="Virtual-2" width="1024" height="768"/>')
        self.mode(1024, 768)
        self.shows(1, 1024, 768)
        self.configure("")
        self.mode(800, 500)

    def unplugged(self):
        self.resize(1, 0, 0)
        self.mode(640, 400)
        self.shows(0, 640, 400)

    def none(self):
        """The client stays, and its picture is back with the display."""
        self.resize(0, 0, 0)
        self.machine.until("no display is plugged in", 30)
        self.resize(0, 640, 400)
        self.mode(640, 400)
        self.shows(0, 640, 400)
        assert "closed" not in self.machine.seen.decode("utf-8", "replace")

    def off(self):
        self.machine.stop()


def main():
    pc.prepare()
    story = Story()
    return tap.run([
        ("the machine starts", story.boot),
        ("its picture", story.first),
        ("a display that changes its size", story.size),
        ("a second one is plugged in", story.second),
        ("the config says which mode, and which is off", story.config),
        ("the second one is unplugged", story.unplugged),
        ("the only one is unplugged and plugged in", story.none),
        ("off", story.off),
    ])


if __name__ == "__main__":
    sys.exit(main())
