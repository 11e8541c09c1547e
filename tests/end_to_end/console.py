#!/usr/bin/env python3
"""The console, full screen on virtual_drv: typing, scrolling, selecting,
finding, resizing, what is started in its shell."""
import sys

import tap
from desktop import Desktop, SERVER, start
from rest import rests, stillness

SHELL = "<command>/bin/sh</command>"
PROMPT = "PS1='> '; clear\n"
QUOTA = "128M"


class Console:
    """A desktop that is nothing but a console."""

    def __init__(self, config=SHELL, **attributes):
        self.desktop = Desktop(start("console", config, **attributes)
                               .replace("64M", QUOTA))
        self.control = self.desktop.control

    def __enter__(self):
        self.desktop.__enter__()
        return self

    def __exit__(self, *what):
        self.desktop.__exit__(*what)

    def lines(self):
        root = self.desktop.report("console/text")
        return [] if root is None else [(line.text or "").rstrip()
                                        for line in root]

    def head(self, name):
        return int(self.desktop.report("console/text").get(name))

    def shows(self, words):
        self.desktop.wait(lambda: any(words in line for line in self.lines()))

    def wait(self, condition):
        self.desktop.wait(condition)

    def line(self, text):
        self.control.do("type " + text)
        self.control.do("key KEY_ENTER")

    def key(self, *names):
        self.control.do("key " + " ".join(names))

    def prompt(self):
        """Until the shell has the terminal again: a line that comes while the
        program before it is being interrupted may still be read by that."""
        self.wait(lambda: [line for line in self.lines() if line][-1:] == [">"])


def typing():
    with Console() as console:
        console.line(PROMPT.strip())
        console.wait(lambda: console.lines()[0] == ">")
        console.line("echo one$((1+1))three")
        console.shows("one2three")
        console.line("stty size; echo $TERM $COLORTERM")
        console.wait(lambda: "44 160" in console.lines())
        console.shows("xterm-256color truecolor")
        console.line("cat -v")
        console.key("KEY_UP")
        console.key("KEY_LEFTCTRL", "KEY_RIGHT")
        console.key("KEY_F5")
        console.key("KEY_LEFTALT", "KEY_X")
        console.key("KEY_LEFTSHIFT", "KEY_TAB")
        console.key("KEY_ENTER")
        # from the terminal's echo and from cat
        console.wait(lambda: console.lines().count(
            "^[[A^[[1;5C^[[15~^[x^[[Z") == 2)
        console.key("KEY_LEFTCTRL", "KEY_C")
        console.prompt()
        console.line("echo still$((1+1))here")
        console.shows("still2here")


def the_end_of_the_shell():
    with Console() as console:
        console.line("echo before")
        console.shows("before")
        pid = console.desktop.processes("console")[0]
        console.line("exit")
        console.wait(lambda: not pid.is_alive())
    with Console("<command>/no/such/program</command>") as console:
        console.shows("No such file")
        console.key("KEY_ENTER")
        console.wait(lambda: sum("No such file" in line for line in
                                 console.lines()) == 2)


def the_default_shell():
    with Console("") as console:
        console.line("echo $0 $((20+3)) $TERM")
        console.wait(lambda: any("sh 23 xterm-256color" in line
                                 for line in console.lines()))


def a_home_that_can_be_used():
    with Console() as console:
        console.line("cd ~ && echo $((20+3)) >a && cat ~/a && rm a")
        console.wait(lambda: "23" in console.lines())
        assert not [line for line in console.lines() if "denied" in line]


