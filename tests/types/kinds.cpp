// SPDX-License-Identifier: Apache-2.0
#include <eliot/types/kinds.hpp>

#include <eliot/json.hpp>

#include "support/catch.hpp"

#include <array>
#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>
#include <variant>
#include <vector>

using eliot::JsonKind;
using eliot::JsonKinds;
using eliot::detail::kinds_of;

namespace {

enum class Colour { red };
struct Point {
    int x;
};
[[maybe_unused]] void to_json(nlohmann::json& json, const Point& point) { json = point.x; }

constexpr JsonKinds null = JsonKind::null;

}

TEST_CASE("scalars have one kind, and floating numbers may be null") {
    STATIC_REQUIRE(kinds_of<bool> == JsonKinds{JsonKind::boolean});
    STATIC_REQUIRE(kinds_of<int> == JsonKinds{JsonKind::integer});
    STATIC_REQUIRE(kinds_of<unsigned char> == JsonKinds{JsonKind::integer});
    STATIC_REQUIRE(kinds_of<double> == (JsonKinds{JsonKind::number} | null));
    STATIC_REQUIRE(kinds_of<float> == (JsonKinds{JsonKind::number} | null));
    STATIC_REQUIRE(kinds_of<Colour> == JsonKinds{JsonKind::integer});
    STATIC_REQUIRE(kinds_of<std::nullptr_t> == null);
}

TEST_CASE("what is written as text is a string, from a pointer perhaps null") {
    STATIC_REQUIRE(kinds_of<std::string> == JsonKinds{JsonKind::string});
    STATIC_REQUIRE(kinds_of<char> == JsonKinds{JsonKind::string});
    STATIC_REQUIRE(kinds_of<std::filesystem::path> == JsonKinds{JsonKind::string});
    STATIC_REQUIRE(kinds_of<std::error_code> == JsonKinds{JsonKind::string});
    STATIC_REQUIRE(kinds_of<std::runtime_error> == JsonKinds{JsonKind::string});
    STATIC_REQUIRE(kinds_of<const char*> == (JsonKinds{JsonKind::string} | null));
}

TEST_CASE("optional values and pointers are what they hold, or null") {
    STATIC_REQUIRE(kinds_of<std::optional<int>> == (JsonKinds{JsonKind::integer} | null));
    STATIC_REQUIRE(kinds_of<std::unique_ptr<std::string>> == (JsonKinds{JsonKind::string} | null));
}

TEST_CASE("containers are arrays or objects") {
    STATIC_REQUIRE(kinds_of<std::vector<int>> == JsonKinds{JsonKind::array});
    STATIC_REQUIRE(kinds_of<std::pair<int, int>> == JsonKinds{JsonKind::array});
    STATIC_REQUIRE(kinds_of<std::array<int, 2>> == JsonKinds{JsonKind::array});
    STATIC_REQUIRE(kinds_of<std::map<std::string, int>> == JsonKinds{JsonKind::object});
}

TEST_CASE("durations are numbers of seconds, whole ones if nothing else is possible") {
    STATIC_REQUIRE(kinds_of<std::chrono::seconds> == JsonKinds{JsonKind::integer});
    STATIC_REQUIRE(kinds_of<std::chrono::minutes> == JsonKinds{JsonKind::integer});
    STATIC_REQUIRE(kinds_of<std::chrono::milliseconds>.allow(JsonKind::number));
    STATIC_REQUIRE(kinds_of<std::chrono::system_clock::time_point>.allow(JsonKind::number));
}

TEST_CASE("a variant has the kinds of its alternatives") {
    STATIC_REQUIRE(kinds_of<std::variant<int, std::string>> ==
                   (JsonKinds{JsonKind::integer} | JsonKind::string));
    STATIC_REQUIRE(kinds_of<std::variant<std::monostate, bool>> ==
                   (JsonKinds{JsonKind::boolean} | null));
}

TEST_CASE("a callable has the kinds of what it returns") {
    constexpr auto lazy = [] { return 1; };
    STATIC_REQUIRE(kinds_of<std::remove_const_t<decltype(lazy)>> == JsonKinds{JsonKind::integer});
}

TEST_CASE("what a to_json writes may be anything") {
    STATIC_REQUIRE(kinds_of<Point> == JsonKinds::any());
    STATIC_REQUIRE(kinds_of<nlohmann::json> == JsonKinds::any());
}
