"""A desktop with xvfb_glue, and a client of its X server:

    with Xdesktop() as x:
        x.client.window(...)
        x.run("xterm")

The client comes through xrelay.py, since the X server is in a sandbox."""
import functools
import os
import shutil
import socket
import tempfile

import tap
import wire
import xprotocol
from desktop import MENUBAR, SERVER, Desktop, program, wait_for_file

HERE = os.path.dirname(os.path.abspath(__file__))
LABEL = "xvfb_glue"


def need():
    """Skips the test where X programs can't run."""
    if not os.path.exists(program("xvfb_glue")):
        tap.skip_all("xvfb_glue is not built (packages libxcb-*-dev)")
    tap.need(("Xvfb", "xvfb"), ("xkbcomp", "x11-xkb-utils"))


def read_all(sock):
    """What a program prints until it ends."""
    data = b""
    while True:
        more = sock.recv(65536)
        if not more:
            return data
        data += more


class Glue:
    """The <start> node of one xvfb_glue, and the way into it."""

    def __init__(self, config="", name=LABEL, quota="256M"):
        self.folder = tempfile.mkdtemp(prefix="xglue.", dir="/tmp")
        os.chmod(self.folder, 0o777)
        shutil.copy(os.path.join(HERE, "xrelay.py"), self.folder)
        self.name = name
        self.node = (
            '<start name="%s"><filename>xvfb_glue</filename>'
            '<ram_quota>%s</ram_quota>'
            '<filesystem path="%s" writable="yes"/>'
            '<config><command>exec python3 %s/xrelay.py %s</command>%s</config>'
            '</start>') % (name, quota, self.folder, self.folder, self.folder,
                           config)

    def path(self, name):
        return os.path.join(self.folder, name)

    def connect(self, alive=lambda: True):
        """A new client of the X server."""
        wait_for_file(self.path("x"), alive=alive)
        return xprotocol.X(xprotocol.open_socket(self.path("x")),
                           xprotocol.cookie(self.path("authority")))

    def run(self, command):
        """A socket: reads what the command prints, until its end. Closing it
        ends the command."""
        wait_for_file(self.path("run"))
        sock = socket.socket(socket.AF_UNIX)
        sock.settimeout(60)
        sock.connect(self.path("run"))
        sock.sendall(command.encode() + b"\0")
        return sock

    def output(self, command):
        """What the command prints until it ends."""
        with self.run(command) as sock:
            return read_all(sock)

    def restart(self):
        """The way into the next X server."""
        for name in ("x", "run", "authority"):
            os.unlink(self.path(name))

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)


class Xdesktop(Desktop):
    def __init__(self, config="", others="", options=(), glue=None, **more):
        self.glue = glue or Glue(config)
        self.client = None
        super().__init__(SERVER + self.glue.node + others, options=options, **more)
        try:
            self.client = self.glue.connect(lambda: self.process.poll() is None)
            self.clients = [self.client]
        except BaseException:
            self.fail()
            raise

    def connect_client(self):
        client = self.glue.connect(lambda: self.process.poll() is None)
        self.clients.append(client)
        return client

    def run(self, command):
        return self.glue.run(command)

    def kill(self):
        super().kill()
        self.glue.remove()

    # ---- windows ----

    def windows(self):
        """xvfb_glue's report of its windows, front to back."""
        return self.nodes(self.glue.name + "/windows", "window")

    def shown(self, window):
        """Waits until that window is to be seen; its place in output pixels."""
        def there():
            for node in self.windows():
                if int(node.get("id"), 16) == window:
                    return node
            return None
        self.wait(there)
        self.control.settle()
        node = self.wait(there)
        return tuple(int(node.get(k)) for k in ("sx", "sy", "w", "h"))

    def titled(self, *titles):
        """Waits for a window with one of these titles."""
        def there():
            for node in self.windows():
                if any(title in node.get("title") for title in titles):
                    return node
            return None
        return int(self.wait(there).get("id"), 16)

    def click_window(self, window, x=10, y=10):
        sx, sy, _, _ = self.shown(window)
        self.control.do("click %d %d" % (sx + x, sy + y))
        self.control.settle()

    def focused_window(self, x, y, w, h, **more):
        """A new window of the client that has the focus."""
        window = self.client.window(x, y, w, h, **more)
        self.click_window(window)
        self.client.event(xprotocol.FOCUS_IN, window=window)
        return window


def start_other(desktop):
    """A native program with a window: it, and a place to click at."""
    host = wire.Host(desktop.runtime)
    host.session = host.open(1 << 20)
    os.close(wire.window(host.session, 700, 500, 50, 50))
    wire.refresh(host.session, 1, (0, 0, 50, 50))
    desktop.control.settle()
    return host, (725, 525 + MENUBAR)


class Case:
    """Tests of one desktop: methods check_..., and `end` after them."""

    def __init__(self, *args, **named):
        self.desktop = Xdesktop(*args, **named)
        self.control = self.desktop.control
        self.x = self.desktop.client

    def end(self):
        self.desktop.stop()


def run(case, tests, then=()):
    """Runs [(name, case.check_...)] on one case, then its end, then [(name,
    function)] of their own. The exit code."""
    need()
    case = case()
    code = tap.run(
        [(name, functools.partial(method, case)) for name, method in tests] +
        [("nothing is left", case.end), *then])
    if code:
        case.desktop.fail()
    return code
