"""An X server without a screen (Xvfb) as the host of a desktop: its picture,
and xdotool as its user."""
import os
import shutil
import struct
import subprocess
import tempfile
import zlib


def missing(*programs):
    """The first of these programs that isn't installed, or None."""
    for program in programs:
        if not shutil.which(program):
            return program
    return None


def png(width, height, rgb):
    """A PNG file of rows of 3 bytes a pixel."""
    def chunk(kind, data):
        return (struct.pack(">I", len(data)) + kind + data +
                struct.pack(">I", zlib.crc32(kind + data)))
    rows = b"".join(b"\0" + rgb[y * width * 3:(y + 1) * width * 3]
                    for y in range(height))
    return (b"\x89PNG\r\n\x1a\n" +
            chunk(b"IHDR", struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b""))


class Xhost:
    """with Xhost(1280, 800) as x: x.display is ready."""

    def __init__(self, width, height):
        self.size = (width, height)

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="xhost.")
        read, write = os.pipe()
        self.log = open(os.path.join(self.folder, "log"), "w")
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", "%dx%dx24" % self.size,
             "-fbdir", self.folder, "-nolisten", "tcp", "-noreset"],
            pass_fds=[write], stdout=self.log, stderr=self.log)
        os.close(write)
        with os.fdopen(read) as number:
            self.display = ":" + number.readline().strip()
        if self.display == ":":
            raise RuntimeError("Xvfb does not start")
        return self

    def __exit__(self, *_):
        self.server.terminate()
        self.server.wait()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def environment(self):
        """That of a program on this display, and on no other."""
        environment = dict(os.environ, DISPLAY=self.display)
        for name in ("WAYLAND_DISPLAY", "WAYLAND_SOCKET", "XMODIFIERS",
                     "SDL_VIDEODRIVER", "XAUTHORITY"):
            environment.pop(name, None)
        return environment

    def xdotool(self, *words):
        """Does one xdotool command line; its output."""
        return subprocess.run(["xdotool"] + [str(word) for word in words],
                              env=self.environment(), check=True,
                              stdout=subprocess.PIPE, text=True).stdout.strip()

    def window(self, title):
        """Waits for a visible window with that title; its number."""
        return self.xdotool("search", "--sync", "--onlyvisible", "--limit", "1",
                            "--name", title).splitlines()[0]

    def picture(self, x=0, y=0, width=None, height=None):
        """(width, height, bytes of RGB) of a part of the screen."""
        with open(os.path.join(self.folder, "Xvfb_screen0"), "rb") as file:
            data = file.read()
        header = struct.unpack(">25I", data[:100])
        header_size, full_w, full_h = header[0], header[4], header[5]
        bits, stride, colours = header[11], header[12], header[19]
        if bits != 32:
            raise RuntimeError("%d bits per pixel" % bits)
        start = header_size + colours * 12
        width, height = width or full_w - x, height or full_h - y
        rows = []
        for row in range(y, y + height):
            at = start + row * stride + x * 4
            line = data[at:at + width * 4]
            rgb = bytearray(width * 3)
            # Little endian words 0xXXRRGGBB.
            rgb[0::3], rgb[1::3], rgb[2::3] = line[2::4], line[1::4], line[0::4]
            rows.append(bytes(rgb))
        return width, height, b"".join(rows)

    def save(self, path, *area):
        """The picture as a PNG file."""
        with open(path, "wb") as file:
            file.write(png(*self.picture(*area)))
