// SPDX-License-Identifier: Apache-2.0
#include <eliot/encode/shapes.hpp>

#include "support/catch.hpp"

#include <any>
#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace {

struct Nothing {};
struct Json {}; // a stand-in for nlohmann's
struct WithToJson {
    [[maybe_unused]] friend void to_json(Json&, const WithToJson&) {}
    int* begin() const { return nullptr; }
    int* end() const { return nullptr; }
};

} // namespace

using eliot::Loggable;
using eliot::detail::Shape;
using eliot::detail::shape;

TEST_CASE("standard types are recognised by their shape") {
    STATIC_REQUIRE(shape<std::string> == Shape::text);
    STATIC_REQUIRE(shape<const std::optional<int>&> == Shape::optional);
    STATIC_REQUIRE(shape<std::unique_ptr<int>> == Shape::pointer);
    STATIC_REQUIRE(shape<std::chrono::milliseconds> == Shape::duration);
    STATIC_REQUIRE(shape<std::chrono::system_clock::time_point> == Shape::system_time);
    STATIC_REQUIRE(shape<std::map<int, int>> == Shape::map);
    STATIC_REQUIRE(shape<std::vector<int>> == Shape::range);
    STATIC_REQUIRE(shape<std::runtime_error> == Shape::exception);
    STATIC_REQUIRE(shape<std::error_code> == Shape::error_code);
}

TEST_CASE("what has no encoding says why") {
    STATIC_REQUIRE(shape<int*> == Shape::raw_pointer);
    STATIC_REQUIRE(shape<void*> == Shape::raw_pointer);
    STATIC_REQUIRE(shape<std::byte> == Shape::bytes);
    STATIC_REQUIRE(shape<wchar_t> == Shape::wide_text);
    STATIC_REQUIRE(shape<const wchar_t(&)[3]> == Shape::wide_text);
    STATIC_REQUIRE(shape<std::chrono::steady_clock::time_point> == Shape::other_clock);
    STATIC_REQUIRE(shape<Nothing> == Shape::unsupported);
    STATIC_REQUIRE(shape<std::any> == Shape::unsupported);
    STATIC_REQUIRE(shape<std::thread::id> == Shape::unsupported);
    STATIC_REQUIRE_FALSE(Loggable<Nothing>);
    STATIC_REQUIRE(Loggable<int>);
}

TEST_CASE("a to_json is found without knowing the library, before the type is taken for a range") {
    STATIC_REQUIRE(shape<WithToJson> == Shape::json_without_header);
}
