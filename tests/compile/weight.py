#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Checks what including <eliot/eliot.hpp> costs a file.

    weight.py COMPILER INCLUDE [count]

The lines that the compiler reads are compared with those of <string> alone, the least that a program
includes anyway. The object of a file that only includes the header holds no vtable, no static
initialiser, next to no code. And the headers that cost the most are not reached. With "count" the
compiler's instructions are compared, too, which takes a minute and valgrind; their ratio is within
a tenth of that of user times.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import compiling  # noqa: E402  pylint: disable=wrong-import-position

MOST_LINES = 1.85  # times <string>
MOST_INSTRUCTIONS = {"g++": 2.4, "clang": 2.2}
TEXT_LIMIT = 110
ALLOWED = """cerrno charconv climits compare concepts cstddef cstdint cstdlib cstring
cxxabi.h exception initializer_list limits new optional string string_view system_error
type_traits typeinfo utility""".split()
FORBIDDEN = set("""atomic chrono expected filesystem format fstream functional iostream istream
memory mutex ostream random ranges regex source_location sstream stacktrace thread map
unordered_map vector""".split())


class Compiler:
    def __init__(self, path, include, directory):
        self.path = path
        self.kind = "clang" if "clang" in os.path.basename(path) else "g++"
        self.include = include
        self.directory = directory

    def command(self, headers, *options):
        source = os.path.join(self.directory, re.sub(r"\W", "_", "_".join(headers))[:99] + ".cpp")
        with open(source, "w", encoding="utf-8") as file:
            file.writelines(f"#include <{header}>\n" for header in headers)
        return [self.path, "-std=c++20", "-I", self.include, source, *options]

    def compilation(self, header):
        return self.command([header], "-O0", "-c", "-o", os.devnull)

    def object_of(self, header):
        path = os.path.join(self.directory, "unit.o")
        subprocess.run(self.command([header], "-O2", "-c", "-o", path), check=True)
        return path

    def reached(self, headers):
        """The names of all files that the headers include, whatever their directory."""
        listing = output(*self.command(headers, "-M"))
        return {os.path.basename(path) for path in re.findall(r"[^\s\\]+", listing)}


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def check_ratio(what, eliot, string, limit):
    ratio = eliot / string
    print(f"{eliot:,} {what} against {string:,} of <string>: {ratio:.2f} times as many")
    if ratio > limit:
        yield f"it takes {ratio:.2f} times the {what} of <string>, at most {limit} is allowed"


def check_lines(compiler):
    eliot, string = (len(output(*compiler.command([header], "-E", "-P")).splitlines())
                     for header in ("eliot/eliot.hpp", "string"))
    return check_ratio("lines", eliot, string, MOST_LINES)


def check_instructions(compiler):
    eliot, string = (compiling.instructions(compiler.compilation(header))
                     for header in ("eliot/eliot.hpp", "string"))
    return check_ratio("instructions", eliot, string, MOST_INSTRUCTIONS[compiler.kind])


def check_object(compiler):
    path = compiler.object_of("eliot/eliot.hpp")
    text = int(output("size", path).splitlines()[1].split()[0])
    print(f"{text} bytes of text")
    if text > TEXT_LIMIT:
        yield f"the object has {text} bytes of text, at most {TEXT_LIMIT} are allowed"
    symbols = output("nm", "--demangle", path)
    for symbol in re.findall(r".* (vtable for .*|_GLOBAL__sub_I.*|__cxx_global_var_init.*)", symbols):
        yield f"the object has {symbol}"
    if re.search(r"\.(init_array|ctors)", output("objdump", "--section-headers", path)):
        yield "the object has a static initialiser"


def check_includes(compiler):
    reached = compiler.reached(["eliot/eliot.hpp"])
    for name in sorted(reached & FORBIDDEN - compiler.reached(ALLOWED)):
        yield f"<{name}> is reached"
    if "json.hpp" in reached:
        yield "json.hpp is reached"


def main():
    path, include, *options = sys.argv[1:]
    checks = [check_lines, check_object, check_includes]
    if options == ["count"]:
        checks.append(check_instructions)
    with tempfile.TemporaryDirectory() as directory:
        compiler = Compiler(path, include, directory)
        problems = [problem for check in checks for problem in check(compiler)]
    for problem in problems:
        print(f"eliot/eliot.hpp: {problem}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
