// SPDX-License-Identifier: Apache-2.0
#include <eliot/output/runtime.hpp>

#include <eliot/eliot.hpp>

#include "support/catch.hpp"
#include "support/child.hpp"
#include "support/lines.hpp"

using namespace eliot::literals;

TEST_CASE("somebody listens from the first destination to the last") {
    const Child child{[] {
        eliot::discard_early();
        const bool before = eliot::detail::is_listening();
        const auto one = eliot::add_destination([](const eliot::Record&) {});
        const auto two = eliot::add_destination([](const eliot::Record&) {});
        eliot::remove_destination(one);
        const bool during = eliot::detail::is_listening();
        eliot::remove_destination(two);
        _exit(!before && during && !eliot::detail::is_listening() ? 0 : 1);
    }};
    CHECK(child.outcome() == "exit status 0");
}

TEST_CASE("after the last destination is removed nothing is evaluated") {
    const Child child{[] {
        Lines{}.stop();
        bool evaluated = false;
        eliot::log_message("a", "lazy"_f = [&] { return evaluated = true; });
        _exit(evaluated ? 1 : 0);
    }};
    CHECK(child.outcome() == "exit status 0");
}
