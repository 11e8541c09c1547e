#!/usr/bin/env python3
"""Odd .desktop files: launchpad accepts and refuses what desktop-file-validate
does, and tells of each malformed one once."""
import atexit
import glob
import os
import shutil
import subprocess
import sys
import tempfile

import png
import tap
from desktop import Desktop, SERVER, program

tap.need(("desktop-file-validate", "desktop-file-utils"))

HEAD = "[Desktop Entry]\nType=Application\nName=Some\n"
ODD = {
    "plain": HEAD + "Exec=prog\n",
    "comments": "# first\n\n" + HEAD + "# second\nExec=prog\n\n",
    "blanks": "[Desktop Entry]\nType = Application\nName = Some\nExec = prog\n",
    "no-end": HEAD + "Exec=prog",
    "utf8": HEAD + "Name[de]=\u00c4rger\nComment=\u4e2d\u6587\nExec=prog\n",
    "latin1": (HEAD + "Comment=\u00c4\nExec=prog\n").encode("latin-1"),
    "cut-utf8": (HEAD + "Exec=prog\nComment=").encode() + b"\xe4\xb8\n",
    "overlong": HEAD.encode() + b"Exec=prog\nComment=\xc0\xaf\n",
    "crlf": (HEAD + "Exec=prog\n").replace("\n", "\r\n"),
    "twice": HEAD + "Exec=prog\nExec=other\n",
    "twice-locale": HEAD + "Name[de]=a\nName[de]=b\nExec=prog\n",
    "group-twice": HEAD + "Exec=prog\nActions=a;\n[Desktop Action a]\nName=A\nExec=a\n"
                   "[Desktop Action a]\nName=A\nExec=a\n",
    "action": HEAD + "Exec=prog\nActions=a;\n\n[Desktop Action a]\nName=A\nExec=prog --a\n",
    "other-first": "[X-Other]\nName=x\n" + HEAD + "Exec=prog\n",
    "key-first": "Name=x\n" + HEAD + "Exec=prog\n",
    "no-group": "Type=Application\nName=x\nExec=prog\n",
    "open-group": "[Desktop Entry\nType=Application\nName=x\nExec=prog\n",
    "no-type": "[Desktop Entry]\nName=x\nExec=prog\n",
    "no-name": "[Desktop Entry]\nType=Application\nExec=prog\n",
    "odd-type": "[Desktop Entry]\nType=Thing\nName=x\nExec=prog\n",
    "words": HEAD + "Exec=prog\nsome words\n",
    "blank-key": HEAD + "Exec=prog\nNa me=x\n",
    "under-key": HEAD + "Exec=prog\nMy_Key=x\n",
    "x-key": HEAD + "Exec=prog\nX-Mine=x\n",
    "open-locale": HEAD + "Exec=prog\nName[de=x\n",
    "flag-yes": HEAD + "Exec=prog\nTerminal=yes\n",
    "flag-upper": HEAD + "Exec=prog\nTerminal=True\n",
    "flag-true": HEAD + "Exec=prog\nTerminal=true\n",
    "flag-empty": HEAD + "Exec=prog\nTerminal=\n",
    "escape": HEAD + "Exec=prog\nComment=a\\sb\\\\c\\td\n",
    "odd-escape": HEAD + "Exec=prog\nComment=a\\qb\n",
    "end-escape": HEAD + "Exec=prog\nComment=a\\\n",
    "list-escape": HEAD + "Exec=prog\nKeywords=a\\;b;c;\n",
    "actions": HEAD + "Exec=prog\nActions=a;b-2\n[Desktop Action b-2]\nName=B\nName[de]=Be\n"
               "Exec=prog -b\n[Desktop Action a]\nName=A\nExec=prog -a %u\n",
    "action-twice": HEAD + "Exec=prog\nActions=a;a;\n[Desktop Action a]\nName=A\nExec=a\n",
    "action-missing": HEAD + "Exec=prog\nActions=a;\n",
    "action-unlisted": HEAD + "Exec=prog\n[Desktop Action a]\nName=A\nExec=a\n",
    "action-no-name": HEAD + "Exec=prog\nActions=a;\n[Desktop Action a]\nExec=a\n",
    "action-no-exec": HEAD + "Exec=prog\nActions=a;\n[Desktop Action a]\nName=A\n",
    "action-bad-exec": HEAD + "Exec=prog\nActions=a;\n[Desktop Action a]\nName=A\nExec=a %z\n",
    "action-bad-id": HEAD + "Exec=prog\nActions=a_b;\n[Desktop Action a_b]\nName=A\nExec=a\n",
    "action-empty": HEAD + "Exec=prog\nActions=\n",
    "hidden": HEAD + "Exec=prog\nNoDisplay=true\n",
    "only": HEAD + "Exec=prog\nOnlyShowIn=KDE;\n",
}
for name, command in {
        "args": "prog -a --b=c d", "code-f": "prog %f", "code-F": "prog %F",
        "code-u": "prog %u", "code-U": "prog %U", "code-i": "prog %i", "code-c": "prog %c",
        "code-k": "prog %k", "percent": "prog 100%%", "code-x": "prog %x", "code-z": "prog %z",
        "code-end": "prog %", "two-codes": "prog %f %u", "quoted": "\"my prog\" \"a b\"",
        "quote-open": "prog \"a", "quote-escape": "prog \"a\\\\\\\\b\"",
        "quote-dollar": "prog \"\\\\$a\"", "quote-tick": "prog \"\\\\`a\\\\`\"",
        "single": "sh -c 'a'", "pipe": "a | b", "semicolon": "a;b", "dollar": "prog $HOME",
        "redirect": "a > b", "tilde": "~/prog", "ampersand": "prog &", "hash": "prog #",
        "bracket": "prog (a)", "star": "prog *", "question": "prog ?", "tick": "prog `a`",
        "equals": "env A=b prog", "path": "/usr/bin/prog", "glued-f": "prog --file=%f"}.items():
    ODD["exec-" + name] = HEAD + "Exec=%s\n" % command


