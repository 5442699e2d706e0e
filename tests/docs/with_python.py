#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""One task in two languages: begun in Python and continued in C++, and the other way round.

    with_python.py SHOP WAREHOUSE

They are the programs of examples/05-processes; here Eliot for Python plays the other part, and its
parser must see one complete task each time. Exit status 77 without Eliot for Python.
"""

import contextlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile

try:
    import eliot
    from eliot.parse import Parser
except ImportError:
    print("skipped: Eliot for Python is not installed (Debian: apt-get install python3-eliot)")
    sys.exit(1 if os.environ.get("ELIOT_TESTS_NO_SKIP") else 77)


def tree(node):
    """The types of a task, as nested text: order(pack(wrapped), handed_on)."""
    children = ", ".join(tree(child) for child in getattr(node, "children", []))
    kind = getattr(node, "action_type", None) or node.contents["message_type"]
    return f"{kind}({children})" if children else kind


def only_task(*logs):
    lines = [json.loads(line) for log in logs for line in log.read_text().splitlines()]
    (task,) = Parser.parse_stream(lines)
    assert task.is_complete(), f"incomplete: {tree(task.root())}"
    return tree(task.root())


@contextlib.contextmanager
def python_logs_to(path):
    with path.open("w") as file:
        destination = eliot.FileDestination(file=file)
        eliot.add_destinations(destination)
        yield
        eliot.remove_destination(destination)


def python_then_cpp(warehouse, python):
    """A Python shop and a C++ warehouse."""
    with python_logs_to(python), eliot.start_task(action_type="order") as order:
        orders = [f"{order.serialize_task_id().decode()} {item}\n" for item in ("tea", "mug")]
        subprocess.run([warehouse], input="".join(orders), text=True, check=True)
    return only_task(python, pathlib.Path("warehouse.log"))


def cpp_then_python(shop, python):
    """A C++ shop and a Python warehouse."""
    orders = subprocess.run([shop], stdout=subprocess.PIPE, text=True, check=True).stdout
    with python_logs_to(python):
        for line in orders.splitlines():
            task_id, item = line.split()
            with eliot.Action.continue_task(task_id=task_id):
                eliot.log_message("wrapped", item=item)
    return only_task(pathlib.Path("shop.log"), python)


def main():
    shop, warehouse = sys.argv[1:]
    with tempfile.TemporaryDirectory() as directory:
        os.chdir(directory)
        python = pathlib.Path("python.log")
        found = python_then_cpp(warehouse, python), cpp_then_python(shop, python)
    expected = ("order(pack(wrapped), pack(wrapped))",
                "order(eliot:remote_task(wrapped), eliot:remote_task(wrapped), handed_on)")
    print("\n".join(found))
    return 0 if found == expected else f"expected: {expected}"


if __name__ == "__main__":
    sys.exit(main())
