#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Counts instructions: captures that have ended, and pins that are gone, cost nothing.

    cost.py VALGRIND PROGRAM
"""

import re
import subprocess
import sys
import tempfile

LINES = {"log_to_file": 2 * 3000, "log_to_nobody": 1000}


def instructions(valgrind, program, function, *arguments):
    """How many instructions all calls of the function take."""
    with tempfile.TemporaryDirectory() as directory:
        out = f"{directory}/callgrind.out"
        subprocess.run([valgrind, "--tool=callgrind", "--quiet", f"--callgrind-out-file={out}",
                        f"--toggle-collect={function}", program, *arguments], check=True)
        text = open(out, encoding="utf-8").read()
    return int(re.search(r"^(?:summary|totals): (\d+)", text, re.MULTILINE).group(1))


def main():
    valgrind, program = sys.argv[1:]
    problems = []
    for function, lines in LINES.items():
        without = instructions(valgrind, program, function)
        behind = instructions(valgrind, program, function, "captures")
        print(f"{function}: {without / lines:.1f} instructions a line, behind captures "
              f"{behind / lines:.1f}")
        if abs(behind - without) > 0.005 * without + lines / 100:
            problems.append(f"{function} costs more behind captures")
        if function == "log_to_nobody" and without > 20 * lines:
            problems.append("a line for nobody costs more than the gate")
    sys.exit("\n".join(problems) or 0)


if __name__ == "__main__":
    main()
