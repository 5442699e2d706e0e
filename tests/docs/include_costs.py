#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Measures what including each of the public headers costs, for the table in the README.

    include_costs.py INCLUDE [COMPILER]...

A row for each header, a column for each compiler (g++ and clang++-19 unless given): how many times
as long as a file with <string> alone a file with this header compiles (-O0, user time, best of
three, measured in turn).
"""

import pathlib
import sys
import tempfile

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / "compile"), str(TESTS / "support")]
from compiling import best_seconds  # noqa: E402  pylint: disable=wrong-import-position
from weight import Compiler  # noqa: E402  pylint: disable=wrong-import-position

ROUNDS = 3
NOT_MEASURED = {"config", "fwd", "version"}


def public_headers(include):
    top = [path for path in include.glob("eliot/*.hpp") if path.stem not in NOT_MEASURED]
    headers = sorted(top) + sorted(include.glob("eliot/testing/*2.hpp"))
    return ["string"] + [str(path.relative_to(include)) for path in headers]


def ratios(compiler, headers):
    seconds = best_seconds([compiler.compilation(header) for header in headers], ROUNDS)
    best = dict(zip(headers, seconds))
    return {header: best[header] / best["string"] for header in headers}


def main():
    include = pathlib.Path(sys.argv[1])
    names = sys.argv[2:] or ["g++", "clang++-19"]
    headers = public_headers(include)
    with tempfile.TemporaryDirectory() as directory:
        columns = [ratios(Compiler(name, str(include), directory), headers) for name in names]
    print("| header |", " | ".join(names), "|")
    print("|---|", "---|" * len(names), sep="")
    for header in headers:
        print(f"| `<{header}>` |", " | ".join(f"{column[header]:.1f}" for column in columns), "|")


if __name__ == "__main__":
    main()
