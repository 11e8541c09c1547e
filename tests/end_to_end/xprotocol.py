"""The X protocol, as far as tests need it: windows, drawing, events,
selections, pointers. Written down from "X Window System Protocol, version 11";
there is no library for it in Python's own."""
import collections
import os
import select
import socket
import struct
import time

KEY_PRESS, KEY_RELEASE, BUTTON_PRESS, BUTTON_RELEASE, MOTION, ENTER, LEAVE, \
    FOCUS_IN, FOCUS_OUT = range(2, 11)
EXPOSE, MAP_NOTIFY, CONFIGURE_NOTIFY, PROPERTY_NOTIFY, SELECTION_CLEAR, \
    SELECTION_REQUEST, SELECTION_NOTIFY, CLIENT_MESSAGE = \
    12, 19, 22, 28, 29, 30, 31, 33

# event masks
MASK_KEYS, MASK_BUTTONS, MASK_MOTION = 3, 12, 64
MASK_CROSSING, MASK_EXPOSURE, MASK_STRUCTURE = 48, 1 << 15, 1 << 17
MASK_PROPERTY, MASK_FOCUS = 1 << 22, 1 << 21
MASK_ALL = MASK_KEYS | MASK_BUTTONS | MASK_MOTION | MASK_CROSSING | \
    MASK_EXPOSURE | MASK_STRUCTURE | MASK_PROPERTY | MASK_FOCUS

ATOM, CARDINAL, PRIMARY, STRING, WM_NAME = 4, 6, 1, 31, 39
PIECE = 65536  # bytes of one request, at most

Event = collections.namedtuple("Event", "type sent detail state x y root_x root_y "
                               "window data")
Format = collections.namedtuple("Format", "bits pad")
Visual = collections.namedtuple("Visual", "id depth kind red green blue")


class Refused(Exception):
    """The server answered by an error."""


class Gone(Exception):
    """The server is."""


def pad(data):
    return data + b"\0" * (-len(data) % 4)


def cookie(path):
    """That of the first entry of an authority file."""
    with open(path, "rb") as file:
        data = file.read()
    at = 2
    fields = []
    for _ in range(4):
        length, = struct.unpack_from(">H", data, at)
        fields.append(data[at + 2:at + 2 + length])
        at += 2 + length
    return fields[3]


