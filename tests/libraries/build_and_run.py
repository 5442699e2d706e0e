#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Builds a program, a library that it is linked with, and two plugins; runs it, and says whether all
of them logged into one tree.

    build_and_run.py COMPILER shared|apart HOW [FLAG...]

HOW is comma-separated: hidden (-fvisibility=hidden), exports (the program exports its symbols),
global (plugins are loaded with RTLD_GLOBAL), attach (plugins are given the program's runtime),
alone (the program is not linked with a library that has eliot's symbols).
"""

import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
FLAGS = ["-std=c++20", "-g", "-fPIC", f"-I{REPOSITORY}/include", f"-I{HERE}"]

WORK = ["works", "typed", ["act", ["throw", "SharedError", 7], "caught"]]


def whole_log(how):
    """Of modules that share everything."""
    library = [] if "alone" in how else WORK
    return [["host", *library, *WORK, *WORK, "closed"], ["thread", *WORK], ["thread", *WORK]]


def build(here, compiler, how, flags):
    """The program's path."""
    flags = FLAGS + flags + (["-fvisibility=hidden"] if "hidden" in how else [])
    sources = ["host", "plugin", *(["alone"] if "alone" in how else [])]
    jobs = [subprocess.Popen([compiler, *flags, "-c", HERE / f"{name}.cpp", "-o", here / f"{name}.o"])
            for name in sources]
    if any([job.wait() != 0 for job in jobs]):
        sys.exit("cannot be built")
    for library, source in ("liblibrary", sources[-1]), ("plugin1", "plugin"), ("plugin2", "plugin"):
        subprocess.run([compiler, "-shared", here / f"{source}.o", "-o", here / f"{library}.so"],
                       check=True)
    program = here / "host"
    subprocess.run([compiler, *(["-rdynamic"] if "exports" in how else []), here / "host.o",
                    "-o", program, f"-L{here}", "-llibrary", "-ldl", "-pthread",
                    f"-Wl,-rpath,{here}"], check=True)
    return program


def run(here, program, how):
    """What it printed, and the lines of its log."""
    command = [program, here / "run.log"]
    for i in (1, 2):
        command += [here / f"plugin{i}.so", "global" if "global" in how else "local",
                    "attach" if "attach" in how else "alone"]
    printed = subprocess.run(command, check=True, timeout=60, capture_output=True, text=True).stdout
    return printed, [json.loads(line) for line in (here / "run.log").read_text().splitlines()]


def nested(lines):
    """Types as a tree: an action is a list that begins with its type."""
    tasks = {}
    for line in lines:
        tasks.setdefault(line["task_uuid"], []).append(line)
    return [subtree(task, []) for task in tasks.values()]


def subtree(task, level):
    node = []
    inner = {}
    for line in task:
        place = line["task_level"]
        if place[:len(level)] != level:
            continue
        if len(place) > len(level) + 1:
            inner.setdefault(place[len(level)], []).append(line)
            if len(inner[place[len(level)]]) == 1:
                node.append((place[len(level)], None))
            continue
        if "message_type" in line:
            node.append((place[-1], line["message_type"]))
        elif line["action_status"] == "started":
            node.append((place[-1], line["action_type"]))
        elif line["action_status"] == "failed":
            node += [(place[-1], line["exception"]), (place[-1] + 0.5, line.get("code"))]
    node.sort(key=lambda pair: pair[0])
    return [name if name is not None else subtree(inner[number], level + [number])
            for number, name in node]


def main():
    compiler, expected, how, *flags = sys.argv[1:]
    with tempfile.TemporaryDirectory() as name:
        here = pathlib.Path(name)
        how = how.split(",")
        printed, lines = run(here, build(here, compiler, how, flags), how)
        sys.path.insert(0, str(REPOSITORY / "tests/support"))
        from check_log import check  # pylint: disable=import-outside-toplevel
        _, problems = check([str(here / "run.log")])
    found = nested(lines)
    is_shared = sorted(map(json.dumps, found)) == sorted(map(json.dumps, whole_log(how)))
    if is_shared != (expected == "shared"):
        problems.append(f"expected to be {expected}: {json.dumps(found, indent=1)}")
    if is_shared and "closed" not in printed:
        problems.append(f"a plugin that was closed heard only: {printed}")
    print("\n".join(problems + [f"{len(lines)} lines, {len(problems)} problems"]))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
