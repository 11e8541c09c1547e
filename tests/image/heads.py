#!/usr/bin/env python3
"""Two displays of one card with a nitpicker each: both show what virtual_drv
shows of the same programs. # runs alone"""
import os
import sys

import pc
import tap
from desktop import Desktop

NITPICKER = ("<start %s><filename>nitpicker</filename><ram_quota>16M</ram_quota>"
             "<config>%s</config></start>")
BACKDROP = "<start><filename>backdrop</filename><ram_quota>8M</ram_quota></start>"
MODE = (800, 600)  # of the second display


def routed(text, server):
    """Programs of a scenario, as clients of that server."""
    return text.replace("</filename>", (
        '</filename><route><service name="Nitpicker"><child name="%s"/></service>'
        "<any-service><child/><parent/></any-service></route>") % server)


def second(server):
    return routed(BACKDROP + "<start><filename>testnit</filename>"
                  "<ram_quota>8M</ram_quota></start>", server)


def first_and_second():
    whole = pc.REST.partition("<start>")[0]
    pad = pc.REST[pc.REST.index("<start>\n    <filename>launchpad"):]
    # launchpad alone is routed, not what it starts
    pad = routed(pad.partition("</filename>")[0] + "</filename>", "nitpicker") + \
        pad.partition("</filename>")[2]
    return (pc.start("intel_drv", "<mirror>no</mirror>"
                     '<connector name="Virtual-1" width="1024" height="768"/>'
                     '<connector name="Virtual-2" width="%d" height="%d"/>' % MODE) +
            pc.start("evdev_drv", '<pointer acceleration="0"/>').replace("24M", "12M") +
            whole +
            NITPICKER % ("", '<mode-key mode="launcher" label="launchpad"/>') +
            NITPICKER % ('name="second"', "<output>Virtual-2</output>") +
            routed(BACKDROP, "nitpicker") + pad + second("second"))


class Other(Desktop):
    """What the second display is to show."""
    WIDTH, HEIGHT = MODE

    def __init__(self):
        super().__init__(pc.start("virtual_drv", "<width>%d</width><height>%d</height>"
                                  "<cursor>yes</cursor>" % MODE) +
                         '<theme motion="reduced"/><host>off</host>' +
                         NITPICKER % ("", "") + second("nitpicker"))


def check():
    image = pc.pack("heads", first_and_second())
    with pc.virtual("<cursor>yes</cursor>") as desktop, Other() as other, \
            pc.TwoHeads(image, "nitpicker.fb=intel", MODE, name="heads") as machine:
        both = pc.Both(machine, desktop)
        both.compare("first")
        pc.same(other, machine, "second", **machine.second)
        # The mouse is looked at by the other tests; here only in the soak: the
        # guest is the slowest of all, and now and then misses a click.
        if os.environ.get("NITPICKER_SOAK") != "1":
            return
        both.click_widget("link", "testnit")
        desktop.wait_for_views("launchpad -> testnit", 3)
        both.move(1000, 740)
        both.compare("testnit")
        pc.same(other, machine, "still", **machine.second)


def main():
    pc.prepare()
    return tap.run([("each display has its own picture", check)])


if __name__ == "__main__":
    sys.exit(main())
