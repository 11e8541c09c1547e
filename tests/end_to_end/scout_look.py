#!/usr/bin/env python3
"""What the browser looks like: each theme, switched live, at three scales,
beside golden pictures. NITPICKER_GOLDEN=write makes these anew: look at them."""
import os
import shutil
import sys
import tempfile

import tap
from desktop import Desktop, SERVER

W, H = 440, 600  # of the screen, logical pixels
THEMES = ("light", "dark", "high-contrast")
PAGE = """# Everything

Words with *emphasis*, **strength**, `code`, ~~doubt~~ and a
[link](#tables), and [one more](other.md).

- [x] done
- [ ] open
  1. first

> A quote

```
some code
```

| name | amount |
|------|-------:|
| one  | `12`   |

![A picture that isn't there](none.png)
"""


def scenario(scale, theme, page):
    return """<start><filename>virtual_drv</filename><ram_quota>64M</ram_quota>
<config><width>%d</width><height>%d</height><scale>%d</scale></config></start>
%s<start><filename>scout</filename><ram_quota>100M</ram_quota>
<config xpos="10" ypos="6" width="%d" height="%d">
<theme mode="%s" motion="reduced"/><file>%s</file></config></start>""" % (
        W * scale // 100, H * scale // 100, scale, SERVER, W - 20, H - 34, theme, page)


def look(scale, folder):
    page = os.path.join(folder, "page.md")
    with Desktop(scenario(scale, "light", page)) as desktop:
        desktop.wait(lambda: desktop.log_lines("none.png"))
        for theme in THEMES:
            if theme != THEMES[0]:
                title = W * scale // 200, 40 * scale // 100
                before = desktop.pixel(*title)
                desktop.configure(scenario(scale, theme, page))
                desktop.wait(lambda: desktop.pixel(*title) != before)
            desktop.control.settle()
            desktop.compare("scout-%s-%d" % (theme, scale), 2)


def main():
    folder = tempfile.mkdtemp()
    try:
        with open(os.path.join(folder, "page.md"), "w") as file:
            file.write(PAGE)
        return tap.run([("themes at scale %d" % scale,
                         lambda scale=scale: look(scale, folder))
                        for scale in (100, 150, 200)])
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(main())
