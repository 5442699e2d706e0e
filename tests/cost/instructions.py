#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Counts what a line costs where noise cannot reach: instructions, allocations, locks.

    instructions.py PROGRAM WORKLOAD INSTRUCTIONS

Runs the program twice under callgrind, with few lines and with many; the difference is what lines
cost. A line allocates nothing, takes no lock, and needs at most so many instructions on average.
"""

import os
import re
import subprocess
import sys
import tempfile

FEW, MANY = 8_064, 40_320  # whole tasks of every workload
ALLOCATE = re.compile(r"(malloc|calloc|realloc|operator new.*)(@.*|\(.*)?$")
LOCK = re.compile(r"_*pthread_mutex_(lock|trylock)(@.*)?$")
# A chunk of 32 KiB is emptied under a handful of locks.
LOCKS_A_LINE = 0.1


def measure(program, workload, lines):
    return measure_command([program, workload, str(lines)])


def measure_command(command):
    """Instructions, and calls of functions that match the patterns."""
    with tempfile.TemporaryDirectory() as directory:
        path = os.path.join(directory, "callgrind")
        subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={path}",
                        *command], check=True, capture_output=True)
        with open(path, encoding="utf-8") as file:
            return read(file)


def read(file):
    names, callee, calls, total = {}, "", {ALLOCATE: 0, LOCK: 0}, 0
    for line in file:
        if match := re.match(r"(?:cfn|fn)=\((\d+)\)(?: (.*))?", line):
            names.setdefault(match[1], match[2] or "")
            if line.startswith("cfn"):
                callee = names[match[1]]
        elif match := re.match(r"calls=(\d+)", line):
            for pattern in calls:
                calls[pattern] += int(match[1]) if pattern.match(callee) else 0
        elif match := re.match(r"(?:summary|totals): (\d+)", line):
            total = int(match[1])
    return total, calls[ALLOCATE], calls[LOCK]


def main():
    program, workload, limit = sys.argv[1], sys.argv[2], float(sys.argv[3])
    few, many = measure(program, workload, FEW), measure(program, workload, MANY)
    instructions, allocations, locks = ((b - a) / (MANY - FEW) for a, b in zip(few, many))
    print(f"{workload}: a line costs {instructions:.0f} instructions (at most {limit:.0f}), "
          f"{allocations:.4f} allocations, {locks:.4f} locks")
    failed = instructions > limit or allocations > 0 or locks > LOCKS_A_LINE
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
