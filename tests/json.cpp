// SPDX-License-Identifier: Apache-2.0
#include <eliot/json.hpp>

#include <eliot/eliot.hpp>

#include "support/catch.hpp"
#include "support/encoded.hpp"
#include "support/lines.hpp"

#include <limits>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

using namespace eliot::literals;

namespace shop {

struct Point {
    int x;
    double y;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Point, x, y)

enum class Size { small, large };
NLOHMANN_JSON_SERIALIZE_ENUM(Size, {{Size::small, "S"}, {Size::large, "L"}})

enum class Number { two = 2 };

class Private {
    std::string secret_ = "s";
    NLOHMANN_DEFINE_TYPE_INTRUSIVE(Private, secret_)
};

struct AlsoRange { // to_json comes before the range
    const int* begin() const { return nullptr; }
    const int* end() const { return nullptr; }
    friend void to_json(nlohmann::json& json, const AlsoRange&) { json = "by to_json"; }
};

struct Throws {
    friend void to_json(nlohmann::json&, const Throws&) { throw std::runtime_error{"to_json"}; }
};

struct Foreign {};

} // namespace shop

template <>
struct nlohmann::adl_serializer<shop::Foreign> {
    static void to_json(json& json, const shop::Foreign&) { json = {{"foreign", true}}; }
};

TEST_CASE("types that nlohmann_json knows are written by it, at any depth") {
    CHECK(encoded(shop::Point{1, 2}) == R"({"x":1,"y":2.0})");
    CHECK(encoded(shop::Size::large) == "\"L\"");
    CHECK(encoded(shop::Number::two) == "2");
    CHECK(encoded(shop::Private{}) == R"({"secret_":"s"})");
    CHECK(encoded(shop::AlsoRange{}) == "\"by to_json\"");
    CHECK(encoded(shop::Foreign{}) == R"({"foreign":true})");
    CHECK(encoded(std::map<shop::Size, std::vector<shop::Point>>{{shop::Size::small, {{1, 2}}}}) ==
          R"({"S":[{"x":1,"y":2.0}]})");
}

TEST_CASE("JSON values themselves") {
    const nlohmann::json value = {{"i", -1},
                                  {"u", std::numeric_limits<std::uint64_t>::max()},
                                  {"d", 0.1},
                                  {"nan", std::numeric_limits<double>::quiet_NaN()},
                                  {"list", {1, {{"k", nullptr}}, nlohmann::json::array()}},
                                  {"s", "bad \xff"},
                                  {"b", true}};
    CHECK(encoded(value) ==
          R"({"b":true,"d":0.1,"i":-1,"list":[1,{"k":null},[]],"nan":null,"s":"bad )"
          "\xef\xbf\xbd"
          R"(","u":18446744073709551615})");
    CHECK(encoded(nlohmann::ordered_json{{"z", 1}, {"a", 2}}) == R"({"z":1,"a":2})");
    CHECK(encoded(nlohmann::json::binary({1, 255})) == "\"01ff\"");
}

TEST_CASE("a JSON value of any depth is written without recursion") {
    nlohmann::json deep = 1;
    for (int i = 0; i < 100'000; ++i) {
        deep = nlohmann::json::array({std::move(deep)});
    }
    CHECK(encoded(deep).size() == 200'001);
}

TEST_CASE("the members of an object become fields, where their names are free") {
    Lines log;
    const nlohmann::json object{{"a", 1}, {"b", {1, 2}}, {"task_level", "mine"}, {"x", "second"}};
    eliot::log_message("m", "x"_f = "first", eliot::json_fields(object));
    eliot::log_message("n", eliot::json_fields(nlohmann::json{1, 2}));
    CHECK(log.text() == "/1 m {\"a\":1,\"b\":[1,2],\"x\":\"first\"}\n/1 n\n");
}

TEST_CASE("success fields from an object") {
    Lines log;
    {
        auto action = eliot::start_action("a");
        action.add_success_fields(eliot::json_fields(nlohmann::json{{"a", 1}, {"b", 2}}));
        action.add_success_fields("a"_f = 3);
    }
    CHECK(log.text() == "/1 a started\n/2 a succeeded {\"a\":3,\"b\":2}\n");
}

TEST_CASE("a to_json that throws costs only its own field") {
    Lines log;
    eliot::log_message("m", "a"_f = 1, "t"_f = shop::Throws{}, "z"_f = 2);
    const auto message = log.messages().at(0);
    CHECK(message.at("t") == "eliot: serialization failed: to_json");
    CHECK(message.at("z") == 2);
    CHECK(log.messages().at(1).at("message_type") == "eliot:serialization_failure");
    CHECK(log.messages().at(2).at("message_type") == "eliot:traceback");
}
