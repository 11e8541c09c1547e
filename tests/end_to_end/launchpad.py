#!/usr/bin/env python3
"""launchpad's window: searching, details of children, what went wrong, entries
of the user, the log in a window."""
import sys

import tap
from desktop import Desktop, SERVER

TESTNIT = "launchpad -> testnit"
CONFIG = """<clock>off</clock><installed>off</installed><xpos>700</xpos><ypos>0</ypos>
<height>1300</height>
<launcher><filename>testnit</filename></launcher>
<launcher><filename>nitlog</filename></launcher>
<launcher name="greedy"><filename>testnit</filename><ram_quota>800M</ram_quota></launcher>
<launcher name="fails"><filename>/bin/sh</filename><ram_quota>4M</ram_quota>
  <arg value="-c"/><arg value="for i in 1 2 3; do echo line $i; done; echo last words; exit 3"/>
</launcher>
<launcher name="talks"><filename>/bin/sh</filename><ram_quota>4M</ram_quota>
  <arg value="-c"/><arg value="echo hello from here; echo and more; exec tail -f /dev/null"/>
</launcher>"""
# high enough that nothing has to be scrolled
SCENARIO = """<theme motion="reduced"/><start><filename>virtual_drv</filename>
<ram_quota>64M</ram_quota><config><width>1280</width><height>1400</height></config></start>
""" + SERVER + """<start><filename>launchpad</filename><ram_quota>256M</ram_quota>
<restart>on-failure</restart><config>%s</config></start>""" % CONFIG


