#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Checks what including <eliot/eliot.hpp> costs a file.

    weight.py COMPILER INCLUDE

Compile time is compared with <string> alone, the least that a program includes anyway; both are
measured in turn and the best of each counts, as noise only ever adds; a machine that is busy with
something else gets more rounds. The object of a file that
only includes the header holds no vtable, no static initialiser, next to no code. And the headers
that cost the most are not reached.
"""

import os
import re
import subprocess
import sys
import tempfile

ROUNDS = range(5, 30)
TIME_LIMITS = {"g++": 2.7, "clang": 2.5}
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
        source = os.path.join(self.directory, "unit.cpp")
        with open(source, "w", encoding="utf-8") as file:
            file.writelines(f"#include <{header}>\n" for header in headers)
        return [self.path, "-std=c++20", "-I", self.include, source, *options]

    def seconds(self, header):
        """User time of one compilation, of the compiler and all that it starts."""
        process = subprocess.Popen(self.command([header], "-O0", "-c", "-o", os.devnull))
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit(f"{header} does not compile")
        return usage.ru_utime

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


def check_time(compiler):
    eliot, string, ratio, limit = [], [], 0, TIME_LIMITS[compiler.kind]
    while len(eliot) < ROUNDS.start or (ratio > limit and len(eliot) < ROUNDS.stop):
        string.append(compiler.seconds("string"))
        eliot.append(compiler.seconds("eliot/eliot.hpp"))
        ratio = min(eliot) / min(string)
    print(f"{min(eliot):.3f} s against {min(string):.3f} s for <string>: {ratio:.2f}, "
          f"the best of {len(eliot)} rounds")
    if ratio > limit:
        yield f"it takes {ratio:.2f} times as long as <string>, at most {limit} is allowed"


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
    path, include = sys.argv[1:]
    with tempfile.TemporaryDirectory() as directory:
        compiler = Compiler(path, include, directory)
        problems = []
        for check in (check_time, check_object, check_includes):
            problems += check(compiler)
    for problem in problems:
        print(f"eliot/eliot.hpp: {problem}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
