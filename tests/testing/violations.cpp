// SPDX-License-Identifier: Apache-2.0
#include <eliot/testing/violations.hpp>

#include <eliot/eliot.hpp>
#include <eliot/testing/capture.hpp>

#include "support/catch.hpp"
#include "testing/texts.hpp"

#include <array>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

using namespace eliot::literals;
using eliot::testing::Capture;
using eliot::testing::this_thread;

namespace {

struct Point {
    int x;
    int y;
};

constexpr auto place =
    eliot::field<"place">([](const Point& p) { return std::array{p.x, p.y}; }, "Where.");
constexpr auto age =
    eliot::field<"age", std::optional<int>>("In years.", [](const std::optional<int>& years) {
        if (years && *years < 0) {
            throw eliot::ValidationError{"age must not be negative"};
        }
    });
constexpr auto person =
    eliot::message_type<"person">(eliot::fields(eliot::field<"name", std::string_view>(), age,
                                                place, eliot::field_for_value<"species">("human")));
constexpr auto fetch = eliot::action_type<"fetch">(
    eliot::fields(eliot::field<"url", std::string_view>(), eliot::field<"tries", int>()),
    eliot::fields(eliot::field<"status", int>(), eliot::field<"ratio", double>()));

/// What `validate` finds, one a line.
std::string found_in(Capture& log) {
    const std::string text = text_thrown_by<eliot::ValidationError>([&] { log.validate(); });
    constexpr std::string_view before = "the log is not as its types declare it:\n\n";
    const auto end = text.find("\n\nThe log:");
    return text.starts_with(before) && end != std::string::npos
               ? text.substr(before.size(), end - before.size())
               : text;
}

constexpr const char* nothing = "(nothing was thrown)";

}

TEST_CASE("typed lines that are as declared have nothing wrong with them") {
    Capture log;
    person.log("name"_f = "john", "age"_f = 12, "place"_f = Point{1, 2});
    person.log("name"_f = "jane", "age"_f = std::nullopt, "place"_f = Point{1, 2});
    {
        auto action = fetch("url"_f = "/", "tries"_f = 1);
        action.add_success_fields("status"_f = 200);
        action.add_success_fields("ratio"_f = 1);
    }
    try {
        fetch("url"_f = "/", "tries"_f = 1).run([] { throw std::runtime_error{"no"}; });
    } catch (const std::runtime_error&) {
    }
    CHECK_NOTHROW(log.check());
}

TEST_CASE("success fields that never came are found") {
    Capture log;
    {
        auto action = fetch("url"_f = "/", "tries"_f = 1);
    }
    CHECK(found_in(log) == R"(    the success of "fetch": the field "status" is missing
    the success of "fetch": the field "ratio" is missing)");
}

TEST_CASE("fields that nobody declared and values of another kind are found") {
    Capture log;
    {
        auto action = fetch("url"_f = "/", "tries"_f = 1);
        action.add_success_fields("status"_f = 200);
        eliot::Action& dynamic = action;
        dynamic.add_success_fields("ratio"_f = "much", "extra"_f = std::vector{1, 2});
    }
    CHECK(found_in(log) ==
          R"(    the success of "fetch": the field "ratio" is "much", should be null or a number
    the success of "fetch": the field "extra" is not declared: [1,2])");
}

TEST_CASE("the same problem many times is told once, with its number") {
    Capture log;
    for (int i = 0; i < 3; ++i) {
        auto action = fetch("url"_f = "/", "tries"_f = 1);
        action.add_success_fields("status"_f = 1);
    }
    CHECK(found_in(log) == R"(    the success of "fetch": the field "ratio" is missing (3 times))");
}

TEST_CASE("values that an extra validator refuses are found, and logged all the same") {
    Capture log;
    person.log("name"_f = "john", "age"_f = -1, "place"_f = Point{1, 2});
    log.assert_has_message(person, "age"_f = -1);
    CHECK(found_in(log) == R"(    "person": the field "age": age must not be negative)");
    log.reset();
    CHECK_NOTHROW(log.check());
}

TEST_CASE("what a validator refuses is told to the capture that has the line") {
    Capture everybody;
    Capture mine{this_thread};
    const auto log_bad_age = [] {
        person.log("name"_f = "x", "age"_f = -1, "place"_f = Point{1, 2});
    };
    std::thread{log_bad_age}.join();
    CHECK(found_in(mine) == nothing);
    CHECK(found_in(everybody) == R"(    "person": the field "age": age must not be negative)");
    everybody.reset();
    log_bad_age();
    std::thread{eliot::preserve_context(log_bad_age)}.join();
    CHECK(found_in(mine) == R"(    "person": the field "age": age must not be negative (2 times))");
    CHECK(found_in(everybody) == nothing);
}

TEST_CASE("a serializer that throws is found once, by its type and field") {
    constexpr auto broken = eliot::message_type<"broken">(eliot::fields(
        eliot::field<"value">([](int) -> int { throw std::runtime_error{"no value"}; })));
    Capture log;
    broken.log("value"_f = 1);
    CHECK(log.messages().size() == 3);
    CHECK(found_in(log) == R"(    broken: field "value": no value)");
    CHECK_THROWS_AS(log.check(), eliot::ValidationError);
}

TEST_CASE("lines of a type that is given as text are not validated") {
    Capture log;
    eliot::log_message("person", "name"_f = 5);
    CHECK_NOTHROW(log.check());
}

TEST_CASE("expected fields of a type go through its serializers") {
    Capture log;
    person.log("name"_f = "john", "age"_f = 12, "place"_f = Point{1, 2});
    {
        auto action = fetch("url"_f = "/", "tries"_f = 1);
        action.add_success_fields("status"_f = 200, "ratio"_f = 0.5);
    }
    using eliot::testing::expected;
    using eliot::testing::failed;
    using eliot::testing::succeeded;
    CHECK(log.assert_has_message(person, "place"_f = Point{1, 2}).message()["name"] == "john");
    CHECK(log.assert_has_message(person).type() == "person");
    CHECK(log.assert_has_message(person, {{"place", {1, 2}}}).type() == "person");
    CHECK(
        log.assert_has_action(fetch, succeeded, expected("tries"_f = 1), expected("status"_f = 200))
            .succeeded());
    CHECK(log.assert_has_action(fetch, succeeded).is_finished());
    CHECK(text_thrown_by<eliot::testing::AssertionError>([&] {
              log.assert_has_action(fetch, failed, expected(), expected("exception"_f = "E"));
          }).find("✗ end      exception  missing, expected \"E\"") != std::string::npos);
    const auto outcome = eliot::testing::Outcome::succeeded;
    CHECK(log.assert_has_action(fetch, outcome, expected(), expected("ratio"_f = 0.5)).succeeded());
    CHECK_THROWS_AS(log.assert_has_message(person, "place"_f = Point{1, 3}),
                    eliot::testing::AssertionError);
    CHECK(eliot::testing::LoggedMessage::of_type(log.messages(), person).size() == 1);
    CHECK(eliot::testing::LoggedAction::of_type(log.messages(), fetch).size() == 1);
    log.check();
}
