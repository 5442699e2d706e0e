// SPDX-License-Identifier: Apache-2.0
#include <eliot/types/partial_message.hpp>

#include <eliot/types/message_type.hpp>
#include <eliot/types/serialized_field.hpp>

#include "support/catch.hpp"
#include "support/lines.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using namespace eliot::literals;

namespace {

struct Coordinate {
    int x;
    int y;
};

constexpr auto delivery = eliot::message_type<"delivery">(eliot::fields(
    eliot::field<"location">([](const Coordinate& c) { return std::array{c.x, c.y}; }),
    eliot::field<"count", int>(), eliot::field<"name", std::string_view>()));

}

TEST_CASE("a partial message is completed with bind and logged with write") {
    Lines log;
    auto message = delivery("name"_f = "Bob");
    message.bind("count"_f = 3, "location"_f = Coordinate{1, 2}).write();
    CHECK(log.text() == "/1 delivery {\"count\":3,\"location\":[1,2],\"name\":\"Bob\"}\n");
}

TEST_CASE("a partial message owns its values") {
    Lines log;
    auto make = [] {
        std::string name = "a name that is too long for a string without an allocation";
        const std::string_view view = name;
        return delivery("name"_f = view, "location"_f = Coordinate{1, 2});
    };
    const auto message = make();
    message.bind("count"_f = 1).write();
    CHECK(log.messages().at(0).at("name") ==
          "a name that is too long for a string without an allocation");
}

TEST_CASE("bind leaves the old message as it was, and replaces what is given again") {
    Lines log;
    const auto first = delivery("name"_f = "Bob", "count"_f = 1, "location"_f = Coordinate{0, 0});
    const auto second = first.bind("count"_f = 2);
    second.write();
    first.write();
    CHECK(log.messages().at(0).at("count") == 2);
    CHECK(log.messages().at(1).at("count") == 1);
}

TEST_CASE("a message may be written many times, and kept in a container") {
    Lines log;
    auto message =
        delivery("name"_f = std::string{"Bob"}, "count"_f = 1, "location"_f = Coordinate{0, 0});
    std::vector messages{message, message};
    for (const auto& each : messages) {
        each.write();
    }
    message.write();
    REQUIRE(log.messages().size() == 3);
    CHECK(log.messages().at(2).at("name") == "Bob");
}

TEST_CASE("an array, a literal and a null pointer can be kept") {
    constexpr auto type = eliot::message_type<"m">(eliot::fields(
        eliot::field<"list", std::vector<int>>(), eliot::field<"port", std::uint16_t>(),
        eliot::field<"text", std::string_view>(), eliot::field<"age", std::optional<int>>()));
    Lines log;
    const int list[] = {1, 2};
    const char* nothing = nullptr;
    type("list"_f = list, "text"_f = nothing).bind("port"_f = 80, "age"_f = std::nullopt).write();
    CHECK(log.text() == "/1 m {\"age\":null,\"list\":[1,2],\"port\":80,\"text\":\"\"}\n");
}

TEST_CASE("text is kept as the serializer wants it") {
    constexpr auto type = eliot::message_type<"m">(
        eliot::fields(eliot::field<"view">([](std::string_view text) { return text.size(); }),
                      eliot::field<"pointer">([](const char* text) { return text[0]; })));
    Lines log;
    type("view"_f = "four", "pointer"_f = "x").write();
    CHECK(log.text() == "/1 m {\"pointer\":\"x\",\"view\":4}\n");
}
