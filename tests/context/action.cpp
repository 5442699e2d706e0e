// SPDX-License-Identifier: Apache-2.0
#include <eliot/context/action.hpp>

#include "support/catch.hpp"
#include "support/lines.hpp"

#include <exception>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

using namespace eliot::literals;

TEST_CASE("an action logs its start when it is made, and is not current") {
    Lines log;
    eliot::Action action{"frob", "key"_f = 123};
    CHECK(log.text() == "/1 frob started {\"key\":123}\n");
    CHECK(eliot::current_action() == nullptr);
    action.finish();
}

TEST_CASE("an action left unfinished logs nothing more") {
    Lines log;
    {
        const eliot::Action action{"forgotten"};
    }
    CHECK(log.text() == "/1 forgotten started\n");
}

TEST_CASE("context makes an action current for a block without finishing it") {
    Lines log;
    eliot::Action action{"a"};
    for (int i = 0; i < 2; ++i) {
        auto in = action.context();
        CHECK(eliot::current_action() == &action);
        eliot::log_message("inside");
    }
    CHECK(eliot::current_action() == nullptr);
    action.finish();
    CHECK(log.text() == "/1 a started\n/2 inside\n/3 inside\n/4 a succeeded\n");
}

TEST_CASE("an action may be entered again inside itself") {
    Lines log;
    eliot::Action action{"a"};
    {
        auto first = action.context();
        {
            auto again = action.context();
            eliot::log_message("twice inside");
        }
        CHECK(eliot::current_action() == &action);
    }
    CHECK(eliot::current_action() == nullptr);
    action.finish();
    CHECK(log.text() == "/1 a started\n/2 twice inside\n/3 a succeeded\n");
}

TEST_CASE("what is logged in the context of a finished action goes to the one around it") {
    Lines log;
    {
        eliot::Action outer{"outer"};
        auto in_outer = outer.context();
        eliot::Action inner{"inner"};
        auto in_inner = inner.context();
        inner.finish();
        eliot::log_message("late");
        outer.finish();
    }
    CHECK(log.text() == "/1 outer started\n/2/1 inner started\n/2/2 inner succeeded\n/3 late\n"
                        "/4 outer succeeded\n");
}

TEST_CASE("an action that is destroyed while it is current leaves nothing dangling") {
    Lines log;
    auto action = std::make_unique<eliot::Action>("gone");
    {
        auto in = action->context();
        action->finish();
        action.reset();
        eliot::log_message("alone");
    }
    CHECK(log.text() == "/1 gone started\n/2 gone succeeded\n/1 alone\n");
}

TEST_CASE("run calls a function in the action and hands its result on") {
    Lines log;
    eliot::Action action{"a"};
    CHECK(action.run([] {
        eliot::log_message("inside");
        return 7;
    }) == 7);
    int value = 1;
    int& reference = action.run([&](eliot::Action& self) -> int& {
        self.log("by name");
        return value;
    });
    CHECK(&reference == &value);
    auto pointer = action.run([] { return std::make_unique<int>(3); });
    CHECK(*pointer == 3);
    action.run([] {});
    action.finish();
    CHECK(log.text() == "/1 a started\n/2 inside\n/3 by name\n/4 a succeeded\n");
}

TEST_CASE("an exception that leaves run fails the action with type and reason, and goes on") {
    Lines log;
    eliot::Action action{"a"};
    CHECK_THROWS_AS(action.run([] { throw std::out_of_range{"no such row"}; }), std::out_of_range);
    CHECK(eliot::current_action() == nullptr);
    CHECK(log.text() == "/1 a started\n"
                        R"(/2 a failed {"exception":"std::out_of_range","reason":"no such row"})"
                        "\n");
}

