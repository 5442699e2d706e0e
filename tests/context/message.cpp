// SPDX-License-Identifier: Apache-2.0
#include <eliot/context/message.hpp>

#include <eliot/context/action.hpp>

#include "support/catch.hpp"
#include "support/lines.hpp"

#include <string>

using namespace eliot::literals;

TEST_CASE("a message outside of every action is a task of its own") {
    Lines log;
    eliot::log_message("lonely", "x"_f = 1);
    eliot::log_message("another");
    CHECK(log.text() == "/1 lonely {\"x\":1}\n/1 another\n");
    CHECK(log.messages()[0].at("task_uuid") != log.messages()[1].at("task_uuid"));
}

TEST_CASE("types and names may hold anything that JSON can") {
    Lines log;
    eliot::log_message("quote \" back \\ line \n nul", "with space"_f = 1, "new\nline"_f = 2,
                       eliot::named("", 3), eliot::named("\"", 4));
    CHECK(log.messages().at(0).at("message_type") == "quote \" back \\ line \n nul");
    CHECK(log.messages().at(0).at("new\nline") == 2);
    CHECK(log.messages().at(0).at("") == 3);
    CHECK(log.messages().at(0).at("\"") == 4);
}

TEST_CASE("a message may have many fields, of one name only the first") {
    Lines log;
    eliot::log_message("m", "a"_f = 1, eliot::named("a", 2), eliot::named("b", 3),
                       eliot::named("b", 4));
    CHECK(log.raw().at(0).ends_with(R"(,"message_type":"m","a":1,"b":3})"));
}

TEST_CASE("nothing is evaluated while nobody listens") {
    eliot::discard_early();
    eliot::log_message(
        "silent", "x"_f = []() -> int {
            FAIL("a lazy value was evaluated for nobody");
            return 0;
        });
}

TEST_CASE("a lazy value may log: its lines follow in the same action") {
    Lines log;
    {
        eliot::Action action{"a"};
        auto in = action.context();
        eliot::log_message(
            "outer", "x"_f = [] {
                eliot::log_message(
                    "inner", "y"_f = [] {
                        eliot::log_message("innermost");
                        return 1;
                    });
                eliot::Action child{"child"};
                child.finish();
                return 2;
            });
        action.finish();
    }
    CHECK(log.text() == R"(/1 a started
/2 outer {"x":2}
/3 inner {"y":1}
/4 innermost
/5/1 child started
/5/2 child succeeded
/6 a succeeded
)");
}

TEST_CASE("a value that throws costs only itself, and is told in the line's own action") {
    Lines log;
    {
        eliot::Action action{"a"};
        eliot::Action other{"other"};
        auto in = other.context();
        action.log(
            "m", "before"_f = 1, "bad"_f = []() -> int { throw std::runtime_error{"no value"}; },
            "after"_f = 2);
        action.finish();
        other.finish();
    }
    CHECK(log.text() ==
          R"(/1 a started
/2 m {"after":2,"bad":"eliot: serialization failed: no value","before":1}
/3 eliot:serialization_failure {"message":"m: field \"bad\": no value"}
/4 eliot:traceback {"exception":"std::runtime_error","reason":"no value","traceback":"std::runtime_error: no value\n  in the field \"bad\" of m"}
/5 a succeeded
/1 other started
/2 other succeeded
)");
}

TEST_CASE("a start field that throws is told in the action that it starts") {
    Lines log;
    eliot::Action action{"a", "bad"_f = []() -> int { throw 1; }};
    action.finish();
    const auto messages = log.messages();
    REQUIRE(messages.size() == 4);
    CHECK(messages[0].at("bad") ==
          "eliot: serialization failed: an exception that is no std::exception");
    CHECK(messages[1].at("message_type") == "eliot:serialization_failure");
    CHECK(messages[1].at("task_level") == nlohmann::json{2});
    CHECK(messages[2].at("exception") == "int");
    CHECK(messages[3].at("task_level") == nlohmann::json{4});
}

TEST_CASE("a success field that throws is told before the end") {
    Lines log;
    eliot::Action action{"a"};
    action.add_success_fields("bad"_f = []() -> int { throw std::runtime_error{"late"}; });
    action.finish();
    const auto messages = log.messages();
    REQUIRE(messages.size() == 4);
    CHECK(messages[1].at("message_type") == "eliot:serialization_failure");
    CHECK(messages[3].at("bad") == "eliot: serialization failed: late");
}

TEST_CASE("a value that throws after it logged leaves no hole and no torn line") {
    Lines log;
    eliot::Action action{"a"};
    auto in = action.context();
    eliot::log_message(
        "m", "x"_f = []() -> int {
            eliot::log_message("from inside");
            throw std::runtime_error{"then this"};
        });
    action.finish();
    const auto messages = log.messages();
    REQUIRE(messages.size() == 6);
    for (std::size_t i = 0; i < messages.size(); ++i) {
        CHECK(messages[i].at("task_level") == nlohmann::json{i + 1});
    }
}
