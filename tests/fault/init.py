#!/usr/bin/env python3
"""init and nitpicker-desktop: bad scenarios, bad children, sudden deaths."""
import os
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as tree

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(TOP, "tests", "end_to_end"))
import tap  # noqa: E402

BUILD_DIR = os.environ.get("BUILD_DIR", os.path.join(TOP, "build"))
MARK = "FAULT_INIT_MARK=%d" % os.getpid()
NOBODY = 65534


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

    def until(self, condition, limit=10):
        """Until that holds; looks each time something may have happened."""
        end = time.monotonic() + limit
        while time.monotonic() < end:
            result = condition()
            if result:
                return result
            if not self.pump(0.05):
                time.sleep(0.02)
        raise AssertionError("not within %d s; printed so far:\n%s"
                             % (limit, self.text))

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
        self.process.wait(10)
        return time.monotonic() - start


def run(*arguments):
    return subprocess.run([program("nitpicker-desktop")] + list(arguments),
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=20, text=True)


def check(condition, *what):
    if not condition:
        raise AssertionError(" ".join(map(str, what)))


# ---- command line and scenario ----

def bad_usage():
    for arguments in (["--colour"], ["--backend"], ["--backend", "paper"],
                      ["--config", "a", "b"], ["a", "b"]):
        result = run(*arguments)
        # A scenario that isn't there is no bad usage, but a back end is.
        check(result.returncode == 2 or arguments[-1] == "paper" and
              result.returncode in (1, 2), arguments, result.returncode,
              result.stdout)
    check(run("--help").returncode == 0, "--help")
    check(run("--version").returncode == 0, "--version")


def missing_scenario():
    result = run("/nonexistent/scenario.xml")
    check(result.returncode == 1, result.returncode)
    check(result.stdout.count("\n") == 1, result.stdout)


def malformed_scenario():
    desktop = Desktop("")
    desktop.write_raw("<config>\n  <start><filename>a</start>\n</config>\n")
    result = run("--backend", "virtual", "--runtime", desktop.runtime,
                 desktop.scenario)
    check(result.returncode == 1, result.returncode)
    check(re.search(r"scenario\.xml:2:\d+: ", result.stdout), result.stdout)
    check(result.stdout.count("\n") == 1, result.stdout)
    shutil.rmtree(desktop.folder)


def checked():
    desktop = Desktop(shell("a", "exit 0"))
    result = run("--check", "--backend", "virtual", desktop.scenario)
    check(result.returncode == 0, result.stdout)
    check("quotas are enforced by" in result.stdout, result.stdout)
    print("# " + result.stdout.splitlines()[0])
    desktop.write_raw("<config>")
    result = run("--check", "--backend", "virtual", desktop.scenario)
    check(result.returncode == 1, result.stdout)
    shutil.rmtree(desktop.folder)


def unknown_nodes():
    starts = ("<strat/>\n<start><filename>../x</filename></start>\n"
              "<start ram_quota=\"much\"><filename>/bin/true</filename>"
              "<colour/></start>\n") + shell("good", "exec sleep 100")
    with Desktop(starts) as desktop:
        desktop.child("good", "running")
        desktop.child("true", "exited", "exit code 0")
        for place, word in ((3, 'unknown node "strat"'),
                            (4, "neither a program"), (5, "ram_quota"),
                            (5, 'unknown node "colour"')):
            check(re.search(r"scenario\.xml:%d:\d+: .*%s"
                            % (place, re.escape(word)), desktop.text),
                  place, word, desktop.text)


def taken_folder():
    with Desktop("") as desktop:
        second = run("--backend", "virtual", "--runtime", desktop.runtime,
                     desktop.scenario)
        check(second.returncode == 1, second.returncode)
        check(second.stdout.count("\n") == 1 and "in use" in second.stdout,
              second.stdout)
        check(desktop.process.poll() is None, "the first one still runs")
        check(desktop.child("virtual_drv", "running"), "and has its driver")


