#!/usr/bin/env python3
"""What an isolated child can't do: one test each."""
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                "..", "end_to_end"))

import tap  # noqa: E402
from desktop import SERVER, Desktop, program, start  # noqa: E402

QUOTE = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


def shell(name, script, more=""):
    return ('<start name="%s"><filename>/bin/sh</filename><ram_quota>16M</ram_quota>'
            '<arg value="-c"/><arg value="%s"/>%s</start>'
            % (name, script.translate(QUOTE), more))


def said(desktop, name):
    return [line.partition("] ")[2] for line in desktop.log_lines("[%s]" % name)]


def run(script, more="", environment=None):
    """The lines that a child prints; DIR in its script is the runtime folder."""
    with Desktop(SERVER, environment=environment) as desktop:
        text = script.replace("DIR", desktop.runtime)
        desktop.configure(SERVER + shell("inside", text + "; echo done; exec sleep 100", more))
        desktop.wait(lambda: "done" in said(desktop, "inside"))
        return said(desktop, "inside")[:-1]


def socket():
    assert run("ls -d DIR DIR/parent 2>/dev/null | wc -l") == ["0"]


def processes():
    # Itself, what started it, ls; nobody else to be seen or traced.
    seen = run("echo /proc/[0-9]*; kill -0 %d 2>/dev/null && echo there"
               % os.getpid())
    assert len(seen) == 1 and len(seen[0].split()) <= 3, seen


def traced():
    # A process of ours, whatever its number in there: no signal, no memory.
    lines = run("kill -STOP %d 2>/dev/null && echo stopped; "
                "head -c 1 /proc/%d/mem /proc/%d/environ 2>/dev/null | wc -c"
                % ((os.getpid(),) * 3))
    assert lines == ["0"], lines


def spies(*names):
    """Two programs of the suite that try what they must not."""
    return "".join(start("spy", "<x>%d</x>" % (100 + 200 * n), name=name)
                   for n, name in enumerate(names))


def outcome(lines, words):
    return [line.rpartition(": ")[2] for line in lines if line.startswith(words)]


def names_and_rights():
    with Desktop(SERVER + spies("inside")) as desktop:
        desktop.wait(lambda: "ready" in said(desktop, "inside"))
        lines = said(desktop, "inside")
        assert outcome(lines, "label") == ["ok"] + ["invalid"] * 5, lines
        labels = {label for label in desktop.sessions() if "inside" in label}
        assert labels <= {"inside", "inside -> own"}, labels
        assert outcome(lines, "announce") == ["denied"] * 5, lines
        assert outcome(lines, "power") == ["denied"] * 3, lines


def keys():
    with Desktop(SERVER + spies("inside", "other")) as desktop:
        for name in ("inside", "other"):
            desktop.wait(lambda: "ready" in said(desktop, name))
        desktop.control.settle()
        x, y = desktop.views("other")[0].center()
        desktop.control.do("click %d %d" % (x, y))
        desktop.control.do("type secret")
        # s is 31, t is 20
        desktop.wait(lambda: "key 20" in said(desktop, "other"))
        assert "key 31" in said(desktop, "other")
        heard = [line for line in said(desktop, "inside") if line.startswith("key")]
        assert not heard, heard
        # It would hear its own.
        x, y = desktop.views("inside")[0].center()
        desktop.control.do("click %d %d" % (x, y))
        desktop.control.do("type s")
        desktop.wait(lambda: "key 31" in said(desktop, "inside"))


def home():
    folder = os.path.expanduser("~")
    lines = run("ls -A %s 2>/dev/null | wc -l; echo $HOME; echo $SECRET; "
                "cat /proc/1/environ | tr '\\0' '\\n' | grep -c SECRET" % folder,
                environment={"SECRET": "mine"})
    assert lines[0] == "0" and lines[2:] == ["", "0"], lines
    assert lines[1] != folder, lines


def variables():
    names = {line.partition("=")[0] for line in
             run("env", '<env name="GIVEN" value="by the entry"/>',
                 {"SECRET": "mine", "DBUS_SESSION_BUS_ADDRESS": "unix:path=/x"})}
    allowed = {"PATH", "HOME", "LANG", "TZ", "TERM", "GIVEN", "PWD", "SHLVL", "_"}
    ours = {name for name in names if name.startswith(("NITPICKER_", "LC_")) or
            name.endswith("_OPTIONS")}
    assert names - ours <= allowed and "GIVEN" in names, names


def network():
    assert run("grep -c : /proc/net/dev") == ["1"]  # its own loopback
    shared = run("grep -c : /proc/net/dev", "<network/>")
    with open("/proc/net/dev") as file:
        assert int(shared[0]) == sum(":" in line for line in file), shared


def files():
    lines = run("touch /x /usr/x /etc/x /dev/x 2>/dev/null; "
                "ls /x /usr/x /etc/x /dev/x 2>/dev/null | wc -l; "
                "touch /tmp/isolated_%d && echo private" % os.getpid())
    assert lines == ["0", "private"], lines
    assert not os.path.exists("/tmp/isolated_%d" % os.getpid())


def granted():
    folder = "/var/tmp"
    reading = run("ls -d %s; touch %s/granted 2>/dev/null || echo refused"
                  % (folder, folder), '<filesystem path="%s"/>' % folder)
    assert reading == [folder, "refused"], reading
    writing = run("touch %s/granted && echo written; rm %s/granted"
                  % (folder, folder),
                  '<filesystem path="%s" writable="yes"/>' % folder)
    assert writing == ["written"], writing


