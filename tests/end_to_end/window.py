#!/usr/bin/env python3
"""Windows of programs with widgets, as their user has them: moved, resized,
maximised with mouse and keyboard; theme, text size and scale changed while they
run; and what they do when nothing happens: nothing."""
import sys

import tap
from desktop import Desktop, SERVER, start
from rest import rests, stillness

DOUBLE = 0.4  # seconds between the presses of a double click, at most


class Windows:
    """A desktop with one program; its window in session coordinates."""

    def __init__(self, program, scenario):
        self.program = program
        self.desktop = Desktop(scenario)
        self.control = self.desktop.control
        self.desktop.wait(self.window)
        self.control.settle()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.desktop.__exit__(*error)

    def window(self):
        """(x, y, w, h), output pixels for x and y."""
        for node in self.desktop.nodes(self.program + "/widgets", "widget"):
            if node.get("role") == "window":
                return tuple(int(node.get(name)) for name in
                             ("sx", "sy", "w", "h"))
        return None

    def widget(self, role, name):
        return self.desktop.widget(role, name, self.program)

    def press(self, x, y):
        self.control.do("click %d %d" % (x, y))
        self.control.settle()

    def drag(self, from_x, from_y, dx, dy):
        to_x = min(max(from_x + dx, 0), Desktop.WIDTH - 1)
        to_y = min(max(from_y + dy, 0), Desktop.HEIGHT - 1)
        self.control.do("drag %d %d %d %d" % (from_x, from_y, to_x, to_y))
        self.control.settle()

    def key(self, *names):
        self.control.do("key " + " ".join(names))
        self.control.settle()

    def becomes(self, *rect):
        try:
            self.desktop.wait(lambda: self.window() == rect)
        except AssertionError:
            raise AssertionError("%s, not %s" % (self.window(), rect)) from None