def write_png(path, side, color):
    """A picture of one colour, 0xRRGGBB."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(png.write(side, side, [color.to_bytes(3, "big") * side] * side))


def ours(paths):
    run = subprocess.run([program("desktop_check"), *paths], stdout=subprocess.PIPE,
                         text=True, check=True)
    return run.stdout.splitlines()


def theirs(path):
    run = subprocess.run(["desktop-file-validate", "--no-hints", path],
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return run.returncode == 0, run.stdout.decode(errors="replace")


def main():
    # Children of root are somebody else: they reach neither a private TMPDIR
    # nor what mkdtemp makes.
    folder = tempfile.mkdtemp(prefix="desktop_files.", dir="/tmp")
    atexit.register(shutil.rmtree, folder)
    os.chmod(folder, 0o755)
    applications = os.path.join(folder, "applications")
    os.mkdir(applications)
    for name, text in ODD.items():
        with open(os.path.join(applications, name + ".desktop"), "wb") as file:
            file.write(text if isinstance(text, bytes) else text.encode())
    paths = [os.path.join(applications, name + ".desktop") for name in ODD]
    verdicts = dict(zip(paths, ours(paths)))

    def check_count():
        assert len(ODD) >= 60, len(ODD)

    def compare(verdicts):
        wrong = []
        for path, verdict in verdicts.items():
            accepted, said = theirs(path)
            if accepted != (verdict in ("ok", "none")):
                wrong.append((os.path.basename(path), verdict, said))
        assert not wrong, wrong

    def check_host():
        """Files of real programs; those that aren't to be shown may lack things."""
        found = glob.glob("/usr/share/applications/*.desktop")
        for path, verdict in zip(found, ours(found)) if found else ():
            with open(path, errors="replace") as file:
                hidden = "NoDisplay=true" in file.read()
            assert hidden or theirs(path)[0] == (verdict in ("ok", "none")), (path, verdict)

    def check_folder():
        """A terminal program begins where Path= says."""
        own = os.path.join(folder, "own")
        os.makedirs(os.path.join(own, "applications"), exist_ok=True)
        with open(os.path.join(own, "applications", "where.desktop"), "w") as file:
            file.write("[Desktop Entry]\nType=Application\nName=Where\nTerminal=true\n"
                       "Path=/usr/share\nExec=sh -c \"pwd; sleep 1000\"\n"
                       "Actions=say;\n[Desktop Action say]\nName=Say it\n"
                       "Exec=sh -c \"echo said; sleep 1000\"\n")
        scenario = SERVER + """<start><filename>launchpad</filename>
            <ram_quota>700M</ram_quota><env name="XDG_DATA_DIRS" value="%s"/>
            <filesystem path="%s"/></start>""" % (own, own)
        with Desktop(scenario) as desktop:
            desktop.wait(lambda: desktop.widget("tree", "Other"))
            band = desktop.widget("text", "LINUX PROGRAMS")
            assert band.get("value") == "1", band.attrib  # actions don't count
            desktop.click_widget("text", "STATUS")
            desktop.control.do("type where")
            desktop.wait(lambda: desktop.widget("link", "Where"))
            desktop.control.do("key KEY_ENTER")

            def text():
                return [line.text for line in
                        desktop.nodes("launchpad/sh/console/text", "line")]
            desktop.wait(lambda: "/usr/share" in text())
            # Another way to start it is found, too.
            desktop.control.do("key KEY_LEFTMETA")
            desktop.wait(lambda: desktop.focus() == "launchpad")
            desktop.control.do("key KEY_ESC")
            desktop.control.do("type say it")
            desktop.wait(lambda: desktop.widget("link", "Where: Say it"))
            desktop.control.do("key KEY_ENTER")
            desktop.wait(lambda: "said" in [line.text for line in desktop.nodes(
                "launchpad/sh.2/console/text", "line")])

    def check_icons():
        """Of the theme, in the size that fits; from a path; what can't be read is a
        letter."""
        own = os.path.join(folder, "icons")
        theme = os.path.join(own, "icons", "hicolor")
        write_png(theme + "/16x16/apps/themed.png", 16, 0xff0000)
        write_png(theme + "/48x48/apps/themed.png", 48, 0x00ff00)
        write_png(theme + "/256x256/apps/themed.png", 256, 0x0000ff)
        write_png(own + "/pixmaps/pixmap.png", 32, 0x00ffff)
        write_png(own + "/elsewhere/path.png", 100, 0xff00ff)
        os.makedirs(own + "/applications")
        with open(own + "/pixmaps/broken.png", "w") as file:
            file.write("no picture")
        icons = {"Themed": "themed", "Pixmap": "pixmap.png", "Broken": "broken",
                 "Path": own + "/elsewhere/path.png", "Missing": "missing"}
        for name, icon in icons.items():
            with open("%s/applications/%s.desktop" % (own, name), "w") as file:
                file.write("[Desktop Entry]\nType=Application\nName=Findme %s\nIcon=%s\n"
                           "Exec=prog\n" % (name, icon))
        scenario = SERVER + """<start><filename>launchpad</filename>
            <ram_quota>256M</ram_quota><env name="XDG_DATA_DIRS" value="%s"/>
            <filesystem path="%s"/></start>""" % (own, own)
        with Desktop(scenario) as desktop:
            desktop.wait(lambda: desktop.widget("tree", "Other"))
            desktop.click_widget("text", "STATUS")
            desktop.control.do("type findme")

            def icon(name):
                """A pixel of it: it stands left of the link."""
                link = desktop.widget("link", "Findme " + name)
                if link is None:
                    return None
                x, y, _, h = desktop.place(link)
                return desktop.pixel(x - 28, y + h // 2 - 4)
            for name, color in (("Themed", "#00ff00"), ("Pixmap", "#00ffff"),
                                ("Path", "#ff00ff")):
                desktop.wait(lambda: icon(name) == color)
            desktop.control.settle()
            for name in ("Broken", "Missing"):
                assert icon(name) not in ("#00ff00", "#00ffff", "#ff00ff"), name
            folder_of = os.environ.get("TEST_DIR", desktop.folder)
            desktop.control.do("screenshot " + os.path.join(folder_of, "icons.png"))
            # They stay, when the same is found again.
            desktop.control.do("key KEY_BACKSPACE")
            desktop.wait(lambda: icon("Path") == "#ff00ff")

    def check_told_once():
        scenario = SERVER + """<start><filename>launchpad</filename>
            <ram_quota>256M</ram_quota><env name="XDG_DATA_DIRS" value="%s"/>
            <filesystem path="%s"/></start>""" % (folder, folder)
        with Desktop(scenario) as desktop:
            bad = [path for path, verdict in verdicts.items()
                   if verdict not in ("ok", "none")]

            def note():
                band = desktop.widget("text", "LINUX PROGRAMS")
                return "" if band is None else band.get("value")
            desktop.wait(lambda: "malformed" in note())
            assert "%d malformed" % len(bad) in note(), note()
            # changed, so that all are read again; what is as it was isn't told again
            with open(os.path.join(applications, "fresh.desktop"), "w") as file:
                file.write(HEAD.replace("Some", "Fresh") + "Exec=prog\n")
            good = len(verdicts) - len(bad)
            desktop.wait(lambda: note().startswith("%d," % (good - 2 + 1)))
            for path in bad:
                lines = desktop.wait(lambda: desktop.log_lines(path))
                assert len(lines) == 1, (path, lines)

    return tap.run([
        ("sixty odd files at least", check_count),
        ("each is accepted or refused as by desktop-file-validate",
         lambda: compare(verdicts)),
        ("so are those of the host", check_host),
        ("Path= is where a terminal program begins; actions", check_folder),
        ("icons", check_icons),
        ("each malformed one is told once", check_told_once),
    ])


if __name__ == "__main__":
    sys.exit(main())
