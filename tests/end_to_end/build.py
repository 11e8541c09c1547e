#!/usr/bin/env python3
"""The build: what is made, what is made again, what is skipped.

Works on a small house of its own with the make files of the real one.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

from checks import Checks

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

HOUSE = {
    "nitpicker/base/lib.mk": "LIB = base\nSRC_C = one.c two.c\nSHARED_LIB = yes\n",
    "nitpicker/base/number.h": "#define NUMBER 1\n",
    "nitpicker/base/one.c": '#include "base/number.h"\n'
                            "int one(void);\nint one(void)\n{\n\treturn NUMBER;\n}\n",
    "nitpicker/base/two.c": "int two(void);\nint two(void)\n{\n\treturn 2;\n}\n",
    "nitpicker/tool/target.mk": "TARGET = tool\nSRC_C = tool.c\nLIBS = base\n",
    "nitpicker/tool/tool.c": "#include <stdio.h>\nint main(void)\n{\n"
                             '\tputs("int made(void);int made(void){return 3;}");\n}\n',
    "nitpicker/show/target.mk": """TARGET = show
SRC_C = show.c made.c
SRC_C_special = special.c
SRC_BIN = word-1.txt
LIBS = base
HOST_TOOLS = nitpicker/tool
PROVIDES = Word
DATA = list.xml
DATA_DIR = scenario
MAN = show.1
$(GEN_DIR)/made.c: $(HOST_BIN)/tool
	$(MSG) GEN $(@F)
	$(VERBOSE)$(HOST_BIN)/tool >$@
""",
    "nitpicker/show/word-1.txt": "word",
    "nitpicker/show/list.xml": "<config/>\n",
    "nitpicker/show/show.1": ".TH SHOW 1\n",
    "nitpicker/show/special.c": "extern const int special;\nconst int special = 4;\n",
    "nitpicker/show/show.c": """#include <stdio.h>
int one(void);
int made(void);
extern const char _binary_word_1_txt_start[], _binary_word_1_txt_end[];
extern const int special __attribute__((weak));
int main(void)
{
	printf("%d %d %.*s %d\\n", one(), made(),
	       (int)(_binary_word_1_txt_end - _binary_word_1_txt_start),
	       _binary_word_1_txt_start, &special ? special : 0);
}
""",
    "nitpicker/other/target.mk": "TARGET = other\nSRC_C = other.c\n",
    "nitpicker/other/other.c": "int main(void)\n{\n\treturn 0;\n}\n",
    "nitpicker/lacks/target.mk": "TARGET = lacks\nSRC_C = lacks.c\n"
                                 "REQUIRES = nowhere\n",
    "tests/fuzz/word/target.mk": "TARGET = fuzz_word\nSRC_C = word.c\nLIBS = base\n",
    "tests/fuzz/word/word.c": """#include <stddef.h>
