// SPDX-License-Identifier: Apache-2.0
#include <eliot/types/typed_action.hpp>

#include <eliot/types/action_type.hpp>
#include <eliot/types/field_for_value.hpp>
#include <eliot/types/serialized_field.hpp>

#include "support/catch.hpp"
#include "support/lines.hpp"

#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

using namespace eliot::literals;

namespace {

constexpr auto signing_in = eliot::action_type<"signin">(
    eliot::fields(eliot::field<"username", std::string_view>()),
    eliot::fields(eliot::field<"status", int>(),
                  eliot::field<"result">([](const std::string& text) { return text.size(); })));
using SignIn = std::remove_const_t<decltype(signing_in)>;

}

TEST_CASE("a typed action is an action scope") {
    STATIC_REQUIRE(std::is_base_of_v<eliot::ActionScope, eliot::TypedActionScope<SignIn>>);
    STATIC_REQUIRE_FALSE(std::is_move_constructible_v<eliot::TypedActionScope<SignIn>>);
    Lines log;
    {
        auto action = signing_in("username"_f = "john");
        CHECK(eliot::current_action() == &action);
        action.add_success_fields("status"_f = 200);
        eliot::log_message("inside");
    }
    CHECK(log.text() == "/1 signin started {\"username\":\"john\"}\n/2 inside\n"
                        "/3 signin succeeded {\"status\":200}\n");
}

TEST_CASE("success fields may come in several calls, the last one of a name counts") {
    Lines log;
    {
        auto action = signing_in("username"_f = "john");
        action.add_success_fields("status"_f = 500);
        CHECK(action.result(std::string{"four"}) == "four");
        action.add_success_fields("status"_f = 200);
    }
    CHECK(log.messages().at(1).at("status") == 200);
    CHECK(log.messages().at(1).at("result") == 4);
}

TEST_CASE("result hands the value on as what it is") {
    Lines log;
    auto action = signing_in("username"_f = "john");
    std::string text = "abc";
    STATIC_REQUIRE(std::is_same_v<decltype(action.result(text)), std::string&>);
    CHECK(&action.result(text) == &text);
}

TEST_CASE("run passes the typed action, or its dynamic view") {
    Lines log;
    const int typed = signing_in("username"_f = "a").run([](auto& action) {
        action.add_success_fields("status"_f = 200);
        return 1;
    });
    signing_in("username"_f = "b").run([](eliot::Action& action) { action.log("seen"); });
    CHECK(typed == 1);
    CHECK(log.text() == "/1 signin started {\"username\":\"a\"}\n"
                        "/2 signin succeeded {\"status\":200}\n"
                        "/1 signin started {\"username\":\"b\"}\n/2 seen\n"
                        "/3 signin succeeded\n");
}

TEST_CASE("a typed action fails like any other, without its success fields") {
    Lines log;
    try {
        signing_in("username"_f = "john").run([](auto& action) {
            action.add_success_fields("status"_f = 200);
            throw std::runtime_error{"wrong password"};
        });
    } catch (const std::runtime_error&) {
    }
    CHECK(log.text() == "/1 signin started {\"username\":\"john\"}\n/2 signin failed "
                        "{\"exception\":\"std::runtime_error\",\"reason\":\"wrong password\"}\n");
}

TEST_CASE("a fixed value of the success is there when it succeeds and only then") {
    constexpr auto type = eliot::action_type<"a">(
        eliot::fields(),
        eliot::fields(eliot::field_for_value<"kind">("pizza"), eliot::field<"x", int>()));
    Lines log;
    {
        auto action = type();
        action.add_success_fields("x"_f = 1);
    }
    {
        auto action = type();
        action.fail("why not");
    }
    CHECK(log.text() == "/1 a started\n/2 a succeeded {\"kind\":\"pizza\",\"x\":1}\n/1 a started\n"
                        "/2 a failed {\"exception\":\"eliot::Failure\",\"reason\":\"why not\"}\n");
}

TEST_CASE("the unscoped form leaves its end to the program") {
    Lines log;
    {
        eliot::TypedAction action{signing_in, "username"_f = "john"};
        STATIC_REQUIRE(std::is_same_v<decltype(action), eliot::TypedAction<SignIn>>);
        CHECK(eliot::current_action() == nullptr);
        action.run([] { eliot::log_message("inside"); });
        action.add_success_fields("status"_f = 200);
        action.finish();
        const eliot::TypedAction forgotten{signing_in, "username"_f = "jane"};
    }
    CHECK(log.text() == "/1 signin started {\"username\":\"john\"}\n/2 inside\n"
                        "/3 signin succeeded {\"status\":200}\n"
                        "/1 signin started {\"username\":\"jane\"}\n");
}

TEST_CASE("a typed action may outlive its type if that was made on the spot") {
    Lines log;
    {
        int factor = 2;
        auto action = eliot::action_type<"a">(
            eliot::fields(),
            eliot::fields(eliot::field<"x">([factor](int x) { return x * factor; })))();
        action.add_success_fields("x"_f = 21);
    }
    CHECK(log.text() == "/1 a started\n/2 a succeeded {\"x\":42}\n");
}

TEST_CASE("a typed action that starts while nobody listens stays silent") {
    eliot::discard_early();
    auto action = signing_in("username"_f = "john");
    Lines log;
    action.add_success_fields("status"_f = 200);
    eliot::log_message("inside");
    action.finish();
    CHECK(log.text().empty());
}

TEST_CASE("a serializer that throws for a success field is told in the action") {
    constexpr auto type = eliot::action_type<"a">(
        eliot::fields(),
        eliot::fields(eliot::field<"x">([](int) -> int { throw std::runtime_error{"no"}; })));
    Lines log;
    {
        auto action = type();
        action.add_success_fields("x"_f = 1);
    }
    const auto messages = log.messages();
    REQUIRE(messages.size() == 4);
    CHECK(messages[1].at("message_type") == "eliot:serialization_failure");
    CHECK(messages[2].at("message_type") == "eliot:traceback");
    CHECK(messages[3].at("x") == "eliot: serialization failed: no");
    CHECK(messages[3].at("task_level") == nlohmann::json{4});
}
