#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Measures what one more statement that logs adds to an object, and to its compilation.

    size.py COMPILER INCLUDE [ROUNDS]

Compares a file with 20 statements with one of 120, all with other names, so that nothing is shared
but the library's own code. Bytes are checked, milliseconds only printed: the goal is 10. Those are
worth reading on a quiet machine, as the best of some rounds.
"""

import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import compiling  # noqa: E402  pylint: disable=wrong-import-position

FEW, MANY = 20, 120
LIMITS = {"message": 320, "scope": 600}
STATEMENTS = {
    "message": 'eliot::log_message("type{i}", "name{i}"_f = s, "count{i}"_f = n, "ratio{i}"_f = d);',
    "scope": '{{ auto a = eliot::start_action("type{i}", "name{i}"_f = s, "count{i}"_f = n); }}',
}


def write(path, statement, count):
    with open(path, "w", encoding="utf-8") as file:
        file.write("#include <eliot/eliot.hpp>\n#include <string>\nusing namespace eliot::literals;\n")
        for i in range(count):
            file.write(f"void f{i}(const std::string& s, long n, double d) {{ (void)s; (void)n; (void)d; "
                       + STATEMENTS[statement].format(i=i) + " }\n")


def compile_once(compiler, include, directory, statement, count):
    """User seconds of the compiler, and bytes of text and unwinding tables."""
    source = os.path.join(directory, "unit.cpp")
    target = os.path.join(directory, "unit.o")
    write(source, statement, count)
    seconds = compiling.user_seconds([compiler, "-std=c++20", "-O2", "-I", include, "-c", source,
                                      "-o", target])
    sections = subprocess.run(["size", "-A", target], check=True, capture_output=True, text=True)
    size = sum(int(words[1]) for words in map(str.split, sections.stdout.splitlines())
               if words and (words[0].startswith(".text") or words[0] == ".eh_frame"))
    return seconds, size


def main():
    compiler, include = sys.argv[1:3]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    failed = False
    with tempfile.TemporaryDirectory() as directory:
        for statement, limit in LIMITS.items():
            few, many = ([compile_once(compiler, include, directory, statement, count)
                          for _ in range(rounds)] for count in (FEW, MANY))
            size = (many[0][1] - few[0][1]) / (MANY - FEW)
            ms = (min(many)[0] - min(few)[0]) / (MANY - FEW) * 1000
            print(f"{statement}: {size:.0f} bytes (at most {limit}), {ms:.1f} ms to compile")
            failed = failed or size > limit
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
