#!/usr/bin/env python3
"""--check: a scenario is proved without being started; each problem has file,
line and column, and the exit code is 1."""
import os
import subprocess
import sys
import tempfile

import tap
from desktop import program

FOLDER = tempfile.TemporaryDirectory(prefix="proof.")


def check(text, *options, name="init"):
    """Exit code, the tree, the problems."""
    path = os.path.join(FOLDER.name, "scenario.xml")
    with open(path, "w") as file:
        file.write(text)
    arguments = ["--check", *options, path]
    done = subprocess.run([program(name), *arguments], capture_output=True,
                          text=True, timeout=60)
    return done.returncode, done.stdout, done.stderr.replace(path, "FILE")


def start(name, inside="", filename=None):
    return ('<start name="%s"><filename>%s</filename>%s</start>\n'
            % (name, filename or name, inside))


def refuses(text, *words):
    code, _, problems = check("<config>\n%s</config>" % text)
    assert code == 1, code
    for word in words:
        assert word in problems, problems
    assert len(problems.splitlines()) == 1, problems


def good():
    code, tree, problems = check(
        '<config ram_quota="1G">%s%s%s</config>' % (
            start("virtual_drv"), start("nitpicker"), start("testnit")),
        "--backend", "virtual", name="nitpicker-desktop")
    assert code == 0, problems
    assert not problems, problems
    lines = tree.splitlines()
    assert any("nitpicker: Framebuffer from virtual_drv, Input from virtual_drv"
               in line for line in lines), tree
    assert any(line.split()[:5] == ["testnit", "2048", "KiB", "testnit:",
                                    "Nitpicker"] for line in lines), tree
    assert any("enforced by: " in line for line in lines), tree
    assert any("isolated by: " in line for line in lines), tree
    assert lines[-1].endswith(": valid"), tree


def installed():
    code, tree, problems = check(
        '<config><include path="../../nowhere.xml"/></config>')
    assert code == 1 and "FILE:1:9: <include>" in problems, problems
    data = os.path.join(os.path.dirname(program("")), "..", "share",
                        "nitpicker", "scenario")
    for name in sorted(os.listdir(data)):
        if not name.endswith(".xml"):
            continue
        done = subprocess.run(
            [program("nitpicker-desktop"), "--check", "--backend", "virtual",
             os.path.join(data, name)], capture_output=True, text=True,
            timeout=60)
        assert done.returncode == 0, (name, done.stdout, done.stderr)


def no_program():
    refuses(start("nothing_such"), "FILE:2:1: <start>: nothing_such: there is "
            "no program")


def twice():
    refuses(start("one", filename="testnit") + start("one", filename="testnit"),
            "FILE:3:1: <start>: one: this name is taken already")


def no_provider():
    code, _, problems = check(
        "<config>\n%s</config>" % start(
            "t", filename="testnit", inside="<route><any-service><child/>"
            "</any-service></route>"))
    assert code == 1, problems
    assert "FILE:2:1: <start>: t: nobody provides Nitpicker" in problems, problems


def cycle():
    def gives(what):
        return ('<provides><service name="%s"/></provides><route><any-service>'
                '<child/></any-service></route>' % what)
    # What shows the server is itself shown by it.
    code, _, problems = check("<config>\n%s%s%s</config>" % (
        start("inside", gives("Framebuffer"), "testnit"),
        start("keys", gives("Input"), "testnit"),
        start("server", "<route><any-service><child/></any-service></route>",
              "nitpicker")))
    assert code == 1, problems
    assert "FILE:4:1: <start>: server: Framebuffer: who provides it waits" in \
        problems, problems


def sums():
    code, _, problems = check(
        '<config ram_quota="64M">\n%s%s</config>' % (
            start("a", "<ram_quota>40M</ram_quota>", "testnit"),
            start("b", "<ram_quota>40M</ram_quota>", "testnit")))
    assert code == 1, problems
    assert ("FILE:3:1: <start>: b: its 40960 KiB are more than the 22528 KiB "
            "that are left") in problems, problems


def files():
    refuses(start("backdrop", "<config><image>no/such.png</image></config>"),
            "FILE:2:1: <start>: backdrop: <image>: there is no file no/such.png")
    refuses(start("testnit", '<filesystem path="/no/such"/>'),
            "FILE:2:1: <start>: testnit: there is no /no/such")


def nested():
    code, tree, problems = check(
        "<config>\n%s</config>" % start(
            "in", "<ram_quota>64M</ram_quota><config>\n%s</config>" %
            (start("testnit") + start("gone")), "init"))
    assert code == 1, problems
    assert "FILE:4:1: <start>: gone: there is no program" in problems, problems
    assert "    testnit " in tree and "Nitpicker from the parent" in tree, tree


def broken():
    code, _, problems = check("<config>\n<start></config>")
    assert code == 1 and problems.startswith("init: error: FILE:2:"), problems
    code, _, problems = check("<config>\n<start/>\n</config>")
    assert code == 1 and "FILE:2:1: <start>: has no filename" in problems, problems


if __name__ == "__main__":
    sys.exit(tap.run([
        ("a good scenario: its tree with quotas and routes", good),
        ("what is installed", installed),
        ("a program that isn't there", no_program),
        ("a name that was given twice", twice),
        ("a service that nobody provides", no_provider),
        ("programs that wait for each other", cycle),
        ("quotas that don't fit", sums),
        ("files that aren't there", files),
        ("an init within", nested),
        ("what can't be read", broken),
    ]))
