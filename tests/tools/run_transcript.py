#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the commands of a transcript and compares what they write.

    run_transcript.py TRANSCRIPT PATH DIRECTORY

A line that begins with `$ ` is a command for the shell; what follows is its standard output and
error, and `[exit status N]` if that is not 0. The commands run in DIRECTORY with the directories of
PATH before those of the environment; $TEMPORARY is an empty one. With ELIOT_UPDATE_GOLDEN in the
environment the transcript is written anew instead.
"""

import difflib
import os
import pathlib
import subprocess
import sys
import tempfile


def run(command, path, directory):
    with tempfile.TemporaryDirectory() as temporary:
        environment = {"PATH": f"{path}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8", "TZ": "UTC",
                       "TEMPORARY": temporary}
        return output_of(command, environment, directory).replace(temporary, "$TEMPORARY")


def output_of(command, environment, directory):
    done = subprocess.run(["sh", "-c", command], cwd=directory, env=environment, check=False,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    text = done.stdout.decode(errors="replace")
    if text and not text.endswith("\n"):
        text += "\n"
    return text + (f"[exit status {done.returncode}]\n" if done.returncode else "")


def main():
    transcript, path, directory = pathlib.Path(sys.argv[1]), *sys.argv[2:]
    expected = transcript.read_text(encoding="utf-8")
    commands = [line[2:] for line in expected.splitlines() if line.startswith("$ ")]
    if not commands:
        sys.exit(f"{transcript}: no commands")
    found = "\n".join(f"$ {command}\n" + run(command, path, directory)
                      for command in commands)
    if "ELIOT_UPDATE_GOLDEN" in os.environ:
        transcript.write_text(found, encoding="utf-8")
    elif found != expected:
        sys.stdout.writelines(difflib.unified_diff(
            expected.splitlines(keepends=True), found.splitlines(keepends=True),
            str(transcript), "now"))
        sys.exit("The output is another one. If it is right: ELIOT_UPDATE_GOLDEN=1 ctest -R tools")


if __name__ == "__main__":
    main()
