#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Has logrotate rotate the log of a program that logs meanwhile, and counts lines.

    rotate.py PROGRAM create|copytruncate when_moved|signal|never|stop line|chunk|background

No line may be there twice or torn, and none may be lost, but with copytruncate those that were
written between logrotate's copy and its truncation: at most one gap for each thread and rotation.
With "stop" the program stands still meanwhile (SIGSTOP), and nothing is lost there either.
"""

import itertools
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROTATIONS = 5
LOGROTATE = shutil.which("logrotate", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")


def configuration(here, kind, how, pid):
    commands = []
    if how == "signal":
        commands = ["postrotate", f"kill -USR1 {pid}", "endscript"]
    if how == "stop":
        commands = ["prerotate", f"kill -STOP {pid}", "sleep 0.1", "endscript",
                    "postrotate", f"kill -CONT {pid}", "endscript"]
    text = "\n".join([f"{here}/run.log {{", f"rotate {2 * ROTATIONS}", kind, *commands, "}", ""])
    path = here / "logrotate.conf"
    path.write_text(text)
    path.chmod(0o644)
    return path


def rotate(here, configured):
    subprocess.run([LOGROTATE, "--force", "--state", here / "state", configured], check=True)


def run(here, program, kind, how, mode):
    """How many lines each thread has logged."""
    log, end = here / "run.log", here / "end"
    reopens = how if how == "when_moved" else "never"
    with subprocess.Popen([program, log, reopens, mode, end], stdout=subprocess.PIPE,
                          text=True) as running:
        try:
            while not log.exists() or log.stat().st_size == 0:
                time.sleep(0.01)
            configured = configuration(here, kind, how, running.pid)
            for _ in range(ROTATIONS):
                time.sleep(0.1)
                rotate(here, configured)
            time.sleep(0.1)
        finally:
            running.send_signal(signal.SIGCONT)
            end.touch()
        return [int(count) for count in running.communicate(timeout=60)[0].split()]


def numbers(logs):
    """The numbers of each thread's lines, all files together."""
    found = [[], []]
    for log in logs:
        content = log.read_bytes()
        if content and not content.endswith(b"\n"):
            sys.exit(f"{log} ends in mid-line")
        for line in content.splitlines():
            message = json.loads(line)  # a torn line, and a hole of NUL bytes, are none
            if message.get("message_type") == "line":
                found[message["thread"]].append(message["number"])
    return found


def problems(kind, how, logged, found):
    for thread, count in enumerate(logged):
        there = sorted(found[thread])
        if len(set(there)) != len(there):
            yield f"thread {thread}: {len(there) - len(set(there))} lines are there twice"
        lost = sorted(set(range(count)) - set(there))
        gaps = [list(run) for _, run in itertools.groupby(lost, lambda n, c=itertools.count(): n - next(c))]
        allowed = ROTATIONS if kind == "copytruncate" and how != "stop" else 0
        if len(gaps) > allowed:
            yield f"thread {thread}: {len(lost)} lines of {count} are lost, in {len(gaps)} gaps"


def main():
    program, kind, how, mode = sys.argv[1:]
    if LOGROTATE is None:
        print("skipped: logrotate is not installed (Debian: apt-get install logrotate)")
        return 1 if os.environ.get("ELIOT_TESTS_NO_SKIP") else 77
    with tempfile.TemporaryDirectory() as name:
        here = pathlib.Path(name)
        logged = run(here, program, kind, how, mode)
        logs = sorted(here.glob("run.log*"))
        wrong = list(problems(kind, how, logged, numbers(logs)))
        if len(logs) != ROTATIONS + 1:
            wrong.append(f"there are {len(logs)} files, not {ROTATIONS + 1}")
        if kind == "create" or how == "stop":
            sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
            from check_log import check  # pylint: disable=import-outside-toplevel
            wrong += check([str(log) for log in logs])[1][:5]
    print("\n".join(wrong + [f"{sum(logged)} lines, {len(logs)} files, {len(wrong)} problems"]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
