// SPDX-License-Identifier: Apache-2.0
// A test without any framework. Called with an argument it forgets to ask about a traceback, and
// ends as tests/golden/testing/plain.txt shows.

#include <eliot/testing.hpp>

#include "registry.hpp"

int main(int argc, char**) {
    eliot::testing::Capture log;
    Registry registry;
    registry.register_user("john", 12);
    log.assert_has_message(user_registered, "age"_f = 12);
    log.check();
    if (argc > 1) {
        registry.clean_up();
    }
}
