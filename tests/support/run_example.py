#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Runs an example and compares what it wrote with a golden file.

    run_example.py --golden tests/golden/NAME --work DIRECTORY --programs DIRECTORY COMMAND...

The command runs in an empty directory, with the programs' directory on the PATH. Compared are its
standard output and then every *.log that it left, under a line with the file's name. NAME.txt is
compared as it is; where threads decide on the order of lines, the file is NAME.sorted.txt and
holds them sorted. With ELIOT_UPDATE_GOLDEN in the environment the golden file is written instead.
"""

import argparse
import difflib
import os
import pathlib
import re
import shutil
import subprocess
import sys

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
MASKS = [
    (re.compile(r'("timestamp": ?)[0-9.]+'), r"\1<time>"),
    (re.compile(r'("(duration|elapsed|seconds|pid|thread_id)": ?)[-+0-9.e]+'), r"\1<number>"),
    (re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?Z?"), "<time>"),
    (re.compile(r"(?<![\w.])\d+(\.\d+)? ?(ns|us|µs|ms|s)\b"), "<duration>"),
    (re.compile(r"0x[0-9a-f]+"), "<address>"),
]


def run(command, work, programs):
    """What the command wrote, as text."""
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    environment = dict(os.environ, PATH=f"{programs}:{os.environ['PATH']}")
    done = subprocess.run(command, cwd=work, env=environment, capture_output=True, check=False)
    (work / "stdout.txt").write_bytes(done.stdout)
    if done.returncode != 0:
        sys.exit(f"{command}: exit status {done.returncode}\n{done.stderr.decode()}")
    text = done.stdout.decode()
    for log in sorted(work.glob("*.log")):
        text += f"== {log.name} ==\n{log.read_text()}"
    return text


def mask(text, work, is_sorted):
    """The text without what differs from run to run; tasks keep a number by order of appearance,
    unless that order is not the example's to choose."""
    text = text.replace(str(work), "<here>").replace(str(REPOSITORY), "<source>")
    for number, uuid in enumerate(dict.fromkeys(UUID.findall(text)), 1):
        text = text.replace(uuid, "<task>" if is_sorted else f"<task {number}>")
    for pattern, replacement in MASKS:
        text = pattern.sub(replacement, text)
    return "".join(sorted(text.splitlines(keepends=True))) if is_sorted else text


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--golden", type=pathlib.Path, required=True)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--programs", type=pathlib.Path, required=True)
    parser.add_argument("command", nargs=argparse.REMAINDER)
    arguments = parser.parse_args()

    golden = arguments.golden.with_name(arguments.golden.name + ".sorted.txt")
    is_sorted = golden.exists()
    if not is_sorted:
        golden = arguments.golden.with_name(arguments.golden.name + ".txt")
    actual = mask(run(arguments.command, arguments.work, arguments.programs), arguments.work,
                  is_sorted)
    if "ELIOT_UPDATE_GOLDEN" in os.environ:
        golden.write_text(actual)
    expected = golden.read_text() if golden.exists() else ""
    if actual != expected:
        sys.stdout.writelines(difflib.unified_diff(
            expected.splitlines(keepends=True), actual.splitlines(keepends=True),
            str(golden), "this run"))
        sys.exit("The output is another one. If it is right: ELIOT_UPDATE_GOLDEN=1 ctest -R examples")


if __name__ == "__main__":
    main()
