#!/usr/bin/env python3
"""Programs of GTK 3, GTK 4 and Qt 5, and in the soak Chromium: menus open where
they should, dialogs are modal, windows are resized, and nitpicker's picture of
each is what X has."""
import os
import subprocess
import sys

import tap
import xdesktop
from desktop import program
from xpicture import compare

SOAK = os.environ.get("NITPICKER_SOAK") == "1"
QT = "/usr/lib/%s/qt5/examples/widgets/mainwindows/application/application"
PAGE = ("data:text/html,<title>Page</title><body style='background:%2304c'>"
        "<textarea autofocus oninput='document.title=value'></textarea>")
CHROMIUM = ("exec chromium --no-sandbox --disable-gpu --disable-dev-shm-usage "
            "--no-first-run --user-data-dir=/tmp/chromium "
            "--window-size=700,500 \"" + PAGE + "\"")


def find_qt():
    return QT % (os.uname().machine + "-linux-gnu")


class Test(xdesktop.Case):
    QUOTA = "256M"

    def __init__(self):
        super().__init__(glue=xdesktop.Glue("<stay>yes</stay>", quota=self.QUOTA))
        self.other, self.elsewhere = xdesktop.start_other(self.desktop)

    def end(self):
        self.other.close()
        super().end()

    # ---- helpers ----

    def start(self, command, title):
        program = self.desktop.run(command)
        window = self.desktop.titled(title)
        self.desktop.shown(window)
        self.wait_focus(window)
        return program, window

    def node(self, window):
        return next((node for node in self.desktop.windows()
                     if int(node.get("id"), 16) == window), None)

    def wait_focus(self, window):
        self.desktop.wait(lambda: self.node(window) is not None and
                          self.node(window).get("focus") == "yes")

    def popups(self):
        """Menus and tooltips, not what lies beside the screen."""
        return [int(node.get("id"), 16) for node in self.desktop.windows()
                if node.get("popup") == "yes" and int(node.get("x")) >= 0]

    def wait_popup(self):
        return self.desktop.wait(self.popups)[0]

    def wait_closed(self):
        self.desktop.wait(lambda: not self.popups())
        self.control.settle()

    def activate(self, window):
        """By its title: the program hears of nothing but the focus."""
        x, y, w, _ = self.desktop.shown(window)
        self.control.do("click %d %d" % (x + w // 3, y - 20))
        self.wait_focus(window)

    # ---- what each of them has to do ----

    def menu(self, window):
        """The first one of the menu bar, by the mouse."""
        x, y, _, _ = self.desktop.shown(window)
        self.control.do("click %d %d" % (x + 25, y + 12))
        menu = self.wait_popup()
        menu_x, menu_y, w, h = self.desktop.shown(menu)
        assert abs(menu_x - x) <= 12 and y + 12 < menu_y < y + 40, (
            (x, y), (menu_x, menu_y))
        assert w > 60 and h > 60, (w, h)
        compare(self.desktop, menu)
        self.control.do("key KEY_ESC")
        self.wait_closed()
        # Again, and a press on a native window ends it.
        self.control.do("click %d %d" % (x + 25, y + 12))
        self.wait_popup()
        self.control.settle()
        self.control.do("click %d %d" % self.elsewhere)
        self.wait_closed()
        self.activate(window)

    def resize(self, window):
        """By its lower right corner, and as large as can be."""
        x, y, w, h = self.desktop.shown(window)
        _, right, _, bottom = self.x.cardinals(window, "_NET_FRAME_EXTENTS")
        corner = (x + w + right - 2, y + h + bottom - 2)
        self.control.do("drag %d %d %d %d" % (*corner, corner[0] + 90,
                                              corner[1] + 60))
        self.desktop.wait(lambda: self.x.place(window)[2:] == (w + 90, h + 60))
        self.desktop.wait(lambda: self.desktop.shown(window)[2:] == (w + 90, h + 60))
        compare(self.desktop, window)
        self.control.do("key KEY_LEFTCTRL KEY_LEFTALT KEY_ENTER")
        self.desktop.wait(lambda: self.desktop.shown(window)[2] > 1200)
        compare(self.desktop, window)
        self.control.do("key KEY_LEFTCTRL KEY_LEFTALT KEY_ENTER")
        self.desktop.wait(lambda: self.desktop.shown(window)[2:] == (w + 90, h + 60))

    def dialog(self, window, *keys):
        """Opened by these keys. Its window can't get the focus meanwhile."""
        before = {int(node.get("id"), 16) for node in self.desktop.windows()}
        for chord in keys:
            self.control.do("key " + chord)
            self.control.settle()

        def there():
            found = [node for node in self.desktop.windows()
                     if node.get("modal") == "yes"]
            return found and int(found[0].get("id"), 16)
        dialog = self.desktop.wait(there)
        assert dialog not in before
        self.wait_focus(dialog)
        compare(self.desktop, dialog)
        # Over its window, about in the middle.
        x, y, w, h = self.desktop.shown(window)
        dx, dy, dw, dh = self.desktop.shown(dialog)
        assert abs(2 * dx + dw - 2 * x - w) < 50, ((x, w), (dx, dw))
        assert abs(2 * dy + dh - 2 * y - h) < 80, ((y, h), (dy, dh))
        self.control.do("click %d %d" % (x + 5, y + h - 3))
        self.control.settle()
        order = [int(node.get("id"), 16) for node in self.desktop.windows()]
        assert order.index(dialog) < order.index(window), order
        assert self.node(dialog).get("focus") == "yes"
        self.control.do("key KEY_ESC")
        self.desktop.wait(lambda: self.node(dialog) is None)
        self.wait_focus(window)

    def close(self, program, window):
        """By the button of its frame: the program ends."""
        self.activate(window)
        self.desktop.click_widget("button", "close", xdesktop.LABEL)
        xdesktop.read_all(program)
        program.close()
        self.desktop.wait(lambda: not self.desktop.windows())

    # ---- tests ----

    def check_system(self):
        """They read of /etc what other Linux programs do, and no more."""
        names = set(self.desktop.glue.output("ls /etc").decode().split())
        wanted = {"X11", "fonts", "passwd", "nsswitch.conf", "xdg"}
        wanted = {name for name in wanted if os.path.exists("/etc/" + name)}
        assert wanted <= names, wanted - names
        said = subprocess.run([program("nitpicker-desktop"), "--check"],
                              capture_output=True, text=True).stdout
        if "isolated by: bubblewrap" in said:
            assert not names & {"shadow", "ssh", "hostname", "fstab"}, names

    def gtk(self, number):
        program, window = self.start("exec gtk%d-demo-application" % number,
                                     "Application Class")
        compare(self.desktop, window)
        self.menu(window)
        self.resize(window)
        self.close(program, window)
        program, window = self.start("exec gtk%d-demo --run=dialog" % number, "Dialogs")
        compare(self.desktop, window)
        for _ in range(3):  # one in six hadn't the focus once
            self.dialog(window, "KEY_LEFTALT KEY_M")
        program.close()
        self.desktop.wait(lambda: not self.desktop.windows())

    def check_full_screen(self):
        """From the start, and back and forth."""
        program, window = self.start("exec xterm +bc -title Full -fullscreen",
                                     "Full")
        all_of_it = (0, 16, 1280, 784)
        self.desktop.wait(lambda: self.desktop.shown(window) == all_of_it)
        self.control.do("click 600 400")
        for _ in range(2):
            self.control.do("key KEY_LEFTALT KEY_ENTER")
            self.desktop.wait(lambda: self.node(window).get("frame") == "yes" and
                              self.desktop.shown(window)[2] < 1000)
            self.control.do("key KEY_LEFTALT KEY_ENTER")
            self.desktop.wait(lambda: self.desktop.shown(window) == all_of_it)
        program.close()
        self.desktop.wait(lambda: not self.desktop.windows())

    def check_gtk_3(self):
        self.gtk(3)

    def check_gtk_4(self):
        self.gtk(4)

    def check_qt(self):
        program, window = self.start("exec " + find_qt(), "untitled.txt")
        compare(self.desktop, window)
        self.menu(window)
        # A tooltip, below the pointer.
        x, y, _, _ = self.desktop.shown(window)
        self.control.do("move %d %d" % (x + 28, y + 40))
        tip_x, tip_y, _, _ = self.desktop.shown(self.wait_popup())
        assert abs(tip_x - x - 28) < 30 and 0 < tip_y - y - 40 < 50, (tip_x, tip_y)
        self.control.do("move 0 0")
        self.wait_closed()
        self.dialog(window, "KEY_LEFTALT KEY_H", "KEY_A")
        self.resize(window)
        self.close(program, window)


class Browser(Test):
    QUOTA = "600M"

    def check_chromium(self):
        program, window = self.start(CHROMIUM, "Page - Chromium")
        compare(self.desktop, window)
        self.activate(window)
        self.control.do("type well")
        assert self.desktop.titled("well - Chromium") == window
        self.control.do("type read")
        assert self.desktop.titled("wellread - Chromium") == window
        compare(self.desktop, window)
        self.control.do("key KEY_LEFTALT KEY_F")
        compare(self.desktop, self.wait_popup())
        self.control.do("key KEY_ESC")
        self.wait_closed()
        self.resize(window)
        program.close()
        self.desktop.wait(lambda: not self.desktop.windows())


def check_dark():
    """Programs of GTK are dark where the desktop is."""
    with xdesktop.Xdesktop("<stay>yes</stay><theme mode='dark'/>") as desktop:
        for number in (3, 4):
            program = desktop.run("exec gtk%d-demo-application" % number)
            x, y, w, h = desktop.shown(desktop.titled("Application Class"))

            def is_dark():
                colour = desktop.pixel(x + w // 2, y + h - 10)
                return all(int(colour[i:i + 2], 16) < 0x60 for i in (1, 3, 5))
            desktop.wait(is_dark)
            program.close()
            desktop.wait(lambda: not desktop.windows())


def check_chromium():
    browser = Browser()
    try:
        browser.check_chromium()
        browser.end()
    except BaseException:
        browser.desktop.fail()
        raise


def main():
    tap.need(("gtk3-demo", "gtk-3-examples"), ("gtk4-demo", "gtk-4-examples"),
             (find_qt(), "qtbase5-examples"), ("xterm", "xterm"))
    if SOAK:
        tap.need(("chromium", "chromium"))
    else:
        print("# Chromium: only in make soak, it is a quarter of all downloads")
    return xdesktop.run(Test, [
        ("files of the system", Test.check_system),
        ("xterm in full screen", Test.check_full_screen),
        ("GTK 3", Test.check_gtk_3),
        ("GTK 4", Test.check_gtk_4),
        ("Qt 5", Test.check_qt),
    ], [("a dark desktop", check_dark)] +
        ([("Chromium", check_chromium)] if SOAK else []))


if __name__ == "__main__":
    sys.exit(main())
