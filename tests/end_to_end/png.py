"""PNG files, as far as tests need them: 8 bits, RGB."""
import array
import itertools
import struct
import sys
import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def write(width, height, rows):
    """The file's bytes; rows of RGB bytes."""
    def chunk(kind, data):
        return (struct.pack(">I", len(data)) + kind + data +
                struct.pack(">I", zlib.crc32(kind + data)))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    raw = b"".join(b"\0" + row for row in rows)
    return (SIGNATURE + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(raw)) +
            chunk(b"IEND", b""))


def paeth(a, b, c):
    p = a + b - c
    pa, pb, pc = abs(p - a), abs(p - b), abs(p - c)
    return a if pa <= pb and pa <= pc else b if pb <= pc else c


def unfilter(kind, row, above):
    """One row of 3 bytes a pixel, in place."""
    if kind == 1:
        # The lowest bytes of each channel's sums.
        for channel in range(3):
            sums = array.array("I", itertools.accumulate(row[channel::3]))
            if sys.byteorder == "big":
                sums.byteswap()
            row[channel::3] = sums.tobytes()[::sums.itemsize]
    elif kind == 2:
        for i in range(len(row)):
            row[i] = row[i] + above[i] & 255
    elif kind == 3:
        for i in range(len(row)):
            row[i] = row[i] + ((row[i - 3] if i > 2 else 0) + above[i]) // 2 & 255
    elif kind == 4:
        for i in range(len(row)):
            left, corner = (row[i - 3], above[i - 3]) if i > 2 else (0, 0)
            row[i] = row[i] + paeth(left, above[i], corner) & 255


def size(path):
    """(width, height)."""
    with open(path, "rb") as file:
        return struct.unpack(">II", file.read(24)[16:])


class Rows:
    """Made when they are looked at: most of a picture never is."""

    def __init__(self, raw, size, count):
        self.raw, self.size, self.done = raw, size, [None] * count

    def __len__(self):
        return len(self.done)

    def __eq__(self, other):
        return self[:] == other[:]

    def __getitem__(self, index):
        wanted = range(len(self.done))[index]
        if isinstance(wanted, range):
            return [self.row(y) for y in wanted]
        return self.row(wanted)

    def row(self, y):
        first = y
        # Filters above 1 build on the row above.
        while first and self.done[first] is None and self.kind(first) > 1:
            first -= 1
        for y in range(first, y + 1):
            if self.done[y] is None:
                start = y * (self.size + 1) + 1
                row = bytearray(self.raw[start:start + self.size])
                unfilter(self.kind(y), row, self.done[y - 1] if y else bytes(self.size))
                self.done[y] = bytes(row)
        return self.done[y]

    def kind(self, y):
        return self.raw[y * (self.size + 1)]


def read(path):
    """(width, height, rows of RGB bytes)."""
    with open(path, "rb") as file:
        data = file.read()
    assert data[:8] == SIGNATURE, path
    width, height, bits, kind = struct.unpack_from(">IIBB", data, 16)
    assert (bits, kind) == (8, 2), "%s is not RGB of 8 bits" % path
    at, packed = 8, b""
    while at < len(data):
        size, name = struct.unpack_from(">I4s", data, at)
        if name == b"IDAT":
            packed += data[at + 8:at + 8 + size]
        at += size + 12
    return width, height, Rows(zlib.decompress(packed), width * 3, height)