def blinking():
    """Text and cursor: half a second on, half off; nothing where it may not."""
    full = Console(SHELL + "<theme motion='full'/>")
    with full as console:
        console.line("PS1=; stty -echo; printf '\\033[2J\\033[3;1H\\033[5mXXXX"
                     "\\033[m\\033[?25l'")
        console.wait(lambda: console.lines()[2:3] == ["XXXX"])

        def ink():
            return {console.control.do("pixel %d %d" % (x, y))
                    for x in range(0, 32, 2) for y in (47,)}
        for _ in range(2):
            console.wait(lambda: len(ink()) > 1)
            console.wait(lambda: len(ink()) == 1)
        # what doesn't blink is drawn no more
        console.line("printf '\\033[2J\\033[3;1HXXXX'")
        console.wait(lambda: len(ink()) > 1)
        console.control.do("settle 1500 5000")
        assert len(ink()) > 1
        # a cursor that blinks, and is there while somebody types
        console.line("printf '\\033[2J\\033[3;1H\\033[?25h\\033[1 q'")
        for _ in range(2):
            console.wait(lambda: len(ink()) == 2)
            console.wait(lambda: len(ink()) == 1)
    with Console(SHELL) as console:
        console.line("PS1=; stty -echo; printf '\\033[2J\\033[3;1H\\033[5mXXXX"
                     "\\033[m\\033[1 q'")
        console.wait(lambda: console.lines()[2:3] == ["XXXX"])
        console.control.settle(1500)


def columns_as_programs_choose():
    with Console() as console:
        console.control.do("mode 800 432")
        console.wait(lambda: console.head("columns") == 100)
        console.line("printf '\\033[?40h\\033[?3h'")
        console.wait(lambda: console.head("columns") == 132)
        console.line("stty size")
        console.wait(lambda: "24 132" in console.lines())
        # the framebuffer has become wide enough
        console.control.settle()
        console.control.do("pixel 1055 431")
        console.line("printf '\\033[?3l'")
        console.wait(lambda: console.head("columns") == 80)
        console.line("stty size")
        console.wait(lambda: "24 80" in console.lines())
        # the user's size is the last word
        console.control.do("mode 400 432")
        console.wait(lambda: console.head("columns") == 50)


def only_what_changed():
    with Console() as console:
        console.line(PROMPT.strip())
        console.wait(lambda: console.lines()[0] == ">")
        console.control.settle()
        before = [int(n) for n in console.control.do("frames").split()]
        console.control.do("type a")
        console.shows("> a")
        console.control.settle()
        after = [int(n) for n in console.control.do("frames").split()]
        assert after[0] - before[0] <= 2, (before, after)
        # the letter and the cursor
        assert after[1] - before[1] <= 2 * 2 * 8 * 18, (before, after)


def resizing():
    with Console() as console:
        console.line("for i in 1 2 3 4 5 6 7 8 9; do printf $i%s 2345678; done; echo")
        console.shows("1234567822345678")
        console.control.do("mode 400 300")
        console.wait(lambda: console.head("columns") == 50)
        joined = "".join(console.lines())
        assert "".join("%d2345678" % i for i in range(1, 10)) in joined, joined
        console.line("stty size")
        console.wait(lambda: "16 50" in console.lines())
        console.control.do("mode 1280 800")
        console.wait(lambda: console.head("columns") == 160)
        console.shows("12345678223456783234567842345678")


def scrolling_and_finding():
    with Console() as console:
        console.line("seq 1000 2999")
        console.wait(lambda: "2999" in console.lines())
        console.control.settle()
        console.key("KEY_LEFTSHIFT", "KEY_HOME")
        console.wait(lambda: "1000" in console.lines())
        console.key("KEY_LEFTSHIFT", "KEY_END")
        console.wait(lambda: "2999" in console.lines())
        console.control.do("move 200 200")
        console.control.do("wheel 1")
        console.wait(lambda: console.head("back") == 3)
        console.control.do("wheel -1")
        console.key("KEY_LEFTCTRL", "KEY_LEFTSHIFT", "KEY_F")
        console.control.do("type 1234")
        console.wait(lambda: "1234" in console.lines())
        console.key("KEY_ESC")
        # what is typed goes to the end again
        console.line("echo back")
        console.wait(lambda: "back" in console.lines())


