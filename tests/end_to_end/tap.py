"""Tests in Python that print TAP."""
import os
import sys
import traceback


class Skip(Exception):
    """Raised by a test that can't run here, with the reason."""


def skip_all(reason):
    """Ends the test: nothing of it can run here."""
    print("1..0 # SKIP " + reason)
    sys.exit(0)


def need(*programs):
    """Skips all when one of these isn't installed, with the package to get."""
    for program, package in programs:
        if not any(os.access(os.path.join(folder, program), os.X_OK)
                   for folder in os.environ.get("PATH", "").split(":")):
            skip_all("%s is not installed (package %s)" % (program, package))


def run(tests):
    """Runs [(name, function)] in order; exit code 1 if one failed."""
    failed = 0
    print("1..%d" % len(tests))
    for number, (name, function) in enumerate(tests, 1):
        try:
            function()
            print("ok %d - %s" % (number, name), flush=True)
        except Skip as why:
            print("ok %d - %s # SKIP %s" % (number, name, why), flush=True)
        except Exception as problem:
            failed += 1
            print("not ok %d - %s" % (number, name))
            for line in traceback.format_exc().splitlines():
                print("# " + line)
            sys.stdout.flush()
            del problem
    return 1 if failed else 0
