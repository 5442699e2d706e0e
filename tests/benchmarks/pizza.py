#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The standard work of tests/cost/workload.hpp by the real Eliot: prints nanoseconds a line,
the best of five times so many tasks.

    pizza.py FILE TASKS
"""

import sys
import time

from eliot import log_message, start_action, to_file


def pizza(number):
    order = 100_000 + number
    with start_action(action_type="pizza:deliver", order_id=order,
                      customer="customer number1") as deliver:
        for oven in range(2):
            with start_action(action_type="pizza:bake", oven=oven) as bake:
                for step in range(4):
                    log_message("pizza:step", name="stepnumber12", count=order + step,
                                ratio=(number % 1000 + 1000 * step) / 1000)
                bake.add_success_fields(temperature=220.5 + oven)
        deliver.add_success_fields(total=12.75 + number % 10)


def measure(tasks):
    begin = time.perf_counter()
    for number in range(tasks):
        pizza(number)
    return (time.perf_counter() - begin) * 1e9 / tasks / 14


def main():
    path, tasks = sys.argv[1], int(sys.argv[2])
    with open(path, "a", encoding="utf-8") as file:
        to_file(file)
        pizza(0)
        print(min(measure(tasks) for _ in range(5)))


if __name__ == "__main__":
    main()
