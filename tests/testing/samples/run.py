#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Runs a sample suite that must fail and compares what it prints with a golden file.

    run.py GOLDEN COMMAND...

With ELIOT_UPDATE_GOLDEN in the environment the golden file is written instead.
"""

import difflib
import os
import pathlib
import re
import subprocess
import sys

MASKS = [
    (re.compile(r"^(Randomness seeded|Filters|Running main|Note: Google Test).*\n", re.M), ""),
    (re.compile(r"^.* is a Catch2? v.* host application\.$", re.M), "<this is Catch2>"),
    (re.compile(r"\S*/(eliot/testing|samples)/"), r"\1/"),
    (re.compile(r"(eliot/testing/\w+\.hpp):\d+"), r"\1:<line>"),
    (re.compile(r"\(\d+ ms( total)?\)"), "(<time>)"),
    (re.compile(r"[ \t]+$", re.M), ""),
]


def main():
    golden, command = pathlib.Path(sys.argv[1]), sys.argv[2:]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    actual = done.stdout.decode()
    for pattern, replacement in MASKS:
        actual = pattern.sub(replacement, actual)
    actual += f"exit status: {'a signal' if done.returncode < 0 else 'not 0' if done.returncode else 0}\n"
    if "ELIOT_UPDATE_GOLDEN" in os.environ:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(actual, encoding="utf-8")
    expected = golden.read_text(encoding="utf-8") if golden.exists() else ""
    if actual != expected:
        sys.stdout.writelines(difflib.unified_diff(
            expected.splitlines(keepends=True), actual.splitlines(keepends=True),
            str(golden), "this run"))
        sys.exit("The output is another one. If it is right: ELIOT_UPDATE_GOLDEN=1 ctest -R testing")


if __name__ == "__main__":
    main()