def selecting():
    with Console() as console:
        console.line(PROMPT.strip())
        console.wait(lambda: console.lines()[0] == ">")
        console.line("echo some words/of.it here")
        console.wait(lambda: "some words/of.it here" in console.lines())
        row = console.lines().index("some words/of.it here")
        y = row * 18 + 9
        console.control.do("type x")

        def pasted():
            return any("xwords/of.it" in line for line in console.lines())
        for _ in range(10):
            console.control.twice("click %d %d" % (8 * 8, y))
            console.control.do("click 4 300 BTN_MIDDLE")
            console.control.settle(1000)
            if pasted():
                break
        assert pasted(), console.lines()
        console.control.do("drag 4 %d %d %d" % (y, 3 * 8 + 4, y))
        console.control.do("click 4 300 BTN_MIDDLE")
        console.shows("xwords/of.itsome")
        console.key("KEY_LEFTCTRL", "KEY_U")


def mouse_reports():
    with Console() as console:
        console.line("printf '\\033[?1000h\\033[?1006h%s%s\\n' mouse on; cat -v")
        console.shows("mouseon")
        console.control.settle()
        console.control.do("click 84 45 BTN_LEFT")
        console.key("KEY_ENTER")
        console.shows("^[[<0;11;3M^[[<0;11;3m")


PAD = SERVER + """<start><filename>launchpad</filename>
<ram_quota>512M</ram_quota><config>
<xpos>0</xpos> <ypos>0</ypos> <width>360</width> <height>500</height>
<launcher><filename>liquid_fb</filename><ram_quota>64M</ram_quota>
<config> <title>Console</title> <x>380</x> <y>20</y> <width>800</width>
<height>500</height> </config></launcher>
<launcher><filename>console</filename><ram_quota>160M</ram_quota>
<config> <command>/bin/sh</command> </config></launcher>
</config></start>"""


def a_parent():
    """In a window; what is started in its shell has windows below it."""
    with Desktop(PAD) as desktop:
        desktop.click_widget("link", "console")
        desktop.wait(lambda: desktop.child("console") is not None and
                     desktop.child("console").get("state") == "waiting")
        desktop.click_widget("link", "liquid_fb")
        desktop.wait(lambda: desktop.report("launchpad/console/text"))
        desktop.control.settle()
        frame = desktop.report("launchpad/liquid_fb/framebuffer")
        desktop.control.do("click %d %d" % (int(frame.get("sx")) + 300,
                                            int(frame.get("sy")) + 300))

        def line(text):
            desktop.control.do("type " + text)
            desktop.control.do("key KEY_ENTER")

        line("testnit &")
        views = desktop.wait_for_views("launchpad -> console -> testnit", 3)
        assert len(views) == 3
        line("testnit &")
        desktop.wait_for_views("launchpad -> console -> testnit.2", 3)
        line("printf '\\033]2;Another title\\007'")
        desktop.wait(lambda: any(v.title == "Another title" for v in
                                 desktop.views("launchpad -> liquid_fb")))
        line("kill %1")
        desktop.wait(lambda: not desktop.views("launchpad -> console -> testnit"))
        # a program from outside is not one of the shell's
        assert not desktop.log_lines("error:"), desktop.log_lines("error:")
        desktop.click_widget("button", "kill console")
        desktop.wait(lambda: not desktop.views("launchpad -> console -> testnit.2"))


def sixteen_bits():
    """On a framebuffer of rgb565: the same picture, in its colours."""
    with Console(SHELL) as console:
        pictures = []
        for mode in ("640 432", "640 432 rgb565"):
            console.control.do("mode " + mode)
            console.wait(lambda: console.head("columns") == 80)
            console.line("PS1=; printf '\\033[2J\\033[H\\033[31mred \\033[1;44mblue\\033[m'")
            console.wait(lambda: console.lines()[:1] == ["red blue"])
            console.control.settle()
            pictures.append([console.control.do("pixel %d %d" % (x, y))
                             for x in range(0, 64) for y in range(0, 18)])
        for full, less in zip(*pictures):
            for at in (1, 3, 5):
                difference = int(full[at:at + 2], 16) - int(less[at:at + 2], 16)
                assert abs(difference) <= 8, (full, less)
        assert len(set(pictures[1])) > 20


