// SPDX-License-Identifier: Apache-2.0
// Mistakes with the names of fields. must_not_compile.py says how this file is read.

#include <eliot/eliot.hpp>

#include <string>

using namespace eliot::literals;

int main() {
    const std::string value = "x";
    eliot::log_message("right", "first"_f = value, "second"_f = 2);

#if CASE == 1
    // a reserved name in a message
    // expect: eliot: this field name is reserved
    eliot::log_message("wrong", "task_uuid"_f = value);
#endif

#if CASE == 2
    // a reserved name in an action
    // expect: eliot: this field name is reserved
    auto action = eliot::start_action("wrong", "action_status"_f = value);
#endif

#if CASE == 3
    // a name that starts with an underscore
    // expect: eliot: field names must not start with an underscore
    eliot::log_message("wrong", "_private"_f = value);
#endif

#if CASE == 4
    // a name twice in a message
    // expect: eliot: a field is given twice in one call
    eliot::log_message("wrong", "x"_f = 1, "y"_f = 2, "x"_f = 3);
#endif

#if CASE == 5
    // a name twice in an action
    // expect: eliot: a field is given twice in one call
    auto action = eliot::start_action("wrong", "x"_f = 1, "x"_f = 3);
#endif

#if CASE == 6
    // a value without a name
    // expect: write "name"_f = value
    eliot::log_message("wrong", value);
#endif

#if CASE == 7
    // an action that ends at once
    // expect-g++: ignoring return
    // expect-clang: ignoring return value
    eliot::start_action("wrong");
#endif

#if CASE == 8
    // a task that ends at once
    // expect-g++: ignoring return
    // expect-clang: ignoring return value
    eliot::start_task("wrong");
#endif

#if CASE == 9
    // a scope is not moved
    // expect: ActionScope
    auto action = eliot::start_action("right");
    auto moved = std::move(action);
#endif

#if CASE == 10
    // a scope is not copied
    // expect: ActionScope
    auto action = eliot::start_action("right");
    auto copied = action;
#endif
}
