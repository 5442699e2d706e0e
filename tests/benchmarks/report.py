#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the benchmark of logging and tells the results.

    report.py BUILD [--rounds N] [--compiler C++ --include DIRECTORY]

BUILD is CMake's directory; in it stand afterwards benchmark.json (every round), benchmark.md (the
tables) and benchmark.svg (the chart). Ratios are formed round by round, then the median is taken.
With a compiler it also counts what noise cannot move, as the tests in tests/cost and tests/compile
do: instructions, allocations, bytes, and the time to compile.
"""

import argparse
import json
import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path += [os.path.join(TESTS, directory) for directory in ("support", "cost", "compile")]

import compiling
import instructions
import size
import types_compiled
import weight

ROUNDS = 9
PYTHON = "/usr/bin/python3"  # Debian's python3-eliot belongs to this one
NULL, FILE = "/dev/null", "file"

# What is compared with what, and the goal.
RATIOS = [
    ("chunk against spdlog", "eliot chunk", "spdlog", NULL, 0.25),
    ("chunk against spdlog", "eliot chunk", "spdlog", FILE, 0.40),
    ("chunk against the hand-built limit", "eliot chunk", "limit", NULL, 2.0),
    ("chunk against an nlohmann object a line", "eliot chunk", "nlohmann object", NULL, 0.06),
    ("chunk against Boost.Log", "eliot chunk", "Boost.Log", FILE, None),
    ("chunk against glog", "eliot chunk", "glog", FILE, None),
    ("chunk against Python's Eliot", "eliot chunk", "Eliot for Python", NULL, 0.01),
    ("chunk against Python's Eliot", "eliot chunk", "Eliot for Python", FILE, 0.01),
    ("line against spdlog flushing every line", "eliot line", "spdlog, flush a line", FILE, 0.75),
    ("line against a bare write(2)", "eliot line", "write(2) a line", FILE, 2.0),
    ("background against spdlog async", "eliot background", "spdlog async", FILE, 0.25),
]
PLAIN_RATIOS = [
    ("caller's time for a message (p50), chunk against spdlog", "caller's p50 | eliot chunk",
     "caller's p50 | spdlog", 0.2),
    ("depth 64 against depth 1", "message at depth 64", "message at depth 1", 1.25),
    ("16 ints against 1, of messages that are tasks of their own", "message, 16 ints",
     "message, 1 int", 2.0),
    ("16 ints against 1, of messages in an action", "message in an action, 16 ints",
     "message in an action, 1 int", 2.0),
    ("2 threads against 1, a line", "message, 2 threads", "message, 1 int", None),
]
WORKLOADS = {"pizza": "the standard work", "depth": "actions 16 deep",
             "success_fields": "four success fields", "two_files": "two files"}
MOST_INSTRUCTIONS = 450
MOST_TIMES_STRING = {"g++": 2.7, "clang": 2.5}
ROUNDS_OF_COMPILING = 5
BARS = ["limit", "eliot chunk", "eliot background", "eliot line", "spdlog", "spdlog async",
        "spdlog, flush a line", "glog", "Boost.Log", "nlohmann object", "Eliot for Python"]


def measure_python(rounds, path):
    """Nanoseconds a line of the real Eliot; empty if it is not installed."""
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "pizza.py")
    runs = [subprocess.run([PYTHON, script, path, "10"], capture_output=True, text=True)
            for _ in range(rounds)]
    return [] if any(run.returncode for run in runs) else [float(run.stdout) for run in runs]


def measure(program, directory, rounds):
    run = subprocess.run([program, str(rounds), directory], check=True, capture_output=True, text=True)
    results = json.loads(run.stdout)
    with tempfile.NamedTemporaryFile(dir=directory) as file:
        for where, path in ((NULL, NULL), (FILE, file.name)):
            if python := measure_python(rounds, path):
                results[f"Eliot for Python | {where}"] = python
    return results


def ratio(results, ours, other):
    """None if a peer is not installed."""
    if ours not in results or other not in results:
        return None
    return statistics.median(a / b for a, b in zip(results[ours], results[other]))


def row(what, where, reached, goal, unit=""):
    if goal is None:
        return f"| {what} | {where} | {reached:.4g}{unit} | – | |"
    verdict = "met" if reached <= goal else "**missed**"
    return f"| {what} | {where} | {reached:.4g}{unit} | ≤ {goal}{unit} | {verdict} |"


def figures(results):
    yield "| nanoseconds a line | median | least | most |\n|---|---|---|---|"
    for name, rounds in results.items():
        if not name.startswith("caller's"):
            yield (f"| {name.replace('|', 'to')} | {statistics.median(rounds):.1f} "
                   f"| {min(rounds):.1f} | {max(rounds):.1f} |")


def latencies(results):
    yield "\n| nanoseconds until one call is back, to a file | p50 | p99 | p99.9 |\n|---|---|---|---|"
    for name in [name.split(" | ")[1] for name in results if name.startswith("caller's p50")]:
        medians = [statistics.median(results[f"caller's {percentile} | {name}"])
                   for percentile in ("p50", "p99", "p99.9")]
        yield f"| {name} | " + " | ".join(f"{median:,.0f}" for median in medians) + " |"


def goals(results):
    yield "\n| goal | to | reached | at most | |\n|---|---|---|---|---|"
    rows = [(what, f"{a} | {where}", f"{b} | {where}", where, goal) for what, a, b, where, goal in RATIOS]
    rows += [(what, a, b, "", goal) for what, a, b, goal in PLAIN_RATIOS]
    for what, ours, other, where, goal in rows:
        reached = ratio(results, ours, other)
        yield (row(what, where, reached, goal) if reached is not None
               else f"| {what} | {where} | not installed | | |")
    first, second = results[f"eliot chunk | {NULL}"], results[f"eliot chunk, 2 files | {NULL}"]
    more = statistics.median(b / a - 1 for a, b in zip(first, second))
    yield row("a second file against the first", NULL, more, 0.5)
    for what, goal in (("message", 2), ("action", 5)):
        over = statistics.median(a - b for a, b in zip(results[f"nobody listens: {what}"],
                                                       results["empty loop"]))
        yield row(f"nobody listens: {what}, over an empty loop", "", max(over, 0), goal, " ns")


def counted_goals(program):
    """Instructions and allocations; nothing without valgrind."""
    if not shutil.which("valgrind"):
        yield "| instructions and allocations a line | | valgrind is not installed | | |"
        return
    for workload, what in WORKLOADS.items():
        few, many = (instructions.measure(program, workload, lines)
                     for lines in (instructions.FEW, instructions.MANY))
        count, allocations, locks = ((b - a) / (instructions.MANY - instructions.FEW)
                                     for a, b in zip(few, many))
        yield row(f"instructions a line: {what}", NULL, round(count), MOST_INSTRUCTIONS)
        yield row(f"allocations a line: {what}", NULL, allocations, 0)
        yield row(f"locks a line: {what}", NULL, locks, instructions.LOCKS_A_LINE)


def compiled_goals(compiler, include):
    """What including the header costs, one more statement that logs, and one more message type."""
    with tempfile.TemporaryDirectory() as directory:
        header = weight.Compiler(compiler, include, directory)
        ours, least = compiling.best_seconds(
            [header.compilation(name) for name in ("eliot/eliot.hpp", "string")],
            ROUNDS_OF_COMPILING)
        yield row("time to compile <eliot/eliot.hpp>, against <string>", header.kind, ours / least,
                  MOST_TIMES_STRING[header.kind])
        for statement, limit in size.LIMITS.items():
            few, many = ([size.compile_once(compiler, include, directory, statement, count)
                          for _ in range(ROUNDS_OF_COMPILING)] for count in (size.FEW, size.MANY))
            more = size.MANY - size.FEW
            yield row(f"bytes of code, one more {statement}", header.kind,
                      (many[0][1] - few[0][1]) / more, limit)
            yield row(f"time to compile one more {statement}", header.kind,
                      (min(many)[0] - min(few)[0]) / more * 1000, 10, " ms")
        untyped, typed = compiling.best_seconds(
            [*types_compiled.compilations(compiler, include, directory, "own")],
            ROUNDS_OF_COMPILING)
        yield row("time to compile 100 message types, against the lines untyped", header.kind,
                  typed / untyped, types_compiled.MOST_TIMES_THE_WORK)
        yield row("time to compile one more message type", header.kind,
                  (typed - untyped) / types_compiled.TYPES * 1000, 10, " ms")


def chart(results):
    """Horizontal bars on a logarithmic scale, of the file."""
    bars = [(name, statistics.median(results[f"{name} | {FILE}"])) for name in BARS
            if f"{name} | {FILE}" in results]
    height, left, width = 26, 190, 520
    low = math.log10(min(value for _, value in bars) / 2)
    high = math.log10(max(value for _, value in bars))
    yield (f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + width + 90}" '
           f'height="{height * len(bars) + 40}" font-family="sans-serif" font-size="13">')
    yield '<rect width="100%" height="100%" fill="white"/>'
    yield '<text x="10" y="20" font-weight="bold">Nanoseconds a line of 180 bytes, to a file (logarithmic)</text>'
    for i, (name, value) in enumerate(bars):
        y = 34 + i * height
        size = (math.log10(value) - low) / (high - low) * width
        color = "#2a7f62" if name.startswith("eliot") else "#999999"
        yield f'<text x="{left - 8}" y="{y + 16}" text-anchor="end">{name}</text>'
        yield f'<rect x="{left}" y="{y + 3}" width="{size:.0f}" height="{height - 8}" fill="{color}"/>'
        yield f'<text x="{left + size + 6:.0f}" y="{y + 16}">{value:,.0f}</text>'
    yield "</svg>"


def arguments():
    parser = argparse.ArgumentParser(description="Runs the benchmark of logging.")
    parser.add_argument("build")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--compiler")
    parser.add_argument("--include")
    return parser.parse_args()


def write(directory, name, text):
    with open(os.path.join(directory, name), "w", encoding="utf-8") as file:
        file.write(text)


def main():
    given = arguments()
    programs = os.path.join(given.build, "tests", "benchmarks")
    results = measure(os.path.join(programs, "benchmark-logging"), given.build, given.rounds)
    lines = [*figures(results), *latencies(results), *goals(results)]
    if given.compiler:
        lines += counted_goals(os.path.join(programs, "benchmark-lines"))
        lines += compiled_goals(given.compiler, given.include)
    text = "\n".join(lines) + "\n"
    write(given.build, "benchmark.json", json.dumps(results, indent=1))
    write(given.build, "benchmark.md", text)
    write(given.build, "benchmark.svg", "\n".join(chart(results)) + "\n")
    print(text)


if __name__ == "__main__":
    main()
