#!/usr/bin/env python3
"""The tutorial browser: its manual from launchpad, links, history, finding,
files that change, pictures. Hands are in scout_use."""
import os
import random
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib

import png
import tap
from desktop import Desktop, SERVER, program, start
from reader import FILES, Reader

def is_sanitized():
    with open(program("scout"), "rb") as file:
        return b"__asan_init" in file.read()


def book_folder():
    return os.path.join(os.path.dirname(os.path.dirname(program("scout"))),
                        "share", "nitpicker", "book")


def manual():
    # a sanitizer needs more than the program's own quota
    more = "<launcher><filename>scout</filename><ram_quota>100M</ram_quota>" \
        "</launcher>" if is_sanitized() else ""
    pad = start("launchpad", more).replace("64M", "300M", 1)
    with Desktop(SERVER + pad) as desktop:
        desktop.click_widget("link", "scout")
        owner = "launchpad/scout"
        desktop.wait(lambda: desktop.views("launchpad -> scout"))
        desktop.wait(lambda: desktop.widget("titlebar", "Getting started", owner))
        row = desktop.child("scout")
        assert row.get("state") == "running"
        assert int(row.get("quota")) == (100 if more else 16) << 20
        # every chapter can be read, one after the other
        seen = []
        while True:
            desktop.control.settle()
            title = next(node.get("name") for node in
                         desktop.nodes(owner + "/widgets", "widget")
                         if node.get("role") == "titlebar")
            if title in seen:
                break
            seen.append(title)
            desktop.control.do("key KEY_LEFTCTRL KEY_PAGEDOWN")
        with open(os.path.join(book_folder(), "book.xml")) as file:
            assert len(seen) == file.read().count("<chapter "), seen
        warnings = [line for line in desktop.log().splitlines()
                    if "scout]" in line]
        assert not warnings, warnings


def sharp_screens():
    """A window of more pixels takes more memory; the manual can be read."""
    if is_sanitized():
        return
    pad = start("launchpad", "").replace("64M", "300M", 1)
    for scale, least in (200, 1000), (300, 1000):
        screen = "<start><filename>virtual_drv</filename><ram_quota>128M</ram_quota>" \
            "<config><width>%d</width><height>%d</height><scale>%d</scale></config>" \
            "</start>" % (scale * 10, scale * 7, scale)
        with Desktop(screen + SERVER + pad) as desktop:
            desktop.click_widget("link", "scout")
            owner = "launchpad/scout"
            desktop.wait(lambda: desktop.widget("titlebar", "Getting started", owner))
            desktop.control.settle()
            desktop.control.do("key KEY_LEFTCTRL KEY_PAGEDOWN")
            desktop.wait(lambda: not desktop.widget("titlebar", "Getting started", owner))
            for _ in range(10):
                desktop.control.do("key KEY_LEFTCTRL KEY_PAGEDOWN")
            desktop.wait(lambda: desktop.widget("titlebar", "Documents", owner))
            assert desktop.views("launchpad -> scout")[0].w >= least
            assert not desktop.log_lines("scout ended"), desktop.log()


def every_link_of_the_manual():
    """Names of files and headings are right."""
    folder = book_folder()
    anchors, links = {}, []
    for name in sorted(os.listdir(folder)):
        if not name.endswith(".md"):
            continue
        html = subprocess.run([program("scout"), "--dump-html",
                               os.path.join(folder, name)],
                              stdout=subprocess.PIPE, check=True).stdout.decode()
        import re
        words = [re.sub("<[^>]*>", "", heading) for heading in
                 re.findall(r"<h\d>(.*?)</h\d>", html)]
        words = [w.replace("&lt;", "<").replace("&gt;", ">") for w in words]
        anchors[name] = {"".join(c for c in w.lower().replace(" ", "-")
                                 if c.isalnum() or c in "-_") for w in words}
        links += [(name, link) for link in
                  re.findall(r'(?:href|src)="([^"]*)"', html)]
    for name, link in links:
        file, _, anchor = link.partition("#")
        if ":" in file:
            continue
        file = file or name
        assert os.path.exists(os.path.join(folder, file)), (name, link)
        assert not anchor or anchor in anchors[file], (name, link)
    assert len(links) > 10


