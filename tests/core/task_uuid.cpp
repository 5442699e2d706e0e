// SPDX-License-Identifier: Apache-2.0
#include <eliot/core/task_uuid.hpp>

#include "support/catch.hpp"

#include <array>
#include <cstring>
#include <set>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <type_traits>
#include <unistd.h>
#include <vector>

using eliot::TaskUuid;

namespace {

constexpr const char* example = "b458a4c6-b439-4c02-8261-46f5fd3dc5c3";

TaskUuid uuid_of_child_process(bool reseed) {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        if (reseed) {
            eliot::detail::reseed_task_uuids();
        }
        const TaskUuid own = TaskUuid::generate();
        _exit(::write(ends[1], own.text().data(), TaskUuid::size) == 36 ? 0 : 1);
    }
    char text[TaskUuid::size];
    CHECK(::read(ends[0], text, sizeof text) == 36);
    ::waitpid(child, nullptr, 0);
    ::close(ends[0]);
    ::close(ends[1]);
    return TaskUuid::parse({text, sizeof text}).value();
}

}

TEST_CASE("a UUID is held inline and copied as bytes") {
    STATIC_REQUIRE(sizeof(TaskUuid) == 36);
    STATIC_REQUIRE(std::is_trivially_copyable_v<TaskUuid>);
}

TEST_CASE("generated UUIDs are of version 4, variant 1, in lower case") {
    for (int i = 0; i < 10'000; ++i) {
        const TaskUuid uuid = TaskUuid::generate();
        const std::string text{uuid.text()};
        const bool good = TaskUuid::parse(text) == uuid && text[14] == '4' &&
                          std::strchr("89ab", text[19]) != nullptr;
        if (!good) {
            CHECK(text == example);
        }
    }
}

TEST_CASE("every digit of a generated UUID but the version takes every value") {
    std::array<std::set<char>, TaskUuid::size> seen;
    for (int i = 0; i < 1000; ++i) {
        const TaskUuid uuid = TaskUuid::generate();
        for (std::size_t at = 0; at < TaskUuid::size; ++at) {
            seen[at].insert(uuid.text()[at]);
        }
    }
    for (std::size_t at = 0; at < TaskUuid::size; ++at) {
        const bool constant = at == 8 || at == 13 || at == 14 || at == 18 || at == 23;
        CHECK(seen[at].size() == (constant ? 1U : at == 19 ? 4U : 16U));
    }
}

TEST_CASE("UUIDs of several threads differ") {
    std::vector<std::vector<std::string>> made(4);
    std::vector<std::thread> threads;
    for (auto& texts : made) {
        threads.emplace_back([&texts] {
            for (int i = 0; i < 1000; ++i) {
                texts.emplace_back(TaskUuid::generate().text());
            }
        });
    }
    std::set<std::string> all;
    for (std::size_t i = 0; i < threads.size(); ++i) {
        threads[i].join();
        all.insert(made[i].begin(), made[i].end());
    }
    CHECK(all.size() == 4000);
}

TEST_CASE("a child process that is seeded anew does not repeat its parent's UUIDs") {
    static_cast<void>(TaskUuid::generate());
    const TaskUuid first_child = uuid_of_child_process(true);
    const TaskUuid second_child = uuid_of_child_process(true);
    const TaskUuid without_seed = uuid_of_child_process(false);
    const TaskUuid parent = TaskUuid::generate();
    CHECK(first_child != parent);
    CHECK(first_child != second_child);
    // Otherwise this test could not fail: without the call the child does repeat it.
    CHECK(without_seed == parent);
}

TEST_CASE("a generator without entropy from the system still starts somewhere") {
    eliot::detail::UuidGenerator generator{};
    generator.seed_without_entropy();
    const auto first = generator.next();
    CHECK(first != generator.next());
}

TEST_CASE("the text of a UUID is parsed to the same UUID") {
    const auto uuid = TaskUuid::parse(example);
    REQUIRE(uuid);
    CHECK(uuid->text() == example);
    CHECK(TaskUuid::parse("00000000-0000-0000-0000-000000000000") == TaskUuid{});
}

TEST_CASE("texts that are no lower-case UUID are refused") {
    const std::string good = example;
    CHECK_FALSE(TaskUuid::parse(""));
    CHECK_FALSE(TaskUuid::parse(good.substr(1)));
    CHECK_FALSE(TaskUuid::parse(good + "0"));
    CHECK_FALSE(TaskUuid::parse("{" + good + "}"));
    CHECK_FALSE(TaskUuid::parse("B458A4C6-B439-4C02-8261-46F5FD3DC5C3"));
    for (std::size_t at = 0; at < good.size(); ++at) {
        for (const char bad :
             {'g', ' ', '\0', '\xC3', '/', ':', '`', good[at] == '-' ? '0' : '-'}) {
            std::string text = good;
            text[at] = bad;
            CHECK_FALSE(TaskUuid::parse(text));
        }
    }
}

TEST_CASE("UUIDs compare as their texts do") {
    const auto low = TaskUuid::parse("00000000-0000-4000-8000-00000000000a").value();
    const auto high = TaskUuid::parse("00000000-0000-4000-8000-00000000000b").value();
    CHECK(low < high);
    CHECK(high > low);
    CHECK(low != high);
    CHECK(low == TaskUuid::parse(low.text()).value());
}
