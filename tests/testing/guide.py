#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Compiles the first whole program of a chapter of the guide, as it stands there, and runs it.

    guide.py CHAPTER CXX DIRECTORIES

DIRECTORIES, separated by colons, are those of the headers. The program must end well and say last
that it passed.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

BLOCK = re.compile(r"^```cpp\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def main():
    chapter, compiler, directories = sys.argv[1:]
    text = pathlib.Path(chapter).read_text(encoding="utf-8")
    programs = [block for block in BLOCK.findall(text) if "int main(" in block]
    if not programs:
        sys.exit(f"{chapter} holds no whole program")
    with tempfile.TemporaryDirectory() as directory:
        source, program = f"{directory}/program.cpp", f"{directory}/program"
        pathlib.Path(source).write_text(programs[0], encoding="utf-8")
        includes = [f"-I{name}" for name in directories.split(":") if name]
        subprocess.run([compiler, "-std=c++20", *includes, source, "-o", program, "-pthread"],
                       check=True)
        done = subprocess.run([program], capture_output=True, text=True, check=False)
    print(done.stdout, done.stderr)
    if done.returncode != 0 or not done.stdout.endswith("passed\n"):
        sys.exit(f"exit status {done.returncode}, or it does not say that it passed")


if __name__ == "__main__":
    main()