def links_and_history():
    with Reader("book.xml", files=FILES) as reader:
        assert reader.title() == "First chapter", reader.title()
        assert reader.widget("button", "back").get("state") == "disabled"
        assert reader.widget("link", "on").get("value") == "second.md"
        reader.press("link", "down")
        reader.shows("The last needle")
        reader.press("link", "next: More words")
        reader.shows("Back to")
        assert reader.title() == "Second chapter"
        reader.press("button", "back")
        reader.shows("The last needle")
        reader.press("button", "back")
        reader.shows("First chapter")
        reader.press("button", "forward")
        reader.shows("The last needle")
        reader.press("button", "home")
        reader.shows("Go on")
        reader.press("button", "contents")
        assert reader.title() == "Words"
        reader.press("link", "More words")
        reader.shows("Second chapter")
        reader.press("button", "help")
        reader.shows("Using Scout")


def what_is_refused():
    with Reader("book.xml", files=FILES) as reader:
        reader.press("link", "away")
        reader.until(lambda: any("http://example.org" in m for m in reader.messages()))
        reader.key("KEY_ESC")
        reader.press("link", "start it")
        reader.until(lambda: any(m.startswith("testnit was not started")
                                 for m in reader.messages()))
        reader.key("KEY_ESC")


def starting_programs():
    """Launchpad asks the user; scout says what became of it."""
    folder = tempfile.mkdtemp()
    page = os.path.join(folder, "page.md")
    with open(page, "w") as file:
        file.write("# Start\n\n[known](exec:testnit)\n\n[unknown](exec:nothing)\n")
    quota = "<ram_quota>%s</ram_quota>" % ("100M" if is_sanitized() else "9M")
    pad = start("launchpad", "<xpos>20</xpos><launcher><filename>testnit</filename>"
                "</launcher><launcher><filename>scout</filename>%s<config>"
                "<xpos>600</xpos><file>%s</file></config></launcher>" % (quota, page)
                ).replace("64M", "300M", 1)
    scout = "launchpad/scout"

    def said(desktop, words):
        return [node for node in desktop.nodes(scout + "/widgets", "widget")
                if words in node.get("name") + (node.get("value") or "")]
    with Desktop(SERVER + pad) as desktop:
        desktop.click_widget("link", "scout")
        desktop.click_widget("link", "unknown", scout)
        desktop.wait(lambda: said(desktop, "nothing was not started"))
        desktop.click_widget("text", "page", scout)
        desktop.control.do("key KEY_ESC")
        desktop.control.settle()
        desktop.click_widget("link", "known", scout)
        desktop.click_widget("button", "Don\u2019t")
        desktop.wait(lambda: said(desktop, "testnit was not started"))
        assert not desktop.views("launchpad -> testnit")
        desktop.click_widget("text", "page", scout)
        desktop.control.do("key KEY_ESC")
        desktop.control.settle()
        desktop.click_widget("link", "known", scout)
        # the page goes on while the question is open
        desktop.wait(lambda: desktop.widget("button", "Start"))
        desktop.click_widget("button", "help", scout)
        desktop.wait(lambda: desktop.widget("titlebar", "Using Scout", scout))
        desktop.click_widget("button", "Start")
        desktop.wait_for_views("launchpad -> testnit", 3)
    shutil.rmtree(folder)


