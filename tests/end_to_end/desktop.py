"""A real desktop on virtual_drv, for end-to-end and fault tests:

    with Desktop(SCENARIO) as desktop:
        desktop.control.do("click 100 100")
        desktop.wait(lambda: desktop.views("launchpad -> testnit"))

At the end it is stopped, and nothing of it may be left."""
import atexit
import ctypes
import os
import select
import shutil
import signal
import subprocess
import tempfile
import time
import xml.etree.ElementTree as ElementTree

from control import Control

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD_DIR = os.path.abspath(os.environ.get("BUILD_DIR", "build"))
GOLDEN = os.path.join(HERE, "golden")
MENUBAR = 16  # pixels at scale 100

SERVER = """<start><filename>nitpicker</filename>
<ram_quota>128M</ram_quota></start>"""


def program(name):
    return os.path.join(BUILD_DIR, "bin", name)


def start(filename, config="", **attributes):
    """A <start> node, with room for a sanitized program."""
    return ("<start %s><filename>%s</filename><ram_quota>64M</ram_quota>"
            "<config>%s</config></start>") % (
        " ".join('%s="%s"' % pair for pair in attributes.items()), filename, config)


def default_scenario(launchpad):
    """The installed one (what stands inside of <config>), with more config
    for its launchpad, and without what depends on the machine: entries, and
    how much is left for launchpad."""
    path = os.path.join(BUILD_DIR, "share", "nitpicker", "scenario", "desktop.xml")
    root = ElementTree.parse(path).getroot()
    for node in root.iter():
        for entry in node.findall("launcher"):
            if entry.find("needs") is not None:
                node.remove(entry)
    for node in root.iter("start"):
        if node.findtext("filename") == "launchpad":
            node.find("ram_quota").text = "512M"
            if node.find("config") is None:
                ElementTree.SubElement(node, "config")
            node.find("config").extend(
                ElementTree.fromstring("<config>%s</config>" % launchpad))
    # Less for the host, so that each back end leaves launchpad the same.
    return '<host ram_quota="128M"/>' + "".join(
        ElementTree.tostring(node, encoding="unicode") for node in root)


def wait_for_file(path, limit=60, alive=lambda: True):
    """Until the file is there; told by the kernel, not by asking again."""
    libc = ctypes.CDLL(None, use_errno=True)
    watch = libc.inotify_init1(os.O_CLOEXEC | os.O_NONBLOCK)
    created, moved = 0x100, 0x80
    end = time.monotonic() + limit
    try:
        folder = os.path.dirname(path).encode()
        if libc.inotify_add_watch(watch, folder, created | moved) < 0:
            raise OSError(ctypes.get_errno(), "inotify_add_watch")
        while not os.path.exists(path):
            assert time.monotonic() < end, "%s does not appear" % path
            assert alive(), "the desktop ended"
            if select.select([watch], [], [], 1)[0]:
                os.read(watch, 65536)
    finally:
        os.close(watch)


class View:
    """A view as nitpicker reports it, in output pixels."""

    def __init__(self, node):
        self.label, self.title = node.get("label"), node.get("title")
        self.x, self.y, self.w, self.h = (int(node.get(name)) for name in "xywh")
        self.visible = node.get("visible") == "yes"

    def __repr__(self):
        return "%s %r %d,%d %dx%d" % (self.label, self.title, self.x, self.y,
                                      self.w, self.h)

    def center(self):
        return self.x + self.w // 2, self.y + self.h // 2


class Process:
    """A process by number and start time, so that it is never another one."""

    def __init__(self, pid):
        self.pid = pid
        fields = self.stat()
        self.parent, self.started = int(fields[1]), fields[19]

    def stat(self):
        with open("/proc/%d/stat" % self.pid) as file:
            return file.read().rpartition(")")[2].split()

    def name(self):
        try:
            return os.path.basename(os.readlink("/proc/%d/exe" % self.pid))
        except OSError:
            return ""

    def is_alive(self):
        try:
            fields = self.stat()
        except OSError:
            return False
        return fields[19] == self.started and fields[0] != "Z"

    def kill(self, signo=signal.SIGKILL):
        os.kill(self.pid, signo)

    def private_memory(self):
        """What only this process has, in bytes; 0 with a sanitizer in it,
        which keeps what was freed."""
        with open("/proc/%d/maps" % self.pid) as file:
            if "libasan" in file.read():
                return 0
        with open("/proc/%d/smaps_rollup" % self.pid) as file:
            for line in file:
                if line.startswith("Private_Dirty:"):
                    return int(line.split()[1]) << 10
        return 0


