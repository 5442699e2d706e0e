#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Compares typed lines with untyped ones: they are no slower, and little more to compile.

    typed.py instructions PROGRAM
    typed.py compile COMPILER INCLUDE

Instructions are counted by callgrind as the difference of two runs. For compiling, a file with 100
message types and a call of each is compared with one that has the same 100 calls untyped; user time
of the compiler, the best of several rounds in turn: once with fields that have common names, once
where no two fields share one.
"""

import os
import subprocess
import sys
import tempfile

from instructions import measure_command

FEW, MANY = 4_000, 20_000
TYPES = 100
ROUNDS = 3
MOST_MORE_INSTRUCTIONS = 0.5  # none: runs differ by some at their start and end
MOST_TIMES_AS_LONG = 1.5
MOST_MS_A_CALL = 10
TYPE = """inline constexpr auto type{i} = eliot::message_type<"app:type{i}">(
    eliot::fields(eliot::field<"count{n}", int>("How many."), eliot::field<"name{n}",
                  std::string_view>("What."), eliot::field<"ratio{n}", double>()),
    "Something happened.");
"""
TYPED = 'type{i}.log("count{n}"_f = count, "name{n}"_f = name, "ratio{n}"_f = ratio);'
UNTYPED = ('eliot::log_message("app:type{i}", "count{n}"_f = count, "name{n}"_f = name, '
           '"ratio{n}"_f = ratio);')


def check_instructions(program):
    for kind in ("message", "message_in_action", "action"):
        costs = {}
        for way in ("untyped", "typed"):
            few, many = (measure_command([program, way, kind, str(count)])[0]
                         for count in (FEW, MANY))
            costs[way] = (many - few) / (MANY - FEW)
        print(f"{kind}: {costs['untyped']:.1f} instructions untyped, {costs['typed']:.1f} typed")
        if costs["typed"] > costs["untyped"] + MOST_MORE_INSTRUCTIONS:
            yield f"a typed {kind} costs more than an untyped one"


def source(is_typed, names):
    text = "#include <eliot/eliot.hpp>\n#include <string>\nusing namespace eliot::literals;\n"
    numbers = [(i, i if names == "own" else "") for i in range(TYPES)]
    if is_typed:
        text += "".join(TYPE.format(i=i, n=n) for i, n in numbers)
    calls = "\n".join((TYPED if is_typed else UNTYPED).format(i=i, n=n) for i, n in numbers)
    return text + f"void f(int count, const std::string& name, double ratio) {{\n{calls}\n}}\n"


def seconds(compiler, include, directory, text):
    path = os.path.join(directory, "unit.cpp")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    process = subprocess.Popen([compiler, "-std=c++20", "-I", include, "-c", path, "-o",
                                os.devnull])
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit("does not compile")
    return usage.ru_utime


def check_compile(compiler, include):
    with tempfile.TemporaryDirectory() as directory:
        for names in ("common", "own"):
            untyped, typed = [], []
            for _ in range(ROUNDS):
                untyped.append(seconds(compiler, include, directory, source(False, names)))
                typed.append(seconds(compiler, include, directory, source(True, names)))
            ratio = min(typed) / min(untyped)
            ms = (min(typed) - min(untyped)) / TYPES * 1000
            print(f"{names} names of fields: {min(untyped):.2f} s untyped, {min(typed):.2f} s "
                  f"typed: {ratio:.2f} times, {ms:.1f} ms more a type and its call")
            if ratio > MOST_TIMES_AS_LONG or ms > MOST_MS_A_CALL:
                yield f"message types take too long to compile ({names} names)"


def main():
    check = {"instructions": check_instructions, "compile": check_compile}[sys.argv[1]]
    problems = list(check(*sys.argv[2:]))
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
