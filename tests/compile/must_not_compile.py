#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Checks that wrong programs do not compile, and that the compiler's words help.

    must_not_compile.py COMPILER INCLUDE FILE

FILE holds many cases; each is compiled by itself with -DCASE=<its number>:

    #if CASE == 1
    // a reserved name is refused
    // expect: task_uuid is a name of eliot's own
    // expect-clang: a text that only clang must say (expect-g++ likewise)
    // note: a text that stands in the first note (note-clang and note-g++ likewise)
    // errors: 1
    // lines: 30
    auto x = "task_uuid"_f = 1;
    #endif

What is expected must stand in the diagnostics, whose length may be limited in lines and whose
errors may be counted. Everything outside the cases is CASE 0 and must compile. What FILE includes is
compiled once for all cases.
"""

import concurrent.futures
import os
import re
import subprocess
import sys
import tempfile

# The source is not shown: what is expected must be the compiler's own words.
NO_SOURCE = {"g++": "-fno-diagnostics-show-caret", "clang": "-fno-caret-diagnostics"}
FLAGS = ["-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Werror",
         "-fdiagnostics-color=never"]
INCLUDE = re.compile(r"^#include .*$", re.MULTILINE)
BLOCK = re.compile(r"^#\s*(?:el)?if CASE == (\d+)\s*//(.*?)$(.*?)(?=^#\s*(?:elif|endif))",
                   re.MULTILINE | re.DOTALL)


def number_after(word, body):
    found = re.search(rf"// {word}: (\d+)", body)
    return int(found.group(1)) if found else None


class Case:
    def __init__(self, number, title, body, kind):
        self.number = number
        self.title = title.strip()
        found = re.findall(rf"// expect(?:-{re.escape(kind)})?: (.*)", body)
        self.expected = [text.strip() for text in found]
        found = re.findall(rf"// note(?:-{re.escape(kind)})?: (.*)", body)
        self.noted = [text.strip() for text in found]
        self.limit = number_after("lines", body)
        self.errors = number_after("errors", body)

    def problems(self, compiles, words):
        if self.number == 0:
            if not compiles:
                yield "what stands outside the cases does not compile"
            return
        if compiles:
            yield "it compiles"
            return
        for text in self.expected:
            if text not in words:
                yield f"the compiler does not say: {text}"
        note = next((line for line in words.splitlines() if " note: " in line), "")
        for text in self.noted:
            if text not in note:
                yield f"the first note does not say: {text}"
        errors = words.count(" error: ")
        if self.errors and errors != self.errors:
            yield f"the compiler finds {errors} errors, not {self.errors}"
        length = words.count("\n")
        if self.limit and length > self.limit:
            yield f"the compiler says {length} lines, at most {self.limit} are allowed"


def cases_of(text, kind):
    yield Case(0, "everything outside the cases", "", kind)
    for number, title, body in BLOCK.findall(text):
        case = Case(int(number), title, body, kind)
        if not case.expected:
            sys.exit(f"case {number} expects no text; without one any typing error would pass")
        yield case


def kind_of(compiler):
    return "clang" if "clang" in os.path.basename(compiler) else "g++"


def compile_includes(command, kind, text, directory):
    """The options with which a case finds precompiled what all cases include."""
    header = os.path.join(directory, "includes.hpp")
    with open(header, "w", encoding="utf-8") as file:
        file.write("\n".join(INCLUDE.findall(text)) + "\n")
    target = header + (".pch" if kind == "clang" else ".gch")
    subprocess.run([word for word in command if word != "-fsyntax-only"]
                   + ["-x", "c++-header", header, "-o", target], check=True)
    return ["-include-pch", target] if kind == "clang" else ["-include", header, "-Winvalid-pch"]


def compile_case(command, path, number):
    done = subprocess.run([*command, f"-DCASE={number}", path], capture_output=True, text=True,
                          check=False)
    return done.returncode == 0, done.stderr


def main():
    compiler, include, path = sys.argv[1:]
    kind = kind_of(compiler)
    with open(path, encoding="utf-8") as file:
        text = file.read()
    cases = list(cases_of(text, kind))
    numbers = [case.number for case in cases]
    if len(numbers) == 1 or len(set(numbers)) != len(numbers):
        sys.exit(f"{path}: no cases, or a number given twice")

    command = [compiler, *FLAGS, NO_SOURCE[kind], "-I", include]
    failed = 0
    with (tempfile.TemporaryDirectory() as directory,
          concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool):
        command += compile_includes(command, kind, text, directory)
        results = pool.map(lambda n: compile_case(command, path, n), numbers)
        for case, (compiles, words) in zip(cases, results):
            problems = list(case.problems(compiles, words))
            failed += bool(problems)
            for problem in problems:
                print(f"{path}: case {case.number} ({case.title}): {problem}")
            if problems:
                print(words[:4000])
    print(f"{len(cases)} cases, {failed} wrong")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