TEST_CASE("what is thrown need not be a std::exception") {
    Lines log;
    CHECK_THROWS_AS(eliot::Action{"a"}.run([] { throw 42; }), int);
    CHECK_THROWS_AS(eliot::Action{"b"}.run([] { throw "text"; }), const char*);
    CHECK_THROWS_AS(eliot::Action{"c"}.run([] { throw std::string{"string"}; }), std::string);
    struct Odd {};
    CHECK_THROWS_AS(eliot::Action{"d"}.run([] { throw Odd{}; }), Odd);
    const auto messages = log.messages();
    CHECK(messages.at(1).at("exception") == "int");
    CHECK(messages.at(1).at("reason") == "42");
    CHECK(messages.at(3).at("reason") == "text");
    CHECK(messages.at(5).at("exception") == "std::string");
    CHECK(messages.at(5).at("reason") == "string");
    CHECK(messages.at(7).at("reason") == "an exception that is no std::exception");
}

TEST_CASE("fail with a text and without an exception") {
    Lines log;
    eliot::Action{"a"}.fail("the disk is full");
    eliot::Action{"b"}.fail(std::current_exception());
    CHECK(log.text() == "/1 a started\n"
                        R"(/2 a failed {"exception":"eliot::Failure","reason":"the disk is full"})"
                        "\n/1 b started\n"
                        R"(/2 b failed {"exception":"unknown","reason":"no exception"})"
                        "\n");
}

TEST_CASE("success fields stand on the success line only, the last of one name wins") {
    Lines log;
    eliot::Action good{"good"};
    std::string text = "first";
    good.add_success_fields("a"_f = text, "b"_f = 1);
    text = "changed later";
    good.add_success_fields("b"_f = 2, eliot::named("c", nullptr));
    good.add_failure_fields("attempt"_f = 3);
    good.finish();
    eliot::Action bad{"bad"};
    bad.add_success_fields("a"_f = 1);
    bad.add_failure_fields("attempt"_f = 4);
    bad.fail("no");
    CHECK(log.text() ==
          R"(/1 good started
/2 good succeeded {"a":"first","b":2,"c":null}
/1 bad started
/2 bad failed {"attempt":4,"exception":"eliot::Failure","reason":"no"}
)");
}

TEST_CASE("result adds the field and hands the value on") {
    Lines log;
    const auto f = [] {
        eliot::Action action{"f"};
        auto in = action.context();
        std::map<std::string, int> value = action.result(std::map<std::string, int>{{"x", 1}});
        action.finish();
        return value;
    };
    CHECK(f().at("x") == 1);
    CHECK(log.text() == "/1 f started\n/2 f succeeded {\"result\":{\"x\":1}}\n");
}

TEST_CASE("names known only at run time never displace the framework's own") {
    Lines log;
    eliot::Action action{"a", eliot::named("task_uuid", "mine"), eliot::named("ok", 1),
                         eliot::named("ok", 2), eliot::named("action_status", "odd")};
    action.add_success_fields(eliot::named("timestamp", 0), eliot::named("x", 1));
    action.add_failure_fields(eliot::named("reason", "not mine"));
    action.fail("the reason");
    CHECK(log.text() == R"(/1 a started {"ok":1}
/2 a failed {"exception":"eliot::Failure","reason":"the reason"}
)");
}

TEST_CASE("an action knows its place") {
    Lines log;
    eliot::Action root{"root"};
    CHECK(eliot::TaskUuid::parse(root.task_uuid()).has_value());
    CHECK(root.task_level().to_string() == "/");
    root.log("m");
    auto in = root.context();
    eliot::Action child{"child"};
    CHECK(child.task_uuid() == root.task_uuid());
    CHECK(child.task_level() == eliot::TaskLevel{3});
    CHECK(child.serialize_task_id() == root.task_uuid() + "@/3/2");
    CHECK(child.serialize_task_id() == root.task_uuid() + "@/3/3");
    child.finish();
    root.finish();
    CHECK(log.messages().at(3).at("task_level") == nlohmann::json{3, 4});
}

TEST_CASE("the id of an action that logs nothing more is that of a task of its own") {
    Lines log;
    eliot::Action action{"done"};
    action.finish();
    const std::string id = action.serialize_task_id();
    CHECK(id.ends_with("@/"));
    CHECK(id.substr(0, 36) != action.task_uuid());
    CHECK(eliot::TaskUuid::parse(id.substr(0, 36)).has_value());
}
