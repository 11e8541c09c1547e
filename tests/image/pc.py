"""A scenario on the bare PC of QEMU, and the same scenario on virtual_drv: both
get the same input, and have to show the same picture."""
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time

import vm

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(TOP, "tests", "end_to_end"))

from desktop import Desktop  # noqa: E402 (its folder is known only now)
import png  # noqa: E402
import rfb  # noqa: E402
import tap  # noqa: E402

IMAGE = os.path.join(TOP, "launchpad", "image")
BASE = os.path.join(vm.BUILD_DIR, "image", "test", "initrd")
QUOTA = "200M"

REST = """
  <theme motion="reduced"/>
  <host>off</host>
  <start>
    <filename>nitpicker</filename>
    <ram_quota>24M</ram_quota>
    <config><mode-key mode="launcher" label="launchpad"/></config>
  </start>
  <start>
    <filename>backdrop</filename>
    <ram_quota>24M</ram_quota>
  </start>
  <start>
    <filename>launchpad</filename>
    <ram_quota>96M</ram_quota>
    <config><clock>off</clock> <installed>off</installed>
      <launcher><filename>testnit</filename><ram_quota>4M</ram_quota></launcher>
      <launcher name="lines"><filename>init</filename><ram_quota>64M</ram_quota>
        <config>
          <start><filename>liquid_fb</filename><ram_quota>16M</ram_quota>
            <config><x>560</x><y>250</y><width>400</width><height>300</height></config>
          </start>
          <start><filename>console</filename><ram_quota>24M</ram_quota>
            <restart>on-failure</restart>
            <route><any-service><child name="liquid_fb"/></any-service></route>
            <config><command>/bin/sh</command><arg>-c</arg>
              <arg>seq 1 60; exec cat</arg></config>
          </start>
        </config>
      </launcher>
    </config>
  </start>"""


def scenario(drivers):
    return drivers + REST


def start(filename, config=""):
    return ("<start><filename>%s</filename><ram_quota>24M</ram_quota>"
            "<config>%s</config></start>" % (filename, config))


def newest(*folders):
    """When the last file in them was written."""
    return max(os.stat(os.path.join(folder, name)).st_mtime
               for top in folders for folder, _, names in os.walk(top)
               for name in names + ["."] if not os.path.islink(
                   os.path.join(folder, name)))


def need_kernel():
    """Gets the kernel; skips all where there is none."""
    tap.need(("qemu-system-x86_64", "qemu-system-x86"), ("depmod", "kmod"),
             ("cpio", "cpio"))
    got = subprocess.run([os.path.join(IMAGE, "kernel"), vm.KERNEL],
                         capture_output=True, text=True)
    if got.returncode:
        tap.skip_all("no kernel: " + got.stderr.strip().replace("\n", "; "))


def prepare():
    """The kernel and the image, once for all tests; skips all where there is no
    kernel."""
    need_kernel()
    tap.need(("zstd", "zstd"), ("xkbcli", "libxkbcommon-tools"),
             ("mksquashfs", "squashfs-tools"))
    if os.path.exists(BASE) and os.stat(BASE).st_mtime > newest(
            IMAGE, vm.KERNEL, *(os.path.join(vm.BUILD_DIR, name)
                                for name in ("bin", "share"))):
        return
    os.makedirs(os.path.dirname(BASE), exist_ok=True)
    subprocess.run([os.path.join(IMAGE, "pack"), vm.BUILD_DIR, vm.KERNEL, "image", BASE],
                   check=True, env=dict(os.environ, LEVEL="1"), stdout=sys.stderr)


