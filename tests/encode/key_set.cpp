// SPDX-License-Identifier: Apache-2.0
#include <eliot/encode/key_set.hpp>

#include "support/catch.hpp"

#include <string>

using eliot::detail::KeySet;

TEST_CASE("a key stands once, and never in the framework's place") {
    KeySet keys;
    std::string line = "{\"task_uuid\":1";
    const auto add = [&](const std::string& name) {
        const std::size_t begin = line.size();
        line += ",\"" + name + "\":";
        return keys.add(line, begin);
    };
    CHECK(add("a"));
    CHECK(add("b"));
    CHECK_FALSE(add("a"));
    CHECK(add(""));
    CHECK_FALSE(add(""));
    CHECK_FALSE(add("task_level"));
    CHECK_FALSE(add("action_status"));
}

TEST_CASE("many keys are no trouble") {
    KeySet keys;
    std::string line;
    for (int round = 0; round < 2; ++round) {
        for (int i = 0; i < 500; ++i) {
            const std::size_t begin = line.size();
            line += ",\"k" + std::to_string(i) + "\":";
            CHECK(keys.add(line, begin) == (round == 0));
        }
    }
}
