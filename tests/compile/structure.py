#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Checks how the repository is laid out: layers, sizes, names of files.

    structure.py REPOSITORY

A chapter may include itself and the chapters that stand below it; only certain headers may include
other libraries; every header has its test; nothing grows beyond what a reader takes in at once.
"""

import pathlib
import re
import subprocess
import statistics
import sys

TOP_LEVEL = {"include", "tests", "examples", "cmake", "CMakeLists.txt", "LICENSE", "README.md"}

# What stands below a chapter. "" are the headers that stand below everything.
BASE = {"config.hpp", "version.hpp", "fwd.hpp"}
BELOW = {
    "": set(),
    "core": {""},
    "encode": {"", "core"},
    "output": {"", "core", "encode"},
    "context": {"", "core", "encode", "output"},
    "types": {"", "core", "encode", "output", "context"},
    "read": {"", "core"},
    "testing": {"", "core", "encode", "output", "context", "types", "read", "json.hpp"},
}
# Other libraries, and who may include them.
LIBRARIES = {
    "nlohmann/": r"json\.hpp|read/.*|testing/.*",
    "catch2/": r"testing/catch2\.hpp",
    "(gtest|gmock)/": r"testing/gtest\.hpp",
    "(boost/)?asio": r"asio\.hpp",
}
# All that the headers reached from eliot.hpp may include of the standard library and the compiler.
LIGHT = set("""cerrno charconv climits compare concepts cstddef cstdint cstdlib cstring
cxxabi.h exception initializer_list limits new optional string string_view system_error
type_traits typeinfo utility""".split())
POSIX = re.compile(r"[a-z/]+\.h")

HEADER_LINES = 500
HEADER_LINES_MEDIAN = 200
LINES = {"README.md": 400, "CMakeLists.txt": 100, "examples/guide/*.md": 300,
         "examples/[0-9]*.cpp": 80, "examples/[0-9]*/*.cpp": 80}
MACROS = 15
MACROS_ELSEWHERE = {"ELIOT_LOG_CALL"}

INCLUDE = re.compile(r"^\s*#\s*include\s*[<\"]([^>\"]+)[>\"]", re.MULTILINE)
DEFINE = re.compile(r"^\s*#\s*define\s+(\w+)", re.MULTILINE)
UNDEF = re.compile(r"^\s*#\s*undef\s+(\w+)", re.MULTILINE)
COMMENT_OR_TEXT = re.compile(r"//[^\n]*|/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"", re.DOTALL)
DIRECTIVE = re.compile(r"^\s*#(?:.*\\\n)*.*$|^ELIOT_\w+$", re.MULTILINE)
OPENING = re.compile(r"// SPDX-License-Identifier: Apache-2\.0\n#pragma once\n\n// ")


class Header:
    def __init__(self, root, path):
        self.name = path.relative_to(root / "include/eliot").as_posix()
        self.text = path.read_text(encoding="utf-8")
        self.includes = INCLUDE.findall(self.text)
        self.own = [name.removeprefix("eliot/") for name in self.includes
                    if name.startswith("eliot/")]
        self.macros = set(DEFINE.findall(self.text)) - set(UNDEF.findall(self.text))

    @property
    def chapter(self):
        """The directory; "" for what stands below everything; the name itself on the top level."""
        if self.name in BASE:
            return ""
        return self.name.split("/")[0]

    @property
    def declares(self):
        """Whether it does more than include others."""
        return bool(DIRECTIVE.sub("", COMMENT_OR_TEXT.sub("", self.text)).strip() or self.macros)


def lines(text):
    return text.count("\n")


def check_top_level(root, _):
    tracked = subprocess.run(["git", "-C", root, "ls-files"], capture_output=True, text=True)
    if tracked.returncode != 0:
        return  # a copy without its history
    names = {name.split("/")[0] for name in tracked.stdout.splitlines()}
    for name in sorted(names - TOP_LEVEL):
        if not name.startswith("."):
            yield f"{name} must not stand on the top level"


def check_layers(_, headers):
    for header in headers.values():
        for name in header.own:
            if name not in headers:
                yield f"{header.name} includes {name}, which does not exist"
                continue
            below = BELOW.get(header.chapter)
            if below is not None and headers[name].chapter not in below | {header.chapter}:
                yield f"{header.name} includes {name}, which does not stand below it"
        for name in header.includes:
            for library, allowed in LIBRARIES.items():
                if re.match(library, name) and not re.fullmatch(allowed, header.name):
                    yield f"{header.name} includes {name}"


def check_cycles(_, headers):
    done = set()

    def visit(name, path):
        if name in path:
            yield "cycle: " + " -> ".join(path[path.index(name):] + [name])
        elif name not in done:
            for other in headers[name].own:
                if other in headers:
                    yield from visit(other, path + [name])
            done.add(name)

    for name in headers:
        yield from visit(name, [])


def reached_from(start, headers):
    found, todo = set(), [start]
    while todo:
        name = todo.pop()
        if name in headers and name not in found:
            found.add(name)
            todo += headers[name].own
    return found


def check_light(_, headers):
    for name in sorted(reached_from("eliot.hpp", headers)):
        for include in headers[name].includes:
            is_own = include.startswith("eliot/")
            if not is_own and include not in LIGHT and not POSIX.fullmatch(include):
                yield f"{name} includes <{include}>, and eliot.hpp reaches it"


def check_headers(_, headers):
    for header in headers.values():
        if not OPENING.match(header.text):
            yield f"{header.name} does not open with licence, #pragma once, blank line, what it is"
        if lines(header.text) > HEADER_LINES:
            yield f"{header.name} has {lines(header.text)} lines, at most {HEADER_LINES}"
    median = statistics.median(lines(header.text) for header in headers.values())
    if median > HEADER_LINES_MEDIAN:
        yield f"half of the headers have more than {median} lines, should be {HEADER_LINES_MEDIAN}"


def check_sizes(root, _):
    for pattern, limit in LINES.items():
        for path in root.glob(pattern):
            count = lines(path.read_text(encoding="utf-8"))
            if count > limit:
                yield f"{path.relative_to(root)} has {count} lines, at most {limit}"


def check_tests(root, headers):
    for name, header in headers.items():
        path = root / "tests" / pathlib.PurePath(name).with_suffix(".cpp")
        if not path.exists() and header.declares:
            yield f"{name} has no test: {path.relative_to(root)}"
        elif path.exists() and INCLUDE.findall(path.read_text(encoding="utf-8"))[:1] != [f"eliot/{name}"]:
            yield f"{path.relative_to(root)} does not include eliot/{name} first"


def check_macros(_, headers):
    macros = {macro: header.name for header in headers.values() for macro in header.macros}
    if len(macros) > MACROS:
        yield f"there are {len(macros)} macros, at most {MACROS}: {sorted(macros)}"
    for macro, name in macros.items():
        if not macro.startswith("ELIOT_"):
            yield f"{name} defines {macro}, which does not begin with ELIOT_"
        if name not in BASE and macro not in MACROS_ELSEWHERE:
            yield f"{name} defines {macro}; macros belong into config.hpp"


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    found = sorted((root / "include/eliot").rglob("*.hpp"))
    headers = {header.name: header for header in (Header(root, path) for path in found)}
    problems = []
    for check in (check_top_level, check_layers, check_cycles, check_light, check_headers,
                  check_sizes, check_tests, check_macros):
        problems += check(root, headers)
    print("\n".join(problems + [f"{len(headers)} headers, {len(problems)} problems"]))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
