#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Checks that message types cost little more to compile than the same lines untyped.

    types_compiled.py COMPILER INCLUDE

A file with 100 message types and a call of each is compared with one that has the same 100 calls
untyped: once with fields that have common names, once where no two fields share one. Counts the
compiler's instructions, which takes minutes and needs valgrind.
"""

import os
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import compiling  # noqa: E402  pylint: disable=wrong-import-position

TYPES = 100
MOST_TIMES_THE_WORK = 1.5
TYPE = """inline constexpr auto type{i} = eliot::message_type<"app:type{i}">(
    eliot::fields(eliot::field<"count{n}", int>("How many."), eliot::field<"name{n}",
                  std::string_view>("What."), eliot::field<"ratio{n}", double>()),
    "Something happened.");
"""
TYPED = 'type{i}.log("count{n}"_f = count, "name{n}"_f = name, "ratio{n}"_f = ratio);'
UNTYPED = ('eliot::log_message("app:type{i}", "count{n}"_f = count, "name{n}"_f = name, '
           '"ratio{n}"_f = ratio);')


def source(is_typed, names):
    text = "#include <eliot/eliot.hpp>\n#include <string>\nusing namespace eliot::literals;\n"
    numbers = [(i, i if names == "own" else "") for i in range(TYPES)]
    if is_typed:
        text += "".join(TYPE.format(i=i, n=n) for i, n in numbers)
    calls = "\n".join((TYPED if is_typed else UNTYPED).format(i=i, n=n) for i, n in numbers)
    return text + f"void f(int count, const std::string& name, double ratio) {{\n{calls}\n}}\n"


def compilations(compiler, include, directory, names):
    """The commands that compile the untyped file and the typed one."""
    for is_typed in (False, True):
        path = os.path.join(directory, f"{names}_{is_typed}.cpp")
        with open(path, "w", encoding="utf-8") as file:
            file.write(source(is_typed, names))
        yield [compiler, "-std=c++20", "-I", include, "-c", path, "-o", os.devnull]


def check(compiler, include):
    with tempfile.TemporaryDirectory() as directory:
        for names in ("common", "own"):
            untyped, typed = map(compiling.instructions,
                                 compilations(compiler, include, directory, names))
            ratio = typed / untyped
            print(f"{names} names of fields: {untyped:,} instructions untyped, {typed:,} typed: "
                  f"{ratio:.2f} times as many", flush=True)
            if ratio > MOST_TIMES_THE_WORK:
                yield f"message types take too long to compile ({names} names)"


def main():
    problems = list(check(*sys.argv[1:]))
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
