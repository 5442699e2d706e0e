#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Builds the sample for Catch2 with version 3 and runs it, where it passes and where it fails.

    catch2_3.py WORK GOLDEN CXX [COMPILER_LAUNCHER]

Version 3 is the installed one, else Debian's source of it from a newer release, got by apt-get into
WORK, else what GitHub has. Where none can be had, the test is skipped (exit status 77).
"""

import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
RELEASE = f"deb-src [signed-by={KEYRING}] http://deb.debian.org/debian trixie main\n"
GITHUB = "https://github.com/catchorg/Catch2.git"


def run(*command, cwd=None, timeout=None):
    """Whether it worked, and what it printed."""
    try:
        done = subprocess.run(list(map(str, command)), cwd=cwd, timeout=timeout, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    except (OSError, subprocess.TimeoutExpired) as error:
        return False, f"{error}\n"
    return done.returncode == 0, done.stdout.decode(errors="replace")


def from_debian(work):
    """Catch2's directory, by apt-get with lists of its own."""
    (work / "lists/partial").mkdir(parents=True, exist_ok=True)
    (work / "sources.list").write_text(RELEASE, encoding="utf-8")
    options = [f"-oDir::Etc::sourcelist={work}/sources.list", "-oDir::Etc::sourceparts=-",
               f"-oDir::State::lists={work}/lists", "-oDir::Cache::pkgcache=",
               "-oDir::Cache::srcpkgcache=", "-oDebug::NoLocking=1"]
    right, text = run("apt-get", *options, "update", timeout=120)
    if right:
        right, text = run("apt-get", *options, "source", "--download-only", "--tar-only",
                          "catch2", cwd=work, timeout=120)
    archive = next(work.glob("catch2_3*.orig.tar.*"), None)
    if not right or archive is None:
        return None, text
    source = work / "source"
    source.mkdir(exist_ok=True)
    right, text = run("tar", "-xf", archive, "-C", source, "--strip-components=1")
    return source if right else None, text


def from_github(work):
    source = work / "source"
    shutil.rmtree(source, ignore_errors=True)
    right, text = run("git", "clone", "--quiet", "--depth=1", "--branch=v3.7.1", GITHUB, source,
                      timeout=60)
    return source if right else None, text


def configure(work, cxx, launcher, source):
    return run("cmake", "-S", HERE / "catch2_3", "-B", work / "build",
               f"-DCMAKE_CXX_COMPILER={cxx}", f"-DCMAKE_CXX_COMPILER_LAUNCHER={launcher}",
               f"-DCATCH2_SOURCE={source or ''}")


def prepare(work, cxx, launcher):
    """Configures with the first Catch2 3 that can be had; false if there is none."""
    source = work / "source"
    right, text = configure(work, cxx, launcher, source)
    for fetch in (from_debian, from_github):
        if right:
            break
        source, words = fetch(work)
        text += words
        if source:
            right, text = configure(work, cxx, launcher, source)
    if not right:
        print(text)
    return right


def main():
    work, golden = pathlib.Path(sys.argv[1]), sys.argv[2]
    work.mkdir(parents=True, exist_ok=True)
    launcher = "".join(sys.argv[4:])
    if not prepare(work, sys.argv[3], launcher):
        print("skipped: Catch2 3 is not installed, and neither Debian nor GitHub has it for us")
        sys.exit(77)
    right, text = run("cmake", "--build", work / "build", "--parallel", 2)
    if not right:
        sys.exit(text)
    sample = work / "build/sample-catch2-3"
    right, text = run(sample, "~[fails]", "--order", "rand")
    print(text)
    right_too = subprocess.run([sys.executable, HERE / "run.py", golden, sample, "[fails]",
                                "--order", "decl"], check=False).returncode == 0
    sys.exit(0 if right and right_too else 1)


if __name__ == "__main__":
    main()
