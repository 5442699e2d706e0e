#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Checks that check_log.py sees what is wrong with a log."""

import json
import pathlib
import sys
import tempfile

import check_log

UUID = "5c87f5fb-c8d7-4deb-9e31-ecca93436d73"


def line(level, **fields):
    return {"task_uuid": UUID, "task_level": level, "timestamp": 1.5, **fields}


def start(*level):
    return line([*level, 1], action_type="a", action_status="started")


def end(*level, **fields):
    return line([*level], **{"action_type": "a", "action_status": "succeeded", **fields})


def message(*level, **fields):
    return line([*level], message_type="m", **fields)


GOOD = [start(), message(2), start(3), end(3, 2), end(4)]
# What the checker must say, and about which log.
BAD = {
    "does not end with a newline": '{"x": 1}',
    "carriage return": json.dumps(message(1)) + "\r\n",
    "not JSON": "hello\n",
    "not UTF-8": b'{"x": "\xff"}\n',
    "not a JSON object": "[1]\n",
    "NaN is not JSON": '{"x": NaN}\n',
    "'x' stands twice": '{"x": 1, "x": 2}\n',
    "there is not one line": "",
    "task_uuid is missing": [{"task_level": [1]}],
    "not a lower-case UUID": [dict(message(1), task_uuid=UUID.upper())],
    "task_level is [0]": [message(0)],
    "timestamp is None": [dict(message(1), timestamp=None)],
    "no time that a calendar": [dict(message(1), timestamp=1e12)],
    "exactly one of": [message(1, action_type="a")],
    "message_type is not a string": [dict(message(1), message_type=1)],
    "a message has an action_status": [message(1, action_status="started")],
    "action_status is 'done'": [start(), end(2, action_status="done")],
    "succeeded at level [1]": [end(1)],
    "without the string reason": [start(), end(2, action_status="failed", exception="E")],
    "the same place in the tree": [start(), message(2), message(2), end(3)],
    "it never started": [message(2), end(3)],
    "it never ended": [start(), message(2)],
    "action at /2: it never ended": [start(), start(2), end(3)],
    "the numbers [3] are missing": [start(), message(2), end(4)],
    "it goes on after its end": [start(), end(2), message(3)],
    "it started as a and ended as b": [start(), end(2, action_type="b")],
    "eliot.parse says WrongActionType": [start(), end(2, action_type="b")],
}


def problems_of(directory, log, **options):
    path = directory / "it.log"
    if isinstance(log, list):
        log = "".join(json.dumps(line) + "\n" for line in log)
    path.write_bytes(log.encode() if isinstance(log, str) else log)
    return check_log.check([path], **options)[1]


def main():
    failures = []
    with tempfile.TemporaryDirectory() as name:
        directory = pathlib.Path(name)
        for problem in problems_of(directory, GOOD):
            failures.append(f"a good log is refused: {problem}")
        for expected, log in BAD.items():
            problems = problems_of(directory, log)
            if not any(expected in problem for problem in problems):
                failures.append(f"expected {expected!r}, got {problems}")
        if problems_of(directory, GOOD[:2], incomplete=1):
            failures.append("an incomplete task that is expected is refused")
        if not problems_of(directory, GOOD, incomplete=1):
            failures.append("a missing incomplete task is not seen")
        if problems_of(directory, "hello\n" + json.dumps(message(1)) + "\n", embedded=True):
            failures.append("other text beside an embedded log is refused")
    print("\n".join(failures + [f"{len(BAD)} bad logs, {len(failures)} failures"]))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