class X:
    """One connection, over a connected socket."""

    LIMIT = 60  # seconds that any answer may take

    def __init__(self, sock, cookie=b""):
        self.socket = sock
        self.buffer = b""
        self.serial = 0
        self.replies = {}
        self.events = []
        self.errors = []
        self.extensions = {}
        self.atoms = {}
        name = b"MIT-MAGIC-COOKIE-1" if cookie else b""
        self.socket.sendall(
            struct.pack("<BxHHHHxx", ord("l"), 11, 0, len(name), len(cookie)) +
            pad(name) + pad(cookie))
        while not self._setup_is_there():
            self._fill(self.LIMIT)
        self._read_setup()

    def close(self):
        self.socket.close()

    # ---- the wire ----

    def _fill(self, limit):
        """True when something came."""
        if not select.select([self.socket], [], [], limit)[0]:
            return False
        try:
            data = self.socket.recv(1 << 20)
        except ConnectionResetError:
            data = b""
        if not data:
            raise Gone
        self.buffer += data
        return True

    def _setup_is_there(self):
        return len(self.buffer) >= 8 and \
            len(self.buffer) >= 8 + struct.unpack_from("<H", self.buffer, 6)[0] * 4

    def _read_setup(self):
        setup = self.buffer[8:]
        if self.buffer[0] != 1:
            raise Refused(setup.decode(errors="replace"))
        self.buffer = b""
        self.base, self.mask = struct.unpack_from("<II", setup, 4)
        vendor, = struct.unpack_from("<H", setup, 16)
        formats, self.high_bit_left = setup[21], setup[23] == 1
        at = 32 + (vendor + 3) // 4 * 4
        self.formats = {}
        for _ in range(formats):
            depth, bits, line = struct.unpack_from("<BBB", setup, at)
            self.formats[depth] = Format(bits, line)
            at += 8
        self.root, self.colormap, self.white, self.black = \
            struct.unpack_from("<IIII", setup, at)
        self.width, self.height = struct.unpack_from("<HH", setup, at + 20)
        self.visual, = struct.unpack_from("<I", setup, at + 32)
        self.depth, depths = struct.unpack_from("<BB", setup, at + 38)
        self.visuals = []
        at += 40
        for _ in range(depths):
            depth, count = struct.unpack_from("<BxH", setup, at)
            at += 8
            for _ in range(count):
                number, kind, red, green, blue = struct.unpack_from(
                    "<IBxxxIII", setup, at)
                self.visuals.append(Visual(number, depth, kind, red, green, blue))
                at += 24
        self.last = 0

    def id(self):
        self.last += 1
        return self.base | self.last

    def send(self, opcode, data=0, body=b""):
        """A request; its serial."""
        self.serial = (self.serial + 1) & 0xffff
        body = pad(body)
        self.socket.sendall(struct.pack("<BBH", opcode, data, 1 + len(body) // 4) +
                            body)
        return self.serial

    def _take(self):
        """One message out of the buffer; False: there is no whole one."""
        if len(self.buffer) < 32:
            return False
        kind = self.buffer[0]
        length = 32
        if kind == 1 or kind & 0x7f == 35:
            length += struct.unpack_from("<I", self.buffer, 4)[0] * 4
        if len(self.buffer) < length:
            return False
        data, self.buffer = self.buffer[:length], self.buffer[length:]
        serial, = struct.unpack_from("<H", data, 2)
        if kind == 0:
            self.errors.append(data)
            self.replies[serial] = None
        elif kind == 1:
            self.replies[serial] = data
        else:
            self.events.append(data)
        return True

    def reply(self, serial, limit=LIMIT):
        end = time.monotonic() + limit
        while serial not in self.replies:
            if not self._take() and not self._fill(max(0, end - time.monotonic())):
                raise TimeoutError("no answer of the X server")
        data = self.replies.pop(serial)
        if data is None:
            raise Refused("X error %d" % self.errors[-1][1])
        return data

    def ask(self, opcode, data=0, body=b""):
        return self.reply(self.send(opcode, data, body))

    def sync(self):
        """All requests are done; the errors of those without an answer."""
        self.ask(43)
        errors, self.errors = self.errors, []
        self.replies.clear()
        return [error[1] for error in errors]

    def wait(self, wanted, limit=LIMIT):
        """The next event for which wanted(event) is true, taken out; those
        before it stay. None after `limit` seconds."""
        end = time.monotonic() + limit
        seen = 0
        while True:
            while seen < len(self.events):
                event = self._event(self.events[seen])
                if wanted(event):
                    del self.events[seen]
                    return event
                seen += 1
            if not self._take() and not self._fill(max(0, end - time.monotonic())):
                return None

    def event(self, *types, window=None, limit=LIMIT):
        """The next event of one of these types; TimeoutError."""
        found = self.wait(lambda event: event.type in types and
                          window in (None, event.window), limit)
        if found is None:
            raise TimeoutError("no event of %s" % (types,))
        return found

    def forget(self):
        """Events that came until now are passed over."""
        self.sync()
        self.events.clear()

    @staticmethod
    def _event(data):
        kind = data[0] & 0x7f
        fields = (0, 0, 0, 0, 0, 0)
        if KEY_PRESS <= kind <= LEAVE:
            window, _, root_x, root_y, x, y, state = struct.unpack_from(
                "<IIhhhhH", data, 12)
            fields = (state, x, y, root_x, root_y, window)
        elif kind in (FOCUS_IN, FOCUS_OUT, EXPOSE):
            fields = (0, 0, 0, 0, 0, struct.unpack_from("<I", data, 4)[0])
        elif kind in (MAP_NOTIFY, CONFIGURE_NOTIFY):
            fields = (0, 0, 0, 0, 0, struct.unpack_from("<I", data, 8)[0])
        elif kind == PROPERTY_NOTIFY:
            window, atom = struct.unpack_from("<II", data, 4)
            fields = (data[16], atom, 0, 0, 0, window)
        return Event(kind, bool(data[0] & 0x80), data[1], *fields, data)

    # ---- requests ----

    def extension(self, name):
        """Its opcode and its first event."""
        if name not in self.extensions:
            data = self.ask(98, 0, struct.pack("<Hxx", len(name)) + name.encode())
            assert data[8], "the X server lacks " + name
            self.extensions[name] = data[9], data[10]
        return self.extensions[name]

    def atom(self, name):
        if name not in self.atoms:
            data = self.ask(16, 0, struct.pack("<Hxx", len(name)) + name.encode())
            self.atoms[name], = struct.unpack_from("<I", data, 8)
        return self.atoms[name]

    def atom_name(self, atom):
        data = self.ask(17, 0, struct.pack("<I", atom))
        length, = struct.unpack_from("<H", data, 8)
        return data[32:32 + length].decode("latin-1")

    def window(self, x, y, w, h, override=False, mask=MASK_ALL, title=None,
               argb=False, background=None):
        """A window on the root, mapped."""
        window = self.id()
        depth, visual, values = 0, 0, []
        if argb:
            visual = next(v.id for v in self.visuals if v.depth == 32)
            depth, colormap = 32, self.id()
            self.send(78, 0, struct.pack("<III", colormap, self.root, visual))
        bits = 1 << 1 | 1 << 3 | 1 << 9 | 1 << 11
        values = [self.black if background is None else background, 0,
                  int(override), mask]
        if argb:
            bits |= 1 << 13
            values.append(colormap)
        if title:
            pass
        self.send(1, depth, struct.pack("<IIhhHHHHII", window, self.root, x, y, w,
                                        h, 0, 1, visual, bits) +
                  struct.pack("<%dI" % len(values), *values))
        if title:
            self.change(window, WM_NAME, STRING, 8, title.encode())
        # The program chose its place.
        self.change(window, 40, 41, 32, struct.pack(
            "<18I", 1 | 4, x, y, w, h, *[0] * 13))
        self.send(8, 0, struct.pack("<I", window))
        return window

    def destroy(self, window):
        self.send(4, 0, struct.pack("<I", window))

    def change(self, window, atom, kind, bits, data, mode=0):
        self.send(18, mode, struct.pack("<IIIBxxxI", window, atom, kind, bits,
                                        len(data) * 8 // bits) + data)

    def property(self, window, atom, delete=False):
        """(type, format, bytes)."""
        data = self.ask(20, int(delete), struct.pack("<IIIII", window, atom, 0, 0,
                                                     1 << 24))
        kind, _, count = struct.unpack_from("<III", data, 8)
        return kind, data[1], data[32:32 + count * data[1] // 8]

    def cardinals(self, window, name):
        _, _, data = self.property(window, self.atom(name))
        return struct.unpack("<%dI" % (len(data) // 4), data)

    def send_event(self, window, data, mask=0):
        self.send(25, 0, struct.pack("<II", window, mask) + data.ljust(32, b"\0"))

    def focus(self, window):
        self.send(42, 1, struct.pack("<II", window, 0))

    def place(self, window):
        """(x, y, w, h), x and y on the root."""
        data = self.ask(14, 0, struct.pack("<I", window))
        w, h = struct.unpack_from("<HH", data, 16)
        data = self.ask(40, 0, struct.pack("<IIhh", window, self.root, 0, 0))
        x, y = struct.unpack_from("<hh", data, 12)
        return x, y, w, h

    def depth_of(self, window):
        return self.ask(14, 0, struct.pack("<I", window))[1]

    def configure(self, window, **values):
        names = ("x", "y", "width", "height", "border", "sibling", "mode")
        bits = sum(1 << names.index(name) for name in values)
        self.send(12, 0, struct.pack("<IHxx", window, bits) + b"".join(
            struct.pack("<i", values[name]) for name in names if name in values))

    def pointer(self):
        """(x, y, mask of buttons and modifiers) on the root."""
        data = self.ask(38, 0, struct.pack("<I", self.root))
        x, y = struct.unpack_from("<hh", data, 16)
        return x, y, struct.unpack_from("<H", data, 24)[0]

    def warp(self, x, y):
        self.send(41, 0, struct.pack("<IIhhHHhh", 0, self.root, 0, 0, 0, 0, x, y))

    def keys_down(self):
        data = self.ask(44)
        return [code for code in range(256) if data[8 + code // 8] >> (code % 8) & 1]

    def keysyms(self, first=8, count=248):
        """{code: [keysym...]}."""
        data = self.ask(101, 0, struct.pack("<BBxx", first, count))
        each = data[1]
        words = struct.unpack_from("<%dI" % (each * count), data, 32)
        return {first + i: list(words[i * each:(i + 1) * each])
                for i in range(count)}

    # ---- drawing ----

    def gc(self, drawable):
        gc = self.id()
        self.send(55, 0, struct.pack("<III", gc, drawable, 0))
        return gc

    def fill(self, drawable, gc, colour, *rects):
        self.send(56, 0, struct.pack("<III", gc, 1 << 2, colour))
        self.send(70, 0, struct.pack("<II", drawable, gc) + b"".join(
            struct.pack("<hhHH", *rect) for rect in rects))

    def put_image(self, drawable, gc, depth, x, y, w, h, data):
        """Rows as the server has them, ZPixmap."""
        stride = len(data) // h
        rows = max(1, PIECE // stride)
        for row in range(0, h, rows):
            part = data[row * stride:(row + rows) * stride]
            self.send(72, 2, struct.pack("<IIHHhhBBxx", drawable, gc, w,
                                         len(part) // stride, x, y + row, 0, depth) +
                      part)

    def get_image(self, drawable, x, y, w, h):
        """Rows as the server has them."""
        data = self.ask(73, 2, struct.pack("<IhhHHI", drawable, x, y, w, h,
                                           0xffffffff))
        return data[32:]

    # ---- pointers ----

    def glyph_cursor(self, glyph):
        font, cursor = self.id(), self.id()
        self.send(45, 0, struct.pack("<IHxx", font, 6) + b"cursor")
        self.send(94, 0, struct.pack("<IIIHHHHHHHH", cursor, font, font, glyph,
                                     glyph + 1, 0, 0, 0, 65535, 65535, 65535))
        return cursor

    def bitmap(self, w, h, rows):
        """A pixmap of depth 1; a number for each row, its lowest bit left."""
        pixmap = self.id()
        self.send(53, 1, struct.pack("<IIHH", pixmap, self.root, w, h))
        gc = self.gc(pixmap)
        if self.high_bit_left:
            rows = [sum((row >> bit & 1) << (bit ^ 7) for bit in range(w))
                    for row in rows]
        data = b"".join(row.to_bytes((w + 31) // 32 * 4, "little") for row in rows)
        self.send(72, 1, struct.pack("<IIHHhhBBxx", pixmap, gc, w, h, 0, 0, 0, 1) +
                  data)
        return pixmap

    def bitmap_cursor(self, source, mask, hot=(0, 0), fore=(0, 0, 0),
                      back=(65535, 65535, 65535)):
        cursor = self.id()
        self.send(93, 0, struct.pack("<III6HHH", cursor, source, mask, *fore, *back,
                                     *hot))
        return cursor

    def set_cursor(self, window, cursor):
        self.send(2, 0, struct.pack("<III", window, 1 << 14, cursor))

    # ---- selections ----

    def colours(self, pixels):
        """(red, green, blue) of each, 8 bits, by the default map."""
        pixels = list(pixels)
        data = self.ask(91, 0, struct.pack("<I%dI" % len(pixels), self.colormap, *pixels))
        return [tuple(c >> 8 for c in struct.unpack_from("<HHH", data, 32 + 8 * i))
                for i in range(len(pixels))]

    def shape(self, window, *rects):
        """Its outline, of rectangles."""
        self.send(self.extension("SHAPE")[0], 1, struct.pack("<BBBxIhh", 0, 0, 0,
                                                             window, 0, 0) +
                  b"".join(struct.pack("<hhHH", *rect) for rect in rects))

    def own(self, selection, window, time=0):
        self.send(22, 0, struct.pack("<III", window, selection, time))

    def owner(self, selection):
        return struct.unpack_from("<I", self.ask(23, 0, struct.pack(
            "<I", selection)), 8)[0]

    def convert(self, window, selection, target, into):
        """Asks and waits; (type, bytes), None: refused. In pieces, if the
        owner wants it so."""
        self.send(24, 0, struct.pack("<IIIII", window, selection, target, into, 0))
        found = self.event(SELECTION_NOTIFY)
        if not struct.unpack_from("<I", found.data, 20)[0]:
            return None
        # The property's own notice comes before that.
        self.events = [e for e in self.events if e[0] & 0x7f != PROPERTY_NOTIFY]
        kind, _, data = self.property(window, into, delete=True)
        if kind != self.atom("INCR"):
            return kind, data
        text = b""
        while True:
            self.wait(lambda e: e.type == PROPERTY_NOTIFY and e.window == window and
                      e.x == into and struct.unpack_from("<B", e.data, 16)[0] == 0)
            kind, _, data = self.property(window, into, delete=True)
            if not data:
                return kind, text
            text += data


def open_socket(path):
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    sock.connect(path)
    return sock


def connect(display, authority=None):
    """An X server of this machine, by its name."""
    number = display.split(":")[1].split(".")[0]
    path = "/tmp/.X11-unix/X" + number
    try:
        sock = open_socket("\0" + path)
    except OSError:
        sock = open_socket(path)
    return X(sock, cookie(authority) if authority and os.path.exists(authority)
             else b"")
