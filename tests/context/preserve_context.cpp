// SPDX-License-Identifier: Apache-2.0
#include <eliot/context/preserve_context.hpp>

#include "support/catch.hpp"
#include "support/lines.hpp"

#include <functional>
#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace eliot::literals;

TEST_CASE("threads run inside remote tasks of the action that made them") {
    Lines log;
    {
        auto action = eliot::start_action("parent");
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back(
                eliot::preserve_context([i] { eliot::log_message("work", "i"_f = i); }));
        }
        for (std::thread& thread : threads) {
            thread.join();
        }
    }
    std::string expected = "/1 parent started\n";
    for (int i = 0; i < 4; ++i) {
        const std::string level = "/" + std::to_string(i + 2);
        expected += level + "/1 eliot:remote_task started\n" + level +
                    "/2 work {\"i\":" + std::to_string(i) + "}\n" + level +
                    "/3 eliot:remote_task succeeded\n";
    }
    CHECK(log.text() == expected + "/6 parent succeeded\n");
}

TEST_CASE("a second call throws, also on a copy") {
    Lines log;
    auto action = eliot::start_action("a");
    auto once = eliot::preserve_context([] { return 1; });
    const auto copy = once;
    CHECK(once() == 1);
    CHECK_THROWS_AS(once(), eliot::TooManyCalls);
    CHECK_THROWS_AS(copy(), eliot::TooManyCalls);
}

TEST_CASE("outside of every action it is the function as it is") {
    Lines log;
    auto f = eliot::preserve_context([](int x) { return x + 1; });
    CHECK(f(1) == 2);
    CHECK(f(2) == 3);
    CHECK(log.raw().empty());
}

TEST_CASE("arguments and result are handed on, moved where they must be") {
    Lines log;
    auto action = eliot::start_action("a");
    auto f = eliot::preserve_context([](std::unique_ptr<int> p, int& r) -> std::unique_ptr<int> {
        r = *p;
        return p;
    });
    int seen = 0;
    CHECK(*f(std::make_unique<int>(5), seen) == 5);
    CHECK(seen == 5);
}

TEST_CASE("it fits into std::function and std::async, and may hold what is only movable") {
    Lines log;
    auto action = eliot::start_action("a");
    const std::function<int()> function = eliot::preserve_context([] { return 1; });
    CHECK(function() == 1);
    auto future = std::async(
        std::launch::async, eliot::preserve_context([p = std::make_unique<int>(2)] { return *p; }));
    CHECK(future.get() == 2);
}

TEST_CASE("an exception fails the remote task and goes on to the caller") {
    Lines log;
    {
        auto action = eliot::start_action("a");
        auto f = eliot::preserve_context([]() -> int { throw std::runtime_error{"far away"}; });
        CHECK_THROWS_AS(f(), std::runtime_error);
    }
    CHECK(log.messages().at(2).at("reason") == "far away");
    CHECK(log.messages().at(2).at("exception") == "std::runtime_error");
    CHECK(log.messages().at(3).at("action_status") == "succeeded");
}
