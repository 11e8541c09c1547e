"""A desktop of a driver and nothing but device_client, which says what it
gets: for the tests of drivers."""
import os
import select
import shutil
import subprocess
import tempfile
import time

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD_DIR = os.environ.get("BUILD_DIR", os.path.join(TOP, "build"))

SCENARIO = """<config ram_quota="512M">
  <start>
    <filename>%s</filename>
    %s
  </start>
  <start>
    <filename>device_client</filename>
  </start>
</config>
"""


def program(name):
    return os.path.join(BUILD_DIR, "bin", name)


class Device:
    """with Device("sdl2_drv", "<config .../>", environment) as device: ready
    once the client's first frame is shown."""

    PREFIX = "[device_client] "

    def __init__(self, driver, config, environment):
        self.driver = driver
        self.config = config
        self.environment = dict(environment)
        self.environment.pop("NITPICKER_PARENT", None)
        self.buffer = b""
        self.seen = []

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="device.")
        self.scenario = os.path.join(self.folder, "scenario.xml")
        self.configure(self.config)
        self.process = subprocess.Popen(
            [program("nitpicker-desktop"), "--runtime",
             os.path.join(self.folder, "runtime"), self.scenario],
            env=self.environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        try:
            self.until("shown")
        except AssertionError:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait()
        self.process.stdout.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def configure(self, config):
        """Writes the scenario; a running desktop follows it."""
        new = self.scenario + ".new"
        with open(new, "w") as file:
            file.write(SCENARIO % (self.driver, config))
        os.rename(new, self.scenario)

    def line(self, limit):
        """The next line of output, or None after `limit` seconds or at its
        end."""
        end = time.monotonic() + limit
        while b"\n" not in self.buffer:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.process.stdout], [], [], left)[0]:
                return None
            data = os.read(self.process.stdout.fileno(), 65536)
            if not data:
                return None
            self.buffer += data
        line, self.buffer = self.buffer.split(b"\n", 1)
        return line.decode("utf-8", "replace")

    def until(self, wanted, limit=60):
        """What the client says up to a line that starts with `wanted`, which
        is the last one."""
        lines = []
        while True:
            line = self.line(limit)
            if line is None:
                raise AssertionError("no \"%s\" after %r" % (wanted, lines[-8:]))
            self.seen.append(line)
            if self.PREFIX not in line:
                continue
            lines.append(line.split(self.PREFIX)[-1])
            if lines[-1].startswith(wanted):
                return lines

    def pid(self):
        """The driver's process."""
        children = "/proc/%d/task/%d/children" % (self.process.pid, self.process.pid)
        with open(children) as file:
            for pid in file.read().split():
                with open("/proc/%s/comm" % pid) as comm:
                    if comm.read().strip() == self.driver[:15]:
                        return int(pid)
        raise AssertionError("no " + self.driver)