def system_calls():
    with Desktop(SERVER + '<start name="asks"><filename>hog</filename><arg value="kernel"/>'
                 "</start>") as desktop:
        lines = desktop.wait(lambda: len(said(desktop, "asks")) == 6 and
                             said(desktop, "asks"))
    for line in lines:
        assert line.endswith(": Operation not permitted"), lines


def unprivileged():
    lines = run("id -u; grep -c CapEff:.0000000000000000 /proc/self/status")
    assert lines[0] != "0" and lines[1] == "1", lines


def each_confined(desktop, processes):
    """Each in namespaces of its own, and sees only what is below it."""
    for space in ("user", "mnt", "pid", "net", "ipc"):
        spaces = {os.readlink("/proc/%s/ns/%s" % (pid, space))
                  for pid in ["self"] + [p.pid for p in processes]}
        assert len(spaces) == len(processes) + 1, (space, spaces)
    family = desktop.family()
    for process in processes:
        root = "/proc/%d/root" % process.pid
        assert not os.path.exists(root + desktop.runtime), process.pid
        with open("/proc/%d/status" % process.pid) as file:
            status = file.read()
        assert "CapEff:\t0000000000000000" in status, status
        # Its number in each namespace, the outermost first.
        depth = status.partition("NSpid:")[2].partition("\n")[0].split()
        below = [process.pid]
        for other in family:
            if other.parent in below and other.pid not in below:
                below.append(other.pid)
        seen = [name for name in os.listdir(root + "/proc") if name.isdigit()]
        # What started it, too, and what comes and goes meanwhile.
        assert len(seen) <= len(below) + 3, (depth, seen, below)


def deep():
    """Three launchpads above testnit: label, isolation, its own quota."""
    inner = ("<launcher><filename>testnit</filename><ram_quota>4M</ram_quota></launcher>"
             "<launcher name=\"greedy\"><filename>hog</filename>"
             "<ram_quota>4M</ram_quota><arg value=\"memfd\"/></launcher>"
             "<launcher name=\"small\"><filename>testnit</filename>"
             "<ram_quota>512K</ram_quota></launcher>")
    for quota in ("96M", "128M"):
        inner = ("<launcher><filename>launchpad</filename><ram_quota>%s</ram_quota>"
                 "<config xpos=\"%d\" ypos=\"0\" width=\"400\" height=\"760\">%s"
                 "</config></launcher>" % (quota, 20 if quota == "96M" else 430, inner))
    with Desktop("<start><filename>nitpicker</filename><ram_quota>64M</ram_quota></start>"
                 "<start><filename>launchpad</filename><ram_quota>256M</ram_quota>"
                 "<config xpos=\"840\" ypos=\"0\" width=\"400\" height=\"760\">%s"
                 "</config></start>" % inner) as desktop:
        owner = "launchpad"
        for name in ("launchpad", "launchpad", "testnit"):
            desktop.click_widget("link", name, owner)
            child = owner + "/" + name
            desktop.wait(lambda: desktop.child(name, owner) is not None)
            if name == "launchpad":
                desktop.wait(lambda: any(
                    desktop.widget("link", there, child) is not None
                    for there in ("testnit", "launchpad")))
            owner = child
        label = "launchpad -> launchpad -> launchpad -> testnit"
        desktop.wait(lambda: len(desktop.views(label)) == 3)
        process = desktop.processes("testnit")[0]
        # A user without groups of its own may not look.
        if os.getuid() == 0:
            each_confined(desktop, [*desktop.processes("launchpad"), process])
        with open("/proc/%d/status" % process.pid) as file:
            depth = [len(line.split()) - 1 for line in file
                     if line.startswith("NSpid:")]
        assert depth == [5], depth  # ours, three launchpads', its own
        with open("/proc/%d/cgroup" % process.pid) as file:
            groups = [line for line in file if ":memory:" in line or
                      line.startswith("0::")]
        print("# " + " ".join(groups).strip()[-200:])
        # Each dies at its own quota, and alone.
        above = [p.pid for p in desktop.processes("launchpad")]
        owner = "launchpad/launchpad/launchpad"
        for name, quota in (("greedy", 4096), ("small", 512)):
            desktop.click_widget("link", name, owner)
            child = desktop.wait(lambda: next(
                (c for c in [desktop.child(name, owner)] if c is not None and
                 c.get("state") == "quota"), None))
            assert "quota of %d KiB" % quota in child.get("reason"), child.attrib
        assert [p.pid for p in desktop.processes("launchpad")] == above
        assert process.is_alive() and len(desktop.views(label)) == 3


def main():
    done = subprocess.run([program("nitpicker-desktop"), "--check", "--backend",
                           "virtual"], capture_output=True, text=True)
    if "isolated by: bubblewrap" not in done.stdout:
        tap.skip_all("children can't be isolated here (package bubblewrap)")
    return tap.run([
        ("the desktop's socket is out of reach", socket),
        ("other processes are not to be seen", processes),
        ("other processes are not to be traced", traced),
        ("a label of its own only, no services, no power", names_and_rights),
        ("keys typed elsewhere are not to be learnt", keys),
        ("the home and the environment of the user are out of reach", home),
        ("of the environment it gets little", variables),
        ("a network only when granted", network),
        ("it writes nowhere but in a /tmp of its own", files),
        ("granted folders", granted),
        ("system calls that are refused", system_calls),
        ("an unprivileged user", unprivileged),
        ("testnit three launchpads deep", deep),
    ])


if __name__ == "__main__":
    sys.exit(main())