def place(windows):
    control = windows.control
    x, y, w, h = windows.window()

    def check_move():
        windows.drag(x + w // 2, y + 20, 150, 90)
        windows.becomes(x + 150, y + 90, w, h)
        windows.drag(x + 150 + w // 2, y + 110, -150, -90)
        windows.becomes(x, y, w, h)

    def check_edges():
        """Each of the eight; the opposite ends stay where they are."""
        windows.drag(x + w // 2, y + 20, 300, 200)
        left, top = x + 300, y + 200
        cases = (("left", 1, h // 2, -40, 9, (-40, 0, 40, 0)),
                 ("right", w - 2, h // 2, 40, 9, (0, 0, 40, 0)),
                 ("top", w // 2, 1, 9, -40, (0, -40, 0, 40)),
                 ("bottom", w // 2, h - 2, 9, 40, (0, 0, 0, 40)),
                 ("upper left", 4, 3, -40, -30, (-40, -30, 40, 30)),
                 ("upper right", w - 5, 3, 40, -30, (0, -30, 40, 30)),
                 ("lower left", 4, h - 5, -40, 30, (-40, 0, 40, 30)),
                 ("lower right", w - 9, h - 9, 40, 30, (0, 0, 40, 30)))
        for name, at_x, at_y, dx, dy, change in cases:
            windows.drag(left + at_x, top + at_y, dx, dy)
            got = windows.window()
            want = tuple(a + b for a, b in zip((left, top, w, h), change))
            assert got == want, "%s: %s, not %s" % (name, got, want)
            # and back, by the same edge
            windows.drag(left + at_x + (dx if change[0] or change[2] else 0),
                         top + at_y + (dy if change[1] or change[3] else 0),
                         -dx, -dy)
            assert windows.window() == (left, top, w, h), name

    def check_least():
        """Never too small to be used, never out of reach."""
        left, top, wide, high = windows.window()
        windows.drag(left + wide - 9, top + high - 9, -1000, -1000)
        windows.becomes(left, top, 200, 200)
        windows.drag(left + 100, top + 20, -3000, -3000)
        got = windows.window()
        assert got[0] + got[2] >= 64 and got[1] >= 16, got
        windows.drag(got[0] + got[2] - 40, got[1] + 20, 3000, 3000)
        got = windows.window()
        assert got[0] <= 1280 - 64 and got[1] <= 800 - 40, got
        windows.drag(got[0] + 20, got[1] + 20, -800, -500)

    def check_maximise():
        before = windows.window()
        all_of_it = (0, 16, 1280, 784)
        middle = before[0] + before[2] // 2
        control.click_twice(middle, before[1] + 20,
                            lambda: windows.window() == all_of_it)
        control.click_twice(640, 36, lambda: windows.window() == before)
        # a press of its own, later, is none of the two
        control.do("click %d %d" % (middle, before[1] + 20))
        control.settle(int(DOUBLE * 1000) + 100)
        control.do("click %d %d" % (middle, before[1] + 20))
        control.settle()
        windows.becomes(*before)

    def check_keyboard():
        windows.key("KEY_LEFTCTRL", "KEY_LEFTALT", "KEY_ENTER")
        windows.becomes(0, 16, 1280, 784)
        windows.key("KEY_LEFTCTRL", "KEY_LEFTALT", "KEY_ENTER")
        left, top, wide, high = windows.window()
        for key, dx, dy in (("KEY_RIGHT", 16, 0), ("KEY_DOWN", 0, 16),
                            ("KEY_LEFT", -16, 0), ("KEY_UP", 0, -16)):
            windows.key("KEY_LEFTCTRL", "KEY_LEFTALT", key)
            left, top = left + dx, top + dy
            windows.becomes(left, top, wide, high)
        for key, dw, dh in (("KEY_RIGHT", 16, 0), ("KEY_DOWN", 0, 16),
                            ("KEY_LEFT", -16, 0), ("KEY_UP", 0, -16)):
            windows.key("KEY_LEFTCTRL", "KEY_LEFTALT", "KEY_LEFTSHIFT", key)
            wide, high = wide + dw, high + dh
            windows.becomes(left, top, wide, high)

    def check_close():
        close = windows.widget("button", "close")
        windows.press(int(close.get("sx")) + 12, int(close.get("sy")) + 12)
        windows.desktop.wait(lambda: not windows.desktop.views("greeter"))

    return [
        ("the title moves it", check_move),
        ("all edges and corners resize it", check_edges),
        ("it stays large enough, and in reach", check_least),
        ("two presses on the title maximise it, and restore it", check_maximise),
        ("the keyboard does the same", check_keyboard),
        ("the close button ends it", check_close),
    ]


def scenario(scale=100, **theme):
    attributes = " ".join('%s="%s"' % pair for pair in theme.items())
    return "<theme %s/>" % attributes + start(
        "virtual_drv", "<scale>%d</scale><width>1280</width>"
        "<height>800</height>" % scale) + SERVER + start("launchpad")


def looks(windows):
    desktop, control = windows.desktop, windows.control

    def title_color():
        x, y, w, h = windows.window()
        return desktop.pixel(x + w // 2, y + h - 12)

    def check_modes():
        """Each mode has its ground, in the process that was there before."""
        before = desktop.processes("launchpad")[0].pid
        seen = set()
        for mode in ("light", "dark", "high-contrast", "light"):
            desktop.configure(scenario(mode=mode))
            control.settle()
            desktop.wait(lambda: title_color() not in seen or mode == "light")
            seen.add(title_color())
        assert len(seen) >= 3, seen
        assert desktop.processes("launchpad")[0].pid == before

    def height():
        return int(windows.widget("link", "testnit").get("h"))

    def check_text():
        small, window = height(), windows.window()
        for percent in (125, 150, 200, 100):
            desktop.configure(scenario(text=percent))
            want = (small * percent + 50) // 100
            desktop.wait(lambda: abs(height() - want) <= 1)
            control.settle()
        # nothing is wider than the window it is in
        assert windows.window() == window, windows.window()

    def check_scales():
        """1 to 3 in steps of 25 %: all of it grows, and stays on the screen."""
        one = title_height()
        for scale in list(range(125, 301, 25)) + [100]:
            desktop.configure(scenario(scale=scale))
            want = one * scale / 100
            desktop.wait(lambda: abs(title_height() - want) <= 2)
            control.settle()
            x, y, w, h = windows.window()
            assert x >= 0 and y >= 16 * scale // 100 - 1, (scale, x, y)
            assert x + min(w, 1280) <= 1280 + 1, (scale, x, w)

    def title_height():
        for node in desktop.nodes("launchpad/widgets", "widget"):
            if node.get("role") == "titlebar":
                return int(node.get("h"))
        return 0

    return [
        ("light, dark and high contrast, live", check_modes),
        ("text of 100 to 200 percent, live", check_text),
        ("scales of 1 to 3 in steps of 25 percent, live", check_scales),
    ]


FADING = '<theme motion="full"/>' + SERVER + start("greeter")


def motion(windows):
    desktop, control = windows.desktop, windows.control

    def frames(action):
        before = int(control.do("frames").split()[0])
        action()
        control.settle()
        return int(control.do("frames").split()[0]) - before

    def hover():
        node = windows.widget("button", "Greet")
        control.do("move %d %d" % (int(node.get("sx")) + 20,
                                   int(node.get("sy")) + 10))

    def leave():
        x, y, w, h = windows.window()
        control.do("move %d %d" % (x + w // 2, y + h - 30))

    def check_full():
        """A hover fades in over several frames: fewer on a busy machine,
        which has several tries."""
        seen = []
        while len(seen) < 20:
            leave()
            control.settle()
            seen.append((frames(hover), frames(leave)))
            if min(seen[-1]) >= 4:
                return
        raise AssertionError(seen)

    def check_idle():
        """Two seconds in which nothing moves: nobody wakes up."""
        hover()
        control.settle()
        rests(stillness(control), desktop.processes("greeter")[0].pid)

    def check_tip():
        """After a rest of 600 ms, until the pointer goes."""
        def tips():
            return [node.get("name") for node in
                    desktop.nodes("greeter/widgets", "widget")
                    if node.get("role") == "tooltip"]
        leave()
        control.settle()
        assert not tips()
        hover()
        desktop.wait(tips)
        assert tips() == ["Says hello to that name."], tips()
        leave()
        desktop.wait(lambda: not tips())

    def check_close():
        """It fades away before its program ends, and leaves nothing."""
        seen = []
        while not seen or seen[-1] < 4 and len(seen) < 10:
            with Windows("greeter", FADING) as other:
                close = other.widget("button", "close")
                before = int(other.control.do("frames").split()[0])
                other.press(int(close.get("sx")) + 12,
                            int(close.get("sy")) + 12)
                after = int(other.control.do("frames").split()[0])
                seen.append(after - before)
                other.desktop.wait(lambda: not other.desktop.views("greeter"))
                other.desktop.wait(
                    lambda: not other.desktop.processes("greeter"))
        assert seen[-1] >= 4, seen

    def check_reduced():
        """The virtual back end's default."""
        with Windows("greeter", SERVER + start("greeter")) as other:
            node = other.widget("button", "Greet")
            before = int(other.control.do("frames").split()[0])
            other.control.do("move %d %d" % (int(node.get("sx")) + 20,
                                             int(node.get("sy")) + 10))
            other.control.settle()
            after = int(other.control.do("frames").split()[0])
            assert after - before <= 3, after - before

    return [
        ("with full motion a hover fades in and out", check_full),
        ("nothing ticks when nothing moves", check_idle),
        ("a tooltip comes and goes", check_tip),
        ("a window that is closed fades", check_close),
        ("with reduced motion it is there at once", check_reduced),
    ]


def main():
    with Windows("greeter", SERVER + start("greeter")) as first, \
            Windows("launchpad", scenario()) as second, \
            Windows("greeter", FADING) as third:
        return tap.run(place(first) + looks(second) + motion(third))


if __name__ == "__main__":
    sys.exit(main())
