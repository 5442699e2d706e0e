#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Checks that logs are what Eliot itself could have written, with Eliot's own parser.

    check_log.py [--incomplete N] [--embedded] LOG...

All the logs together are one stream, as when several processes write one task; a directory stands
for every *.log and stdout.txt in it. Every line must obey the wire format, every task must complete,
except N of them. With --embedded only lines that begin with { belong to the log, as in a program's
mixed output. Exit status: 0 good, 1 not, 77 when Eliot for Python is not installed (Debian:
python3-eliot).
"""

import argparse
import json
import os
import pathlib
import re
import sys
from collections import defaultdict

try:
    from eliot.parse import Parser
except ImportError:
    print("skipped: Eliot for Python is not installed (Debian: apt-get install python3-eliot)")
    sys.exit(1 if os.environ.get("ELIOT_TESTS_NO_SKIP") else 77)

UUID4 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
YEAR_10000 = 253402300800


class Broken(Exception):
    """The rest of this line cannot be judged."""


def unique_members(pairs):
    names = [name for name, _ in pairs]
    for name in names:
        if names.count(name) > 1:
            raise Broken(f"the name {name!r} stands twice in one object")
    return dict(pairs)


def no_constant(text):
    raise Broken(f"{text} is not JSON")


def decode(raw):
    if not raw.endswith(b"\n"):
        raise Broken("the line does not end with a newline")
    if raw.endswith(b"\r\n"):
        raise Broken("the line ends with a carriage return")
    try:
        line = json.loads(
            raw.decode("utf-8"), object_pairs_hook=unique_members, parse_constant=no_constant
        )
    except UnicodeDecodeError as error:
        raise Broken(f"not UTF-8: {error}") from None
    except ValueError as error:
        raise Broken(f"not JSON: {error}") from None
    if not isinstance(line, dict):
        raise Broken("not a JSON object")
    return line


def has_text(line, name):
    return isinstance(line.get(name), str)


def is_level(value):
    return (
        isinstance(value, list)
        and len(value) > 0
        and all(type(number) is int and number >= 1 for number in value)
    )


def problems_of_kind(line):
    """What is wrong with the fields that say what kind of line this is."""
    is_action, is_message = "action_type" in line, "message_type" in line
    if is_action == is_message:
        yield "exactly one of action_type and message_type must be there"
    for name in ("action_type", "message_type"):
        if name in line and not has_text(line, name):
            yield f"{name} is not a string"
    status = line.get("action_status")
    if not is_action:
        if "action_status" in line:
            yield "a message has an action_status"
        return
    if status not in ("started", "succeeded", "failed"):
        yield f"action_status is {status!r}"
    if (status == "started") != (line["task_level"][-1] == 1):
        yield f"{status} at level {line['task_level']}"
    if status == "failed":
        for name in ("exception", "reason"):
            if not has_text(line, name):
                yield f"a failed action without the string {name}"


def problems_of_line(line):
    if not has_text(line, "task_uuid"):
        raise Broken("task_uuid is missing or not a string")
    if not UUID4.fullmatch(line["task_uuid"]):
        yield f"task_uuid {line['task_uuid']!r} is not a lower-case UUID of version 4"
    if not is_level(line.get("task_level")):
        raise Broken(f"task_level is {line.get('task_level')!r}")
    timestamp = line.get("timestamp")
    if type(timestamp) not in (int, float):
        raise Broken(f"timestamp is {timestamp!r}")
    if not 0 <= timestamp < YEAR_10000:
        yield f"timestamp {timestamp!r} is no time that a calendar can show"
    yield from problems_of_kind(line)


class Action:
    """What lines say about one action: numbers given out in it, its start and end."""

    def __init__(self):
        self.numbers = set()
        self.start = None
        self.end = None

    def problems(self):
        if self.start is None:
            yield "it never started"
        if self.end is None:
            yield "it never ended"
            return
        number = self.end["task_level"][-1]
        holes = sorted(set(range(1, number)) - self.numbers)
        if holes:
            yield f"the numbers {holes} are missing"
        if max(self.numbers) > number:
            yield f"it goes on after its end at {self.end['task_level']}"
        if self.start and self.start["action_type"] != self.end["action_type"]:
            yield f"it started as {self.start['action_type']} and ended as {self.end['action_type']}"


class Log:
    def __init__(self, embedded):
        self.embedded = embedded
        self.count = 0
        self.problems = []
        self.places = {}
        self.tasks = defaultdict(lambda: defaultdict(Action))
        self.parser = Parser()

    def read(self, path):
        with open(path, "rb") as file:
            for number, raw in enumerate(file, 1):
                if self.embedded and not raw.startswith(b"{"):
                    continue
                self.count += 1
                try:
                    self.add(decode(raw), f"{path}:{number}")
                except Broken as error:
                    self.problems.append(f"{path}:{number}: {error}")

    def add(self, line, place):
        for problem in problems_of_line(line):
            self.problems.append(f"{place}: {problem}")
        identity = line["task_uuid"], tuple(line["task_level"])
        if identity in self.places:
            self.problems.append(f"{place}: the same place in the tree as {self.places[identity]}")
        self.places[identity] = place
        self.remember(line)
        try:
            _, self.parser = self.parser.add(line)
        except Exception as error:
            self.problems.append(f"{place}: eliot.parse says {type(error).__name__}: {error}")

    def remember(self, line):
        actions = self.tasks[line["task_uuid"]]
        level = tuple(line["task_level"])
        for depth in range(len(level)):
            actions[level[:depth]].numbers.add(level[depth])
        if line.get("action_status") == "started":
            actions[level[:-1]].start = line
        elif "action_type" in line:
            actions[level[:-1]].end = line

    def incomplete(self):
        """Why tasks are incomplete, by task; agreed with the real parser."""
        found = {}
        for uuid, actions in self.tasks.items():
            if list(actions) == [()] and actions[()].numbers == {1} and not actions[()].start:
                continue  # a message by itself
            lines = [
                f"task {uuid}, action at /{'/'.join(map(str, level))}: {problem}"
                for level, action in sorted(actions.items())
                for problem in action.problems()
            ]
            if lines:
                found[uuid] = lines
        for task in self.parser.incomplete_tasks():
            uuid = task.root().task_uuid
            found.setdefault(uuid, [f"task {uuid}: eliot.parse says that it is incomplete"])
        return found


def files(paths):
    for path in map(pathlib.Path, paths):
        if path.is_dir():
            yield from sorted(path.glob("*.log"))
            yield from path.glob("stdout.txt")
        else:
            yield path


def check(paths, embedded=False, incomplete=0):
    """The number of lines, and what is wrong with them, as text."""
    log = Log(embedded)
    for path in files(paths):
        log.read(path)
    if log.count == 0:
        log.problems.append("there is not one line")
    found = log.incomplete()
    if len(found) != incomplete:
        log.problems.append(f"{len(found)} incomplete tasks, expected {incomplete}")
        log.problems += [text for lines in found.values() for text in lines]
    return log.count, log.problems


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--incomplete", type=int, default=0, metavar="N")
    parser.add_argument("--embedded", action="store_true")
    parser.add_argument("logs", nargs="+", metavar="LOG")
    arguments = parser.parse_args()

    count, problems = check(arguments.logs, arguments.embedded, arguments.incomplete)
    print("\n".join(problems + [f"{count} lines, {len(problems)} problems"]))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
