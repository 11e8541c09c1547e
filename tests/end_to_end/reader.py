"""A scout on a desktop of its own, for tests of the browser."""
import os
import subprocess
import tempfile

from desktop import Desktop, SERVER, program

BOOK = """<book title="Words">
<chapter file="first.md"/><chapter file="second.md" title="More words"/>
</book>"""
FIRST = """# First chapter

Go [on](second.md), [down](#far-below), [away](http://example.org), or
[start it](exec:testnit).

```
some code
```

%s
## Far below

The last needle.
""" % ("Words and words between them, enough to fill a line or two of the page.\n\n" * 30)
SECOND = "# Second chapter\n\nBack to [the first](first.md). A Needle and a needle.\n"


class Reader:
    """A scout on a desktop of its own, as a program of the host."""

    def __init__(self, *names, files=(), config=""):
        self.desktop = Desktop(SERVER)
        self.folder = tempfile.mkdtemp(dir=self.desktop.folder)
        for name, text in files:
            self.write(name, text)
        env = dict(os.environ, NITPICKER_PARENT=os.path.join(
            self.desktop.runtime, "parent"), NITPICKER_REPORTS="all")
        self.log = open(os.path.join(self.folder, "log"), "w+b")
        self.process = subprocess.Popen(
            [program("scout"), *(os.path.join(self.folder, n) for n in names)],
            env=env, stdout=self.log, stderr=subprocess.STDOUT)
        self.label = "host/scout.%d" % self.process.pid
        self.control = self.desktop.control
        try:
            self.desktop.wait(lambda: self.page() is not None)
        except BaseException:
            self.__exit__(AssertionError, None, None)
            raise
        self.control.settle()
        # nobody gets the keyboard without the user
        self.press("titlebar", self.title())

    def write(self, name, text):
        fresh = os.path.join(self.folder, name + ".new")
        with open(fresh, "w") as file:
            file.write(text)
        os.rename(fresh, os.path.join(self.folder, name))

    def __enter__(self):
        return self

    def __exit__(self, kind, *rest):
        self.process.terminate()
        code = self.process.wait(60)
        self.log.seek(0)
        for line in self.log.read().decode().splitlines() if kind or code else ():
            print("# | " + line)
        self.log.close()
        self.desktop.__exit__(kind, *rest)
        assert kind or code == 0, "scout's exit code is %d" % code

    def widgets(self, role):
        return [node for node in self.desktop.nodes(self.label + "/widgets", "widget")
                if node.get("role") == role]

    def widget(self, role, name):
        for node in self.widgets(role):
            if node.get("name") == name:
                return node
        return None

    def page(self):
        node = self.widget("text", "page")
        return None if node is None else node.get("value")

    def title(self):
        return self.widgets("titlebar")[0].get("name")

    def messages(self):
        return [node.get("name") for node in self.widgets("text")]

    def press(self, role, name):
        self.desktop.wait(lambda: self.widget(role, name))
        self.control.settle()  # it is drawn where it is reported
        node = self.desktop.wait(lambda: self.widget(role, name))
        self.control.do("click %d %d" % (int(node.get("sx")) + 8,
                                         int(node.get("sy")) + int(node.get("h")) // 2))
        self.control.settle()

    def key(self, *names):
        self.control.do("key " + " ".join(names))
        self.control.settle()

    def until(self, condition):
        return self.desktop.wait(condition)

    def focused(self):
        """Role and name of what has the keyboard."""
        for node in self.desktop.nodes(self.label + "/widgets", "widget"):
            if "focused" in node.get("state").split():
                return node.get("role"), node.get("name")
        return None

    def shows(self, words):
        self.desktop.wait(lambda: words in (self.page() or ""))

    def hides(self, words):
        self.desktop.wait(lambda: words not in (self.page() or ""))


FILES = (("book.xml", BOOK), ("first.md", FIRST), ("second.md", SECOND))
