#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Measures `eliot tree` on logs of three shapes and two sizes.

    reading.py GENERATOR ELIOT DIRECTORY [ROUNDS]

Writes DIRECTORY/reading.json and reading.md, prints the table, and says what misses its goal (exit
status 1). Times are those of the processor, the best of all rounds, so that other work on the
machine counts little; memory is the most that was resident. eliot-tree is measured in the same run
where it is installed, else its time is the one that was measured once.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

ROUNDS = 5
SIZES = (100_000, 1_000_000)
SHAPES = {"small": "many tasks of 14 lines", "deep": "tasks 200 levels deep",
          "huge": "one task with all the lines"}
ELIOT_TREE_US = 380.0  # a line, measured once
ELIOT_TREE_LINES = 2_000

TIMES_FASTER = 100
MOST_GROWTH = 11.0
MOST_MEMORY_GROWTH = 2.0  # of logs of completed tasks, from the first size to the second


def seconds_of(command):
    """Processor seconds of a command whose output nobody reads."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: exit status {process.returncode}")
    return usage.ru_utime + usage.ru_stime


def megabytes_of(command):
    """The most that was resident, asked again and again: what wait4 says includes the parent's."""
    most = 0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            status = pathlib.Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
            if found := re.search(r"VmHWM:\s+(\d+) kB", status):
                most = max(most, int(found[1]))
            time.sleep(0.002)
    return most / 1000


def generate(generator, shape, lines, directory):
    path = directory / f"{shape}-{lines}.log"
    with path.open("wb") as file:
        subprocess.run([generator, shape, str(lines)], stdout=file, check=True)
    return path


def measure(eliot, path, lines, rounds):
    command = [eliot, "tree", path]
    seconds = [seconds_of(command) for _ in range(rounds)]
    return {"us a line": min(seconds) * 1e6 / lines, "MB": megabytes_of(command),
            "rounds": [round(each, 4) for each in seconds]}


def measure_eliot_tree(generator, directory):
    """Microseconds a line, without what it takes to start; None if it is not installed."""
    program = shutil.which("eliot-tree")
    if program is None:
        return None
    few, many = (min(seconds_of([program, generate(generator, "small", lines, directory)])
                     for _ in range(3)) for lines in (14, ELIOT_TREE_LINES))
    return (many - few) * 1e6 / (ELIOT_TREE_LINES - 14)


def measure_all(generator, eliot, directory, rounds):
    results = {}
    for shape in SHAPES:
        for lines in SIZES:
            path = generate(generator, shape, lines, directory)
            results[f"{shape} {lines}"] = measure(eliot, path, lines, rounds)
            path.unlink()
    return results


def table(results, reference):
    text = "| log | lines | µs a line | against eliot-tree | 10 times the lines | peak memory |\n"
    text += "|---|--:|--:|--:|--:|--:|\n"
    for shape, words in SHAPES.items():
        for lines in SIZES:
            found = results[f"{shape} {lines}"]
            growth = growth_of(results, shape, "us a line") * 10 if lines == SIZES[1] else None
            text += (f"| {words} | {lines:,} | {found['us a line']:.2f} "
                     f"| {reference / found['us a line']:.0f}× "
                     f"| {f'{growth:.1f}×' if growth else ''} | {found['MB']:.0f} MB |\n")
    return text.replace(",", " ")


def growth_of(results, shape, what):
    return results[f"{shape} {SIZES[1]}"][what] / results[f"{shape} {SIZES[0]}"][what]


def missed(results, reference):
    for name, found in results.items():
        if found["us a line"] * TIMES_FASTER > reference:
            yield f"{name}: not {TIMES_FASTER} times as fast as eliot-tree"
    for shape in SHAPES:
        if growth_of(results, shape, "us a line") * 10 > MOST_GROWTH:
            yield f"{shape}: time grows faster than lines"
        if shape != "huge" and growth_of(results, shape, "MB") > MOST_MEMORY_GROWTH:
            yield f"{shape}: memory grows with the log"


def main():
    generator, eliot, directory = map(pathlib.Path, sys.argv[1:4])
    rounds = int(sys.argv[4]) if len(sys.argv) > 4 else ROUNDS
    installed = measure_eliot_tree(generator, directory)
    reference = installed or ELIOT_TREE_US
    results = measure_all(generator, eliot, directory, rounds)
    (directory / "reading.json").write_text(
        json.dumps({"eliot-tree us a line": reference, "measured": installed is not None,
                    "results": results}, indent=2) + "\n", encoding="utf-8")
    text = table(results, reference)
    (directory / "reading.md").write_text(text, encoding="utf-8")
    print(text)
    print(f"eliot-tree: {reference:.0f} µs a line, " +
          ("measured now" if installed else "as measured once: it is not installed here"))
    goals = list(missed(results, reference))
    print("\n".join(goals) or "all goals are reached")
    sys.exit(1 if goals else 0)


if __name__ == "__main__":
    main()
