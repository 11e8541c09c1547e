#!/usr/bin/env python3
"""The tree of children in launchpad's window: what children started."""
import os
import sys

import tap
from desktop import Desktop, program

ENTRY = ("<launcher><filename>launchpad</filename><ram_quota>%s</ram_quota>"
         "<config xpos=\"%d\" ypos=\"0\" width=\"360\" height=\"760\">%s</config>"
         "</launcher>")
TESTNIT = "<launcher><filename>testnit</filename><ram_quota>4M</ram_quota></launcher>"
SCENARIO = ("<start><filename>nitpicker</filename><ram_quota>64M</ram_quota></start>"
            "<start><filename>launchpad</filename><ram_quota>256M</ram_quota>"
            "<config xpos=\"860\" ypos=\"0\" width=\"360\" height=\"760\">"
            "<clock>off</clock>%s</config></start>"
            % ENTRY % ("128M", 400, ENTRY % ("64M", 20, TESTNIT)))
INNER, DEEP = "launchpad/launchpad", "launchpad/launchpad/launchpad"


def main():
    desktop = Desktop(SCENARIO)

    def row(name, role="row"):
        return desktop.widget(role, name)

    def start(link, owner, child):
        desktop.control.settle()
        desktop.click_widget("link", link, owner)
        desktop.wait(lambda: desktop.child(child, owner) is not None)

    def check_tree():
        start("launchpad", "launchpad", "launchpad")
        desktop.wait(lambda: desktop.widget("link", "launchpad", INNER), 60)
        desktop.control.settle()
        desktop.click_widget("button", "details of launchpad")
        desktop.control.settle()
        start("launchpad", INNER, "launchpad")
        desktop.wait(lambda: row("launchpad -> launchpad"))
        desktop.wait(lambda: desktop.widget("link", "testnit", DEEP), 60)
        start("testnit", DEEP, "testnit")
        bar = desktop.wait(lambda: row(
            "launchpad -> launchpad -> testnit use", "text"))
        assert "4.0 MiB" in (bar.get("value") or ""), bar.attrib
        desktop.control.settle()
        folder = os.environ.get("TEST_DIR", desktop.folder)
        desktop.control.do("screenshot " + os.path.join(folder, "tree.png"))

    def check_death():
        desktop.wait(lambda: desktop.processes("testnit"))[0].kill()
        desktop.wait(lambda: row("launchpad -> launchpad -> testnit use",
                                 "text") is None)
        assert row("launchpad -> launchpad -> testnit") is not None
        assert row("killed", "text") is not None

    def check_gone():
        desktop.click_widget("button", "kill launchpad", INNER)
        desktop.wait(lambda: row("launchpad -> launchpad") is None)
        assert row("launchpad") is not None

    code = tap.run([
        ("what children of children are is shown", check_tree),
        ("one that dies says so", check_death),
        ("those of a dead one are gone", check_gone),
        ("the desktop ends as always", desktop.stop),
    ])
    if code:
        desktop.fail()
    return code


if __name__ == "__main__":
    if not os.access(program("launchpad"), os.X_OK):
        tap.skip_all("launchpad is not built")
    sys.exit(main())
