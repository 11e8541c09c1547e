#!/usr/bin/env python3
"""liquid_fb: a window that is a screen for a client, and what happens to both.

device_client shows a picture that depends on its size only, and says what it
gets."""
import re
import sys
import time

import tap
from desktop import SERVER, Desktop, start
from rest import rests, stillness

# not the screen that nitpicker needs
ROUTE = '<route><any-service><child name="liquid_fb"/></any-service></route>'
LABEL = "liquid_fb"
BORDER, TITLE = 12, 41  # of the window around the content


def client(**attributes):
    return start("device_client", **attributes).replace("<config>",
                                                        ROUTE + "<config>")


CLIENT = client()


def window(more="", **attributes):
    return start("liquid_fb", more, **attributes)


class Screen(Desktop):
    """A desktop with one liquid_fb and a client in it."""

    def __init__(self, more="", client=CLIENT, theme="", server=SERVER):
        self.marks = {}
        super().__init__(theme + server + window(more) + client)
        self.wait(lambda: self.state("shown" if client else "empty"))
        self.control.settle()

    def content(self):
        """Of the content, in output pixels."""
        node = self.report("liquid_fb/framebuffer")
        return tuple(int(node.get(name)) for name in ("sx", "sy", "w", "h"))

    def state(self, name):
        node = self.report("liquid_fb/framebuffer")
        return node is not None and node.get("state") == name

    def said(self, words):
        """What the client said since the last mark that has these words."""
        lines = [re.sub(r"^\S+\] (\w+: )?", "", line) for line in
                 self.log().splitlines()[self.marks.get("log", 0):]
                 if line.startswith("[")]
        return [line for line in lines if words in line]

    def mark(self):
        self.marks["log"] = len(self.log().splitlines())

    def hears(self, words):
        return self.wait(lambda: self.said(words))

    def pattern(self, x, y):
        """The client's picture is there, to the pixel."""
        px, py, _, _ = self.content()
        should = "#%02x%02x%02x" % (x & 255, y & 255, (x ^ y) & 255)
        is_ = self.pixel(px + x, py + y)
        assert is_ == should, "%s instead of %s at %d,%d" % (is_, should, x, y)

    def whole_picture(self):
        _, _, w, h = self.content()
        # away from the pointer
        for x, y in ((0, 0), (w - 1, 0), (0, h - 1), (w - 1, h - 1),
                     (w // 2, h // 3)):
            self.pattern(x, y)

    def pid(self):
        found = self.processes("liquid_fb")
        assert len(found) == 1, found
        return found[0].pid


def equal(is_, should):
    assert is_ == should, "%r instead of %r" % (is_, should)


def mapped_pages(pid):
    """KiB of each shared buffer that the process has touched itself."""
    touched, inside = [], False
    with open("/proc/%d/smaps" % pid) as file:
        for line in file:
            if re.match("[0-9a-f]+-[0-9a-f]+ ", line):
                inside = "memfd:" in line
                start, end = (int(n, 16) for n in line.split()[0].split("-"))
            elif inside and line.startswith("Rss:"):
                touched.append(((end - start) >> 10, int(line.split()[1])))
    return touched


def shows_its_client():
    with Screen() as screen:
        equal(screen.said("mode"), ["mode 500 400 100"])
        equal(screen.content(), (400 + BORDER, 16 + 270 + TITLE, 500, 400))
        screen.whole_picture()
        title = screen.widget("titlebar", "Liquid Framebuffer", "liquid_fb")
        assert title is not None


def copies_no_pixel():
    with Screen() as screen:
        # the buffer of the content is mapped, but no page of it was touched
        size = 500 * 400 * 4 >> 10
        pages = [rss for kib, rss in mapped_pages(screen.pid())
                 if size <= kib <= size * 1.1]
        equal(pages, [0])


def one_client_at_a_time():
    clients = {name: client(name=name) for name in ("one", "two")}
    with Screen(client="".join(clients.values())) as screen:
        equal(screen.said("mode"), ["mode 500 400 100"])
        # the other one is told why it doesn't start
        screen.wait(lambda: [
            node for node in screen.nodes("children", "child")
            if node.get("name") in clients and node.get("state") == "waiting"
            and "busy" in node.get("reason")])
        first = screen.report("liquid_fb/framebuffer").get("client")
        del clients[first]
        screen.configure(SERVER + window() + "".join(clients.values()))
        screen.wait(lambda: screen.report("liquid_fb/framebuffer")
                    .get("client") in clients and screen.state("shown"))
        screen.control.settle()
        screen.whole_picture()


def input_is_the_clients():
    with Screen() as screen:
        control = screen.control
        x, y, w, h = screen.content()
        screen.mark()
        control.do("move %d %d" % (x + 7, y + 9))
        screen.hears("motion 7 9")
        control.do("click %d %d" % (x + w - 1, y + h - 1))
        screen.hears("motion %d %d" % (w - 1, h - 1))
        screen.hears("release BTN_LEFT")
        control.do("wheel 1 -2")
        screen.hears("wheel 120 -240")
        control.do("click %d %d BTN_RIGHT" % (x + 1, y + 1))
        screen.hears("press BTN_RIGHT")
        control.do("type a")
        screen.hears("press KEY_A U+0061")
        screen.hears("character U+0061 KEY_A first")
        # the pointer elsewhere changes nothing about keys
        control.do("move 5 700")
        screen.hears("hover_leave")
        screen.mark()
        control.do("key KEY_TAB")
        screen.hears("release KEY_TAB")
        # nor does the focus of the frame: the title was clicked
        control.do("click %d %d" % (x + 50, y - 20))
        screen.mark()
        control.do("key KEY_LEFTCTRL KEY_LEFTALT KEY_RIGHT")
        screen.hears("release KEY_RIGHT")
        control.do("type b")
        screen.hears("character U+0062 KEY_B first")
        assert not screen.said("BTN_"), screen.said("BTN_")
        equal(screen.content(), (x, y, w, h))


def touch_and_grab():
    with Screen() as screen:
        control = screen.control
        x, y, _, _ = screen.content()
        screen.mark()
        control.do("touch 0 %d %d" % (x + 30, y + 40))
        screen.hears("motion 30 40")
        control.do("untouch 0")
        screen.hears("release BTN_LEFT")
        # Shift+F9 asks for the grab, Shift+F10 ends it
        for place in ((x + 5, y + 5), (x + 5, y - 20)):
            control.do("click %d %d" % place)
            screen.mark()
            control.do("key KEY_LEFTSHIFT KEY_F9")
            screen.hears("grab ok")
            control.do("relative 3 -4")
            screen.hears("relative 3 -4")
            control.do("key KEY_LEFTSHIFT KEY_F10")
            screen.hears("ungrab ok")


CLIPBOARD = SERVER.replace("</start>",
                           "<config><clipboard host='yes'/></config></start>")


def clipboard():
    """Both ways through the window, to and from the host."""
    with Screen(server=CLIPBOARD) as screen:
        x, y, _, _ = screen.content()
        # from the content and, which has the focus then, from the frame
        for place, text in ((y + 5, "one"), (y - 20, "two")):
            screen.control.do("click %d %d" % (x + 50, place))
            screen.mark()
            screen.control.do("clipboard " + text)
            screen.hears("clipboard changed")
            screen.control.do("key KEY_LEFTSHIFT KEY_F6")
            screen.hears('clipboard "%s"' % text)
            screen.control.do("key KEY_LEFTSHIFT KEY_F5")
            screen.hears("offer ok")
            screen.wait(lambda: screen.control.do("clipboard") == "from the client")


def keyboard_and_pointer():
    """The layout and the locks reach the client, its pointer the screen."""
    with Screen() as screen:
        x, y, _, _ = screen.content()
        screen.control.do("click %d %d" % (x + 50, y + 50))
        screen.hears("keyboard us 2")  # Num Lock
        screen.mark()
        screen.control.do("key KEY_CAPSLOCK")
        screen.hears("keyboard us 3")
        screen.control.do("key KEY_CAPSLOCK")
        screen.hears("keyboard us 2")
        screen.control.do("key KEY_LEFTSHIFT KEY_F4")
        screen.hears("pointer ok")
        screen.wait(lambda: screen.pixel(x + 52, y + 52) == "#ff0000")
        # on the frame it is the frame's, on the content the client's again
        screen.control.do("move %d %d" % (x + 50, y - 20))
        screen.wait(lambda: screen.pixel(x + 52, y - 18) != "#ff0000")
        screen.control.do("move %d %d" % (x + 90, y + 90))
        screen.wait(lambda: screen.pixel(x + 92, y + 92) == "#ff0000")
        screen.whole_picture()


def themes():
    seen = {}
    for mode in ("light", "dark"):
        with Screen(theme='<theme mode="%s"/>' % mode) as screen:
            x, y, w, _ = screen.content()
            screen.whole_picture()
            colors = [screen.pixel(x + w - 150, y - row) for row in (8, 16, 24)]
            seen[mode] = sum(int(c[i:i + 2], 16) for c in colors for i in (1, 3, 5)) / 9
    assert seen["light"] > 140 and seen["dark"] < 100, seen


def moves():
    with Screen() as screen:
        x, y, w, h = screen.content()
        screen.mark()
        screen.control.do("drag %d %d %d %d" % (x + 90, y - 20, x + 10, y - 120))
        screen.wait(lambda: screen.content() == (x - 80, y - 100, w, h))
        screen.control.settle()
        screen.whole_picture()
        equal(screen.said("mode"), [])


def resizes_by_its_sizer():
    with Screen() as screen:
        x, y, w, h = screen.content()
        control = screen.control
        corner = (x + w + BORDER - 4, y + h + BORDER - 4)
        for dx, dy in ((60, 20), (-200, -130), (57, 33)):
            screen.mark()
            control.do("drag %d %d %d %d" % (*corner, corner[0] + dx,
                                             corner[1] + dy))
            w, h = w + dx, h + dy
            corner = (corner[0] + dx, corner[1] + dy)
            screen.hears("mode %d %d 100" % (w, h))
            screen.wait(lambda: screen.content() == (x, y, w, h))
            control.settle()
            screen.whole_picture()


def a_client_that_does_not_answer():
    with Screen() as screen:
        x, y, w, h = screen.content()
        client = screen.processes("device_client")[0]
        client.kill(19)  # STOP
        corner = (x + w + BORDER - 4, y + h + BORDER - 4)
        # In two steps: the second comes while the first waits for the client.
        screen.control.do("move %d %d" % corner)
        screen.control.do("press BTN_LEFT")
        for part in (0.1, 1):
            screen.control.do("move %d %d" % (corner[0] - 100 * part,
                                              corner[1] - 80 * part))
            screen.control.do("settle 50 1000")
        screen.control.do("release BTN_LEFT")
        screen.wait(lambda: screen.widget("window", "Liquid Framebuffer",
                    "liquid_fb").get("w") == str(w - 100 + 2 * BORDER))
        screen.control.settle()
        screen.pattern(0, 0)
        screen.pattern(w - 101, h - 81)
        client.kill(18)  # CONT
        screen.hears("mode %d %d 100" % (w - 100, h - 80))
        screen.wait(lambda: screen.content()[2:] == (w - 100, h - 80))
        screen.control.settle()
        screen.whole_picture()


def wishes():
    with Screen() as screen:
        x, y, _, _ = screen.content()
        screen.control.do("click %d %d" % (x + 5, y + 5))
        screen.control.do("key KEY_LEFTSHIFT KEY_F8")
        screen.hears("wish ok")
        screen.hears("mode 400 300 100")
        screen.wait(lambda: screen.content() == (x, y, 400, 300))
        screen.control.do("key KEY_LEFTSHIFT KEY_F7")
        screen.wait(lambda: screen.widget("titlebar", "A client's title",
                                          "liquid_fb") is not None)
        screen.wait(lambda: "A client's title" in
                    {view.title for view in screen.views(LABEL)})
        screen.whole_picture()


def a_config_that_changes():
    with Screen("<x>100</x><y>100</y>") as screen:
        def change(more):
            screen.mark()
            screen.configure(SERVER + window(more) + CLIENT)

        change("<x>50</x><y>60</y><title>Other</title>")
        screen.wait(lambda: screen.content()[:2] == (50 + BORDER, 16 + 60 + TITLE))
        screen.wait(lambda: screen.widget("titlebar", "Other", "liquid_fb")
                    is not None)
        change("<x>50</x><y>60</y><width>320</width><height>200</height>")
        screen.hears("mode 320 200 100")
        screen.wait(lambda: screen.content()[2:] == (320, 200))
        change("<x>50</x><y>60</y><width>320</width><height>200</height>"
               "<decoration>off</decoration>")
        screen.wait(lambda: screen.content() == (50, 76, 320, 200))
        screen.control.settle()
        screen.whole_picture()
        screen.wait(lambda: screen.widget("titlebar", "Liquid Framebuffer",
                                          "liquid_fb") is None)
        change("<x>50</x><y>60</y><width>320</width><height>200</height>"
               "<scale>200</scale><resize>off</resize>")
        screen.hears("mode 320 200 200")
        screen.wait(lambda: screen.content()[:2] == (50 + BORDER, 16 + 60 + TITLE))
        change("<width>many</width><heigth>3</heigth>")
        screen.wait(lambda: screen.log_lines("many"))
        screen.wait(lambda: screen.log_lines("did you mean"))
        screen.wait(lambda: screen.content() == (400 + BORDER, 16 + 270 + TITLE,
                                                320, 400))
        screen.control.settle()
        screen.whole_picture()


def a_client_that_dies():
    with Screen() as screen:
        x, y, w, h = screen.content()
        screen.control.do("click %d %d" % (x + 5, y + 5))
        screen.control.do("key KEY_LEFTSHIFT KEY_F7")
        screen.wait(lambda: screen.widget("titlebar", "A client's title",
                                          "liquid_fb") is not None)
        screen.processes("device_client")[0].kill()
        screen.wait(lambda: screen.widget("text", "device_client has ended",
                                          "liquid_fb"))
        screen.wait(lambda: screen.widget("titlebar", "Liquid Framebuffer",
                                          "liquid_fb") is not None)
        assert screen.state("ended")
        # a new one takes over
        screen.configure(SERVER + window() + client(name="next"))
        screen.wait(lambda: screen.state("shown"))
        screen.control.settle()
        screen.whole_picture()
        assert not screen.widget("text", "device_client has ended", "liquid_fb")
        screen.processes("device_client")[0].kill()
        screen.wait(lambda: screen.widget("text", "next has ended", "liquid_fb"))
        screen.control.settle()
        screen.click_widget("button", "Close the window", "liquid_fb")
        screen.wait(lambda: not screen.processes("liquid_fb"))
        screen.wait(lambda: not screen.views(LABEL))


def ends_with_its_client():
    with Screen("<stay>off</stay>") as screen:
        screen.processes("device_client")[0].kill()
        screen.wait(lambda: not screen.processes("liquid_fb"))


PACE = 15  # Hz


def moves_at_its_pace(screen):
    """It goes on, as slowly as the machine lets it, and is never faster. The
    frames with which a window appears are others."""
    def frames():
        return int(screen.control.do("frames").split()[0])

    first = frames()
    screen.wait(lambda: frames() >= first + 10)
    rates = []
    while len(rates) < 10:
        begin, first = time.monotonic(), frames()
        screen.control.do("settle 5000 1000")
        rates.append((frames() - first) / (time.monotonic() - begin))
        if rates[-1] <= PACE + 1:
            return
    raise AssertionError("frames a second: %s" % rates)


def liquid_moves_or_rests():
    full = '<theme motion="full"/>'
    with Desktop(full + SERVER + start("testnit")) as desktop:
        desktop.wait(lambda: desktop.views("testnit"))
        desktop.configure(full + SERVER + window())
        desktop.wait(lambda: desktop.views(LABEL))
        moves_at_its_pace(desktop)
        desktop.configure(full + SERVER + window("<animate>off</animate>"))
        desktop.control.settle()
        rests(stillness(desktop.control), desktop.processes("liquid_fb")[0].pid)


def liquid_rests_where_nobody_sees_it():
    full = '<theme motion="full"/>'
    small = "<x>300</x><y>300</y><width>200</width><height>100</height>"
    large = "<x>0</x><y>0</y><width>1200</width><height>700</height>" \
        "<animate>off</animate>"
    with Desktop(full + SERVER + window(large, name="above")) as desktop:
        desktop.wait(lambda: desktop.views("above"))
        desktop.configure(full + SERVER + window(large, name="above") +
                          window(small))
        desktop.wait(lambda: desktop.views("liquid_fb"))
        desktop.control.do("click 20 30")
        desktop.wait(lambda: not any(v.visible for v in desktop.views("liquid_fb")))
        desktop.control.settle()
        pids = [process.pid for process in desktop.processes("liquid_fb")]
        equal(len(pids), 2)
        rests(stillness(desktop.control), *pids)


if __name__ == "__main__":
    sys.exit(tap.run([
        ("a client's picture, pixel by pixel", shows_its_client),
        ("no pixel of it is copied", copies_no_pixel),
        ("a second client waits for its turn", one_client_at_a_time),
        ("keys, buttons, motion, wheel and characters", input_is_the_clients),
        ("touch and grab, from the content and from the title", touch_and_grab),
        ("the clipboard, both ways", clipboard),
        ("layout and locks, the client's pointer", keyboard_and_pointer),
        ("light and dark", themes),
        ("moving changes nothing for the client", moves),
        ("the sizer changes the mode", resizes_by_its_sizer),
        ("a client that is stopped can't stop the window",
         a_client_that_does_not_answer),
        ("a client's wishes: its mode, its title", wishes),
        ("a config that changes", a_config_that_changes),
        ("a client that dies, and the next one", a_client_that_dies),
        ("a window that ends with its client", ends_with_its_client),
        ("the liquid moves, or costs nothing", liquid_moves_or_rests),
        ("the liquid rests where nobody sees it",
         liquid_rests_where_nobody_sees_it),
    ]))
