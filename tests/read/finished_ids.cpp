// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/finished_ids.hpp>

#include "support/catch.hpp"

using eliot::detail::FinishedIds;

namespace {

std::string id(int number) { return "task-" + std::to_string(number); }

}

TEST_CASE("the last so many ids are remembered and the older ones forgotten") {
    FinishedIds ids{1000};
    for (int number = 0; number < 50'000; ++number) {
        ids.add(id(number));
        REQUIRE(ids.contains(id(number)));
    }
    CHECK(ids.size() == 1000);
    for (int number = 0; number < 50'000; ++number) {
        REQUIRE(ids.contains(id(number)) == (number >= 49'000));
    }
}

TEST_CASE("without a limit every id is remembered") {
    FinishedIds ids{0};
    for (int number = 0; number < 50'000; ++number) {
        ids.add(id(number));
    }
    CHECK(ids.size() == 50'000);
    for (int number = 0; number < 50'000; ++number) {
        REQUIRE(ids.contains(id(number)));
    }
    CHECK_FALSE(ids.contains("task"));
    CHECK_FALSE(ids.contains(""));
}

TEST_CASE("an id that is added again is still there once") {
    FinishedIds ids{2};
    ids.add("a");
    ids.add("a");
    ids.add("b");
    CHECK(ids.size() == 2);
    CHECK(ids.contains("a"));
    ids.add("c");
    CHECK_FALSE(ids.contains("a"));
    CHECK(ids.contains("b"));
    CHECK(ids.contains("c"));
}
