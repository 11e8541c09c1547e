#!/usr/bin/env python3
"""backdrop: layers of the config, what is broken, changes while it runs."""
import os
import shutil
import subprocess
import sys

import png
import tap
from desktop import Desktop, start

W, H = 64, 32  # of the picture: left half red, right half blue


def picture():
    row = bytes((255, 0, 0)) * (W // 2) + bytes((0, 0, 255)) * (W // 2)
    return png.write(W, H, [row] * H)


def scenario(layers):
    return start("nitpicker") + start("backdrop", layers)


def main():
    desktop = Desktop(scenario(""))
    files = os.path.dirname(desktop.scenario)
    control = desktop.control
    with open(os.path.join(files, "two.png"), "wb") as file:
        file.write(picture())
    with open(os.path.join(files, "cut.png"), "wb") as file:
        file.write(picture()[:90])

    def show(layers):
        desktop.configure(scenario(layers))

    def is_near(x, y, color):
        """In a screen below the menubar of 16 pixels; within 2 a channel."""
        seen = desktop.pixel(x, y + 16)
        return all(abs(int(seen[i:i + 2], 16) - int(color[i:i + 2], 16)) <= 2
                   for i in (1, 3, 5))

    def expect(x, y, color):
        """Comes to be seen, however long decoding takes."""
        try:
            desktop.wait(lambda: is_near(x, y, color))
        except AssertionError:
            raise AssertionError("%s at %d,%d, not %s" % (
                desktop.pixel(x, y + 16), x, y, color)) from None

    def check_night():
        desktop.wait(lambda: len({desktop.pixel(x, 400)
                                  for x in range(0, 1280, 80)}) > 6)

    def check_plain_image():
        show("<image>two.png</image>")
        expect(0, 0, "#ff0000")
        expect(W - 1, H - 1, "#0000ff")
        assert desktop.pixel(W, 17) != "#0000ff"

    def check_layers():
        show('<fill color="#204060"/>'
             '<image png="two.png" anchor="bottom_right" xpos="-10" ypos="-20"/>'
             '<image png="two.png" alpha="128"/>')
        width, height = 1280, 784
        expect(5, 5, "#204060")
        expect(width - 10 - 1, height - 20 - 1, "#0000ff")
        expect(width - 10 - W, height - 20 - H, "#ff0000")
        expect(width - 9, height - 21, "#204060")
        expect(width // 2 - 5, height // 2, "#902030")

    def check_scale():
        show('<fill color="#000000"/><image png="two.png" scale="fit"/>')
        expect(100, 400, "#ff0000")
        expect(1200, 400, "#0000ff")
        expect(100, 20, "#000000")
        show('<image png="two.png" scale="zoom" anchor="left"/>')
        expect(20, 5, "#ff0000")
        expect(1270, 780, "#0000ff")

    def check_tiles():
        show('<fill color="#000000"/>'
             '<image png="two.png" tiled="yes" anchor="top_left" xpos="5"/>')
        for x in (5, 5 + W, 5 + 10 * W):
            expect(x, 100, "#ff0000")
            expect(x - 1, 100, "#0000ff")

    def check_broken():
        show('<fill color="#204060"/><image png="cut.png"/>'
             '<image png="none.png"/><fill colour="#ffffff"/>'
             '<image png="two.png" anchor="top_left"/>')
        expect(0, 0, "#ff0000")
        for words in ('cut.png" can', 'none.png" can', 'colour'):
            desktop.wait(lambda: desktop.log_lines(words))

    def check_jpeg():
        path = os.path.join(files, "photo.jpg")
        if not shutil.which("convert"):
            raise tap.Skip("convert is not installed (package imagemagick)")
        subprocess.run(["convert", "-size", "2560x1600", "xc:#c08040", path],
                       check=True)
        show('<image jpeg="photo.jpg" scale="zoom"/>')
        expect(640, 300, "#c08040")

    def check_mode():
        show('<fill color="#204060"/>'
             '<image png="two.png" anchor="bottom_right"/>')
        control.do("mode 800 600")
        expect(799, 583, "#0000ff")
        expect(10, 10, "#204060")

    code = tap.run([
        ("a night sky without a config", check_night),
        ("an image at the top left", check_plain_image),
        ("layers, anchors, alpha", check_layers),
        ("fit and zoom", check_scale),
        ("tiles", check_tiles),
        ("what is broken costs a line", check_broken),
        ("a photograph", check_jpeg),
        ("another screen", check_mode),
        ("nothing is left", desktop.stop),
    ])
    if code:
        desktop.fail()
    return code


if __name__ == "__main__":
    sys.exit(main())
