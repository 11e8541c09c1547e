"""A small VNC viewer (RFC 6143): raw pixels only."""
import ctypes
import os
import select
import socket
import struct

RAW, DESKTOP_SIZE, EXTENDED_SIZE = 0, -223, -308
CURSOR, LEDS = -239, -261
SCROLL_LED, NUM_LED, CAPS_LED = 1, 2, 4


def encrypt(challenge, password):
    """The answer of VNC authentication, by libvncserver's own DES."""
    library = ctypes.CDLL("libvncserver.so.1")
    data = ctypes.create_string_buffer(challenge, 16)
    library.rfbEncryptBytes(data, ctypes.create_string_buffer(password.encode()))
    return data.raw[:16]


def connect(place):
    """Unix socket (path) or (host, port)."""
    family = socket.AF_UNIX if isinstance(place, str) else socket.AF_INET
    sock = socket.socket(family)
    sock.settimeout(60)
    sock.connect(place)
    return sock


class Closed(Exception):
    """The server ended the connection."""


class Viewer:
    """After __init__ the handshake is done; `picture` is bytes of xrgb8888."""

    def __init__(self, place, password=None,
                 encodings=(RAW, DESKTOP_SIZE, EXTENDED_SIZE)):
        self.socket = connect(place)
        version = self.read(12)
        assert version == b"RFB 003.008\n", version
        self.send(version)
        types = self.read(self.read(1)[0])
        if password is None:
            assert types == b"\1", "asks for a password: %r" % types
            self.send(b"\1")
        else:
            assert types == b"\2", "security types %r" % types
            self.send(b"\2")
            self.send(encrypt(self.read(16), password))
        result = struct.unpack(">I", self.read(4))[0]
        if result:
            raise PermissionError(self.read(struct.unpack(">I", self.read(4))[0]))
        self.send(b"\1")  # shared
        width, height = struct.unpack(">HH", self.read(4))
        self.read(16)
        self.name = self.read(struct.unpack(">I", self.read(4))[0]).decode()
        self.send(struct.pack(">BxxxBBBBHHHBBBxxx", 0, 32, 24, 0, 1, 255, 255, 255,
                              16, 8, 0))
        self.send(struct.pack(">BxH", 2, len(encodings)) +
                  b"".join(struct.pack(">i", e) for e in encodings))
        self.resized(width, height)

    def close(self):
        self.socket.close()

    def resized(self, width, height):
        self.width, self.height = width, height
        self.picture = bytearray(width * height * 4)

    def read(self, size):
        data = b""
        while len(data) < size:
            part = self.socket.recv(size - len(data))
            if not part:
                raise Closed
            data += part
        return data

    def send(self, data):
        self.socket.sendall(data)

    def request(self, incremental=True):
        self.send(struct.pack(">BBHHHH", 3, incremental, 0, 0, self.width,
                              self.height))

    def update(self):
        """Takes one update; its rectangles."""
        while True:
            kind = self.read(1)[0]
            if kind == 0:
                break
            assert kind in (2, 3), "message %d" % kind
            if kind == 3:  # cut text
                self.read(3)
                self.text = self.read(struct.unpack(">I", self.read(4))[0])
        count = struct.unpack(">xH", self.read(3))[0]
        rects = []
        for _ in range(count):
            x, y, w, h, encoding = struct.unpack(">HHHHi", self.read(12))
            if encoding == RAW:
                self.take(x, y, w, h, self.read(w * h * 4))
                rects.append((x, y, w, h))
            elif encoding == EXTENDED_SIZE:
                screens = self.read(4)[0]
                self.read(16 * screens)
                self.size_result = (x, y)
                if (w, h) != (self.width, self.height):
                    self.resized(w, h)
            elif encoding == DESKTOP_SIZE:
                self.resized(w, h)
            elif encoding == CURSOR:
                self.cursor = (w, h, self.read(w * h * 4))
                self.read((w + 7) // 8 * h)
            elif encoding == LEDS:
                self.leds = self.read(1)[0]
            else:
                raise AssertionError("encoding %d" % encoding)
        return rects

    def take(self, x, y, w, h, data):
        for row in range(h):
            at = ((y + row) * self.width + x) * 4
            self.picture[at:at + w * 4] = data[row * w * 4:(row + 1) * w * 4]

    def is_idle(self, limit=0.1):
        return not select.select([self.socket], [], [], limit)[0]

    def key(self, keysym, down):
        self.send(struct.pack(">BBxxI", 4, down, keysym))

    def pointer(self, x, y, buttons=0):
        self.send(struct.pack(">BBHH", 5, buttons, x, y))

    def cut(self, text):
        """Sets its clipboard; Latin-1."""
        self.send(struct.pack(">BxxxI", 6, len(text)) + text)

    def resize(self, width, height):
        self.send(struct.pack(">BxHHBxIHHHHI", 251, width, height, 1, 1, 0, 0,
                              width, height, 0))

    def is_gone(self, limit=60):
        """True when the server ends the connection."""
        self.socket.settimeout(limit)
        try:
            while self.socket.recv(65536):
                pass
            return True
        except ConnectionResetError:
            return True
        except TimeoutError:
            return False
        finally:
            self.socket.settimeout(60)
