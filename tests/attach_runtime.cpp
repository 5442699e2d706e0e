// SPDX-License-Identifier: Apache-2.0
// What it is for, between modules that do not see each other, is tested in tests/libraries.
#include <eliot/attach_runtime.hpp>

#include "support/catch.hpp"
#include "support/lines.hpp"

TEST_CASE("to be attached to one's own copy changes nothing") {
    const Lines log;
    CHECK(eliot::attach_runtime(eliot::runtime_handle()));
    eliot::log_message("a");
    CHECK(log.text() == "/1 a\n");
}

TEST_CASE("a copy of another version is refused, and nothing happens") {
    eliot::RuntimeHandle handle = eliot::runtime_handle();
    ++handle.layout;
    handle.runtime = nullptr;
    CHECK(!eliot::attach_runtime(handle));
    const Lines log;
    eliot::log_message("a");
    CHECK(log.text() == "/1 a\n");
}
