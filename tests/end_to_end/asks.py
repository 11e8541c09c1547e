#!/usr/bin/env python3
"""A program asks launchpad to start another one: the user decides."""
import os
import sys

import tap
from desktop import Desktop, program

ASKER = """<launcher name="asker"><filename>spy</filename><ram_quota>8M</ram_quota>
<config><ask>nowhere</ask><ask>testnit</ask><ask>testnit</ask></config></launcher>"""
SCENARIO = """<start><filename>nitpicker</filename><ram_quota>64M</ram_quota></start>
<start><filename>launchpad</filename><ram_quota>256M</ram_quota>
<config ypos="0" height="760"><clock>off</clock><installed>off</installed>%s
<launcher><filename>testnit</filename><ram_quota>4M</ram_quota></launcher></config>
</start>""" % ASKER


def main():
    desktop = Desktop(SCENARIO)

    def said():
        return [line.partition("] ")[2] for line in
                desktop.log_lines("[launchpad -> asker] start ")]

    def question():
        return desktop.wait(lambda: next(
            (node.get("name") for node in desktop.nodes("launchpad/widgets", "widget")
             if "wants to start" in (node.get("name") or "")), None))

    def answer(name):
        desktop.control.settle()
        desktop.click_widget("button", name)

    def check_denied():
        desktop.wait(lambda: desktop.widget("link", "asker"))
        desktop.click_widget("link", "asker")
        assert question() == ("asker wants to start testnit: "
                              "It would get 4.0 MiB of launchpad's memory.")
        # What isn't listed is no question.
        assert said() == ["start nowhere: no_service"], said()
        assert desktop.child("testnit") is None
        answer("Don\u2019t")
        desktop.wait(lambda: "start testnit: denied" in said())

    def check_started():
        question()
        answer("Start")
        desktop.wait(lambda: "start testnit: ok" in said())
        desktop.wait_for_views("launchpad -> testnit", 3)
        assert int(desktop.child("testnit").get("quota")) == 4 << 20

    def check_gone():
        """The asker ends while it is asked: so does the question."""
        desktop.click_widget("link", "asker")
        question()
        for process in desktop.processes("spy"):
            process.kill()
        desktop.wait(lambda: not any(
            "wants to start" in (node.get("name") or "")
            for node in desktop.nodes("launchpad/widgets", "widget")))

    code = tap.run([
        ("the user says no", check_denied),
        ("the user says yes", check_started),
        ("nobody asks any more", check_gone),
        ("the desktop ends as always", desktop.stop),
    ])
    if code:
        desktop.fail()
    return code


if __name__ == "__main__":
    if not os.access(program("spy"), os.X_OK):
        tap.skip_all("spy is not built")
    sys.exit(main())
