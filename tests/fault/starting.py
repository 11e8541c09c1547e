"""nitpicker-desktop with small scenarios, for tests of init and of what it does
with its children."""
import ctypes
import os
import select
import shutil
import signal
import subprocess
import tempfile
import time
import xml.etree.ElementTree as tree

import tap

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD_DIR = os.environ.get("BUILD_DIR", os.path.join(TOP, "build"))
MARK = "FAULT_INIT_MARK=%d" % os.getpid()
NOBODY = 65534
CREATED, MOVED = 0x100, 0x80  # of inotify
LIBC = ctypes.CDLL(None, use_errno=True)


def program(name):
    return os.path.join(BUILD_DIR, "bin", name)


def shell(name, script, more=""):
    """A <start> node of a shell script, marked so that strays are found."""
    return ('<start name="%s"><filename>/bin/sh</filename>'
            '<ram_quota>16M</ram_quota><arg value="-c"/><arg value="%s"/>'
            '<env name="%s" value="%s"/>%s</start>\n'
            % ((name, script) + tuple(MARK.split("=")) + (more,)))


def is_sandbox(pid):
    try:
        return os.path.basename(os.readlink("/proc/%s/exe" % pid)) == "bwrap"
    except OSError:
        return False


def strays(sandbox=True):
    """Process ids that carry our mark, with or without those of bubblewrap."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open("/proc/%s/environ" % pid, "rb") as file:
                if (MARK.encode() in file.read().split(b"\0")
                        and (sandbox or not is_sandbox(pid))):
                    found.append(int(pid))
        except OSError:
            pass
    return found


def open_process(pid):
    """A descriptor that is readable when it ended; None: it is gone."""
    try:
        return os.pidfd_open(pid)
    except OSError:
        return None


class Desktop:
    """with Desktop(starts) as desktop: a desktop on the virtual back end that
    runs these <start> nodes. `user`: its uid, if not ours."""

    def __init__(self, starts, *options, user=None, backend="virtual",
                 path=None):
        # Another user can reach neither our private TMPDIR nor, in general,
        # the programs where they were built.
        self.folder = tempfile.mkdtemp(prefix="fault_init.",
                                       dir="/tmp" if user else None)
        self.programs = os.path.join(BUILD_DIR, "bin")
        self.runtime = os.path.join(self.folder, "runtime")
        self.scenario = os.path.join(self.folder, "scenario.xml")
        self.options = list(options)
        self.user = user
        self.backend = backend
        self.path = path
        self.text = ""
        self.ended = False  # what it prints
        self.files = LIBC.inotify_init1(os.O_CLOEXEC | os.O_NONBLOCK)
        if user:
            os.chown(self.folder, user, -1)
            self.programs = os.path.join(self.folder, "bin")
            self.copy_programs()
        self.write(starts)

    def copy_programs(self):
        """What these tests start, beside the data of the suite."""
        shutil.copytree(os.path.join(BUILD_DIR, "share"),
                        os.path.join(self.folder, "share"))
        os.mkdir(self.programs)
        for name in ("nitpicker-desktop", "virtual_drv", "virtual_drv.xml"):
            shutil.copy(program(name), self.programs)

    def write(self, starts, head=""):
        self.write_raw("<config ram_quota=\"256M\">%s\n<host ram_quota=\"16M\"/>"
                       "\n%s</config>\n" % (head, starts))

    def write_raw(self, text):
        with open(self.scenario + ".new", "w") as file:
            file.write(text)
        os.rename(self.scenario + ".new", self.scenario)

    def become(self):
        if self.user:
            os.setgroups([])
            os.setgid(self.user)
            os.setuid(self.user)

    def spawn(self):
        self.ended = False
        environment = dict(os.environ, HOME=self.folder,
                           XDG_RUNTIME_DIR=self.folder)
        environment.pop("NITPICKER_PARENT", None)
        if self.path is not None:
            environment["PATH"] = self.path
        self.process = subprocess.Popen(
            [os.path.join(self.programs, "nitpicker-desktop"),
             "--backend", self.backend,
             "--runtime", self.runtime] + self.options + [self.scenario],
            env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            preexec_fn=self.become if self.user else None)

    def __enter__(self):
        self.spawn()
        self.until(lambda: self.children())
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.read_all()
        self.process.wait()
        self.process.stdout.close()
        self.remove()

    def remove(self):
        os.close(self.files)
        shutil.rmtree(self.folder, ignore_errors=True)

    def pump(self, limit):
        """Takes what is printed within `limit` seconds."""
        if not select.select([self.process.stdout], [], [], limit)[0]:
            return False
        data = os.read(self.process.stdout.fileno(), 65536)
        self.text += data.decode(errors="replace")
        return bool(data)

    def read_all(self):
        while self.pump(5):
            pass

    def follow_files(self):
        """Of the folders that are there by now, what appears in them."""
        for path in (self.folder, self.runtime, self.runtime + "/report"):
            LIBC.inotify_add_watch(self.files, path.encode(), CREATED | MOVED)

    def until(self, condition, limit=60):
        """Until that holds; looked at whenever something was printed or
        reported, or a marked process ended."""
        end = time.monotonic() + limit
        while True:
            self.follow_files()
            marked = [fd for fd in map(open_process, strays()) if fd is not None]
            try:
                result = condition()
                if result:
                    return result
                left = end - time.monotonic()
                if left <= 0:
                    raise AssertionError("not within %d s; printed so far:\n%s"
                                         % (limit, self.text))
                wanted = [self.files] + marked + [self.process.stdout] * (not self.ended)
                ready = select.select(wanted, [], [], left)[0]
            finally:
                for fd in marked:
                    os.close(fd)
            if self.files in ready:
                os.read(self.files, 65536)
            if self.process.stdout in ready:
                self.ended = not self.pump(0)

    def children(self):
        path = os.path.join(self.runtime, "report", "children.xml")
        try:
            root = tree.parse(path).getroot()
        except (OSError, tree.ParseError):
            return {}
        return {child.get("name"): child.attrib for child in root}

    def left(self):
        path = os.path.join(self.runtime, "report", "children.xml")
        return int(tree.parse(path).getroot().get("left"))

    def adds_up(self):
        """Given and left is what there is, at any moment."""
        root = tree.parse(os.path.join(self.runtime, "report", "children.xml")).getroot()
        parts = [int(root.get(name)) for name in ("reserve", "host", "returning", "left")]
        parts += [int(child.get("quota")) for child in root]
        check(int(root.get("total")) == sum(parts), root.attrib, parts)
        return True

    def child(self, name, state, reason=""):
        """Waits for a child's state, with that in its reason."""
        def look():
            child = self.children().get(name)
            return (child and child["state"] == state and
                    reason in child["reason"] and child)
        return self.until(look)

    def printed(self, text):
        self.until(lambda: text in self.text)

    def stop(self, signo=signal.SIGTERM):
        """Ends it; returns how long that took."""
        start = time.monotonic()
        self.process.send_signal(signo)
        self.read_all()
        self.process.wait(60)
        return time.monotonic() - start


def run(*arguments):
    return subprocess.run([program("nitpicker-desktop")] + list(arguments),
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=60, text=True)


def check(condition, *what):
    if not condition:
        raise AssertionError(" ".join(map(str, what)))


def isolation(path=os.environ.get("PATH", "")):
    """What isolates children here, as the desktop says itself."""
    said = subprocess.run([program("nitpicker-desktop"), "--check", "--backend",
                           "virtual"], capture_output=True, text=True,
                          env=dict(os.environ, PATH=path))
    return said.stdout.partition("isolated by: ")[2].partition("\n")[0]


def isolated():
    return isolation() == "bubblewrap"


def need():
    """Skips all where something was not built."""
    for needed in ("nitpicker-desktop", "virtual_drv", "hello"):
        if not os.access(program(needed), os.X_OK):
            tap.skip_all(needed + " is not built")
