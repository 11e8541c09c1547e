#!/usr/bin/env python3
"""A login's delegated scope: asked for once, of a user manager that answers.
The manager is played here; what a real one gives is not tested."""
import os
import shutil
import socket
import subprocess
import sys
import tempfile

import tap
from desktop import BUILD_DIR

NOBODY = 65534

# Notes what it is asked for, and does it without a scope.
RUN = """#!/bin/sh
echo "$@" >>"$NOTES"
[ "$(cat "$MOOD")" = willing ] || exit 1
while [ "$1" != -- ]; do shift; done
shift
exec "$@"
"""


class Login:
    def __init__(self, manager=True, mood="willing"):
        # Another user reaches neither our TMPDIR nor our programs.
        self.folder = tempfile.mkdtemp(prefix="scope.", dir="/tmp")
        self.notes = self.path("notes")
        shutil.copytree(os.path.join(BUILD_DIR, "share"), self.path("share"))
        os.makedirs(self.path("bin"))
        os.makedirs(self.path("systemd"))
        for name in ("nitpicker-desktop", "virtual_drv", "virtual_drv.xml"):
            shutil.copy(os.path.join(BUILD_DIR, "bin", name), self.path("bin"))
        for name, text in (("bin/systemd-run", RUN), ("mood", mood), ("notes", ""),
                           ("scenario.xml", "<config/>")):
            with open(self.path(name), "w") as file:
                file.write(text)
        os.chmod(self.path("bin/systemd-run"), 0o755)
        self.socket = socket.socket(socket.AF_UNIX)
        if manager:
            self.socket.bind(self.path("systemd/private"))
            self.socket.listen()
        if os.getuid() == 0:
            for root, folders, files in os.walk(self.folder):
                for name in [""] + folders + files:
                    os.chown(os.path.join(root, name), NOBODY, -1)

    def path(self, name):
        return os.path.join(self.folder, name)

    def check(self):
        """What --check says, and what systemd-run was asked for."""
        environment = dict(os.environ, XDG_RUNTIME_DIR=self.folder,
                           NOTES=self.notes, MOOD=self.path("mood"),
                           HOME=self.folder,
                           PATH=self.path("bin") + ":/usr/bin:/bin")
        user = NOBODY if os.getuid() == 0 else None
        done = subprocess.run(
            [self.path("bin/nitpicker-desktop"), "--backend", "virtual", "--check",
             self.path("scenario.xml")], env=environment, capture_output=True,
            text=True, user=user, group=user, extra_groups=None if user is None else [],
            timeout=60)
        assert done.returncode == 0, (done.stdout, done.stderr)
        with open(self.notes) as file:
            return done.stdout, file.read().splitlines()

    def finish(self):
        self.socket.close()
        shutil.rmtree(self.folder)


def asked(manager=True, mood="willing"):
    login = Login(manager, mood)
    try:
        said, notes = login.check()
    finally:
        login.finish()
    assert said.count("quotas are enforced by") == 1, said
    if "cgroup" in said:  # this user has groups: nobody is to be asked
        assert not notes, notes
        return None
    for line in notes:
        assert line.startswith("--user --scope") and "-p Delegate=yes" in line, line
    return [line.partition(" -- ")[2] for line in notes]


def check_asked_once():
    commands = asked()
    if commands is not None:
        assert len(commands) == 2 and commands[0] == "/bin/true", commands
        assert commands[1].partition(" ")[0].endswith("/bin/nitpicker-desktop")
        assert "--backend virtual --check" in commands[1], commands


def check_refused():
    commands = asked(mood="unwilling")
    assert commands in (None, ["/bin/true"]), commands


def check_nobody_there():
    assert asked(manager=False) in (None, []), "asked"


if __name__ == "__main__":
    sys.exit(tap.run([
        ("a user manager is asked for a delegated scope, once", check_asked_once),
        ("one that refuses: the soft limit", check_refused),
        ("without one nobody is asked", check_nobody_there),
    ]))
