"""A PC in QEMU: serial line, monitor, keyboard, mouse, picture.

It is emulated (TCG) unless the machine really has KVM: /dev/kvm alone says
nothing, there are hosts whose KVM runs no stock kernel."""
import json
import os
import select
import shutil
import socket
import subprocess
import tempfile
import time

BUILD_DIR = os.path.abspath(os.environ.get("BUILD_DIR", "build"))
KERNEL = os.path.join(BUILD_DIR, "image", "kernel")
BOOTS = 3  # of a machine, at most


def accelerator():
    real = any(os.path.isdir("/sys/module/kvm_" + kind) for kind in ("intel", "amd"))
    return "kvm" if real and os.access("/dev/kvm", os.R_OK | os.W_OK) else "tcg,thread=multi"


class Machine:
    """with Machine(initrd=..., append=..., args=[...]) as machine; "{folder}" in args
    is a private folder for sockets"""

    def __init__(self, args=(), kernel=os.path.join(KERNEL, "vmlinux"), initrd=None,
                 append="", memory=256, vga="std", name="machine", checked=False):
        """`checked`: the kernel tests its ciphers at the start, as it does by itself;
        under emulation that takes seconds."""
        self.folder = tempfile.mkdtemp(prefix="vm.")
        self.keep = os.path.join(os.environ.get("TEST_DIR", self.folder), name)
        os.makedirs(self.keep, exist_ok=True)
        command = ["qemu-system-x86_64", "-nodefaults", "-no-user-config",
                   "-accel", accelerator(), "-smp", "2", "-m", str(memory),
                   "-display", "none", "-no-reboot",
                   "-chardev", "socket,id=ser,path=%s/ser,server=on,wait=off" % self.folder,
                   "-serial", "chardev:ser",
                   "-chardev", "socket,id=tell,path=%s/shell,server=on,wait=off" % self.folder,
                   "-serial", "chardev:tell",
                   "-qmp", "unix:%s/qmp,server=on,wait=off" % self.folder]
        if vga:
            command += ["-vga", vga]
        if kernel:
            command += ["-kernel", kernel, "-append", "console=ttyS0 quiet " + append +
                        ("" if checked else " cryptomgr.notests")]
        if initrd:
            command += ["-initrd", initrd]
        command += [arg.replace("{folder}", self.folder) for arg in args]
        with open(self.file("qemu.cmd"), "w") as file:
            file.write(" ".join(command) + "\n")
        self.log = open(self.file("serial.log"), "wb")
        self.qemu = command
        self.boots = 0
        try:
            self.boot()
        except BaseException:
            self.stop()
            raise

    def boot(self):
        """Starts it; once more where it had been started."""
        self.boots += 1
        self.seen = b""
        self.asked = 0
        self.used = False  # somebody has sent something to it
        with open(self.file("qemu.log"), "wb") as errors:
            self.process = subprocess.Popen(self.qemu, stdin=subprocess.DEVNULL,
                                            stdout=errors, stderr=subprocess.STDOUT)
        self.serial = self.connect("ser")
        self.shell = self.connect("shell").makefile("rwb", buffering=0)
        self.monitor = self.connect("qmp").makefile("rwb")
        self.monitor.readline()
        self.command("qmp_capabilities")

    def file(self, name):
        """Where what is kept of this machine lies."""
        return os.path.join(self.keep, name)

    def connect(self, name):
        """QEMU makes its sockets some time after it was started."""
        path = os.path.join(self.folder, name)
        end = time.monotonic() + 30
        while True:
            sock = socket.socket(socket.AF_UNIX)
            try:
                sock.connect(path)
                return sock
            except OSError:
                sock.close()
                assert self.process.poll() is None, open(self.file("qemu.log")).read()
                assert time.monotonic() < end, "QEMU makes no socket"
                select.select([], [], [], 0.02)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def boot_again(self):
        """A kernel that changes its own code puts a breakpoint there meanwhile. QEMU's
        emulated processors, a thread each, now and then meet one that is gone already,
        and the kernel, which doesn't know it any more, panics. That is no fault of what
        runs on it: a machine that nobody has used yet is started again."""
        lost = b"Oops: int3" in self.seen and not self.used and self.boots < BOOTS
        assert lost, "the kernel panics: " + self.tail()
        print("# QEMU has run a breakpoint that was gone: started again")
        self.end()
        self.boot()

    def end(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    def stop(self):
        self.end()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    # ---- serial line ----

    def read(self, limit):
        """What the serial line brings within the limit; False: nothing."""
        if not select.select([self.serial], [], [], limit)[0]:
            return False
        data = self.serial.recv(65536)
        assert data, "the machine is off: " + self.tail()
        self.log.write(data)
        self.log.flush()
        self.seen += data
        return True

    def tail(self):
        return self.seen[-3000:].decode("utf-8", "replace")

    def until(self, text, limit=60):
        """Waits for a text; what came before it and it."""
        text = text.encode()
        end = time.monotonic() + limit
        while text not in self.seen:
            if b"end Kernel panic" in self.seen:
                self.boot_again()
                end = time.monotonic() + limit
            left = end - time.monotonic()
            assert left > 0, "no %r: %s" % (text, self.tail())
            self.read(left)
        at = self.seen.index(text) + len(text)
        before, self.seen = self.seen[:at], self.seen[at:]
        return before.decode("utf-8", "replace")

    def until_all(self, *texts, limit=60):
        """Waits for several, in any order."""
        said = ""
        for text in texts:
            if text not in said:
                said += self.until(text, limit)
        return said

    def until_off(self, limit=60):
        """Waits until the machine has switched itself off."""
        end = time.monotonic() + limit
        while time.monotonic() < end:
            if select.select([self.serial], [], [], end - time.monotonic())[0]:
                data = self.serial.recv(65536)
                self.log.write(data)
                self.seen += data
                if not data:
                    return self.process.wait(10)
        raise AssertionError("it runs on: " + self.tail())

    def send(self, text):
        self.used = True
        self.serial.sendall(text.encode())

    def ask(self, command, limit=60):
        """What a command says to the shell that "nitpicker.shell=ttyS1" starts."""
        self.used = True
        if not self.asked:
            self.asked = 1
            self.ask("stty -echo; PS1=; PS2=")
        self.asked += 1
        mark = "end-%d" % self.asked
        self.shell.write(("{ %s\n}; echo; echo %s''\n" % (command, mark)).encode())
        end, text = time.monotonic() + limit, b""
        while ("\n%s\r\n" % mark).encode() not in text:
            left = end - time.monotonic()
            assert left > 0, "no answer to %r: %r" % (command, text)
            if select.select([self.shell], [], [], left)[0]:
                data = self.shell.read(65536)
                assert data, "the machine is off"
                text += data
        lines = text.decode("utf-8", "replace").replace("\r", "").split("\n%s\n" % mark)
        return lines[0]

    def until_asked(self, command, answer, limit=40):
        """Asks until that is the answer."""
        end, said = time.monotonic() + limit, None
        while said != answer:
            assert time.monotonic() < end, "%s: %r" % (command, said)
            said = self.ask(command).strip()

    def switch(self, number):
        """To that text console; evdev_drv has its devices on the first alone (and
        until it has let them go, it is who hears the keys)."""
        for down in True, False:
            for name in "ctrl", "alt", "f%d" % number:
                self.key(down, name)
        self.until_asked("cat /sys/class/tty/tty0/active", "tty%d" % number)
        self.until_asked("ls -l /proc/$(pidof evdev_drv)/fd | grep -q input/event "
                         "&& echo has them || echo has none",
                         "has them" if number == 1 else "has none")

    # ---- monitor ----

    def command(self, name, **arguments):
        message = {"execute": name}
        if arguments:
            message["arguments"] = arguments
        self.monitor.write(json.dumps(message).encode() + b"\n")
        self.monitor.flush()
        while True:
            answer = json.loads(self.monitor.readline())
            if "event" in answer:
                continue
            assert "error" not in answer, answer
            return answer["return"]

    def picture(self, name="screen.png", **display):
        """A screenshot; its path. `display`: device= and head=, else the first."""
        path = self.file(name)
        self.command("screendump", filename=path, format="png", **display)
        return path

    def input(self, *events):
        self.used = True
        self.command("input-send-event", events=list(events))

    def move(self, x, y):
        """By so much. A PS/2 mouse takes 127 at once, and packets in between get
        lost where they come faster than they are read."""
        while x or y:
            step = [max(-100, min(100, value)) for value in (x, y)]
            self.input({"type": "rel", "data": {"axis": "x", "value": step[0]}},
                       {"type": "rel", "data": {"axis": "y", "value": step[1]}})
            x, y = x - step[0], y - step[1]

    def place(self, x, y):
        """Of a tablet's pointer, 0 to 1."""
        self.input(*({"type": "abs", "data": {"axis": axis, "value": round(value * 32767)}}
                     for axis, value in (("x", x), ("y", y))))

    def button(self, down, name="left"):
        self.input({"type": "btn", "data": {"down": down, "button": name}})

    def key(self, down, name):
        """Names of QEMU: a, ret, shift, meta_l ..."""
        self.input({"type": "key", "data": {"down": down,
                                            "key": {"type": "qcode", "data": name}}})

    def type(self, *chords):
        """One after the other; shift+a is a chord."""
        for chord in chords:
            names = chord.split("+")
            for name in names:
                self.key(True, name)
            for name in reversed(names):
                self.key(False, name)