def second_default_folder():
    # Both choose their folder themselves.
    first, second = Desktop(""), Desktop("")
    for desktop in (first, second):
        desktop.options += ["--reports"]
    shutil.rmtree(second.folder)
    second.folder = first.folder
    for desktop, name in ((first, "desktop"), (second, "desktop-2")):
        desktop.runtime = os.path.join(first.folder, "nitpicker", name)
        environment = dict(os.environ, HOME=first.folder,
                           XDG_RUNTIME_DIR=first.folder)
        desktop.process = subprocess.Popen(
            [program("nitpicker-desktop"), "--backend", "virtual",
             first.scenario], env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        desktop.child("virtual_drv", "running")
    second.printed("another desktop runs")
    for desktop in (first, second):
        desktop.stop()
        check(desktop.process.returncode == 0, desktop.process.returncode)
        check(not os.path.exists(desktop.runtime), desktop.runtime)
        desktop.__exit__()


# ---- children ----

def missing_program():
    starts = ("<start restart=\"on-failure\"><filename>nowhere</filename>"
              "</start>" + shell("good", "exec sleep 100"))
    with Desktop(starts) as desktop:
        desktop.child("nowhere", "exited", "file not found")
        desktop.child("good", "running")
        check(desktop.text.count("nowhere did not start") == 1, desktop.text)


def not_executable():
    with Desktop("<start><filename>/bin/sh/x</filename></start>"
                 "<start><filename>/etc</filename></start>") as desktop:
        desktop.child("x", "exited")
        desktop.child("etc", "exited")


def exits_at_once():
    with Desktop(shell("three", "exit 3") +
                 shell("abort", "kill -ABRT $$") +
                 shell("fine", "exit 0")) as desktop:
        desktop.child("three", "exited", "exit code 3")
        desktop.child("abort", "killed", "signal 6")
        check(desktop.child("fine", "exited")["quota"] == "0", "quota is back")


def names():
    three = shell("twin", "exec sleep 100") * 3
    with Desktop(three + shell("host", "exit 0")) as desktop:
        for name in ("twin", "twin.2", "twin.3"):
            desktop.child(name, "running")
        check("host" not in desktop.children(), "host is reserved")


def quota_is_cut():
    big = ('<start name="%s"><filename>/bin/sleep</filename>'
           '<arg value="100"/><ram_quota>200M</ram_quota></start>')
    with Desktop(big % "first" + big % "second" + big % "third") as desktop:
        check(int(desktop.child("first", "running")["quota"]) == 200 << 20, "")
        second = int(desktop.child("second", "running")["quota"])
        check(0 < second < 200 << 20, second)
        desktop.printed("second wants 204800 KiB")
        check(desktop.left() == 0, desktop.left())


def over_quota(user=None):
    # 64 MiB in a variable, of 16; its sibling doesn't notice.
    eat = "x=$(head -c 67108864 /dev/zero | tr '\\0' x); sleep 100"
    with Desktop(shell("hungry", eat) + shell("good", "exec sleep 100"),
                 user=user) as desktop:
        desktop.child("hungry", "quota", "more than its quota")
        desktop.child("good", "running")
        desktop.stop()
        check(desktop.process.returncode == 0, desktop.process.returncode)


def over_soft_quota():
    if os.getuid() != 0:
        return
    # One that this user can execute.
    python = shutil.which("python3", path="/usr/bin:/bin")
    if not python:
        print("# no python3 in /usr/bin: not tested")
        return
    # RLIMIT_DATA stops malloc first; shared memory only the watch sees.
    eat = ("import mmap,time;m=mmap.mmap(-1,1&lt;&lt;26);"
           "[m.write(b'x'*(1&lt;&lt;20)) for i in range(64)];"
           "time.sleep(100)")
    hungry = ('<start name="hungry"><filename>%s</filename><arg value="-c"/>'
              '<arg value="%s"/><ram_quota>48M</ram_quota></start>'
              % (python, eat))
    with Desktop(hungry + shell("good", "exec sleep 100"),
                 user=NOBODY) as desktop:
        desktop.child("hungry", "quota", "more than its quota")
        desktop.child("good", "running")


def hostile_output():
    script = ("printf '\\033[2J\\033]0;x\\007[nitpicker] evil\\n'; "
              "printf 'no newline'; exit 0")
    with Desktop(shell("loud", script)) as desktop:
        desktop.printed("[loud] \\x1b[2J\\x1b]0;x\\x07[nitpicker] evil\n")
        desktop.printed("[loud] no newline\n")


def flood():
    with Desktop(shell("loud", "yes | head -n 50000; exec sleep 100"),
                 ) as desktop:
        desktop.printed("lines left out: more than 1000 in a second")
        check(desktop.text.count("[loud] y\n") < 5000,
              desktop.text.count("[loud] y\n"))


def killed_child():
    with Desktop(shell("once", "exec sleep 100") +
                 shell("again", "exec sleep 100", "<restart>on-failure"
                       "</restart>")) as desktop:
        first = desktop.child("again", "running")
        os.kill(int(desktop.child("once", "running")["pid"]), signal.SIGKILL)
        desktop.child("once", "killed", "signal 9")
        os.kill(int(first["pid"]), signal.SIGKILL)
        desktop.until(lambda: desktop.children()["again"]["pid"] not in
                      ("0", first["pid"]))
        desktop.child("again", "running")


def ignores_sigterm():
    with Desktop(shell("deaf", "trap '' TERM; while :; do sleep 100; done")
                 ) as desktop:
        desktop.child("deaf", "running")
        desktop.until(strays)
        took = desktop.stop()
        check(desktop.process.returncode == 0, desktop.process.returncode)
        check(1.5 < took < 4, "ended after %.1f s" % took)
        check(not strays(), strays())
        check(not os.path.exists(desktop.runtime), "the runtime folder")


def ends_quickly():
    with Desktop(shell("good", "exec sleep 100")) as desktop:
        desktop.child("good", "running")
        took = desktop.stop(signal.SIGINT)
        check(desktop.process.returncode == 0, desktop.process.returncode)
        check(took < 1.5, "ended after %.1f s" % took)
        check(not strays(), strays())


def double_fork():
    # A daemon in a session of its own, its parents gone.
    daemon = "(setsid sh -c '(sleep 1000; :) &amp;' &amp;)"
    with Desktop(shell("gone", daemon + "; exit 0") +
                 shell("kept", daemon + "; exec sleep 100")) as desktop:
        desktop.child("gone", "exited", "exit code 0")
        kept = desktop.child("kept", "running")
        # What "gone" left is killed; the daemon of "kept" lives with it.
        desktop.until(lambda: len(strays(sandbox=False)) in (2, 3))
        os.kill(int(kept["pid"]), signal.SIGKILL)
        desktop.child("kept", "killed")
        desktop.until(lambda: not strays())
        desktop.stop()
        check(not strays(), strays())


def desktop_killed():
    with Desktop(shell("good", "exec sleep 1000")) as desktop:
        desktop.child("good", "running")
        desktop.process.kill()
        desktop.process.wait()
        desktop.until(lambda: not strays())
        # A new one in the same folder is not disturbed by what is left.
        desktop.text = ""
        desktop.process.stdout.close()
        desktop.spawn()
        desktop.until(lambda: desktop.children().get("good", {}).get("state")
                      == "running" and strays())
        desktop.stop()
        check(desktop.process.returncode == 0, desktop.process.returncode)
        check(not strays(), strays())


def driver_killed():
    with Desktop(shell("good", "exec sleep 100")) as desktop:
        driver = desktop.child("virtual_drv", "running")
        os.kill(int(driver["pid"]), signal.SIGKILL)

        def again():
            child = desktop.children().get("virtual_drv", {})
            return child.get("state") == "running" and child["pid"] != driver["pid"]
        desktop.until(again)
        desktop.child("good", "running")
        desktop.stop()
        check(desktop.process.returncode == 0, desktop.process.returncode)
        check(not strays(), strays())


# ---- changes while it runs ----

def live_change():
    keep = shell("keep", "exec sleep 100")
    with Desktop(keep + shell("go", "exec sleep 100")) as desktop:
        pid = desktop.child("keep", "running")["pid"]
        desktop.child("go", "running")
        desktop.write(keep + shell("come", "exec sleep 100"))
        desktop.child("come", "running")
        desktop.until(lambda: "go" not in desktop.children())
        check(desktop.child("keep", "running")["pid"] == pid, "it was kept")
        # Another program under the same name replaces the first.
        desktop.write(shell("keep", "exec sleep 200"))
        desktop.until(lambda: desktop.children().get("keep", {}).get("pid")
                      not in (None, "0", pid))
        desktop.child("keep", "running")
        desktop.until(lambda: len(desktop.children()) == 2)
        # What can't be read changes nothing.
        desktop.write_raw("<config><start>")
        desktop.printed("scenario.xml:1:")
        desktop.child("keep", "running")


def included_file():
    with Desktop("<include path=\"more.xml\"/>\n"
                 "<include path=\"none.xml\"/>") as desktop:
        check("scenario.xml:4:1: <include>" in desktop.text, desktop.text)
        check("more" not in desktop.children(), "not there yet")
        with open(os.path.join(desktop.folder, "more.xml"), "w") as file:
            file.write("<config>%s</config>" % shell("more", "exec sleep 99"))
        desktop.write("<include path=\"more.xml\"/>")
        desktop.child("more", "running")
        with open(os.path.join(desktop.folder, "more.xml"), "w") as file:
            file.write("<config>%s</config>" % shell("less", "exec sleep 99"))
        desktop.child("less", "running")
        desktop.until(lambda: "more" not in desktop.children())


# ---- host clients ----

def connect(desktop):
    client = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    client.connect(os.path.join(desktop.runtime, "parent"))
    client.settimeout(5)
    return client


def host_client():
    with Desktop("") as desktop:
        client = connect(desktop)
        check(client.recv(4096), "hello")
        desktop.printed("host -> python3")
        # A malformed message ends it, with one line, and nothing else.
        client.send(b"\xff" * 100)
        while client.recv(4096):
            pass
        desktop.child("virtual_drv", "running")
        check(connect(desktop).recv(4096), "hello again")


def host_client_limit():
    desktop = Desktop("")
    desktop.write_raw("<config><host clients=\"2\"/></config>")
    with desktop:
        clients = [connect(desktop) for _ in range(2)]
        for client in clients:
            check(client.recv(4096), "hello")
        check(not connect(desktop).recv(4096), "the third is refused")
        desktop.printed("refused: too many host clients")


def isolated():
    """Whether children are isolated here, as the desktop says itself."""
    said = subprocess.run([program("nitpicker-desktop"), "--check", "--backend",
                           "virtual"], capture_output=True, text=True)
    return "isolated by: bubblewrap" in said.stdout


def inside(script, expected, path=None):
    """What a child's script prints that knows where the socket is."""
    desktop = Desktop("", path=path)
    desktop.write(shell("inside", script,
                        '<env name="THERE" value="%s/parent"/>'
                        % desktop.runtime))
    with desktop:
        for text in expected:
            desktop.printed(text)


def descendant_is_refused():
    # Isolated, a child can't even see the socket; without bubblewrap on the
    # way to programs it can, and is told apart from the host's.
    if isolated():
        inside("test -e $THERE || echo nothing there", ["[inside] nothing there"])
    inside("test -e $THERE &amp;&amp; echo there; NITPICKER_PARENT=$THERE %s; "
           "echo code $?" % program("hello"),
           ["[inside] there", "refused: a descendant of this desktop",
            "[inside] code 1"], "/nonexistent")


def host_off():
    desktop = Desktop("")
    desktop.write_raw("<config><host>off</host></config>")
    with desktop:
        check(not os.path.exists(os.path.join(desktop.runtime, "parent")),
              "no socket")


NO_DISPLAY = ":4711"


def next_backend():
    os.environ["DISPLAY"] = NO_DISPLAY
    try:
        with Desktop(shell("good", "exec sleep 100"), "--reports",
                     backend="auto") as desktop:
            desktop.child("vnc_drv", "running")
            desktop.child("good", "running")
            desktop.until(lambda: "VNC viewers" in desktop.text)
            check("not sdl2: sdl2_drv" in desktop.text, desktop.text)
            desktop.stop()
            check(desktop.process.returncode == 0, desktop.text)
    finally:
        del os.environ["DISPLAY"]


def named_backend_fails():
    done = subprocess.run([program("nitpicker-desktop"), "--backend", "sdl2"],
                          env=dict(os.environ, DISPLAY=NO_DISPLAY),
                          stderr=subprocess.PIPE, timeout=20, text=True)
    check(done.returncode == 1, done.returncode)
    check("the desktop ends: sdl2_drv: exit code 3: no window" in done.stderr,
          done.stderr)


def all_as_nobody():
    if os.getuid() != 0:
        return
    with Desktop(shell("good", "exec sleep 100"), user=NOBODY) as desktop:
        desktop.child("good", "running")
        desktop.stop()
        check(desktop.process.returncode == 0, desktop.text)
        check(not strays(), strays())


TESTS = [
    ("bad usage exits with 2", bad_usage),
    ("a scenario that is not there", missing_scenario),
    ("a malformed scenario is told with its place", malformed_scenario),
    ("--check says what would be", checked),
    ("unknown nodes are told, the rest works", unknown_nodes),
    ("a folder in use: exit 1, the first desktop is not disturbed",
     taken_folder),
    ("a second desktop takes another folder", second_default_folder),
    ("a back end that doesn't work: the next one", next_backend),
    ("a named back end that doesn't work: exit 1", named_backend_fails),
    ("a missing program is told once", missing_program),
    ("what can't be executed", not_executable),
    ("programs that exit at once", exits_at_once),
    ("names are unique, host is reserved", names),
    ("a quota above what is left is cut", quota_is_cut),
    ("a child over its quota dies alone", over_quota),
    ("over the soft limit, too", over_soft_quota),
    ("output is labelled and escaped", hostile_output),
    ("a flood of output is cut", flood),
    ("kill -9 of a child; restart on failure", killed_child),
    ("a child that ignores SIGTERM is killed after 2 s", ignores_sigterm),
    ("a desktop that is asked to end is gone at once", ends_quickly),
    ("daemons of children die with them", double_fork),
    ("kill -9 of the desktop leaves nothing that runs", desktop_killed),
    ("a driver that is killed is started again", driver_killed),
    ("the scenario changes while it runs", live_change),
    ("an included file changes", included_file),
    ("a host client comes and goes", host_client),
    ("host clients are limited", host_client_limit),
    ("descendants are no host clients", descendant_is_refused),
    ("host clients off", host_off),
    ("all of it as an unprivileged user", all_as_nobody),
]

if __name__ == "__main__":
    for needed in ("nitpicker-desktop", "virtual_drv", "hello"):
        if not os.access(program(needed), os.X_OK):
            tap.skip_all(needed + " is not built")
    sys.exit(tap.run(TESTS))