#include <stdint.h>
int one(void);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return data && size > 1 && one() == 0;
}
""",
}


class House:
    """A source tree, and make in it."""

    def __init__(self, folder):
        self.top = os.path.join(folder, "house")
        self.build = os.path.join(folder, "build")
        self.output = ""
        os.mkdir(self.top)
        shutil.copy(os.path.join(TOP, "Makefile"), self.top)
        shutil.copytree(os.path.join(TOP, ".build"), os.path.join(self.top, ".build"))
        for path, text in HOUSE.items():
            self.write(path, text)

    def write(self, path, text):
        """Writes a source, newer than all that was built before."""
        path = os.path.join(self.top, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as file:
            file.write(text)

    def read(self, path):
        with open(os.path.join(self.top, path)) as file:
            return file.read()

    def make(self, *arguments, build=None, folder=None):
        """Runs make, returns its exit code and keeps what it printed."""
        env = {k: v for k, v in os.environ.items()
               if k not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "BUILD_DIR", "TOP")
               and not k.startswith("VERBOSE")}
        command = ["make", *arguments]
        if not folder:
            command.append("BUILD_DIR=" + (build or self.build))
        done = subprocess.run(command, cwd=folder or self.top, env=env, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.output = done.stdout
        return done.returncode

    def actions(self, word=r"[A-Z]+"):
        """What the last make did, as a sorted list."""
        return sorted(" ".join(m) for m in
                      re.findall(r"^  (%s) +(\S+)" % word, self.output, re.M)
                      if m[0] != "SKIPPED")

    def show(self, build=None):
        """What the program made by the last make prints."""
        program = os.path.join(build or self.build, "bin/show")
        if not os.path.exists(program):
            return "no program"
        return subprocess.run([program], stdout=subprocess.PIPE,
                              text=True).stdout.strip()

    def files(self):
        return sorted(os.path.join(path, name)
                      for path, _, names in os.walk(self.top) for name in names)


def first_build(checks, house):
    before = house.files()
    status = house.make()
    checks.check(status == 0, "a first build", house.output)
    checks.check(house.show() == "1 3 word 0",
                 "library, generated source and binary data are linked", house.show())
    checks.check("  CC       nitpicker/base/one.c\n" in house.output,
                 "an action is one line", house.output)
    last = house.output.splitlines()[-1]
    checks.check(last.startswith("  SKIPPED  nitpicker/lacks: needs nowhere"),
                 "the last line says what is skipped and why", house.output)
    checks.check(house.files() == before, "the source tree is not written to")
    for path in ("bin/show.xml", "share/nitpicker/scenario/list.xml",
                 "share/man/man1/show.1", "lib/libbase.so"):
        checks.check(os.path.exists(os.path.join(house.build, path)), path + " is there")
    checks.check(not os.path.exists(os.path.join(house.build, "bin/tool")),
                 "a tool of the build is not among the programs")


def incremental(checks, house):
    house.make()
    checks.check(house.actions() == [], "a second build does nothing", house.output)

    house.write("nitpicker/base/number.h", "#define NUMBER 7\n")
    house.make()
    # The tool links this library, so what it generates is made again, too.
    checks.check(house.actions("CC") == ["CC nitpicker/base/one.c",
                                      "CC target/nitpicker/show/generated/made.c"],
                 "a changed header compiles its users only", house.output)
    checks.check(house.show().startswith("7 "), "and all that links them is new")

    house.write("nitpicker/base/one.c",
                house.read("nitpicker/base/one.c").replace('#include "base/number.h"',
                                                           "#define NUMBER 8"))
    os.remove(os.path.join(house.top, "nitpicker/base/number.h"))
    status = house.make()
    checks.check(status == 0 and house.show().startswith("8 "),
                 "a removed header is no obstacle", house.output)

    path = "nitpicker/show/target.mk"
    house.write(path, house.read(path) + "CC_OPT_show = -DSHOW\n")
    house.make()
    checks.check("CC nitpicker/show/show.c" in house.actions("CC"),
                 "changed options in target.mk compile again", house.output)

    house.make("nitpicker/show", "SPECS=x86_64 special")
    checks.check(house.show().endswith(" 4"), "SPECS on the command line", house.output)
    house.make("nitpicker/show")
    checks.check(house.show().endswith(" 0"), "and without it again", house.output)

    house.write("nitpicker/base/lib.mk", "LIB = base\nSRC_C = one.c\n")
    house.make()
    members = subprocess.run(["ar", "t", house.build + "/var/target/base.a"],
                             stdout=subprocess.PIPE, text=True).stdout.split()
    checks.check(members == ["one.c.o"], "a removed source leaves its library", members)

    house.write("nitpicker/base/one.c", "int one(void)\n")
    status = house.make()
    checks.check(status != 0, "a source that can't be compiled fails the build")
    house.write("nitpicker/base/one.c",
                "int one(void);\nint one(void)\n{\n\treturn 9;\n}\n")
    checks.check(house.make() == 0 and house.show().startswith("9 "),
                 "and is compiled when it is well again", house.output)

    house.make("VERBOSE=", "OPT=-O1")
    checks.check(" -O1 " in house.output, "VERBOSE= shows commands, OPT= is used",
                 house.output)


def parallel(checks, house):
    build = house.build + "-parallel"
    status = house.make("-j8", build=build)
    checks.check(status == 0 and "jobserver" not in house.output, "a parallel build",
                 house.output)
    done = house.actions()
    checks.check(done == sorted(set(done)), "does nothing twice", house.output)
    checks.check(house.show(build) == house.show(), "and makes the same")


def names(checks, house):
    checks.check(house.make("nitpicker/nowhere") != 0 and
                 "nitpicker/nowhere: neither a command" in house.output,
                 "a name that is no target", house.output)
    checks.check(house.make("nitpicker/lacks") != 0 and
                 "SKIPPED" in house.output, "a skipped target by name is an error",
                 house.output)
    build = house.build + "-one"
    house.make("nitpicker/other/", build=build)
    checks.check(os.listdir(build + "/bin") == ["other"], "one target alone",
                 house.output)
    checks.check(house.make("nitpicker/base", build=build) == 0 and
                 house.actions("AR") == ["AR base.a"], "one library alone", house.output)


def side_by_side(checks, house):
    house.make()
    house.make("builddir")
    checks.check("sanitize" in house.output and "x86_32" in house.output,
                 "builddir lists the platforms", house.output)
    build = house.build + "-sanitize"
    status = house.make("builddir", "PLATFORM=sanitize", build=build)
    checks.check(status == 0, "a further build directory", house.output)
    checks.check(house.make("builddir", "PLATFORM=sanitize", build=build) != 0,
                 "is made once only", house.output)
    status = house.make("-j2", "nitpicker/show", folder=build)
    checks.check(status == 0 and house.show(build) == house.show(),
                 "builds by its own Makefile", house.output)
    symbols = subprocess.run(["nm", build + "/bin/show"], stdout=subprocess.PIPE,
                             text=True).stdout
    checks.check("__asan_init" in symbols, "has its own configuration")
    house.make()
    checks.check(house.actions() == [], "and leaves the first alone", house.output)

    specs = build + "/etc/specs.conf"
    with open(specs, "w") as file:
        file.write("SPECS = special\n")
    house.make("nitpicker/show", folder=build)
    checks.check(open(specs).read() == "SPECS = special\n" and
                 house.show(build).endswith(" 4"),
                 "a list of specs that was edited stays", house.output)
    checks.check(house.make("builddir", "PLATFORM=nonsense", build=build + "2") != 0 and
                 "unknown platform" in house.output, "an unknown platform", house.output)


def fuzz(checks, house):
    if not (shutil.which("clang-14") or shutil.which("clang")):
        checks.skip("fuzz targets", "needs clang")
        return
    status = house.make("tests/fuzz")
    checks.check(status == 0, "a fuzz target with objects of its own", house.output)
    done = subprocess.run([house.build + "/bin/fuzz_word", "-runs=10"],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    checks.check(done.returncode == 0 and "10 runs" in done.stdout, "fuzzes", done.stdout)


def cleaning(checks, house):
    house.make("clean")
    checks.check(not os.path.exists(house.build + "/var") and
                 house.show().startswith("9 "), "clean removes objects only")
    house.make("cleanall")
    checks.check(sorted(os.listdir(house.build)) == ["Makefile", "bin", "etc"],
                 "cleanall leaves programs and configuration", os.listdir(house.build))
    house.make("distclean")
    checks.check(not os.path.exists(house.build), "distclean removes everything")
    house.make("help")
    checks.check("make builddir" in house.output, "help", house.output)


def main():
    checks = Checks()
    with tempfile.TemporaryDirectory(prefix="nitpicker-build-") as folder:
        house = House(folder)
        for part in (first_build, incremental, parallel, names, side_by_side, fuzz,
                     cleaning):
            part(checks, house)
    checks.end()


main()