def processes():
    found = []
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                found.append(Process(int(name)))
            except (OSError, IndexError):
                pass
    return found


class Desktop:
    WIDTH, HEIGHT = 1280, 800
    # ms: a changed file is looked at 40 ms later, by init and by its child
    CONFIG = 300
    control = None
    said = ""  # all of its log, after the end

    def __init__(self, scenario=None, options=(), environment=None,
                 backend="virtual", program=program, user=None):
        """`program` gives the path of one of our programs; `user`: its uid,
        if not ours."""
        # Another user can't reach our private TMPDIR.
        self.folder = tempfile.mkdtemp(prefix="desktop.",
                                       dir=None if user is None else "/tmp")
        self.runtime = os.path.join(self.folder, "runtime")
        os.mkdir(self.runtime, 0o700)
        self.scenario = None
        if scenario is not None:
            self.scenario = os.path.join(self.folder, "scenario.xml")
            self.configure(scenario)
        self.log_path = os.path.join(self.folder, "log")
        env = dict(os.environ, XDG_CONFIG_HOME=os.path.join(self.folder, "config"),
                   LC_ALL="C.UTF-8", TZ="UTC", **(environment or {}))
        for name in ("NITPICKER_PARENT", "DISPLAY", "WAYLAND_DISPLAY"):
            env.pop(name, None)
        if user is not None:
            for path in (self.folder, self.runtime):
                os.chown(path, user, -1)
        argv = [program("nitpicker-desktop"), "--backend", backend, "--runtime",
                self.runtime, "--reports", *options]
        with open(self.log_path, "wb") as log:
            self.process = subprocess.Popen(
                argv + ([self.scenario] if self.scenario else []), env=env,
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
                user=user, group=user, extra_groups=None if user is None else [])
        atexit.register(self.kill)  # of a test that fails outside of its tests
        try:
            self.connect(backend)
        except BaseException:
            self.fail()
            raise

    def connect(self, backend):
        name = {"virtual": "control"}.get(backend, backend)
        path = os.path.join(self.runtime, name)
        wait_for_file(path, alive=lambda: self.process.poll() is None)
        if backend == "virtual":
            self.control = Control(path, self.starved, self.at_rest)
            self.control.settle(limit=50000)

    def configure(self, scenario):
        """Writes the scenario (what stands inside of <config>); a running
        desktop follows."""
        fresh = self.scenario + ".new"
        with open(fresh, "w") as file:
            file.write('<config ram_quota="1G">%s</config>\n' % scenario)
        os.rename(fresh, self.scenario)
        if self.control:
            self.control.least = self.CONFIG

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if kind is None:
            self.stop()
            return
        self.fail()

    # ---- the end ----

    def stop(self):
        """SIGTERM: it exits with 0, and nothing is left."""
        family = self.family()
        self.process.terminate()
        code = self.process.wait(60)
        left = [p.name() or str(p.pid) for p in family if p.is_alive()]
        files = os.listdir(self.runtime) if os.path.exists(self.runtime) else []
        self.kill()
        assert code == 0, "exit code %d" % code
        assert not left, "still there: %s" % " ".join(left)
        assert not files, "left in the runtime folder: %s" % " ".join(files)

    def fail(self):
        """Ends it and shows what it said last."""
        self.kill()
        for line in self.said.splitlines()[-40:]:
            print("# | " + line)

    def kill(self):
        if self.control:
            self.control.close()
        if self.process.poll() is None:
            for process in self.family():
                try:
                    process.kill()
                except OSError:
                    pass
        self.process.wait()
        if os.path.exists(self.log_path):
            self.said = self.log()
        shutil.rmtree(self.folder, ignore_errors=True)

    # ---- what is there ----

    def family(self):
        """All processes of the desktop."""
        everyone = processes()
        members = {self.process.pid}
        grown = True
        while grown:
            size = len(members)
            members |= {p.pid for p in everyone if p.parent in members}
            grown = len(members) > size
        return [p for p in everyone if p.pid in members]

    def starved(self):
        """How long its processes waited for a processor so far, in ns; None
        if one of them runs or wants to."""
        waited, todo = 0, [self.process.pid]
        while todo:
            folder = "/proc/%d/" % todo.pop()
            try:
                with open(folder + "stat") as file:
                    if file.read().rpartition(")")[2].split()[0] in "RD":
                        return None
                with open(folder + "schedstat") as file:
                    waited += int(file.read().split()[1])
                for thread in os.listdir(folder + "task"):
                    with open(folder + "task/%s/children" % thread) as file:
                        todo += map(int, file.read().split())
            except (OSError, IndexError):
                pass  # it ended meanwhile
        return waited

    def activity(self):
        """{thread: how long and how often it ran} of our programs; None while
        one of them runs, or wants to."""
        names = {name[:15] for name in os.listdir(os.path.join(BUILD_DIR, "bin"))}
        found = {}
        for process in self.family():
            folder = "/proc/%d/task" % process.pid
            try:
                for thread in os.listdir(folder):
                    with open("%s/%s/stat" % (folder, thread)) as file:
                        head, _, tail = file.read().rpartition(") ")
                    if head.partition("(")[2] not in names:
                        continue
                    if tail[0] in "RD":
                        return None
                    with open("%s/%s/schedstat" % (folder, thread)) as file:
                        found[thread] = file.read()
            except OSError:
                return None  # it ends
        return found

    def at_rest(self):
        """All of our programs wait, and did between two looks: no message is
        on its way from one to another."""
        before = self.activity()
        return before is not None and self.activity() == before

    def processes(self, name):
        """Those that run that program."""
        return [p for p in self.family() if p.name() == name]

    def log(self):
        with open(self.log_path, errors="replace") as file:
            return file.read()

    def log_lines(self, words):
        return [line for line in self.log().splitlines() if words in line]

    def report(self, name):
        """The root of a report, "launchpad/children"; None: not there."""
        try:
            return ElementTree.parse(
                os.path.join(self.runtime, "report", name + ".xml")).getroot()
        except FileNotFoundError:
            return None

    def nodes(self, name, tag):
        root = self.report(name)
        return [] if root is None else list(root.iter(tag))

    def views(self, label=None):
        """From front to back."""
        views = [View(node) for node in self.nodes("nitpicker/views", "view")]
        return [view for view in views if label in (None, view.label)]

    def sessions(self):
        return {node.get("label"): node for node in
                self.nodes("nitpicker/sessions", "session")}

    def focus(self):
        root = self.report("nitpicker/focus")
        return None if root is None else root.get("label")

    def child(self, name, owner="launchpad"):
        """A row of launchpad's children; None: there is none."""
        for node in self.nodes(owner + "/children", "child"):
            if node.get("name") == name:
                return node
        return None

    def widget(self, role, name, owner="launchpad"):
        """A widget of a program, None if it shows none of that kind."""
        for node in self.nodes(owner + "/widgets", "widget"):
            if (node.get("role"), node.get("name")) == (role, name):
                return node
        return None

    # ---- doing ----

    def start_host(self, name):
        """One of our programs, as the host starts it."""
        env = dict(os.environ, NITPICKER_PARENT=os.path.join(self.runtime, "parent"))
        return subprocess.Popen([program(name)], env=env, stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL)

    def wait(self, condition, limit=60):
        return self.control.wait(condition, limit)

    def wait_for_views(self, label, count):
        """The views of a label, once there are that many to be seen."""
        def there():
            views = self.views(label)
            return len(views) == count and all(v.visible for v in views)
        try:
            self.wait(there)
        except AssertionError:
            raise AssertionError("%d views of %s instead: %s" % (
                count, label, self.views())) from None
        self.control.settle()
        return self.views(label)

    @staticmethod
    def place(widget):
        """Of a widget, in output pixels."""
        return tuple(int(widget.get(k)) for k in ("sx", "sy", "w", "h"))

    def click_widget(self, role, name, owner="launchpad"):
        """In its middle, once it is drawn where it is reported."""
        place = None
        while True:
            before = place
            place = self.place(self.wait(lambda: self.widget(role, name, owner)))
            if place == before:
                break
            self.control.calm()
        x, y, w, h = place
        self.control.do("click %d %d" % (x + w // 2, y + h // 2))

    def pixel(self, x, y):
        return self.control.do("pixel %d %d" % (x, y))

    def masks(self):
        """What a picture shows of the machine: how launchpad's quota is held."""
        return [tuple(int(node.get(key)) for key in ("sx", "sy", "w", "h"))
                for node in self.nodes("launchpad/widgets", "widget")
                if node.get("name").startswith("held by ")]

    def compare(self, name, tolerance=0, masks=()):
        """The picture against golden/NAME.png. With NITPICKER_GOLDEN=write it
        becomes that."""
        path = os.path.join(GOLDEN, name + ".png")
        if os.environ.get("NITPICKER_GOLDEN") == "write":
            os.makedirs(GOLDEN, exist_ok=True)
            self.control.do("screenshot " + path)
            return
        folder = os.environ.get("TEST_DIR", self.folder)
        self.control.compare(path, os.path.join(folder, name + ".diff.png"),
                             tolerance, [*masks, *self.masks()])
