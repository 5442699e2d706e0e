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
    """User time of the command and of all that it starts. Noise only ever adds to it, though much
    of it for a while: measure in turn what is to be compared, and take the best of some rounds."""
    process = subprocess.Popen(command)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(command)}: does not compile")
    return usage.ru_utime
