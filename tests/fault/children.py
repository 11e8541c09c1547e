#!/usr/bin/env python3
"""Children of init: bad ones, sudden deaths, quotas, output."""
import os
import shutil
import signal
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                "..", "end_to_end"))

import tap  # noqa: E402
from starting import NOBODY, Desktop, check, isolation, need, program, shell, strays  # noqa: E402


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
    with Desktop(shell("deaf", "trap '' TERM; echo deaf; while :; do sleep 100; done")
                 ) as desktop:
        desktop.child("deaf", "running")
        desktop.printed("[deaf] deaf")
        took = desktop.stop()
        check(desktop.process.returncode == 0, desktop.process.returncode)
        check(1.5 < took < 20, "ended after %.1f s" % took)
        check(not strays(), strays())
        check(not os.path.exists(desktop.runtime), "the runtime folder")


def ends_quickly():
    """Sooner than the 2 s after which it kills: not each time on a busy
    machine."""
    took = []
    while not took or min(took) > 1.5:
        check(len(took) < 5, "ended after", took, "s")
        with Desktop(shell("good", "exec sleep 100")) as desktop:
            desktop.child("good", "running")
            took.append(desktop.stop(signal.SIGINT))
            check(desktop.process.returncode == 0, desktop.process.returncode)
            check(not strays(), strays())


def double_fork():
    # A daemon in a session of its own, its parents gone.
    daemon = "(setsid sh -c 'echo daemon; (sleep 1000; :) &amp;' &amp;)"
    with Desktop(shell("gone", daemon + "; exit 0") +
                 shell("kept", daemon + "; exec sleep 100")) as desktop:
        desktop.child("gone", "exited", "exit code 0")
        kept = desktop.child("kept", "running")
        desktop.printed("[kept] daemon")
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
        # One that dies before it has come up ends the desktop.
        desktop.printed("the desktop is virtual")
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


class Private(Desktop):
    """Its programs lie where nobody but their owner can reach them."""

    def __init__(self, *arguments, **more):
        super().__init__(*arguments, **more)
        self.programs = os.path.join(self.folder, "bin")
        self.copy_programs()
        for name in ("nitpicker", "nitpicker.xml", "nitpicker-enter"):
            shutil.copy(program(name), self.programs)


def bubblewrap(folder, script):
    """Another one, to be found there."""
    path = os.path.join(folder, "bwrap")
    with open(path, "w") as file:
        file.write("#!/bin/sh\n" + script)
    os.chmod(folder, 0o755)
    os.chmod(path, 0o755)


def isolation_hangs():
    """bubblewrap fails for a child, and says nothing when it is tried: that is no
    reason to run without, nor to wait for ever."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        bubblewrap(folder, 'case "$*" in *" echo ok") exec sleep 1000;; esac\nexit 1\n')
        with Desktop(shell("one", "echo one runs; exec sleep 100"),
                     path="%s:/usr/bin:/bin" % folder) as desktop:
            desktop.printed("bubblewrap has not answered")
            desktop.child("one", "exited")
            check("one runs" not in desktop.text, desktop.text)
            desktop.stop()
        check(not strays(), strays())
        said = isolation("%s:/usr/bin:/bin" % folder)
        check(said == "bubblewrap, which has not answered", said)


def not_isolated():
    """bubblewrap is there and fails for everybody: they run without, and what
    can't be executed is told as ever."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        bubblewrap(folder, "echo 'bwrap: not on this machine' >&2\nexit 1\n")
        starts = "".join(shell(name, "echo %s runs; exec sleep 100" % name)
                         for name in ("one", "two")) + (
            "<start><filename>/none/at/all</filename></start>"
            "<start><filename>nitpicker</filename></start>")
        with Private(starts, path="%s:/usr/bin:/bin" % folder) as desktop:
            for name in "one", "two":
                desktop.child(name, "running")
                desktop.printed("[%s] %s runs" % (name, name))
                desktop.printed("[%s] bwrap: not on this machine" % name)
                check("%s ended" % name not in desktop.text, desktop.text)
            desktop.child("all", "exited", "file not found")
            desktop.child("nitpicker", "running")
            check("nitpicker ended" not in desktop.text, desktop.text)
            desktop.stop()
        check(not strays(), strays())


def all_as_nobody():
    if os.getuid() != 0:
        return
    with Desktop(shell("good", "exec sleep 100"), user=NOBODY) as desktop:
        desktop.child("good", "running")
        desktop.stop()
        check(desktop.process.returncode == 0, desktop.text)
        check(not strays(), strays())


TESTS = [
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
    ("where nobody can be isolated", not_isolated),
    ("where that can't be found out", isolation_hangs),
    ("all of it as an unprivileged user", all_as_nobody),
]

if __name__ == "__main__":
    need()
    sys.exit(tap.run(TESTS))
