#!/usr/bin/env python3
"""xvfb_glue as window manager: where X windows open, how the user and their
programs move, resize, stack and close them."""
import struct
import sys

import xdesktop
from desktop import MENUBAR
from xprotocol import ATOM, CARDINAL, CLIENT_MESSAGE, CONFIGURE_NOTIFY, FOCUS_IN, MAP_NOTIFY

WINDOW = 33  # the type of WM_TRANSIENT_FOR
HINTS, HINTS_TYPE, TRANSIENT, UNMAP_NOTIFY = 40, 41, 68, 18
ADD, REMOVE = 1, 0
WM_HINTS, URGENT, ICONIC = 35, 256, 3


class Test(xdesktop.Case):
    def __init__(self):
        super().__init__("<stay>yes</stay>")

    # ---- helpers ----

    def node(self, window):
        for node in self.desktop.windows():
            if int(node.get("id"), 16) == window:
                return node
        return None

    def wait_place(self, window, wanted):
        """Until nitpicker and X have it at that place of the session."""
        def there():
            node = self.node(window)
            return node is not None and wanted == tuple(
                int(node.get(k)) for k in "xywh")
        try:
            self.desktop.wait(there)
        except AssertionError:
            node = self.node(window)
            raise AssertionError("%s instead of %s" % (
                node is not None and dict(node.attrib), wanted)) from None
        self.desktop.wait(lambda: self.x.place(window) == wanted)

    def atoms(self, window, name):
        _, _, data = self.x.property(window, self.x.atom(name))
        return {self.x.atom_name(a) for a in struct.unpack("<%dI" % (len(data) // 4),
                                                           data)}

    def wait_state(self, window, state, there=True):
        self.desktop.wait(lambda: (state in self.atoms(window, "_NET_WM_STATE")) ==
                          there)

    def message(self, window, kind, *words):
        """A client message to the window manager."""
        data = struct.pack("<BBHII", CLIENT_MESSAGE, 32, 0, window,
                           self.x.atom(kind)) + struct.pack(
            "<5I", *(list(words) + [0] * 5)[:5])
        self.x.send_event(self.x.root, data, 1 << 19 | 1 << 20)

    def state(self, window, action, *names):
        self.message(window, "_NET_WM_STATE", action,
                     *[self.x.atom(name) for name in names])

    def open(self, x, y, w, h, title, change=None, **more):
        """A window with a title; change(window) before it is mapped."""
        window = self.x.window(x, y, w, h, title=title, **more)
        if change:
            # It is mapped already: once more, as programs do it.
            self.x.event(MAP_NOTIFY, window=window)
            self.x.send(10, 0, struct.pack("<I", window))
            assert self.x.wait(lambda e: e.type == UNMAP_NOTIFY and struct.unpack_from(
                "<I", e.data, 8)[0] == window)
            self.x.configure(window, x=x, y=y)
            change(window)
            self.x.send(8, 0, struct.pack("<I", window))
        self.desktop.shown(window)
        return window

    def close(self, *windows):
        for window in windows:
            self.x.destroy(window)
        self.x.sync()
        self.desktop.wait(lambda: not any(self.node(w) is not None for w in windows))

    def extents(self, window):
        _, _, data = self.x.property(window, self.x.atom("_NET_FRAME_EXTENTS"))
        left, right, top, bottom = struct.unpack("<4I", data)
        return left, right, top, bottom

    def drag(self, x1, y1, x2, y2):
        self.control.do("drag %d %d %d %d" % (x1, y1, x2, y2))

    def order(self):
        return [int(node.get("id"), 16) for node in self.desktop.windows()]

    # ---- tests ----

    def check_place(self):
        """The position that was asked for is that of the frame."""
        window = self.open(100, 80, 300, 200, "Place")
        left, _, top, _ = self.extents(window)
        assert left > 0 and top > 20
        self.wait_place(window, (100 + left, 80 + top, 300, 200))
        self.desktop.wait(lambda: [(v.title, v.visible) for v in
                                   self.desktop.views("xvfb_glue")] ==
                          [("Place", True)])
        self.close(window)
        self.desktop.wait(lambda: not self.desktop.views("xvfb_glue"))

    def check_frame(self):
        """Moved by its title, resized by its corner, as large as can be by
        its title pressed twice, and back."""
        window = self.open(100, 80, 300, 200, "Frame")
        left, right, top, bottom = self.extents(window)
        x, y, w, h = 100 + left, 80 + top, 300, 200
        title = (x + 60, y + MENUBAR - top // 2)
        self.drag(*title, title[0] + 40, title[1] + 30)
        x, y = x + 40, y + 30
        self.wait_place(window, (x, y, w, h))
        corner = (x + w + right - 2, y + h + bottom + MENUBAR - 2)
        self.drag(*corner, corner[0] + 50, corner[1] - 20)
        w, h = w + 50, h - 20
        self.wait_place(window, (x, y, w, h))
        edge = (x - 2, y + MENUBAR + 60)
        self.drag(*edge, edge[0] - 30, edge[1])
        x, w = x - 30, w + 30
        self.wait_place(window, (x, y, w, h))
        most = left, top, 1280 - left - right, 800 - MENUBAR - top - bottom
        self.control.click_twice(
            x + 60, y + MENUBAR - top // 2,
            lambda: tuple(int(self.node(window).get(k)) for k in "xywh") == most)
        self.wait_place(window, most)
        self.wait_state(window, "_NET_WM_STATE_MAXIMIZED_VERT")
        self.control.do("key KEY_LEFTCTRL KEY_LEFTALT KEY_ENTER")
        self.wait_place(window, (x, y, w, h))
        self.wait_state(window, "_NET_WM_STATE_MAXIMIZED_VERT", False)
        self.control.do("key KEY_LEFTCTRL KEY_LEFTALT KEY_RIGHT")
        self.wait_place(window, (x + 16, y, w, h))
        self.close(window)

    def check_hints(self):
        """Steps and limits of the size."""
        def hints(window):
            self.x.change(window, HINTS, HINTS_TYPE, 32, struct.pack(
                "<18I", 1 | 16 | 32 | 64 | 256, 0, 0, 0, 0, 110, 60, 400, 300,
                10, 20, 0, 0, 0, 0, 0, 0, 1))
        window = self.open(200, 100, 210, 160, "Steps", hints)
        place = self.x.place(window)
        _, right, _, bottom = self.extents(window)
        x, y, w, h = place
        corner = (x + w + right - 2, y + h + bottom + MENUBAR - 2)
        self.drag(*corner, corner[0] + 37, corner[1] + 33)
        self.wait_place(window, (x, y, w + 30, h + 20))
        corner = (corner[0] + 30, corner[1] + 20)
        self.drag(*corner, corner[0] + 300, corner[1] + 300)
        self.wait_place(window, (x, y, 400, 300))
        corner = (x + 400 + right - 2, y + 300 + bottom + MENUBAR - 2)
        self.drag(*corner, x + 1, y + MENUBAR + 1)
        self.wait_place(window, (x, y, 110, 60))
        self.close(window)

    def check_asked(self):
        """What a program asks for itself: size, place, states."""
        window = self.open(150, 120, 300, 200, "Asked")
        left, _, top, _ = self.extents(window)
        self.x.configure(window, width=260, height=170)
        self.wait_place(window, (150 + left, 120 + top, 260, 170))
        self.x.configure(window, x=333, y=222)
        self.wait_place(window, (333 + left, 222 + top, 260, 170))
        self.x.forget()
        self.state(window, ADD, "_NET_WM_STATE_FULLSCREEN")
        self.wait_place(window, (0, 0, 1280, 800 - MENUBAR))
        assert self.node(window).get("frame") is None
        self.wait_state(window, "_NET_WM_STATE_FULLSCREEN")
        # Then it can't have another place; it is told so.
        self.x.forget()
        self.x.configure(window, x=10)
        assert self.x.event(CONFIGURE_NOTIFY, window=window).sent
        self.state(window, REMOVE, "_NET_WM_STATE_FULLSCREEN")
        self.wait_place(window, (333 + left, 222 + top, 260, 170))
        self.state(window, ADD, "_NET_WM_STATE_MAXIMIZED_HORZ",
                   "_NET_WM_STATE_MAXIMIZED_VERT")
        self.desktop.wait(lambda: self.x.place(window)[0] == left)
        self.state(window, REMOVE, "_NET_WM_STATE_MAXIMIZED_HORZ",
                   "_NET_WM_STATE_MAXIMIZED_VERT")
        self.wait_place(window, (333 + left, 222 + top, 260, 170))
        self.close(window)

    def check_undecorated(self):
        """A program that draws its own title gets no frame, and its view is
        its window; it moves itself by _NET_WM_MOVERESIZE."""
        def bare(window):
            kind = self.x.atom("_MOTIF_WM_HINTS")
            self.x.change(window, kind, kind, 32, struct.pack("<5I", 2, 0, 0, 0, 0))
        window = self.open(300, 200, 200, 100, "Bare", bare)
        self.wait_place(window, (300, 200, 200, 100))
        assert self.extents(window) == (0, 0, 0, 0)
        self.control.do("move %d %d" % (350, 250 + MENUBAR))
        self.control.do("press BTN_LEFT")
        self.x.wait(lambda e: e.type == 4)
        self.message(window, "_NET_WM_MOVERESIZE", 350, 250, 8, 1, 1)
        self.x.sync()
        self.control.do("move %d %d" % (410, 290 + MENUBAR))
        self.wait_place(window, (360, 240, 200, 100))
        self.control.do("release BTN_LEFT")
        self.x.wait(lambda e: e.type == 5)
        self.control.do("move %d %d" % (500, 300 + MENUBAR))
        self.control.settle()
        self.wait_place(window, (360, 240, 200, 100))
        self.close(window)

    def check_popup(self):
        """Menus are where their program puts them, above all, without a
        frame; they never get the focus."""
        window = self.open(100, 80, 300, 200, "Below")
        self.desktop.click_window(window)
        self.x.event(FOCUS_IN, window=window)
        popup = self.open(130, 150, 120, 90, "Popup", override=True)
        self.wait_place(popup, (130, 150, 120, 90))
        assert self.node(popup).get("popup") == "yes"
        self.desktop.wait(lambda: self.order()[0] == popup)
        assert self.node(window).get("focus") == "yes"
        self.desktop.click_window(popup)
        assert self.order()[0] == popup
        self.x.configure(popup, x=200, y=300)
        self.wait_place(popup, (200, 300, 120, 90))
        self.close(popup, window)

    def check_stack(self):
        """A press brings to the front, in X as on the desktop; dialogs stay
        above their windows, and take the keyboard where they are modal."""
        one = self.open(60, 60, 300, 200, "One")
        two = self.open(200, 120, 300, 200, "Two")
        self.desktop.wait(lambda: self.order() == [two, one])
        self.desktop.click_window(one, 10, 100)
        self.desktop.wait(lambda: self.order() == [one, two])

        def modal(window):
            self.x.change(window, TRANSIENT, WINDOW, 32, struct.pack("<I", one))
            self.x.change(window, HINTS, HINTS_TYPE, 32, bytes(72))
            self.x.change(window, self.x.atom("_NET_WM_STATE"), ATOM, 32,
                          struct.pack("<I", self.x.atom("_NET_WM_STATE_MODAL")))
        dialog = self.open(0, 0, 120, 80, "Dialog", modal)
        x, y, w, h = self.x.place(dialog)
        ox, oy, ow, oh = self.x.place(one)
        assert abs(2 * x + w - 2 * ox - ow) <= 2, (x, ox)
        assert abs(2 * y + h - 2 * oy - oh) <= 2, (y, oy)
        assert self.node(dialog).get("modal") == "yes"
        self.desktop.click_window(two, 280, 180)
        self.desktop.wait(lambda: self.order() == [two, dialog, one])
        self.desktop.click_window(one, 10, 100)
        self.desktop.wait(lambda: self.order() == [dialog, one, two])
        self.desktop.wait(lambda: self.node(dialog).get("focus") == "yes")
        _, _, data = self.x.property(self.x.root,
                                     self.x.atom("_NET_CLIENT_LIST_STACKING"))
        assert struct.unpack("<3I", data) == (two, one, dialog)
        self.close(dialog)
        self.desktop.wait(lambda: self.node(one).get("focus") == "yes")
        self.message(two, "_NET_ACTIVE_WINDOW", 1, 0)
        self.desktop.wait(lambda: self.order() == [two, one] and
                          self.node(two).get("focus") == "yes")
        self.close(one, two)

    def check_attention(self):
        """What wants attention has a mark in its title, until it gets the
        focus; it doesn't take that."""
        one = self.open(60, 60, 300, 200, "One")
        two = self.open(400, 120, 300, 200, "Two")
        self.desktop.click_window(two)
        self.desktop.wait(lambda: self.node(two).get("focus") == "yes")

        def titles():
            return {view.title for view in self.desktop.views("xvfb_glue")}
        self.state(one, ADD, "_NET_WM_STATE_DEMANDS_ATTENTION")
        self.desktop.wait(lambda: titles() == {"(!) One", "Two"})
        self.wait_state(one, "_NET_WM_STATE_DEMANDS_ATTENTION")
        assert self.node(two).get("focus") == "yes"
        assert self.node(one).get("attention") == "yes"
        # Who has the focus has the attention, too.
        self.state(two, ADD, "_NET_WM_STATE_DEMANDS_ATTENTION")
        self.desktop.click_window(one)
        self.desktop.wait(lambda: titles() == {"One", "Two"})
        self.wait_state(one, "_NET_WM_STATE_DEMANDS_ATTENTION", False)
        self.wait_state(two, "_NET_WM_STATE_DEMANDS_ATTENTION", False)
        # The older way.
        self.x.change(two, WM_HINTS, WM_HINTS, 32, struct.pack("<9I", URGENT, *[0] * 8))
        self.desktop.wait(lambda: titles() == {"One", "(!) Two"})
        self.x.change(two, WM_HINTS, WM_HINTS, 32, bytes(36))
        self.desktop.wait(lambda: titles() == {"One", "Two"})
        self.close(one, two)

    def check_iconify(self):
        """Who wants to be minimised goes behind the others, with its dialog."""
        def dialog_of(window):
            self.x.change(window, TRANSIENT, WINDOW, 32, struct.pack("<I", two))
        one = self.open(60, 60, 300, 200, "One")
        two = self.open(200, 120, 300, 200, "Two")
        dialog = self.open(0, 0, 120, 80, "Dialog", dialog_of)
        self.desktop.click_window(two, 280, 180)
        self.desktop.wait(lambda: self.order() == [dialog, two, one])
        self.message(two, "WM_CHANGE_STATE", ICONIC)
        self.desktop.wait(lambda: self.order() == [one, dialog, two])
        self.desktop.wait(lambda: [v.title for v in self.desktop.views("xvfb_glue")]
                          == ["One", "Dialog", "Two"])
        self.desktop.wait(lambda: self.node(one).get("focus") == "yes")
        self.desktop.click_window(two, 280, 180)
        self.desktop.wait(lambda: self.order() == [dialog, two, one])
        self.close(dialog, one, two)

    def check_first_picture(self):
        """A window is asked to draw at its first place before that is told,
        and is seen when it says that it did."""
        sync, _ = self.x.extension("SYNC")
        self.x.ask(sync, 0, struct.pack("<BBxx", 3, 1))
        counter = self.x.id()
        self.x.send(sync, 2, struct.pack("<Iii", counter, 0, 0))

        def moved(event):
            return event.type == CONFIGURE_NOTIFY and struct.unpack_from(
                "<hh", event.data, 16) > (100, 80)

        def in_step(window):
            self.x.change(window, self.x.atom("WM_PROTOCOLS"), ATOM, 32,
                          struct.pack("<I", self.x.atom("_NET_WM_SYNC_REQUEST")))
            self.x.change(window, self.x.atom("_NET_WM_SYNC_REQUEST_COUNTER"),
                          CARDINAL, 32, struct.pack("<I", counter))
            self.x.forget()
            self.x.send(8, 0, struct.pack("<I", window))
            event = self.x.event(CLIENT_MESSAGE)
            # Its own wish, before, may only now be granted.
            assert not any(moved(self.x._event(e)) for e in self.x.events)
            _, kind, low, high = struct.unpack_from("<IIxxxxII", event.data, 8)
            assert self.x.atom_name(kind) == "_NET_WM_SYNC_REQUEST"
            assert self.x.wait(moved)
            self.x.send(sync, 3, struct.pack("<III", counter, high, low))
        window = self.open(100, 80, 300, 200, "In step", in_step)
        left, _, top, _ = self.extents(window)
        self.wait_place(window, (100 + left, 80 + top, 300, 200))
        self.close(window)

    def check_close(self):
        """The button asks; who can't be asked is ended."""
        def polite(window):
            self.x.change(window, self.x.atom("WM_PROTOCOLS"), ATOM, 32,
                          struct.pack("<I", self.x.atom("WM_DELETE_WINDOW")))
        window = self.open(100, 80, 300, 200, "Polite", polite)
        self.desktop.click_widget("button", "close", "xvfb_glue")
        event = self.x.event(CLIENT_MESSAGE, window=None)
        kind, data = struct.unpack_from("<II", event.data, 8)
        assert self.x.atom_name(kind) == "WM_PROTOCOLS"
        assert self.x.atom_name(data) == "WM_DELETE_WINDOW"
        assert self.node(window) is not None
        self.close(window)
        rude = self.desktop.connect_client()
        window = rude.window(100, 80, 300, 200, title="Rude")
        self.desktop.shown(window)
        self.desktop.click_widget("button", "close", "xvfb_glue")
        self.desktop.wait(lambda: self.node(window) is None)
        rude.close()

    def check_screen(self):
        """The X screen follows the desktop's; windows stay within reach."""
        window = self.open(900, 600, 300, 100, "Far")
        self.control.do("mode 1000 700")
        self.desktop.wait(lambda: struct.unpack("<4I", self.x.property(
            self.x.root, self.x.atom("_NET_WORKAREA"))[2]) ==
            (0, 0, 1000, 700 - MENUBAR))
        self.desktop.wait(lambda: self.x.place(window)[0] < 1000)
        assert self.x.place(self.x.root)[2:] == (1001, 700 - MENUBAR + 1)
        self.control.do("mode 1280 800")
        self.desktop.wait(lambda: self.x.place(self.x.root)[2:] ==
                          (1281, 800 - MENUBAR + 1))
        self.control.settle()
        self.close(window)

    def end(self):
        assert not self.x.errors, self.x.errors
        super().end()


def main():
    return xdesktop.run(Test, [
        ("where a window opens", Test.check_place),
        ("frames", Test.check_frame),
        ("size hints", Test.check_hints),
        ("what programs ask for", Test.check_asked),
        ("titles of their own", Test.check_undecorated),
        ("menus", Test.check_popup),
        ("order and focus", Test.check_stack),
        ("attention", Test.check_attention),
        ("minimised", Test.check_iconify),
        ("its first picture", Test.check_first_picture),
        ("closing", Test.check_close),
        ("another screen", Test.check_screen),
    ])


if __name__ == "__main__":
    sys.exit(main())