def pack(name, text, more=(), base=None):
    """An initial file system with that scenario (what stands in its <config>) and
    files HERE:THERE, laid over the suite's; its path."""
    folder = os.environ.get("TEST_DIR", vm.BUILD_DIR)
    image = os.path.join(folder, name + ".img")
    with tempfile.TemporaryDirectory() as top:
        scenarios = os.path.join(top, "extra/usr/share/nitpicker/scenario")
        chosen = os.path.join(top, "extra/etc/nitpicker")
        for path in (scenarios, chosen):
            os.makedirs(path)
        with open(os.path.join(scenarios, name + ".xml"), "w") as file:
            file.write('<config ram_quota="%s">%s</config>\n' % (QUOTA, text))
        shutil.copy(file.name, folder)
        with open(os.path.join(chosen, "scenario"), "w") as file:
            file.write(name + "\n")
        for pair in more:
            here, there = pair.split(":")
            os.makedirs(os.path.dirname(top + "/extra" + there), exist_ok=True)
            shutil.copy(here, top + "/extra" + there)
        os.chmod(top, 0o755)
        names = subprocess.run(["find", "."], cwd=top, stdout=subprocess.PIPE, check=True)
        shutil.copy(base or BASE, image)
        with open(image, "ab") as file:
            subprocess.run(["cpio", "-o", "-H", "newc", "-R", "0:0", "--quiet"],
                           input=names.stdout, cwd=top, stdout=file, check=True)
    return image


class Pc(vm.Machine):
    """The desktop is there once it is made; unless `waits` is False: once somebody
    waited for it."""

    def __init__(self, initrd, append="", waits=True, **arguments):
        super().__init__(initrd=initrd, append="nitpicker.shell=ttyS1 " + append,
                         **arguments)
        if not waits:
            return
        try:
            self.wait()
        except BaseException:
            self.stop()
            raise

    def wait(self):
        self.started = self.until("first picture of launchpad", 240)

    def complete(self):
        """Waits until the wallpaper is there, too; needs --reports."""
        end = time.monotonic() + 60
        while "yes" not in self.ask(
                "grep -h 'label=\"backdrop\"' /run/nitpicker/*/report/nitpicker/views.xml"
                " | grep -o 'visible=\"yes\"'"):
            assert time.monotonic() < end, "no wallpaper"
            select.select([], [], [], 0.3)  # a guest has no event to wait for

    def heard(self):
        """Waits until the guest has taken what its keyboard and mouse have said,
        which is a byte an interrupt, and its driver of these has dealt with it: what
        is not read soon gets lost."""
        before = None
        while True:
            now = self.ask("grep i8042 /proc/interrupts; for pid in $(pidof evdev_drv "
                           "ps2_drv); do cut -d' ' -f3,14,15 /proc/$pid/stat; done")
            if now == before and "R" not in now and "D" not in now:
                return
            before = now

    def until_text(self):
        """The card shows text again: 80 characters a row."""
        end = time.monotonic() + 30
        while png.size(self.picture("text.png")) != (720, 400):
            assert time.monotonic() < end, png.size(self.file("text.png"))

    def still(self, name, **display):
        """A picture that stays the same for a while; its path. Packing one takes
        QEMU as long as twenty plain ones."""
        plain, last = self.file("still.ppm"), None
        for _ in range(100):
            self.command("screendump", filename=plain, **display)
            with open(plain, "rb") as file:
                now = file.read()
            if now == last:
                os.unlink(plain)
                return self.picture(name, **display)
            last = now
            select.select([], [], [], 0.3)  # a guest has no event to wait for
        raise AssertionError("the picture never stands still")


class TwoHeads(Pc):
    """A virtio-vga with a second display, which begins to exist when a viewer of
    VNC says how large its window is."""

    def __init__(self, initrd, append="", size=(1024, 768), args=(), **arguments):
        self.size = size
        super().__init__(initrd, append, vga=None, args=[
            "-device", "virtio-vga,id=card,max_outputs=2,xres=1024,yres=768",
            "-vnc", "unix:{folder}/vnc,display=card,head=1", *args], **arguments)

    def boot(self):
        super().boot()
        self.viewer = rfb.Viewer(os.path.join(self.folder, "vnc"))
        self.viewer.resize(*self.size)

    second = {"device": "card", "head": 1}


