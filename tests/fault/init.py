#!/usr/bin/env python3
"""init and nitpicker-desktop: command line, scenarios, back ends, changes."""
import os
import re
import shutil
import signal
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                "..", "end_to_end"))

import tap  # noqa: E402
from starting import Desktop, check, need, program, run, shell, strays  # noqa: E402


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
    desktop.remove()


def checked():
    desktop = Desktop(shell("a", "exit 0"))
    result = run("--check", "--backend", "virtual", desktop.scenario)
    check(result.returncode == 0, result.stdout)
    check("quotas are enforced by" in result.stdout, result.stdout)
    print("# " + result.stdout.splitlines()[0])
    desktop.write_raw("<config>")
    result = run("--check", "--backend", "virtual", desktop.scenario)
    check(result.returncode == 1, result.stdout)
    desktop.remove()


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
                          stderr=subprocess.PIPE, timeout=60, text=True)
    check(done.returncode == 1, done.returncode)
    check("the desktop ends: sdl2_drv: exit code 3: no window" in done.stderr,
          done.stderr)


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
        desktop.printed("scenario.xml:4:1: <include>")
        check("more" not in desktop.children(), "not there yet")
        with open(os.path.join(desktop.folder, "more.xml"), "w") as file:
            file.write("<config>%s</config>" % shell("more", "exec sleep 99"))
        desktop.write("<include path=\"more.xml\"/>")
        desktop.child("more", "running")
        with open(os.path.join(desktop.folder, "more.xml"), "w") as file:
            file.write("<config>%s</config>" % shell("less", "exec sleep 99"))
        desktop.child("less", "running")
        desktop.until(lambda: "more" not in desktop.children())


def quotas_move():
    """A change is applied as a whole: what one gives up, another one gets, also
    when the first has to end before."""
    def nodes(**quotas):
        return "".join('<start name="%s"><filename>/bin/sleep</filename><arg '
                       'value="1000"/><ram_quota>%s</ram_quota></start>' % pair
                       for pair in quotas.items())

    with Desktop(nodes(a="100M", b="40M", rest="1G")) as desktop:
        def become(**quotas):
            desktop.write(nodes(**quotas, rest="1G"))
            desktop.until(lambda: desktop.adds_up() and quotas == {
                name: "%dM" % (int(child["quota"]) >> 20)
                for name, child in desktop.children().items()
                if name not in ("virtual_drv", "rest") and child["state"] == "running"})
            check("is more than is left" not in desktop.text, desktop.text)
            check("gets" not in desktop.text[cut:], desktop.text)
            return desktop.children()["b"]["pid"]

        desktop.printed("rest wants")
        cut = len(desktop.text)  # rest was
        check(desktop.left() == 0, desktop.left())
        pid = desktop.child("b", "running")["pid"]
        check(become(a="40M", b="100M") == pid, "b goes on")
        check(become(b="140M") == pid, "b goes on")
        check(become(b="90M", c="50M") == pid, "b goes on")
        check(become(b="80M", d="60M") == pid, "b goes on")


TESTS = [
    ("bad usage exits with 2", bad_usage),
    ("a scenario that is not there", missing_scenario),
    ("a malformed scenario is told with its place", malformed_scenario),
    ("--check says what would be", checked),
    ("unknown nodes are told, the rest works", unknown_nodes),
    ("a folder in use: exit 1, the first desktop is not disturbed", taken_folder),
    ("a second desktop takes another folder", second_default_folder),
    ("a back end that doesn't work: the next one", next_backend),
    ("a named back end that doesn't work: exit 1", named_backend_fails),
    ("the scenario changes while it runs", live_change),
    ("an included file changes", included_file),
    ("quotas move between programs as the scenario says", quotas_move),
]

if __name__ == "__main__":
    need()
    sys.exit(tap.run(TESTS))
