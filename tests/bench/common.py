"""What the benchmarks share: a desktop with a given scenario, the CPU time of
its processes, statistics, and a line of JSON for each number."""
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(TOP, "tests", "end_to_end"))

BUILD_DIR = os.environ.get("BUILD_DIR", os.path.join(TOP, "build"))
RUNS = 3  # the best of them counts
ANSWER_LIMIT = 30  # seconds


def program(name):
    """The path of one of our programs."""
    return os.path.join(BUILD_DIR, "bin", name)


def need(*programs):
    """Ends the benchmark with a line if one of these isn't there."""
    for name in programs:
        if not (os.path.exists(program(name)) or shutil.which(name)):
            sys.exit("%s is missing" % name)


def emit(name, value, unit, must, aim, peer=None, peer_value=None, ratio=None):
    """Prints one number; less is better for all of these."""
    def short(number):
        return number if number is None else round(number, 4)
    print(json.dumps({
        "name": name, "value": short(value), "unit": unit, "peer": peer,
        "peer_value": short(peer_value), "ratio": short(ratio), "must": must,
        "aim": aim, "less": True}), flush=True)


def lower_quartile(samples):
    """The value below which a quarter of the samples lies."""
    return statistics.quantiles(samples, n=4)[0]


def best_run(measure, summary):
    """Calls measure() RUNS times for two lists of samples, ours and the
    peer's; (value, peer_value, ratio) of the run with the best ratio."""
    results = []
    for _ in range(RUNS):
        ours, peer = (summary(samples) for samples in measure())
        results.append((ours, peer, ours / peer))
    return min(results, key=lambda result: result[2])


def cpu(*pids):
    """CPU time of all threads of these processes in nanoseconds."""
    total = 0
    for pid in pids:
        for task in os.listdir("/proc/%d/task" % pid):
            with open("/proc/%d/task/%s/schedstat" % (pid, task)) as file:
                total += int(file.read().split()[0])
    return total


def descendants(root):
    """{pid: name} of a process and all that it started."""
    parents, names = {}, {}
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open("/proc/%s/stat" % entry) as file:
                head, tail = file.read().rsplit(")", 1)
        except OSError:
            continue
        names[int(entry)] = head.split("(", 1)[1]
        parents[int(entry)] = int(tail.split()[1])
    found = {root}
    while True:
        more = {pid for pid, parent in parents.items() if parent in found} - found
        if not more:
            return {pid: names.get(pid, "") for pid in found}
        found |= more


class Control:
    """The socket over which a client of ours is told what to do."""

    def __init__(self, folder):
        self.path = os.path.join(folder, "bench")
        self.listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.listener.bind(self.path)
        # As root the clients run as somebody else.
        os.chmod(folder, 0o755)
        os.chmod(self.path, 0o666)
        self.listener.listen(1)
        self.listener.settimeout(ANSWER_LIMIT)

    def accept(self):
        """Waits for the client and its first line."""
        connection, _ = self.listener.accept()
        connection.settimeout(ANSWER_LIMIT)
        self.file = connection.makefile("rw")
        return self.line()

    def line(self):
        text = self.file.readline()
        if not text:
            raise RuntimeError("the client is gone")
        return text.strip()

    def ask(self, text):
        """Sends a line, waits for the answer."""
        self.file.write("%s\n" % text)
        self.file.flush()
        return self.line()


class Peer:
    """A program of the benchmark that speaks lines on its standard files."""

    def __init__(self, command, environment=None):
        self.process = subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.pid = self.process.pid

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        try:
            self.process.wait(0.2)
        except subprocess.TimeoutExpired:
            self.process.terminate()
            self.process.wait()
        self.process.stdout.close()

    def line(self):
        text = self.process.stdout.readline()
        if not text:
            raise RuntimeError("%s ended" % self.process.args[0])
        return text.strip()

    def ask(self, text):
        self.process.stdin.write("%s\n" % text)
        self.process.stdin.flush()
        return self.line()


class Desktop:
    """with Desktop(scenario_text) as desktop: nitpicker-desktop runs it, in a
    runtime folder of its own. {folder} in the text stands for that folder."""

    def __init__(self, scenario, environment=None, options=()):
        self.scenario = scenario
        self.environment = dict(environment or os.environ)
        self.environment.pop("NITPICKER_PARENT", None)
        self.options = list(options)

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="bench.")
        self.control = Control(self.folder)
        path = os.path.join(self.folder, "scenario.xml")
        with open(path, "w") as file:
            file.write(self.scenario.replace("{folder}", self.folder))
        self.log = open(os.path.join(self.folder, "log"), "w+")
        self.process = subprocess.Popen(
            [program("nitpicker-desktop"), "--runtime",
             os.path.join(self.folder, "runtime")] + self.options + [path],
            env=self.environment, stdin=subprocess.DEVNULL, stdout=self.log,
            stderr=self.log)
        return self

    def __exit__(self, kind, *_):
        self.process.terminate()
        self.process.wait()
        if kind:
            self.log.seek(0)
            sys.stderr.write(self.log.read())
        self.log.close()
        self.control.listener.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def processes(self):
        """{pid: name} of the whole desktop."""
        return descendants(self.process.pid)

    def pid(self, name):
        """The process with that name (15 characters, as the kernel has it)."""
        return next(pid for pid, known in self.processes().items()
                    if known == name[:15])

    def virtual(self, *words):
        """A command for virtual_drv; its answer."""
        return subprocess.run(
            [program("virtual_drv"), "send", os.path.join(self.folder, "control")] +
            [str(word) for word in words], stdout=subprocess.PIPE, text=True,
            check=True).stdout.strip()
