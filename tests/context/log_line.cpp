// SPDX-License-Identifier: Apache-2.0
#include <eliot/context/log_line.hpp>

#include <eliot/context/action.hpp>

#include "support/catch.hpp"
#include "support/lines.hpp"

#include <pthread.h>
#include <stdexcept>
#include <string>
#include <thread>

using namespace eliot::literals;

TEST_CASE("a destination that throws is told in the current action; the others get the line") {
    Lines log;
    const auto bad =
        eliot::add_destination([](const eliot::Record&) { throw std::runtime_error{"disk full"}; });
    {
        eliot::Action action{"a"};
        auto in = action.context();
        eliot::log_message("m");
        action.finish();
    }
    eliot::remove_destination(bad);
    const auto messages = log.messages();
    REQUIRE(messages.size() == 6);
    // The start happens before the action is current, its end when it is no more.
    CHECK(messages[1].at("message_type") == "eliot:destination_failure");
    CHECK(messages[1].at("task_uuid") != messages[0].at("task_uuid"));
    CHECK(messages[3].at("message_type") == "eliot:destination_failure");
    CHECK(messages[3].at("exception") == "std::runtime_error");
    CHECK(messages[3].at("reason") == "disk full");
    CHECK(messages[3].at("task_level") == nlohmann::json{3});
    CHECK(nlohmann::json::parse(messages[3].at("message").get<std::string>()) == messages[2]);
    CHECK(messages[4].at("action_status") == "succeeded");
    CHECK(messages[4].at("task_level") == nlohmann::json{4});
}

TEST_CASE("a thread that ends inside a value still writes its line, without evaluating more") {
    Lines log;
    std::thread{[] {
        eliot::Action action{"a"};
        auto in = action.context();
        eliot::log_message(
            "m", "before"_f = 1,
            "ends"_f = []() -> int {
                eliot::log_message("inside");
                pthread_exit(nullptr);
            },
            "never"_f = []() -> int { throw std::runtime_error{"evaluated"}; }, "plain"_f = 2);
    }}.join();
    CHECK(log.text() ==
          R"(/1 a started
/2 m {"before":1,"ends":"eliot: serialization failed: the thread was ended","never":"eliot: serialization failed: the thread was ended","plain":2}
/3 inside
)");
    eliot::log_message("goes on");
    CHECK(log.messages().back().at("message_type") == "goes on");
}

TEST_CASE("a line that no chunk can hold is written whole") {
    Lines log;
    for (const std::size_t size : {5'000U, 32'000U, 40'000U, 1'000'000U}) {
        eliot::log_message("long", "text"_f = std::string(size, 'x'), "after"_f = 1);
    }
    const auto messages = log.messages();
    REQUIRE(messages.size() == 4);
    CHECK(messages[3].at("text").get<std::string>().size() == 1'000'000);
    CHECK(messages[3].at("after") == 1);
}

TEST_CASE("a line just below the limit is written whole") {
    const std::string text(eliot::JsonWriter::line_limit - 8'000, 'x');
    Lines log;
    eliot::log_message("huge", "text"_f = text);
    const bool same = log.messages().at(0).at("text") == text;
    CHECK(same);
}

TEST_CASE("a value that makes the line too long is cut, the fields around it stay") {
    Lines log;
    eliot::log_message("huge", "before"_f = 1, "text"_f = std::string(std::size_t{17} << 20, 'x'),
                       "after"_f = 2);
    const auto message = log.messages().at(0);
    CHECK(message.at("before") == 1);
    const std::string text = message.at("text");
    REQUIRE(text.size() < 100);
    CHECK(text == "eliot: value cut: the line would be longer than 16 MiB");
    CHECK(message.at("after") == 2);
}
