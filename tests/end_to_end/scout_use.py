#!/usr/bin/env python3
"""The tutorial browser in use: the keyboard alone, selecting and copying, the
size of the text, long tables of contents, and that every control has a name."""
import sys

import tap
from desktop import Desktop, SERVER, start
from reader import FILES, Reader

CONTROLS = ("button", "link", "field", "check", "radio", "slider", "row", "list",
            "menu", "tree", "image", "text", "titlebar", "window", "progress")
LINKS = """# Links

[first](#end)

```
one
```

%s

[middle](#end)

%s

```
two
```

## End

[last](b.md)
""" % (("Words.\n\n" * 60,) * 2)


def tab(reader):
    before = reader.focused()
    reader.control.do("key KEY_TAB")
    return reader.until(lambda: reader.focused() not in (None, before) and reader.focused())


def every_stop(reader):
    """What Tab comes by, once around from the page."""
    while reader.focused() != ("text", "page"):
        tab(reader)
    stops = [("text", "page")]
    while tab(reader) != stops[0]:
        stops.append(reader.focused())
    return stops


def the_keyboard_alone():
    with Reader("book.xml", files=FILES) as reader:
        reader.key("KEY_TAB")
        reader.until(lambda: reader.focused() == ("link", "on"))
        reader.key("KEY_TAB")
        reader.key("KEY_ENTER")
        reader.shows("The last needle")
        reader.key("KEY_LEFTALT", "KEY_LEFT")
        reader.shows("Go on")
        reader.key("KEY_END")
        reader.shows("The last needle")
        reader.key("KEY_HOME")
        reader.shows("Go on")
        reader.key("KEY_LEFTALT", "KEY_UP")
        reader.shows("More words")
        reader.key("KEY_LEFTALT", "KEY_HOME")
        reader.shows("Go on")
        reader.key("KEY_F1")
        reader.shows("Using Scout")


def tab_comes_by_everything():
    """Also what can't be seen yet, and back."""
    files = (("book.xml", '<book><chapter file="a.md"/><chapter file="b.md"/></book>'),
             ("a.md", LINKS), ("b.md", "# Behind\n"))
    with Reader("book.xml", files=files) as reader:
        stops = every_stop(reader)
        wanted = [("link", "first"), ("button", "copy"), ("link", "middle"),
                  ("link", "last"), ("link", "next: Behind"), ("button", "home"),
                  ("button", "contents"), ("button", "help"), ("button", "close")]
        places = [stops.index(stop) for stop in wanted]
        assert places == sorted(places), stops
        # the second piece of code has the name of the first
        assert ("text", "page") in stops, stops
        reader.key("KEY_LEFTCTRL", "KEY_F")
        reader.until(lambda: reader.focused() == ("field", "find"))
        reader.control.do("type words")
        stops = every_stop(reader)
        for name in "previous match", "next match", "close find":
            assert ("button", name) in stops, stops
        while tab(reader) != ("button", "close"):
            pass
        reader.key("KEY_ENTER")
        assert reader.process.wait(60) == 0


def check_names(nodes):
    for node in nodes:
        if node.get("role") in CONTROLS:
            assert node.get("name"), (node.get("role"), node.attrib)


def every_control_has_a_name():
    with Reader("book.xml", files=FILES) as reader:
        def check():
            nodes = reader.desktop.nodes(reader.label + "/widgets", "widget")
            check_names(nodes)
            return {node.get("role") for node in nodes}
        roles = check()
        assert {"window", "titlebar", "button", "link", "text", "list"} <= roles, roles
        reader.key("KEY_LEFTCTRL", "KEY_F")
        reader.until(lambda: reader.widget("field", "find") is not None)
        assert "field" in check()
        reader.key("KEY_ESC")
        reader.press("link", "away")  # a message
        reader.until(lambda: any("example.org" in m for m in reader.messages()))
        check()
        reader.press("button", "contents")
        reader.until(lambda: reader.title() == "Words")
        check()


def so_has_every_one_of_launchpad():
    pad = start("launchpad", "<launcher><filename>testnit</filename></launcher>"
                ).replace("64M", "300M", 1)
    with Desktop(SERVER + pad) as desktop:
        def check():
            nodes = desktop.nodes("launchpad/widgets", "widget")
            check_names(nodes)
            return {node.get("role") for node in nodes}
        desktop.click_widget("link", "testnit")
        desktop.wait_for_views("launchpad -> testnit", 3)
        desktop.wait(lambda: desktop.widget("row", "testnit.2") is not None or
                     desktop.widget("button", "kill testnit") is not None)
        roles = check()
        assert {"window", "titlebar", "button", "link", "slider", "field"} <= roles, roles
        desktop.click_widget("text", "STATUS")
        desktop.control.do("type nothing of that name")
        desktop.wait(lambda: desktop.widget("link", "testnit") is None)
        check()


