#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the benchmark of logging and tells the results.

    report.py PROGRAM DIRECTORY [ROUNDS]

Writes DIRECTORY/benchmark.json (every round), benchmark.md (the tables) and benchmark.svg (the
chart), and prints the tables. Ratios are formed round by round, then the median is taken.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile

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
    ("chunk against Python's Eliot", "eliot chunk", "Eliot for Python", FILE, 0.01),
    ("line against spdlog flushing every line", "eliot line", "spdlog, flush a line", FILE, 0.75),
    ("line against a bare write(2)", "eliot line", "write(2) a line", FILE, 2.0),
    ("background against spdlog async", "eliot background", "spdlog async", FILE, 0.25),
]
PLAIN_RATIOS = [
    ("depth 64 against depth 1", "message at depth 64", "message at depth 1", 1.25),
    ("16 ints against 1", "message, 16 ints", "message, 1 int", 2.0),
    ("2 threads against 1, a line", "message, 2 threads", "message, 1 int", None),
]
BARS = ["limit", "eliot chunk", "eliot background", "eliot line", "spdlog", "spdlog async",
        "spdlog, flush a line", "Boost.Log", "nlohmann object", "Eliot for Python"]


def measure_python(rounds):
    """Nanoseconds a line of the real Eliot; empty if it is not installed."""
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "pizza.py")
    results = []
    for _ in range(rounds):
        with tempfile.NamedTemporaryFile() as file:
            run = subprocess.run([PYTHON, script, file.name, "100"], capture_output=True, text=True)
            if run.returncode != 0:
                return []
            results.append(float(run.stdout))
    return results


def measure(program, directory, rounds):
    run = subprocess.run([program, str(rounds), directory], check=True, capture_output=True, text=True)
    results = json.loads(run.stdout)
    if python := measure_python(rounds):
        results[f"Eliot for Python | {FILE}"] = python
    return results


def ratio(results, ours, other):
    if ours not in results or other not in results:
        return None
    return statistics.median(a / b for a, b in zip(results[ours], results[other]))


def tables(results):
    yield "| nanoseconds a line | median | least | most |\n|---|---|---|---|"
    for name, rounds in results.items():
        yield (f"| {name.replace('|', 'to')} | {statistics.median(rounds):.1f} | {min(rounds):.1f} "
               f"| {max(rounds):.1f} |")
    yield "\n| ratio | to | reached | goal |\n|---|---|---|---|"
    rows = [(what, f"{a} | {where}", f"{b} | {where}", where, goal) for what, a, b, where, goal in RATIOS]
    rows += [(what, a, b, "", goal) for what, a, b, goal in PLAIN_RATIOS]
    for what, ours, other, where, goal in rows:
        reached = ratio(results, ours, other)
        if reached is not None:
            text = f"≤ {goal}" if goal is not None else "–"
            yield f"| {what} | {where} | {reached:.4g} | {text} |"
    first, second = results[f"eliot chunk | {NULL}"], results[f"eliot chunk, 2 files | {NULL}"]
    more = statistics.median(b / a - 1 for a, b in zip(first, second))
    yield f"| a second file against the first | {NULL} | {more:.4g} | ≤ 0.5 |"
    for what, goal in (("message", 2), ("action", 5)):
        over = statistics.median(a - b for a, b in zip(results[f"nobody listens: {what}"],
                                                       results["empty loop"]))
        yield f"| nobody listens: {what}, over an empty loop | | {max(over, 0):.2f} ns | ≤ {goal} ns |"


def chart(results):
    """Horizontal bars on a logarithmic scale, of the file."""
    bars = [(name, statistics.median(results[f"{name} | {FILE}"])) for name in BARS
            if f"{name} | {FILE}" in results]
    height, left, width = 26, 190, 520
    import math
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


def main():
    program, directory = sys.argv[1:3]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else ROUNDS
    results = measure(program, directory, rounds)
    with open(os.path.join(directory, "benchmark.json"), "w", encoding="utf-8") as file:
        json.dump(results, file, indent=1)
    text = "\n".join(tables(results)) + "\n"
    with open(os.path.join(directory, "benchmark.md"), "w", encoding="utf-8") as file:
        file.write(text)
    with open(os.path.join(directory, "benchmark.svg"), "w", encoding="utf-8") as file:
        file.write("\n".join(chart(results)) + "\n")
    print(text)


if __name__ == "__main__":
    main()
