// SPDX-License-Identifier: Apache-2.0
// Types as their documentation declares and uses them: a message, an action, what they log.
#include <eliot/eliot.hpp>

#include "support/catch.hpp"
#include "support/lines.hpp"
#include "support/validating.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

using namespace eliot::literals;

namespace {

struct Coordinate {
    int x;
    int y;
};

inline constexpr auto location = eliot::field<"location">(
    [](const Coordinate& c) { return std::array{c.x, c.y}; }, "Where to deliver.");
inline constexpr auto count = eliot::field<"count", int>("The number of items.");
inline constexpr auto age = eliot::field<"age", std::optional<int>>(
    "Age in years, or null.", [](const std::optional<int>& years) {
        if (years && *years < 0) {
            throw eliot::ValidationError{"age must not be negative"};
        }
    });
inline constexpr auto kind = eliot::field_for_value<"kind">("pizza", "Always pizza.");
inline constexpr auto delivery_scheduled = eliot::message_type<"pizzadelivery:schedule">(
    eliot::fields(location, count, eliot::field<"name", std::string_view>()),
    "A pizza delivery has been scheduled.");
inline constexpr auto sign_in = eliot::action_type<"yourapp:authentication:signin">(
    eliot::fields(eliot::field<"username", std::string_view>()),
    eliot::fields(eliot::field<"status", int>()), "A user is attempting to sign in.");
inline constexpr auto user_registered =
    eliot::message_type<"user:registered">(eliot::fields(age, kind));

const std::string person = "Ada";
const std::string user = "john";
constexpr Coordinate where{3, 4};

} // namespace

TEST_CASE("a message type logs, and its partial messages are bound and written") {
    Lines log;
    delivery_scheduled.log("location"_f = where, "count"_f = 3, "name"_f = person);
    auto message = delivery_scheduled("name"_f = person);
    message.bind("count"_f = 3, "location"_f = where).write();
    const std::string line =
        "/1 pizzadelivery:schedule {\"count\":3,\"location\":[3,4],\"name\":\"Ada\"}\n";
    CHECK(log.text() == line + line);
}

TEST_CASE("an action type starts actions and tasks, and its success fields are typed") {
    Lines log;
    {
        auto action = sign_in("username"_f = user);
        action.add_success_fields("status"_f = 200);
        auto task = sign_in.as_task("username"_f = person);
        task.run([](eliot::Action& dynamic) { dynamic.log("anything", "x"_f = 1); });
    }
    CHECK(log.text() == "/1 yourapp:authentication:signin started {\"username\":\"john\"}\n"
                        "/2 yourapp:authentication:signin succeeded {\"status\":200}\n"
                        "/1 yourapp:authentication:signin started {\"username\":\"Ada\"}\n"
                        "/2 anything {\"x\":1}\n/3 yourapp:authentication:signin succeeded\n");
}

TEST_CASE("a field may take any of several types, and has a fixed value or a validator") {
    constexpr auto either =
        eliot::message_type<"either">(eliot::fields(eliot::field<"age", int, std::string>()));
    Lines log;
    Validating validating;
    either.log("age"_f = 12);
    either.log("age"_f = "twelve");
    user_registered.log("age"_f = std::nullopt);
    user_registered.log("age"_f = -1);
    CHECK(log.text() == "/1 either {\"age\":12}\n/1 either {\"age\":\"twelve\"}\n"
                        "/1 user:registered {\"age\":null,\"kind\":\"pizza\"}\n"
                        "/1 user:registered {\"age\":-1,\"kind\":\"pizza\"}\n");
    CHECK(validating.failures ==
          std::vector<std::string>{"user:registered age: age must not be negative"});
}

TEST_CASE("the class templates have the documented names, and types describe themselves") {
    STATIC_REQUIRE(std::is_same_v<decltype(count), const eliot::Field<"count", int>>);
    const auto is_message_type = []<eliot::FixedString Name, class... Rest>(
                                     const eliot::MessageType<Name, Rest...>&) { return true; };
    const auto is_action_type = []<eliot::FixedString Name, class... Rest>(
                                    const eliot::ActionType<Name, Rest...>&) { return true; };
    CHECK(is_message_type(delivery_scheduled));
    CHECK(is_action_type(sign_in));
    STATIC_REQUIRE(delivery_scheduled.message_type() == "pizzadelivery:schedule");
    STATIC_REQUIRE(sign_in.action_type() == "yourapp:authentication:signin");
    STATIC_REQUIRE(sign_in.description() == "A user is attempting to sign in.");
    STATIC_REQUIRE(delivery_scheduled.fields()[0].description == "Where to deliver.");
    using Scope = decltype(sign_in("username"_f = user));
    STATIC_REQUIRE(std::is_base_of_v<eliot::ActionScope, Scope>);
    STATIC_REQUIRE(
        std::is_same_v<Scope, eliot::TypedActionScope<std::remove_const_t<decltype(sign_in)>>>);
}

TEST_CASE("a constant that fits is right, inside optional, too") {
    constexpr auto numbers = eliot::message_type<"numbers">(
        eliot::fields(eliot::field<"d", double>(), eliot::field<"o", std::optional<double>>()));
    Lines log;
    numbers.log("d"_f = 1, "o"_f = 2);
    CHECK(log.text() == "/1 numbers {\"d\":1.0,\"o\":2}\n");
}
