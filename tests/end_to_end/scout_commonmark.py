#!/usr/bin/env python3
"""The examples of the CommonMark specification through scout --dump-html: its
tree is right for all but those about raw HTML, which scout shows as text."""
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser

import tap

SCOUT = os.path.join(os.environ.get("BUILD_DIR", "build"), "bin", "scout")
EXAMPLES = "/usr/share/gocode/src/github.com/yuin/goldmark/_test/spec.json"

BLOCKS = {"p", "blockquote", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5",
          "h6", "hr", "pre", "table", "thead", "tbody", "tr", "td", "th"}
KNOWN = BLOCKS | {"em", "strong", "a", "img", "code", "br", "del", "input"}


class Normal(HTMLParser):
    """HTML in one form: attributes sorted, characters decoded, no white space
    around the tags of blocks, single blanks elsewhere, all as in <pre>."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.out, self.pre = [], 0
        self.feed(text)
        self.close()

    def strip(self):
        if self.out and not self.pre and self.out[-1][0] == "text":
            self.out[-1] = ("text", self.out[-1][1].rstrip())

    def handle_starttag(self, tag, attributes):
        if tag in BLOCKS:
            self.strip()
        self.pre += tag == "pre"
        self.out.append(("tag", tag, tuple(sorted(attributes))))

    def handle_endtag(self, tag):
        if tag in BLOCKS:
            self.strip()
        self.pre -= tag == "pre"
        self.out.append(("end", tag))

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)

    def handle_data(self, data):
        if not self.pre:
            data = re.sub(r"\s+", " ", data)
            after = self.out[-1] if self.out else ("end", "p")
            if after[0] in ("tag", "end") and \
                    (after[1] in BLOCKS or after[1] == "br"):
                data = data.lstrip()
        if self.out and self.out[-1][0] == "text":
            self.out[-1] = ("text", self.out[-1][1] + data)
        else:
            self.out.append(("text", data))

    def result(self):
        self.strip()
        return [item for item in self.out if item != ("text", "")]


def normal(text):
    return Normal(text).result()


class Tags(HTMLParser):
    """Finds out whether there is more than what Markdown makes."""

    def __init__(self, text):
        super().__init__()
        self.raw = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        names = {name for name, _ in attributes}
        allowed = {"a": {"href", "title"}, "img": {"src", "alt", "title"},
                   "ol": {"start"}, "code": {"class"}}
        self.raw |= tag not in KNOWN or bool(names - allowed.get(tag, set()))

    handle_startendtag = handle_starttag

    def handle_comment(self, _):
        self.raw = True

    handle_decl = handle_pi = unknown_decl = handle_comment


def is_raw(example):
    return example["section"] in ("HTML blocks", "Raw HTML") or \
        Tags(example["html"]).raw or \
        re.search(r"<(a|img)\s", example["markdown"]) is not None


def dump(markdown):
    return subprocess.run([SCOUT, "--dump-html", "--commonmark", "-"],
                          input=markdown.encode(), stdout=subprocess.PIPE,
                          check=True).stdout.decode()


def main():
    if not os.path.exists(EXAMPLES):
        tap.skip_all("no examples (package golang-github-yuin-goldmark-dev)")
    with open(EXAMPLES) as file:
        examples = json.load(file)
    passed, raw, failed = 0, [], []
    for example in examples:
        got = dump(example["markdown"])
        if normal(got) == normal(example["html"]):
            passed += 1
        elif is_raw(example):
            raw.append(example["example"])
        else:
            failed.append((example, got))
    print("# %d examples: %d pass, %d with raw HTML are shown as text, %d fail"
          % (len(examples), passed, len(raw), len(failed)))

    def check():
        for example, got in failed:
            print("# %(example)d %(section)s: %(markdown)r" % example)
            print("#   wanted %r" % example["html"])
            print("#   got    %r" % got)
        assert not failed, "%d of them fail" % len(failed)

    def check_count():
        assert len(examples) >= 649 and len(raw) <= 80

    return tap.run([("all but those with raw HTML pass", check),
                    ("there are as many as there should be", check_count)])


if __name__ == "__main__":
    sys.exit(main())
