#!/usr/bin/env python3
"""What the running server may do, and what others may do to it."""
import ctypes
import os
import signal
import sys

import tap
from desktop import Desktop, start

PTRACE_ATTACH = 16
NOBODY = 65534
QUIET = '<start><filename>nitpicker</filename><ram_quota>128M</ram_quota>' \
        '<config><seccomp>off</seccomp></config></start>' + start("testnit")


def status(pid):
    with open("/proc/%d/status" % pid) as file:
        return dict(line.rstrip("\n").split(":\t", 1) for line in file if ":\t" in line)


def sanitized(pid):
    with open("/proc/%d/maps" % pid) as file:
        return "libasan" in file.read()


def as_user(uid, action):
    """What action() returns in a process of that user; it ends there."""
    child = os.fork()
    if child == 0:
        code = 100
        try:
            if os.getuid() == 0:
                os.setgroups([])
                os.setresgid(uid, uid, uid)
                os.setresuid(uid, uid, uid)
            code = action()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def attach(pid):
    """0 when it could be traced."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.ptrace(PTRACE_ATTACH, pid, None, None) < 0:
        return ctypes.get_errno()
    os.waitpid(pid, 0)
    libc.ptrace(17, pid, None, None)  # PTRACE_DETACH
    return 0


def read_memory(pid):
    try:
        os.close(os.open("/proc/%d/mem" % pid, os.O_RDONLY))
    except PermissionError as problem:
        return problem.errno
    return 0


def main():
    desktop = Desktop()
    server = desktop.processes("nitpicker")[0].pid
    clean = sanitized(server)

    def check_filter():
        now = status(server)
        assert now["NoNewPrivs"] == "1", now["NoNewPrivs"]
        if clean:
            desktop.wait(lambda: desktop.log_lines("built with a sanitizer"))
        else:
            assert now["Seccomp"] == "2", now["Seccomp"]
            assert not desktop.log_lines("seccomp")

    def check_others():
        """Another program of the same user, and without any privilege."""
        uid = int(status(server)["Uid"].split()[0])
        uids = {uid, NOBODY} - {0} if os.getuid() == 0 else {uid}
        for other in uids:
            assert as_user(other, lambda: attach(server)) == 1, other
            assert as_user(other, lambda: read_memory(server)) in (1, 13), other

    def check_works():
        """All of it was used by then: windows, modes, keys, the end."""
        desktop.click_widget("link", "testnit")
        desktop.wait_for_views("launchpad -> testnit", 3)
        desktop.control.do("mode 640 480")
        desktop.control.settle()
        desktop.control.do("key KEY_SCROLLLOCK")
        desktop.control.settle()
        assert desktop.processes("nitpicker")[0].pid == server

    def check_off():
        with Desktop(QUIET) as open_one:
            pid = open_one.processes("nitpicker")[0].pid
            before = status(os.getpid())["Seccomp"]
            assert status(pid)["NoNewPrivs"] == "1"
            assert clean or status(pid)["Seccomp"] == before or before == "0", status(pid)
            open_one.wait(lambda: open_one.log_lines("<seccomp>off</seccomp>"))
            assert len(open_one.log_lines("<seccomp>off</seccomp>")) == 1, open_one.log()
            assert not open_one.log_lines("unknown node"), open_one.log()

    return tap.run([
        ("a filter, no new privileges", check_filter),
        ("others can't trace or read it", check_others),
        ("what it needs is allowed", check_works),
        ("nothing is left", desktop.stop),
        ("without a filter it says so once", check_off),
    ])


if __name__ == "__main__":
    signal.alarm(280)
    sys.exit(main())
