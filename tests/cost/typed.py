#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Checks that typed lines are no slower than untyped ones.

    typed.py PROGRAM

Instructions are counted by callgrind as the difference of two runs.
"""

import sys

from instructions import measure_command

FEW, MANY = 4_000, 20_000
MOST_MORE_INSTRUCTIONS = 0.5  # none: runs differ by some at their start and end


def check(program):
    for kind in ("message", "message_in_action", "action"):
        costs = {}
        for way in ("untyped", "typed"):
            few, many = (measure_command([program, way, kind, str(count)])[0]
                         for count in (FEW, MANY))
            costs[way] = (many - few) / (MANY - FEW)
        print(f"{kind}: {costs['untyped']:.1f} instructions untyped, {costs['typed']:.1f} typed")
        if costs["typed"] > costs["untyped"] + MOST_MORE_INSTRUCTIONS:
            yield f"a typed {kind} costs more than an untyped one"


def main():
    problems = list(check(sys.argv[1]))
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