def idle():
    """It sleeps when nothing happens."""
    with Console() as console:
        console.line("echo")
        console.control.settle(500)
        pid = console.desktop.processes("console")[0].pid
        rests(stillness(console.control), pid)


def fonts():
    """A face of the user's choice; characters of other faces."""
    def ink(console, x, y, w, h):
        return [console.control.do("pixel %d %d" % (x + dx, y + dy))
                for dx in range(w) for dy in range(h)]

    pictures = {}
    bold = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono-Bold.ttf"
    for name, config in (("own", "<font>16</font>"),
                         ("bold", "<font face='%s'>16</font>" % bold),
                         ("none", "<font face='/no/such.ttf'>16</font>"),
                         ("sans", "<font face='%s'>16</font>" % bold.replace(
                             "Mono-Bold", ""))):
        with Console(SHELL + config) as console:
            console.line("PS1=; printf '\\033[2J\\033[HMgq@\\n'")
            console.wait(lambda: console.lines()[:1] == ["Mgq@"])
            console.control.settle()
            pictures[name] = ink(console, 0, 0, 40, 20)
            if name in ("none", "sans"):
                console.wait(lambda: console.desktop.log_lines("no font of one width"))
            said = console.desktop.log_lines("no font of one width")
            assert bool(said) == (name in ("none", "sans")), (name, said)
    assert pictures["own"] != pictures["bold"]
    assert pictures["own"] == pictures["none"] == pictures["sans"]
    with Console(SHELL + "<font>20</font>") as console:
        # each of them its own picture, none the mark of what is not there
        console.line("PS1=; printf '\\033[2J\\033[H"
                     "\\344\\270\\255\\346\\227\\245\\355\\225\\234"
                     "\\360\\237\\231\\202\\360\\237\\232\\200\\357\\277\\275'")
        console.wait(lambda: console.lines()[:1] == ["中日한🙂🚀\ufffd"])
        console.control.settle()
        cells = [tuple(ink(console, 24 * i, 0, 24, 24)) for i in range(6)]
        assert len(set(cells)) == 6
        assert all(len(set(cell)) > 2 for cell in cells)


def config_that_changes():
    with Console(SHELL + "<palette>light</palette><font>20</font>") as console:
        console.line("echo")
        console.control.settle()
        assert console.control.do("pixel 1270 790").endswith("#f7f8fa")
        before = console.head("columns")
        console.desktop.configure(
            start("console", SHELL + "<palette background='#102030'/>")
            .replace("64M", QUOTA))
        console.wait(lambda: console.head("columns") > before)
        console.control.settle()
        assert console.control.do("pixel 1270 790").endswith("#102030")
        console.key("KEY_LEFTCTRL", "KEY_EQUAL")
        console.wait(lambda: console.head("columns") < 160)
        console.key("KEY_LEFTCTRL", "KEY_0")
        console.wait(lambda: console.head("columns") == 160)


if __name__ == "__main__":
    sys.exit(tap.run([
        ("what is typed is answered, keys arrive as xterm's", typing),
        ("a shell that ends ends it, one that can't start is told of",
         the_end_of_the_shell),
        ("without a command it is a shell", the_default_shell),
        ("a home that can be used", a_home_that_can_be_used),
        ("a letter draws two cells", only_what_changed),
        ("text and cursors blink", blinking),
        ("80 and 132 columns", columns_as_programs_choose),
        ("a new size: long lines flow", resizing),
        ("scrolling back, finding words", scrolling_and_finding),
        ("words and stretches are selected and pasted", selecting),
        ("programs get the mouse", mouse_reports),
        ("in a window it is a parent to what is started in its shell", a_parent),
        ("a framebuffer of 16 bits", sixteen_bits),
        ("idle, it does nothing", idle),
        ("fonts: a chosen one, and those that have what it lacks", fonts),
        ("config in the running console, zoom", config_that_changes),
    ]))