def main():
    desktop = Desktop(SCENARIO)
    control = desktop.control

    def key(*names):
        control.do("key " + " ".join(names))
        control.settle()

    def type_text(text):
        control.do("type " + text)
        control.settle()

    def shown(role):
        """Names of the widgets of a role, in their order."""
        return [node.get("name") for node in desktop.nodes("launchpad/widgets", "widget")
                if node.get("role") == role]

    def value(role, name):
        node = desktop.widget(role, name)
        return None if node is None else node.get("value")

    def toast():
        """What the messages say."""
        return " | ".join(name for name in shown("text") if ": " in name)

    def go_home():
        # not the title: pressed twice, that makes the window larger
        desktop.click_widget("text", "STATUS")
        control.settle()

    def check_search():
        desktop.wait(lambda: desktop.widget("link", "testnit"))
        go_home()
        type_text("fai")
        assert shown("link") == ["fails"], shown("link")
        assert value("field", "search") == "fai"
        type_text("x")
        assert shown("link") == [], shown("link")
        assert value("text", "FOUND") == "nothing"
        key("KEY_ESC")
        assert "testnit" in shown("link") and "fails" in shown("link")
        assert value("field", "search") == ""

    def check_search_starts():
        type_text("testn")
        assert shown("link")[0] == "testnit", shown("link")
        key("KEY_ENTER")
        desktop.wait_for_views(TESTNIT, 3)
        go_home()
        key("KEY_ESC")

    def check_sum():
        """The sum stands as it can be read, and names what holds it."""
        line = [name for name in shown("text") if name.startswith("own ")][0]
        numbers = [float(word) for word in line.split() if word[0].isdigit()]
        assert abs(sum(numbers[:3]) - numbers[3]) < 0.001, line
        assert numbers[1] == 2.0 and numbers[3] == 256.0, line
        assert any(name.startswith("held by ") for name in shown("text"))

    def check_details():
        desktop.click_widget("button", "details of testnit")
        control.settle()
        desktop.wait(lambda: value("button", "details of testnit") == "open")
        desktop.wait(lambda: desktop.widget("slider", "testnit limit"))
        desktop.wait(lambda: value("image", "memory"))
        assert "KiB" in value("image", "memory") or "MiB" in value("image", "memory")
        assert any(name.startswith("running, process ") for name in shown("text"))

    def check_exact():
        """A bar says the bytes to whom rests on it."""
        for role, name, words in (
                ("slider", "testnit limit", "2,097,152 bytes; "),
                ("text", "quota", " of 268,435,456 bytes")):
            x, y, w, h = desktop.place(desktop.widget(role, name))
            control.do("move %d %d" % (x + w // 2, y + h // 2))
            desktop.wait(lambda: any(words in tip for tip in shown("tooltip")))
        go_home()

    def check_limit():
        """The quota of the running child, with the keyboard."""
        before = int(desktop.child("testnit").get("quota"))
        x, y, w, h = desktop.place(desktop.widget("slider", "testnit limit"))
        control.do("click %d %d" % (x + w * 3 // 4, y + h // 2))
        desktop.wait(lambda: int(desktop.child("testnit").get("quota")) > before)
        more = int(desktop.child("testnit").get("quota"))
        key("KEY_LEFT")
        desktop.wait(lambda: int(desktop.child("testnit").get("quota")) < more)
        # never below what it uses
        key("KEY_HOME")
        quota = int(desktop.child("testnit").get("quota"))
        assert quota >= int(desktop.child("testnit").get("used")), quota
        desktop.wait(lambda: any("can't get less" in name for name in shown("text")))
        root = desktop.report("launchpad/children")
        assert (int(root.get("total")) == int(root.get("reserve")) + int(root.get("left")) +
                sum(int(child.get("quota")) for child in root))

    def check_raise():
        go_home()
        assert desktop.wait(lambda: desktop.views()[0].label == "launchpad")
        x, y, w, h = desktop.place(desktop.widget("row", "testnit"))
        control.click_twice(x + 60, y + h // 2, lambda: desktop.focus() == TESTNIT)
        assert desktop.views()[0].label == TESTNIT, desktop.views()
        go_home()

    def check_restart():
        before = desktop.child("testnit").get("pid")
        desktop.click_widget("button", "Restart")
        desktop.wait(lambda: (desktop.child("testnit") is not None and
                              desktop.child("testnit").get("pid") not in ("0", before) and
                              desktop.child("testnit").get("state") == "running"))
        desktop.wait_for_views(TESTNIT, 3)
        assert value("button", "details of testnit") == "open"

    def check_kill_while_looked_at():
        """Its last state stays, until it is dismissed."""
        go_home()
        desktop.click_widget("button", "kill testnit")
        desktop.wait(lambda: desktop.child("testnit").get("state") == "killed")
        desktop.wait(lambda: not desktop.views(TESTNIT))
        desktop.wait(lambda: any("killed by the user" in name for name in shown("text")))
        desktop.click_widget("button", "kill testnit")
        desktop.wait(lambda: desktop.child("testnit") is None)

    def check_cut():
        desktop.click_widget("link", "greedy")
        desktop.wait(lambda: "greedy got" in toast())
        desktop.wait(lambda: "It asked for 800 MiB" in toast())
        desktop.click_widget("button", "Adjust\u2026")
        control.settle()
        node = desktop.widget("slider", "greedy limit")
        assert "focused" in node.get("state"), node.attrib
        key("KEY_HOME")
        desktop.click_widget("button", "kill greedy")
        # unfolded, it keeps its row
        desktop.wait(lambda: desktop.child("greedy").get("state") == "killed")
        desktop.click_widget("button", "kill greedy")
        desktop.wait(lambda: desktop.child("greedy") is None)

    def check_failure():
        go_home()
        type_text("fails")
        key("KEY_ENTER")
        desktop.wait(lambda: "fails did not start" in toast())
        desktop.wait(lambda: "exit code 3" in toast() and "last words" in toast())
        desktop.click_widget("button", "Details")
        control.settle()
        desktop.wait(lambda: value("text", "output") ==
                     "line 1\nline 2\nline 3\nlast words\n")
        key("KEY_ESC")
        desktop.click_widget("button", "kill fails")
        desktop.wait(lambda: desktop.child("fails") is None)

    def check_add():
        desktop.click_widget("link", "Add a program\u2026")
        control.settle()
        type_text("no-such-program")
        key("KEY_ENTER")
        desktop.wait(lambda: "There is no such program." in shown("text"))
        for _ in "no-such-program":
            control.do("key KEY_BACKSPACE")
        control.settle()
        type_text("testnit")
        for _ in range(2):
            key("KEY_TAB")
        type_text("mine")
        key("KEY_ENTER")
        desktop.wait(lambda: desktop.widget("link", "mine"))
        assert desktop.widget("button", "edit mine") is not None
        assert value("slider", "mine quota") == "4.0 MiB"

    def check_kept():
        """The next launchpad has it, and the quota that was set."""
        x, y, w, h = desktop.place(desktop.widget("slider", "mine quota"))
        control.do("click %d %d" % (x + w // 3, y + h // 2))
        control.settle()
        set_to = value("slider", "mine quota")
        assert set_to != "4.0 MiB", set_to
        # saved when nothing was changed for a moment
        control.settle(800)
        desktop.processes("launchpad")[0].kill()
        desktop.wait(lambda: not desktop.views("launchpad"))
        desktop.wait(lambda: desktop.views("launchpad"))
        desktop.wait(lambda: desktop.widget("link", "mine"))
        assert value("slider", "mine quota") == set_to, value("slider", "mine quota")

    def check_edit():
        desktop.click_widget("button", "edit mine")
        control.settle()
        assert value("field", "program") == "testnit"
        desktop.click_widget("button", "Remove")
        desktop.wait(lambda: desktop.widget("link", "mine") is None)

    def check_log():
        desktop.click_widget("link", "nitlog")
        desktop.wait_for_views("launchpad -> nitlog", 1)
        go_home()
        desktop.click_widget("link", "talks")

        def lines():
            node = desktop.widget("list", "log", "launchpad/nitlog")
            return "" if node is None else node.get("value") or ""
        desktop.wait(lambda: "talks: and more" in lines())
        assert "talks: hello from here" in lines(), lines()
        desktop.click_widget("button", "Pause", "launchpad/nitlog")
        desktop.click_widget("button", "kill talks")
        desktop.wait(lambda: desktop.child("talks") is None)
        go_home()
        desktop.click_widget("link", "talks")
        band = lambda: desktop.widget("text", "LOG", "launchpad/nitlog").get("value")
        desktop.wait(lambda: "paused, 2 more" in band())
        assert lines().count("hello from here") == 1, lines()
        desktop.click_widget("button", "Resume", "launchpad/nitlog")
        desktop.wait(lambda: "paused" not in band())
        assert lines().count("hello from here") == 2, lines()

    def check_log_search():
        """Typed anywhere in its window; what is copied can be pasted elsewhere."""
        owner = "launchpad/nitlog"
        field = lambda who, name: desktop.widget("field", name, who).get("value")
        control.settle()
        desktop.click_widget("list", "log", owner)
        control.settle()
        type_text("HELLO")
        assert field(owner, "search") == "HELLO"
        key("KEY_ESC")
        assert not field(owner, "search")
        key("KEY_LEFTCTRL", "KEY_A")
        desktop.click_widget("button", "Copy", owner)
        control.settle()
        go_home()
        desktop.click_widget("field", "search")
        key("KEY_LEFTCTRL", "KEY_V")
        desktop.wait(lambda: "hello from here" in (field("launchpad", "search") or ""))
        key("KEY_ESC")

    code = tap.run([
        ("typing searches, Esc ends that", check_search),
        ("Enter starts the best", check_search_starts),
        ("the sum adds up", check_sum),
        ("a child unfolds", check_details),
        ("a bar says its bytes", check_exact),
        ("the quota of a running child", check_limit),
        ("pressed twice, its windows come to the front", check_raise),
        ("restart", check_restart),
        ("killed while it is looked at: its row stays", check_kill_while_looked_at),
        ("more than is left: told, and adjusted", check_cut),
        ("a failure in words, with its last lines", check_failure),
        ("an entry of the user", check_add),
        ("it is kept, with its quota", check_kept),
        ("it is taken away", check_edit),
        ("nitlog shows what is said, and pauses", check_log),
        ("nitlog searches and copies", check_log_search),
        ("nothing is left", desktop.stop),
    ])
    if code:
        desktop.fail()
    return code


if __name__ == "__main__":
    sys.exit(main())
