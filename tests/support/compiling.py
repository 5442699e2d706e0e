# SPDX-License-Identifier: Apache-2.0
"""What a compiler needs for a command: instructions, which noise cannot move, or user time."""

import os
import re
import subprocess
import sys


def instructions(command):
    """Instructions of the command and of all that it starts."""
    run = subprocess.run(["valgrind", "--tool=cachegrind", "--cache-sim=no", "--trace-children=yes",
                          f"--cachegrind-out-file={os.devnull}", *command],
                         capture_output=True, text=True, check=False)
    if run.returncode != 0:
        sys.exit(f"{' '.join(command)}: does not compile\n{run.stderr}")
    return sum(int(count.replace(",", "")) for count in re.findall(r"I +refs: +([\d,]+)", run.stderr))


def user_seconds(command):
    """User time of the command and of all that it starts."""
    process = subprocess.Popen(command)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(command)}: does not compile")
    return usage.ru_utime


def best_seconds(commands, rounds):
    """The least user time of each. Noise only ever adds, though much of it for a while: what is
    compared is measured in turn."""
    return list(map(min, zip(*([user_seconds(command) for command in commands]
                               for _ in range(rounds)))))
