"""Checks one after the other on the same thing, printed as TAP."""
import sys


class Checks:
    """Counts checks and prints them."""

    def __init__(self):
        self.count = self.failed = 0

    def check(self, good, what, detail=""):
        """One check; `detail` goes to the log if it isn't good."""
        self.count += 1
        self.failed += not good
        print("%sok %d - %s" % ("" if good else "not ", self.count, what), flush=True)
        if not good:
            print(detail, file=sys.stderr)

    def skip(self, what, why):
        self.count += 1
        print("ok %d - %s # SKIP %s" % (self.count, what, why), flush=True)

    def end(self):
        print("1..%d" % self.count)
        sys.exit(self.failed > 0)
