"""The wire of nitpicker/session, from scratch: to stand in for a parent, a
client or a server in tests, also for one that breaks the rules."""
import fcntl
import os
import select
import socket
import struct
import subprocess
import time

MAGIC = 0x6e697470
OK, DENIED, INVALID, QUOTA_EXCEEDED, NO_SERVICE, BUSY, GONE = range(7)
ANSWER = 0x4000
HELLO, STATUS, ERROR = 0x7f00, 0x7f01, 0x7f02

# parent
SESSION_OPEN, SESSION_UPGRADE, SESSION_CLOSE, ANNOUNCE, ACCEPT, DENY, CLOSED, \
    REVOKE, RESOURCE_REQUEST, FILE, REPORT, STORE, START, EXIT = range(1, 15)
CONFIG, RESOURCE, SESSION_REQUEST = 0x20, 0x21, 0x22
# frames
REFRESH, SHOWN, EXPOSED, POINTER_IMAGE = 0x10, 0x11, 0x12, 0x13
# Framebuffer
FB_MODE, FB_BUFFER, FB_WISH, FB_TITLE, FB_POINTER, FB_OUTPUTS, \
    FB_MODE_CHANGED = range(1, 8)
# Input
EVENTS, KEYBOARD, GRAB, CLIPBOARD_OFFER, CLIPBOARD_READ = range(0x40, 0x45)
PRESS, RELEASE, CHARACTER, MOTION, RELATIVE, WHEEL, TOUCH, UNTOUCH = range(8)
# Nitpicker
INFO, BUFFER, ADOPT, EXECUTE, POINTER = range(1, 6)
XRGB8888, ARGB8888, RGB565 = range(3)

SEALS = 0xf  # SEAL, SHRINK, GROW, WRITE
F_ADD_SEALS = 1033


def string(text, size):
    """A string field of `size` bytes."""
    data = text if isinstance(text, bytes) else text.encode()
    return struct.pack("<I%ds" % size, len(data), data)