def finding():
    with Reader("book.xml", files=FILES) as reader:
        def found(value):
            """The report comes after the picture."""
            def there():
                bar = reader.widget("list", "find")
                return (None if bar is None else bar.get("value")) == value
            reader.desktop.wait(there)

        reader.key("KEY_LEFTCTRL", "KEY_F")
        reader.control.do("type needle")
        reader.shows("The last needle")
        found("1 of 1")
        reader.key("KEY_ESC")
        found(None)
        reader.key("KEY_LEFTCTRL", "KEY_PAGEDOWN")
        reader.key("KEY_SLASH")
        reader.control.do("type needle")
        found("1 of 2")
        reader.key("KEY_ENTER")
        found("2 of 2")
        reader.control.do("type x")
        found("not found")


def a_file_that_changes():
    with Reader("book.xml", files=FILES) as reader:
        reader.write("first.md", "# Another title\n\nFresh words.\n")
        reader.shows("Fresh words")
        assert reader.title() == "Another title"
        with open(os.path.join(reader.folder, "first.md"), "a") as file:
            file.write("\nAdded in place.\n")
        reader.shows("Added in place")


def a_child_s_file_that_changes():
    folder = tempfile.mkdtemp()
    name = os.path.join(folder, "it.md")

    def write(text):
        with open(name + ".new", "w") as file:
            file.write(text)
        os.rename(name + ".new", name)

    write("# Before\n")
    with Desktop(SERVER + start("scout", "<file>%s</file>" % name)) as desktop:
        desktop.wait(lambda: desktop.widget("titlebar", "Before", "scout"))
        write("# After\n")
        desktop.wait(lambda: desktop.widget("titlebar", "After", "scout"))
        with open(name, "a") as file:
            file.write("\nmore\n")
        desktop.wait(lambda: "more" in desktop.widget("text", "page", "scout")
                     .get("value"))
    os.unlink(name)
    os.rmdir(folder)


def pictures():
    files = (("a.md", "# P\n\n![what it is](p.png)\n\n![gone](no.png)\n\nend\n"),)
    with Reader("a.md", files=files) as reader:
        def y():
            return int(reader.widget("text", "page").get("h"))
        assert y() > 0
        shot = os.path.join(reader.folder, "p.png")
        subprocess.run([program("virtual_drv"), "send", os.path.join(
            reader.desktop.runtime, "control"), "screenshot", shot], check=True,
            stdout=subprocess.DEVNULL)
        reader.key("KEY_F5")
        before = reader.control.do("frames")
        reader.control.settle()
        assert before
        reader.hides("no such words")


