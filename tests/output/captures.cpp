// SPDX-License-Identifier: Apache-2.0
#include <eliot/output/captures.hpp>

#include "support/capturing.hpp"
#include "support/catch.hpp"

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

using namespace eliot::literals;
using eliot::testing::Capture;

TEST_CASE("captures nest, and the newest one gets the lines") {
    Capture outer;
    eliot::log_message("a");
    {
        Capture inner;
        eliot::log_message("b");
        CHECK(types_in(inner) == "b");
    }
    eliot::log_message("c");
    CHECK(types_in(outer) == "a c");
}

TEST_CASE("captures end in any order") {
    Listening destination;
    auto first = std::make_unique<Capture>();
    auto second = std::make_unique<Capture>();
    auto third = std::make_unique<Capture>();
    second.reset();
    eliot::log_message("for the third");
    first.reset();
    eliot::log_message("for the third, too");
    CHECK(third->messages().size() == 2);
    CHECK(destination.types().empty());
    third.reset();
    eliot::log_message("for-the-destination");
    CHECK(destination.types() == "for-the-destination");
}

TEST_CASE("captures of one thread end in any order, too") {
    Listening destination;
    auto first = std::make_unique<Capture>(eliot::testing::this_thread);
    auto second = std::make_unique<Capture>(eliot::testing::this_thread);
    first.reset();
    eliot::log_message("a");
    CHECK(types_in(*second) == "a");
    second.reset();
    eliot::log_message("b");
    CHECK(destination.types() == "b");
}

TEST_CASE("a capture of this thread leaves the other threads alone") {
    Listening destination;
    {
        Capture log{eliot::testing::this_thread};
        eliot::log_message("mine");
        in_thread([] { eliot::log_message("theirs"); });
        CHECK(types_in(log) == "mine");
    }
    CHECK(destination.types() == "theirs");
}

TEST_CASE("a capture of this thread goes before one of the whole program, older or newer") {
    Capture older;
    Capture mine{eliot::testing::this_thread};
    Capture newer;
    eliot::log_message("a");
    in_thread([] { eliot::log_message("b"); });
    CHECK(types_in(older).empty());
    CHECK(types_in(mine) == "a");
    CHECK(types_in(newer) == "b");
}

TEST_CASE("the captured thread may end before the capture") {
    Listening destination;
    std::unique_ptr<Capture> log;
    in_thread([&] {
        log = std::make_unique<Capture>(eliot::testing::this_thread);
        eliot::log_message("captured");
    });
    // Threads are given the records of threads that have ended.
    in_thread([] { eliot::log_message("not-captured"); });
    CHECK(types_in(*log) == "captured");
    log.reset();
    in_thread([] { eliot::log_message("free"); });
    CHECK(destination.types() == "not-captured free");
}

TEST_CASE("a capture may end on another thread than the one it is for") {
    Listening destination;
    auto log = std::make_unique<Capture>(eliot::testing::this_thread);
    in_thread([&] { log.reset(); });
    eliot::log_message("free");
    CHECK(destination.types() == "free");
}

TEST_CASE("destinations that come and go during a capture belong to what is underneath") {
    Listening first;
    std::optional<Listening> second;
    std::optional<Listening> third;
    {
        Capture log;
        second.emplace();
        third.emplace();
        eliot::log_message("captured");
        third.reset();
        CHECK(types_in(log) == "captured");
    }
    eliot::log_message("free");
    CHECK(first.types() == "free");
    CHECK(second->types() == "free");
}

TEST_CASE("destinations that come and go leave a captured thread captured") {
    Capture log{eliot::testing::this_thread};
    Listening destination;
    eliot::log_message("captured");
    in_thread([] { eliot::log_message("free"); });
    CHECK(types_in(log) == "captured");
    CHECK(destination.types() == "free");
}

TEST_CASE("an action that began before the capture ends in it") {
    Listening destination;
    auto action = eliot::start_action("long");
    {
        Capture log;
        action.log("inside");
        action.finish();
        CHECK(types_in(log) == "inside long");
    }
    CHECK(destination.types() == "long");
}

TEST_CASE("a capture that ends while a field is written ends behind that line") {
    Listening destination;
    auto log = std::make_unique<Capture>();
    eliot::log_message(
        "captured", "x"_f = [&] {
            log.reset();
            return 1;
        });
    eliot::log_message("free");
    CHECK(destination.types() == "free");
}

TEST_CASE("while captures come and go every line lands in exactly one place") {
    namespace detail = eliot::detail;
    constexpr int threads = 3;
    constexpr int lines = 600;
    std::atomic<int> in_destination{0};
    std::atomic<int> running{threads};
    const auto id = eliot::add_destination([&](const eliot::Record&) { ++in_destination; });
    std::vector<std::thread> busy;
    for (int i = 0; i < threads; ++i) {
        busy.emplace_back([&] {
            for (int n = 0; n < lines; ++n) {
                eliot::log_message("m", "n"_f = n);
            }
            --running;
        });
    }
    // Not `Capture`, because these can be read when they have ended.
    std::size_t captured = 0;
    const auto count = [&](auto* target) {
        captured += target->read([](auto& all, auto&) { return all.size(); });
        target->release();
    };
    do {
        auto* outer = new detail::CapturedLines;
        auto* inner = new detail::CapturedLines;
        detail::Thread& self = detail::this_thread();
        detail::begin_capture(self, *outer);
        detail::begin_capture(self, *inner);
        const Capture mine{eliot::testing::this_thread};
        const auto other = eliot::add_destination([](const eliot::Record&) {});
        std::this_thread::yield();
        detail::end_capture(self, *outer);
        eliot::remove_destination(other);
        detail::end_capture(self, *inner);
        count(outer);
        count(inner);
    } while (running != 0);
    for (auto& thread : busy) {
        thread.join();
    }
    eliot::remove_destination(id);
    CHECK(static_cast<int>(captured) + in_destination == threads * lines);
}
