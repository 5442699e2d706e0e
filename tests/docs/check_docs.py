#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Checks that what the documentation shows is code that is tested and output that was printed.

    check_docs.py REPOSITORY

Every fenced block of README.md and the guide must stand, line by line, in one file:

    cpp, c++              a source file under examples/ or tests/
    cmake, python         one under examples/, tests/ or cmake/
    text, console, json   a golden file, tests/golden/; ids and times may differ
    sh                    each line by itself in any script or CMake file
    mermaid               is a picture, and not checked

The whole block may be indented more, or less, than in the file. A line that holds only … (in a
comment, for code) stands for lines left out. A table below <!-- from FILE --> has only rows of that
file.
"""

import pathlib
import re
import sys
import textwrap

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import run_example  # noqa: E402  pylint: disable=wrong-import-position

CODE = {"cpp": ("*.cpp", "*.hpp"), "c++": ("*.cpp", "*.hpp"),
        "cmake": ("CMakeLists.txt", "*.cmake"), "python": ("*.py",)}
OUTPUT = {"text", "console", "json"}
FENCE = re.compile(r"^( *)(```+)(.*)$")
ORIGIN = re.compile(r"^<!-- from (\S+) -->$")
LEFT_OUT = re.compile(r"^\s*(//|#)?\s*…\s*$")


class Block:
    def __init__(self, path, number, language):
        self.path, self.number, self.language = path, number, language
        self.lines = []

    def parts(self):
        """The lines, split where some are left out."""
        parts = [[]]
        for line in self.lines:
            if LEFT_OUT.match(line):
                parts.append([])
            else:
                parts[-1].append(line)
        return [part for part in parts if part]

    def __str__(self):
        return f"{self.path}:{self.number}"


def blocks(path):
    block, fence = None, None
    for number, line in enumerate(path.read_text().splitlines(), 1):
        match = FENCE.match(line)
        if block is None and match:
            block, fence = Block(path, number, match[3].strip()), match
        elif match and match[2] == fence[2] and not match[3].strip():
            yield block
            block = None
        elif block is not None:
            block.lines.append(line.removeprefix(fence[1]))
    if block is not None:
        sys.exit(f"{block}: the block does not end")


def copied_rows(path):
    """The rows of tables that come from another document, each with that document."""
    origin, head = None, 0
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if ORIGIN.match(line):
            origin, head = ORIGIN.match(line)[1], 0
        elif line.startswith("|") and origin:
            head += 1
            if head > 2:
                yield number, line, origin
        elif line:
            origin = None


def masked(line):
    """Without what differs from run to run, in a block as in a golden file."""
    line = re.sub(r"<task \d+>", "<task>", run_example.UUID.sub("<task>", line))
    for pattern, replacement in run_example.MASKS:
        line = pattern.sub(replacement, line)
    return line.rstrip()


def dedented(lines):
    return textwrap.dedent("\n".join(lines)).splitlines()


def find_part(part, lines, begin):
    """Where `part` ends in `lines`, from `begin` on; None if it is not there."""
    wanted = dedented(part)
    for at in range(begin, len(lines) - len(part) + 1):
        if lines[at].strip() == part[0].strip() and dedented(lines[at:at + len(part)]) == wanted:
            return at + len(part)
    return None


def stands_in(parts, lines):
    at = 0
    for part in parts:
        at = find_part(part, lines, at)
        if at is None:
            return False
    return True


class Repository:
    def __init__(self, root):
        self.root = root
        self.known = {}

    def lines(self, path):
        if path not in self.known:
            self.known[path] = [line.rstrip() for line in path.read_text().splitlines()]
        return self.known[path]

    def files(self, directories, patterns):
        for directory in directories:
            for pattern in patterns:
                yield from sorted((self.root / directory).rglob(pattern))

    def has(self, block):
        if block.language == "sh":
            return all(self.has_command(line) for line in block.lines if line.strip())
        if block.language in OUTPUT:
            parts = [[masked(line) for line in part] for part in block.parts()]
            return any(stands_in(parts, [masked(line) for line in self.lines(path)])
                       for path in self.files(["tests/golden"], ["*.txt"]))
        places = ["examples", "tests"] + (["cmake"] if block.language == "cmake" else [])
        return any(stands_in(block.parts(), self.lines(path))
                   for path in self.files(places, CODE[block.language]))

    def has_command(self, line):
        command = re.sub(r"\s+#.*$", "", line).strip()
        return not command or any(
            command in text
            for path in [self.root / ".ci/run", *self.files(
                ["examples", "tests", "cmake"], ["*.sh", "*.cmake", "CMakeLists.txt", "*.py"])]
            for text in self.lines(path))

    def problem(self, block):
        if block.language == "mermaid":
            return None
        if block.language not in {*CODE, *OUTPUT, "sh"}:
            return f"a block of {block.language or 'no language'}; see check_docs.py for what may be"
        if not block.parts():
            return "an empty block"
        if not self.has(block):
            return f"this {block.language} block is not what a tested file says"
        return None


def main():
    repository = Repository(pathlib.Path(sys.argv[1]).resolve())
    documents = [repository.root / "README.md",
                 *sorted((repository.root / "examples/guide").glob("*.md"))]
    count = 0
    problems = []
    for document in documents:
        for block in blocks(document):
            count += 1
            problem = repository.problem(block)
            if problem:
                problems.append(f"{block}: {problem}:\n" + textwrap.indent("\n".join(block.lines), "    "))
        for number, row, origin in copied_rows(document):
            if row not in repository.lines(repository.root / origin):
                problems.append(f"{document}:{number}: this row is not one of {origin}: {row}")
    print("\n".join(problems + [f"{count} blocks, {len(problems)} problems"]))
    return 1 if problems or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
