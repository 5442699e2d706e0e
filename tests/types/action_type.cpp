// SPDX-License-Identifier: Apache-2.0
#include <eliot/types/action_type.hpp>

#include <eliot/types/serialized_field.hpp>

#include "support/catch.hpp"
#include "support/lines.hpp"

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

using namespace eliot::literals;

namespace {

constexpr auto sign_in = eliot::action_type<"signin">(
    eliot::fields(eliot::field<"username", std::string_view>("Who."),
                  eliot::field<"attempt", int>()),
    eliot::fields(eliot::field<"status", int>("Of HTTP.")), "A user is attempting to sign in.");

}

TEST_CASE("an action type starts an action in the current one") {
    Lines log;
    {
        auto outer = eliot::start_action("outer");
        auto inner = sign_in("attempt"_f = 1, "username"_f = "john");
    }
    CHECK(log.text() == "/1 outer started\n"
                        "/2/1 signin started {\"attempt\":1,\"username\":\"john\"}\n"
                        "/2/2 signin succeeded\n/3 outer succeeded\n");
    CHECK_THAT(log.raw().at(1), Catch::Matchers::EndsWith(R"("username":"john","attempt":1})"));
}

TEST_CASE("as_task starts a new root") {
    Lines log;
    {
        auto outer = eliot::start_action("outer");
        auto root = sign_in.as_task("attempt"_f = 1, "username"_f = "john");
        CHECK(root.task_level().to_string() == "/");
        CHECK(root.task_uuid() != outer.task_uuid());
    }
}

TEST_CASE("an action type describes itself at compile time") {
    STATIC_REQUIRE(sign_in.action_type() == "signin");
    STATIC_REQUIRE(sign_in.description() == "A user is attempting to sign in.");
    STATIC_REQUIRE(sign_in.fields().size() == 2);
    STATIC_REQUIRE(sign_in.fields()[0].description == "Who.");
    STATIC_REQUIRE(sign_in.success_fields().size() == 1);
    STATIC_REQUIRE(sign_in.success_fields()[0].name == "status");
    STATIC_REQUIRE(sign_in.success_fields()[0].description == "Of HTTP.");
}

TEST_CASE("every line of a typed action points at its schema") {
    std::vector<const eliot::Schema*> seen;
    eliot::discard_early();
    const auto id = eliot::add_destination(
        [&](const eliot::Record& record) { seen.push_back(record.schema()); });
    {
        auto action = sign_in("attempt"_f = 1, "username"_f = "john");
        action.log("untyped");
        action.fail("wrong password");
    }
    eliot::remove_destination(id);
    CHECK(seen == std::vector<const eliot::Schema*>{&sign_in.schema, nullptr, &sign_in.schema});
    CHECK(sign_in.schema.is_action);
    CHECK(sign_in.schema.success.find("status") != nullptr);
}

TEST_CASE("everything may be left out") {
    constexpr auto bare = eliot::action_type<"bare">();
    Lines log;
    {
        auto action = bare();
    }
    CHECK(log.text() == "/1 bare started\n/2 bare succeeded\n");
    STATIC_REQUIRE(bare.fields().size() == 0);
}

TEST_CASE("failures of a start's serializer are told inside the action, behind its start") {
    constexpr auto type = eliot::action_type<"a">(
        eliot::fields(eliot::field<"x">([](int) -> int { throw std::runtime_error{"no"}; })));
    Lines log;
    {
        auto action = type("x"_f = 1);
    }
    const auto messages = log.messages();
    REQUIRE(messages.size() == 4);
    CHECK(messages[0].at("x") == "eliot: serialization failed: no");
    CHECK(messages[1].at("message_type") == "eliot:serialization_failure");
    CHECK(messages[1].at("task_level") == nlohmann::json{2});
    CHECK(messages[2].at("message_type") == "eliot:traceback");
    CHECK(messages[3].at("action_status") == "succeeded");
    CHECK(messages[3].at("task_level") == nlohmann::json{4});
}
