#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Builds a program without warnings, runs it, and checks the log that it writes.

    build_and_run.py SOURCE COMPILER FLAG...
"""

import pathlib
import subprocess
import sys
import tempfile

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wsign-conversion", "-Wshadow",
            "-Wold-style-cast", "-Werror"]


def main():
    source, compiler, *flags = sys.argv[1:]
    with tempfile.TemporaryDirectory() as here:
        program = f"{here}/program"
        subprocess.run([compiler, "-std=c++20", f"-I{REPOSITORY}/include", *WARNINGS, *flags, source,
                        "-o", program], check=True)
        subprocess.run([program, f"{here}/run.log"], check=True, timeout=60)
        sys.path.insert(0, str(REPOSITORY / "tests/support"))
        from check_log import check  # pylint: disable=import-outside-toplevel
        count, problems = check([f"{here}/run.log"])
    print("\n".join(problems + [f"{count} lines, {len(problems)} problems"]))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