def blob(data):
    """A sealed memfd with that content."""
    fd = os.memfd_create("blob", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    os.write(fd, data)
    fcntl.fcntl(fd, F_ADD_SEALS, SEALS)
    return fd


class Gone(Exception):
    """The peer ended the session."""


class Message:
    def __init__(self, packet, fds):
        self.opcode, self.size, self.serial = struct.unpack_from("<HHI", packet)
        self.body = packet[8:]
        self.fds = fds

    def unpack(self, form):
        return struct.unpack_from("<" + form, self.body)


class Wire:
    """One connected socket. Events that come while something else is waited
    for are kept in `events`."""

    LIMIT = 60  # seconds that any answer may take

    def __init__(self, sock, protocol, greet=True):
        self.socket = sock
        self.serial = 0
        self.events = []
        if greet:
            self.send(HELLO, struct.pack("<II", MAGIC, 1) + string(protocol, 64))

    def close(self):
        self.socket.close()

    def raw(self, packet, fds=()):
        """One packet as it is."""
        try:
            socket.send_fds(self.socket, [packet], list(fds))
        except (BrokenPipeError, ConnectionResetError):
            raise Gone from None

    def send(self, opcode, body=b"", serial=0, fds=()):
        self.raw(struct.pack("<HHI", opcode, 8 + len(body), serial) + body, fds)

    def post(self, opcode, body=b"", fds=()):
        """A one-way message; its serial."""
        self.serial += 1
        self.send(opcode, body, self.serial, fds)
        return self.serial

    def receive(self, limit=LIMIT):
        """The next message, but for the greeting; None after `limit`
        seconds."""
        end = time.monotonic() + limit
        while True:
            left = max(0, end - time.monotonic())
            if not select.select([self.socket], [], [], left)[0]:
                return None
            try:
                packet, fds, _, _ = socket.recv_fds(self.socket, 4096, 4)
            except ConnectionResetError:
                raise Gone from None
            if not packet:
                raise Gone
            message = Message(packet, fds)
            if message.opcode != HELLO:
                return message

    def event(self, opcode, limit=LIMIT):
        """The next event of that kind, also one that came already."""
        for message in self.events:
            if message.opcode == opcode:
                self.events.remove(message)
                return message
        end = time.monotonic() + limit
        while True:
            message = self.receive(max(0, end - time.monotonic()))
            if message is None:
                raise TimeoutError("no event %#x" % opcode)
            if message.opcode == opcode:
                return message
            self.events.append(message)

    def request(self, opcode, body=b"", fds=()):
        """(status, answer); the answer is None when there is only a status."""
        serial = self.post(opcode, body, fds)
        while True:
            message = self.receive()
            if message is None:
                raise TimeoutError("no answer to %#x" % opcode)
            if message.serial != serial or message.opcode == ERROR:
                self.events.append(message)
            elif message.opcode == STATUS:
                return message.unpack("I")[0], None
            else:
                return OK, message

    def is_gone(self, limit=LIMIT):
        """True when the peer ends the session within that time."""
        end = time.monotonic() + limit
        try:
            while self.receive(max(0, end - time.monotonic())):
                pass
        except Gone:
            return True
        return False


def input_events(message):
    """[(type, code, x, y, character)] of an `events` message."""
    return [struct.unpack_from("<QIIiiII", message.body, at)[1:6]
            for at in range(0, len(message.body), 32)]


def text(*keys):
    """(press, character, release) events of keys given as (code, plain,
    typed)."""
    events = []
    for code, plain, typed in keys:
        events += [(PRESS, code, 0, 0, ord(plain)),
                   (CHARACTER, code, 0, 0, ord(typed)),
                   (RELEASE, code, 0, 0, 0)]
    return events


class Parent:
    """A parent with one child, which it starts."""

    def __init__(self, argv, config="", quota=1 << 30, environment=None):
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        theirs.set_inheritable(True)
        self.child = subprocess.Popen(
            argv, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=dict(os.environ, NITPICKER_PARENT=str(theirs.fileno()),
                     **(environment or {})))
        theirs.close()
        self.wire = Wire(ours, "parent")
        self.announced = set()
        self.accepted = {}
        self.last_id = 0
        self.requests = 0  # for more quota; none is granted
        self.configure(config)
        self.wire.send(RESOURCE, struct.pack("<QQ", quota, 0))

    def configure(self, config):
        fd = blob(("<config>%s</config>" % config).encode())
        self.wire.send(CONFIG, struct.pack("<II", 1, 1) + string("test.xml", 256),
                       fds=[fd])
        os.close(fd)

    def serve(self, condition):
        """Answers the child until the condition holds."""
        while not condition():
            message = self.wire.receive()
            if message is None:
                raise TimeoutError("the child asks for nothing")
            if message.opcode == ANNOUNCE:
                length, name = message.unpack("I64s")
                self.announced.add(name[:length].decode())
                self.answer(message, OK)
            elif message.opcode in (ACCEPT, DENY):
                self.accepted[message.unpack("I")[0]] = message.opcode == ACCEPT
            elif message.opcode == RESOURCE_REQUEST:
                self.requests += 1
                self.answer(message, QUOTA_EXCEEDED)
            elif message.serial and message.opcode not in (CLOSED, REPORT, EXIT):
                self.answer(message, DENIED)

    def answer(self, message, status):
        self.wire.send(STATUS, struct.pack("<I", status), message.serial)

    def open(self, service, label="test"):
        """A session with the child; None if it denies it."""
        self.serve(lambda: service in self.announced)
        self.last_id += 1
        number = self.last_id
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.wire.send(SESSION_REQUEST,
                       struct.pack("<QI", 1 << 20, number) + string(service, 64) +
                       string(label, 256) + string("", 512),
                       fds=[theirs.fileno()])
        theirs.close()
        self.serve(lambda: number in self.accepted)
        if self.accepted[number]:
            return Wire(ours, service)
        ours.close()
        return None

    def stop(self):
        """Ends the child; its exit code and what it logged."""
        self.child.terminate()
        _, log = self.child.communicate(timeout=60)
        self.wire.close()
        return self.child.returncode, log.decode()


class Host:
    """A client of a running desktop, as any program of the user may be."""

    def __init__(self, runtime):
        sock = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        sock.connect(runtime + "/parent")
        self.wire = Wire(sock, "parent")

    def open(self, quota=1 << 20, label="", service="Nitpicker", greet=True):
        """A session; AssertionError if there is none."""
        body = struct.pack("<Q", quota) + string(service, 64) + \
            string(label, 256) + string("", 512) + struct.pack("<I", 0)
        status, answer = self.wire.request(SESSION_OPEN, body)
        assert answer, "no session: status %d" % status
        self.id = answer.unpack("I")[0]
        sock = socket.socket(fileno=answer.fds[0])
        sock.setblocking(True)
        return Wire(sock, service, greet)

    def upgrade(self, quota):
        return self.wire.request(SESSION_UPGRADE,
                                 struct.pack("<QII", quota, self.id, 0))[0]

    def close(self):
        self.wire.close()


def record(op, view, form="", *fields):
    """One record of `execute`."""
    body = struct.pack("<" + form, *fields)
    return struct.pack("<HHI", op, 8 + len(body), view) + body


CREATE, DESTROY, GEOMETRY, OFFSET, CONTENT, FRONT, BACK, FRONT_OF, BEHIND_OF, \
    TITLE, BACKGROUND = range(1, 12)


def title(view, text):
    """A record that names the view."""
    return record(TITLE, view, "I64s", len(text.encode()), text.encode())


def window(wire, x, y, w, h, view=1):
    """Gives the session a buffer of w * h and one view; the buffer's fd."""
    status, answer = wire.request(BUFFER, struct.pack("<III", w, h, XRGB8888))
    assert status == OK, "no buffer: status %d" % status
    wire.post(EXECUTE, record(CREATE, view, "I", 0) +
              record(GEOMETRY, view, "iiII", x, y, w, h) + record(FRONT, view))
    return answer.fds[0]


def refresh(wire, frame, *rects):
    wire.post(REFRESH, struct.pack("<II", frame, 1) + b"".join(
        struct.pack("<4H", *rect) for rect in rects))