def bomb(w, h, interlace):
    """A small PNG that says it is large."""
    def part(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(
            ">I", zlib.crc32(kind + data))
    head = struct.pack(">IIBBBBB", w, h, 8, 2, 0, 0, interlace)
    data = zlib.compress(bytes(1 + 3 * w) * 9, 1)
    return b"\x89PNG\r\n\x1a\n" + b"".join((
        part(b"IHDR", head), part(b"IDAT", data), part(b"IEND", b"")))


def photo(side, seed):
    """Noise, so that it is as large in the file as on the screen."""
    draw = random.Random(seed)
    return png.write(side, side, [draw.randbytes(3 * side) for _ in range(side)])


def pictures_and_the_quota():
    """What pictures need stays within scout's quota, whatever they are."""
    files = [("cut.png", photo(64, 1)[:5000]), ("huge.png", bomb(65536, 65536, 0)),
             ("layers.png", bomb(8000, 8000, 1)), ("text.png", b"words")]
    files += [("photo%d.png" % i, photo(900, i)) for i in range(8)]
    # Root's children are another user, who can't reach a private TMPDIR.
    folder = tempfile.mkdtemp(dir="/tmp")
    os.chmod(folder, 0o755)
    try:
        for name, data in files:
            with open(os.path.join(folder, name), "wb") as file:
                file.write(data)
        page = os.path.join(folder, "page.md")
        with open(page, "w") as file:
            file.write("# Pictures\n\n" + "".join(
                "![%s](%s)\n\n" % (name, name) for name, _ in files[4:] + files[:4]))
        more = "" if is_sanitized() else "<ram_quota>9M</ram_quota>"
        scout = "<start><filename>scout</filename>%s<filesystem path=\"%s\"/>" \
            "<config><file>%s</file></config></start>" % (
                more or "<ram_quota>300M</ram_quota>", folder, page)
        with Desktop(SERVER + scout) as desktop:
            for name, _ in files[:4]:
                desktop.wait(lambda: desktop.log_lines("/%s: " % name))
            assert not desktop.log_lines("can't be read"), desktop.log()
            desktop.click_widget("titlebar", "Pictures", "scout")
            control = desktop.control
            for _ in range(14):
                control.do("key KEY_PAGEDOWN")
                control.settle()
            desktop.wait(lambda: "text.png" in desktop.widget("text", "page", "scout")
                         .get("value"))
            # a grey box where the last one would be
            view = desktop.views("scout")[0]
            box = [desktop.pixel(view.x + 45 + x, view.y + view.h - 170)
                   for x in range(0, 200, 8)]
            assert len(set(box)) > 1
            assert not desktop.log_lines("scout ended"), desktop.log()
            for name, _ in files[:4]:
                desktop.wait(lambda: desktop.log_lines("/%s: " % name))
                assert len(desktop.log_lines("/%s: " % name)) == 1
    finally:
        shutil.rmtree(folder)


def a_document_and_the_quota():
    """One that is too large is refused in words; scout goes on."""
    if is_sanitized():
        return
    folder = tempfile.mkdtemp()
    try:
        for name, text in (("large.md", "# Large\n\n" + "Words. *More*.\n\n" * 300000),
                           ("deep.md", "# Deep\n\n" + "*a*\n\n" * 200000)):
            page = os.path.join(folder, name)
            with open(page, "w") as file:
                file.write(text)
            scout = "<start><filename>scout</filename><ram_quota>9M</ram_quota>" \
                "<config><file>%s</file></config></start>" % page
            with Desktop(SERVER + scout) as desktop:
                desktop.wait(lambda: desktop.log_lines("%s is too large" % name))
                message = desktop.wait(lambda: [
                    node.get("name") for node in desktop.nodes("scout/widgets", "widget")
                    if node.get("name").startswith("Too large")])
                assert message
                assert not desktop.log_lines("scout ended")
    finally:
        shutil.rmtree(folder)


def folders_and_files_that_are_not_there():
    with Reader(".", files=(("b.md", "# B\n"), ("README.md", "# Read me\n"))) as reader:
        assert reader.title() == "Read me"
        reader.key("KEY_LEFTCTRL", "KEY_PAGEDOWN")
        reader.desktop.wait(lambda: reader.title() == "B")
    with Reader("no.md") as reader:
        assert any("can't be read" in m for m in reader.messages())


def options():
    scout = program("scout")
    for bad in (["--what"], ["a", "b"], ["--dump-html"]):
        assert subprocess.run([scout, *bad], stderr=subprocess.DEVNULL).returncode == 2
    assert subprocess.run([scout, "--dump-html", "/no/such"],
                          stderr=subprocess.DEVNULL).returncode == 1
    assert b"scout(1)" in subprocess.run([scout, "--help"], stdout=subprocess.PIPE).stdout


if __name__ == "__main__":
    sys.exit(tap.run([
        ("launchpad starts it, and its manual can be read to the end", manual),
        ("so it can on sharp screens, with the same quota", sharp_screens),
        ("every link of the manual leads somewhere", every_link_of_the_manual),
        ("links, chapters, back and forward", links_and_history),
        ("links to the web and to programs are refused in words", what_is_refused),
        ("starting programs, if the user agrees", starting_programs),
        ("finding words", finding),
        ("a file that changes is read again", a_file_that_changes),
        ("so is one that the parent opened", a_child_s_file_that_changes),
        ("pictures, and those that aren't there", pictures),
        ("pictures stay within the quota", pictures_and_the_quota),
        ("so do documents", a_document_and_the_quota),
        ("folders, and what isn't there", folders_and_files_that_are_not_there),
        ("options", options),
    ]))