class Both:
    """The two desktops, and input for both. The pointer begins in the middle."""

    def __init__(self, pc, desktop):
        self.pc, self.desktop = pc, desktop
        self.x, self.y = desktop.WIDTH // 2, desktop.HEIGHT // 2

    def move(self, x, y):
        self.pc.move(x - self.x, y - self.y)
        self.desktop.control.do("move %d %d" % (x, y))
        self.x, self.y = x, y

    def click(self, x, y):
        self.move(x, y)
        for down in (True, False):
            self.pc.heard()
            self.pc.button(down)
        self.desktop.control.do("click %d %d" % (x, y))

    def click_widget(self, role, name):
        desktop = self.desktop
        widget = desktop.wait(lambda: desktop.widget(role, name))
        x, y, w, h = (int(widget.get(key)) for key in ("sx", "sy", "w", "h"))
        self.click(x + w // 2, y + h // 2)

    def type(self, text, keys=None):
        """A text, and the keys that type it where that isn't its letters."""
        for number, key in enumerate(keys or text):
            if number % 4 == 0:
                self.pc.heard()
            self.pc.type({" ": "spc"}.get(key, key))
        self.desktop.control.do("type " + text)

    def wheel(self, notches):
        """Away from the user where positive."""
        name = "wheel-up" if notches > 0 else "wheel-down"
        for _ in range(abs(notches)):
            for down in (True, False):
                self.pc.button(down, name)
            self.desktop.control.do("wheel %d" % (1 if notches > 0 else -1))

    def story(self, text="zy was typed", keys=None):
        """Somebody clicks testnit, starts a console, types, and turns the wheel."""
        self.compare("start")
        self.click_widget("link", "testnit")
        self.desktop.wait_for_views("launchpad -> testnit", 3)
        self.move(1000, 740)
        self.compare("testnit")
        self.click_widget("link", "lines")
        self.desktop.wait(self.lines, 30)
        self.until_alike(700, 500)
        self.click(700, 500)
        self.compare("console")
        self.type(text, keys)
        self.desktop.wait(lambda: text in self.lines(), 30)
        self.compare("typed")
        self.wheel(3)
        self.desktop.wait(lambda: text not in self.lines(), 30)
        self.compare("wheel")

    def until_alike(self, x, y):
        """The guest shows there what we do, about: it may be slower."""
        end = time.monotonic() + 60
        while True:
            ours = bytes.fromhex(self.desktop.pixel(x, y)[1:])
            guest = png.read(self.pc.picture("place.png"))[2][y][3 * x:3 * x + 3]
            if all(abs(a - b) <= 16 for a, b in zip(ours, guest)):
                return
            assert time.monotonic() < end, (ours, guest)

    def lines(self):
        """What the console shows."""
        return [node.text for node in
                self.desktop.nodes("launchpad/lines/console/text", "line") if node.text]

    def compare(self, name, tolerance=0):
        same(self.desktop, self.pc, name, tolerance)


def same(desktop, machine, name, tolerance=0, **display):
    """Waits until both show the same; else the difference is kept."""
    desktop.control.settle()
    end = time.monotonic() + 120
    while True:
        path = machine.still(name + ".png", **display)
        try:
            desktop.control.compare(path, machine.file(name + ".diff.png"),
                                    tolerance, desktop.masks())
            return
        except AssertionError:
            if time.monotonic() > end:
                raise


class Small(Desktop):
    WIDTH, HEIGHT = 1024, 768

    def configure(self, text):
        fresh = self.scenario + ".new"
        with open(fresh, "w") as file:
            file.write('<config ram_quota="%s">%s</config>\n' % (QUOTA, text))
        os.rename(fresh, self.scenario)


def virtual(extra=""):
    return Small(scenario(start("virtual_drv", "<width>1024</width><height>768</height>"
                                + extra)))
