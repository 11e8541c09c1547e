#!/usr/bin/env python3
"""Programs of the host that come to the desktop's socket."""
import os
import socket
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                "..", "end_to_end"))

import tap  # noqa: E402
from starting import Desktop, check, isolated, need, program, shell  # noqa: E402


def connect(desktop):
    client = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    client.connect(os.path.join(desktop.runtime, "parent"))
    client.settimeout(60)
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


TESTS = [
    ("a host client comes and goes", host_client),
    ("host clients are limited", host_client_limit),
    ("descendants are no host clients", descendant_is_refused),
    ("host clients off", host_off),
]

if __name__ == "__main__":
    need()
    sys.exit(tap.run(TESTS))