def paste(reader):
    """The clipboard, by way of the field for finding."""
    reader.key("KEY_LEFTCTRL", "KEY_F")
    reader.until(lambda: reader.focused() == ("field", "find"))
    reader.key("KEY_LEFTCTRL", "KEY_A")
    reader.key("KEY_DELETE")
    reader.key("KEY_LEFTCTRL", "KEY_V")
    text = reader.until(lambda: reader.widget("field", "find").get("value") or None)
    reader.key("KEY_ESC")
    reader.until(lambda: reader.widget("field", "find") is None)
    return text


def copying_code():
    with Reader("book.xml", files=FILES) as reader:
        reader.press("button", "copy")
        assert paste(reader).strip() == "some code"


def selecting():
    with Reader("book.xml", files=FILES) as reader:
        line = reader.widget("link", "on")
        page = reader.widget("text", "page")
        y = int(line.get("sy")) + int(line.get("h")) // 2
        left = int(page.get("sx")) + 20  # beside the edge that resizes
        right = int(page.get("sx")) + int(page.get("w")) - 30
        reader.control.do("drag %d %d %d %d" % (left, y, right, y))
        reader.key("KEY_LEFTCTRL", "KEY_C")
        text = paste(reader)
        assert text == "Go on, down, away, or start it.", text
        # what is found is selected when the bar goes
        reader.key("KEY_LEFTCTRL", "KEY_F")
        reader.key("KEY_LEFTCTRL", "KEY_A")
        reader.control.do("type chapter")
        reader.until(lambda: reader.widget("list", "find").get("value") == "1 of 1")
        reader.key("KEY_ESC")
        reader.key("KEY_LEFTCTRL", "KEY_C")
        text = paste(reader)
        assert text == "chapter", text
        reader.key("KEY_LEFTCTRL", "KEY_A")
        reader.key("KEY_LEFTCTRL", "KEY_C")
        text = paste(reader)
        assert text.startswith("First chapter"), text


def the_size_of_the_text():
    with Reader("book.xml", files=FILES) as reader:
        def height():
            node = reader.widget("link", "on")
            return node is not None and int(node.get("h"))
        before = height()
        reader.key("KEY_LEFTCTRL", "KEY_EQUAL")
        reader.key("KEY_LEFTCTRL", "KEY_EQUAL")
        reader.until(lambda: height() > before)
        reader.key("KEY_LEFTCTRL", "KEY_0")
        reader.until(lambda: height() == before)
        reader.key("KEY_LEFTCTRL", "KEY_MINUS")
        reader.until(lambda: 0 < height() < before)


def places_in_other_documents():
    files = (("a.md", "# A\n\n[there](b.md#far)\n"),
             ("b.md", "# B\n\n%s## Far\n\nthe end\n" % ("Words.\n\n" * 80)))
    with Reader("a.md", files=files) as reader:
        reader.press("link", "there")
        reader.shows("the end")
        assert reader.title() == "B"
        # back is where one was, and forward again
        reader.key("KEY_LEFTALT", "KEY_LEFT")
        reader.until(lambda: reader.title() == "A")
        reader.key("KEY_LEFTALT", "KEY_RIGHT")
        reader.shows("the end")


def long_contents():
    """More than a thousand headings: the last one is listed, and found."""
    count = 1500
    files = (("a.md", "# Many\n\n" + "".join(
        "## Part\n\nText %d.\n\n" % i for i in range(count))),)
    with Reader("a.md", files=files) as reader:
        reader.press("button", "contents")
        reader.until(lambda: reader.widget("link", "Part") is not None)
        reader.key("KEY_END")
        last = "a.md#part-%d" % (count - 1)
        link = reader.until(lambda: [node for node in reader.widgets("link")
                                     if node.get("value") == last])[0]
        reader.control.do("click %d %d" % (int(link.get("sx")) + 8,
                                           int(link.get("sy")) + 8))
        reader.shows("Text %d." % (count - 1))


if __name__ == "__main__":
    sys.exit(tap.run([
        ("the keyboard alone", the_keyboard_alone),
        ("Tab comes by everything", tab_comes_by_everything),
        ("every control has a name", every_control_has_a_name),
        ("so has every one of launchpad", so_has_every_one_of_launchpad),
        ("copying code", copying_code),
        ("selecting", selecting),
        ("the size of the text", the_size_of_the_text),
        ("places in other documents", places_in_other_documents),
        ("long contents", long_contents),
    ]))
