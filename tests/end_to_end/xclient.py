"""A client of an X server that tells when the picture has come to rest, from
the server's own DAMAGE events, and closes windows as a window manager does.
Speaks the protocol itself: there is no library for it in Python's own."""
import select
import socket
import struct
import time


class Xclient:
    """Sees all drawing on a display."""

    RAW_RECTANGLES = 0
    CREATE, QUERY_VERSION = 1, 0

    def __init__(self, display):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            self.sock.connect("\0/tmp/.X11-unix/X" + display.lstrip(":"))
        except OSError:
            self.sock.connect("/tmp/.X11-unix/X" + display.lstrip(":"))
        self.sock.sendall(struct.pack("<BxHHHHxx", ord("l"), 11, 0, 0, 0))
        ok, words = struct.unpack("<B5xH", self._read(8))
        setup = self._read(words * 4)
        if ok != 1:
            raise RuntimeError("X refuses: %r" % setup)
        base, = struct.unpack("<I", setup[4:8])
        vendor, = struct.unpack("<H", setup[16:18])
        formats = setup[21]
        root_at = 32 + (vendor + 3) // 4 * 4 + formats * 8
        root, = struct.unpack("<I", setup[root_at:root_at + 4])
        opcode = self._query_extension(b"DAMAGE")
        self._request(opcode, self.QUERY_VERSION, struct.pack("<II", 1, 1))
        self._reply()
        self._request(opcode, self.CREATE,
                      struct.pack("<IIBxxx", base, root, self.RAW_RECTANGLES))

    def close(self):
        self.sock.close()

    def settle(self, still=0.15, limit=30.0):
        """True once nothing was drawn for `still` seconds; False after
        `limit`."""
        end = time.monotonic() + limit
        while time.monotonic() < end:
            if not select.select([self.sock], [], [], still)[0]:
                return True
            if not self.sock.recv(65536):
                raise RuntimeError("the X server is gone")
        return False

    def changed(self, limit=30.0):
        """Waits until something is drawn; False after `limit`."""
        if not select.select([self.sock], [], [], limit)[0]:
            return False
        return bool(self.sock.recv(65536))

    def close_window(self, window):
        """Asks the window's program to close it."""
        protocols = self._atom(b"WM_PROTOCOLS")
        delete = self._atom(b"WM_DELETE_WINDOW")
        event = struct.pack("<BBHIIIIIII", 33, 32, 0, window, protocols, delete,
                            0, 0, 0, 0)
        self._request(25, 0, struct.pack("<II", window, 0) + event)

    def _atom(self, name):
        padded = name + b"\0" * (-len(name) % 4)
        self._request(16, 0, struct.pack("<Hxx", len(name)) + padded)
        return struct.unpack("<I", self._reply()[8:12])[0]

    def _read(self, count):
        data = b""
        while len(data) < count:
            part = self.sock.recv(count - len(data))
            if not part:
                raise RuntimeError("the X server is gone")
            data += part
        return data

    def _request(self, opcode, minor, body):
        self.sock.sendall(struct.pack("<BBH", opcode, minor, 1 + len(body) // 4) + body)

    def _reply(self):
        """The next reply; events before it are passed over."""
        while True:
            head = self._read(32)
            if head[0] == 0:
                raise RuntimeError("X error %d" % head[1])
            if head[0] == 1:
                return head + self._read(struct.unpack("<I", head[4:8])[0] * 4)

    def _query_extension(self, name):
        padded = name + b"\0" * (-len(name) % 4)
        self._request(98, 0, struct.pack("<Hxx", len(name)) + padded)
        reply = self._reply()
        if not reply[8]:
            raise RuntimeError("the X server lacks " + name.decode())
        return reply[9]
