// SPDX-License-Identifier: Apache-2.0
#include <eliot/encode/value.hpp>

#include "support/catch.hpp"
#include "support/encoded.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <forward_list>
#include <limits>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <ranges>
#include <set>
#include <span>
#include <sstream>
#include <string>
#include <system_error>
#include <tuple>
#include <unordered_map>
#include <variant>
#include <vector>

namespace {

enum class Color { red = 1, green };
enum Plain : unsigned char { small = 200 };
enum class Letter : char { a = 'a' };
struct Convertible {
    operator std::string_view() const { return "converted"; }
};
struct Both { // text is preferred to a range
    operator std::string_view() const { return "text"; }
    const int* begin() const { return nullptr; }
    const int* end() const { return nullptr; }
};

} // namespace

TEST_CASE("scalars") {
    CHECK(encoded(true) == "true");
    CHECK(encoded('x') == "\"x\"");
    CHECK(encoded(nullptr) == "null");
    CHECK(encoded(std::int8_t{-5}) == "-5");
    CHECK(encoded(std::uint8_t{200}) == "200");
    CHECK(encoded(std::numeric_limits<std::int64_t>::min()) == "-9223372036854775808");
    CHECK(encoded(std::numeric_limits<std::uint64_t>::max()) == "18446744073709551615");
    CHECK(encoded(1.5F) == "1.5");
    CHECK(encoded(0.1F) == "0.1");
    CHECK(encoded(2.0) == "2.0");
    CHECK(encoded(1.25L) == "1.25");
    CHECK(encoded(std::nan("")) == "null");
    CHECK(encoded(-std::numeric_limits<double>::infinity()) == "null");
    CHECK(encoded(Color::green) == "2");
    CHECK(encoded(small) == "200");
    CHECK(encoded(Letter::a) == "\"a\"");
}

TEST_CASE("text") {
    const char* none = nullptr;
    char buffer[8] = "abc";
    const char unended[3] = {'x', 'y', 'z'};
    CHECK(encoded("literal") == "\"literal\"");
    CHECK(encoded(none) == "null");
    CHECK(encoded(buffer) == "\"abc\"");
    CHECK(encoded(unended) == "\"xyz\"");
    CHECK(encoded(std::string{"a\0b", 3}) == "\"a\\u0000b\"");
    CHECK(encoded(std::string_view{}) == "\"\"");
    CHECK(encoded(Convertible{}) == "\"converted\"");
    CHECK(encoded(Both{}) == "\"text\"");
    CHECK(encoded("\xc3\xa9\xff") == "\"\xc3\xa9\xef\xbf\xbd\"");
    CHECK(encoded(std::filesystem::path{"/tmp/a b"}) == "\"/tmp/a b\"");
}

TEST_CASE("what may be absent") {
    CHECK(encoded(std::optional<int>{}) == "null");
    CHECK(encoded(std::optional{std::optional{3}}) == "3");
    CHECK(encoded(std::make_unique<std::string>("x")) == "\"x\"");
    CHECK(encoded(std::shared_ptr<int>{}) == "null");
    CHECK(encoded(std::vector<std::optional<int>>{1, std::nullopt}) == "[1,null]");
}

TEST_CASE("times and errors") {
    using namespace std::chrono_literals;
    CHECK(encoded(5s) == "5");
    CHECK(encoded(2min) == "120");
    CHECK(encoded(1500ms) == "1.5");
    CHECK(encoded(std::chrono::system_clock::time_point{1500ms}) == "1.5");
    CHECK(encoded(std::chrono::duration<double>{0.25}) == "0.25");
    CHECK(encoded(std::make_error_code(std::errc::no_such_file_or_directory)) ==
          "\"No such file or directory\"");
    CHECK(encoded(std::runtime_error{"why"}) == "\"why\"");
}

TEST_CASE("containers, nested to any depth") {
    CHECK(encoded(std::vector<int>{}) == "[]");
    CHECK(encoded(std::array{1, 2}) == "[1,2]");
    const int raw[] = {1, 2, 3};
    CHECK(encoded(raw) == "[1,2,3]");
    CHECK(encoded(std::span{raw}) == "[1,2,3]");
    CHECK(encoded(std::vector<bool>{true, false}) == "[true,false]");
    CHECK(encoded(std::set<std::string>{"b", "a"}) == "[\"a\",\"b\"]");
    CHECK(encoded(std::list<std::vector<int>>{{1}, {}, {2, 3}}) == "[[1],[],[2,3]]");
    CHECK(encoded(std::forward_list<int>{1, 2}) == "[1,2]");
    CHECK(encoded(std::pair{1, "a"}) == "[1,\"a\"]");
    CHECK(encoded(std::tuple<>{}) == "[]");
    CHECK(encoded(std::tuple{1, 'c', std::vector{2.5}}) == "[1,\"c\",[2.5]]");
    const int grid[2][2] = {{1, 2}, {3, 4}};
    CHECK(encoded(grid) == "[[1,2],[3,4]]");
}

TEST_CASE("maps have keys that are text") {
    CHECK(encoded(std::map<std::string, int>{{"a", 1}, {"b", 2}}) == R"({"a":1,"b":2})");
    CHECK(encoded(std::unordered_map<int, std::string>{{7, "x"}}) == R"({"7":"x"})");
    CHECK(encoded(std::map<std::pair<int, int>, int>{{{1, 2}, 3}}) == R"({"[1,2]":3})");
    CHECK(encoded(std::map<Color, std::map<bool, int>>{{Color::red, {{true, 1}}}}) ==
          R"({"1":{"true":1}})");
    CHECK(encoded(std::multimap<std::string, int>{{"a", 1}, {"a", 2}}) == R"([["a",1],["a",2]])");
}

TEST_CASE("variants") {
    using Variant = std::variant<std::monostate, int, std::string>;
    CHECK(encoded(Variant{}) == "null");
    CHECK(encoded(Variant{3}) == "3");
    CHECK(encoded(Variant{"x"}) == "\"x\"");
    CHECK(encoded(std::vector<Variant>{1, "a"}) == "[1,\"a\"]");
}

TEST_CASE("lazy values and views are called and walked") {
    CHECK(encoded([] { return 3; }) == "3");
    CHECK(encoded([n = 0]() mutable { return ++n; }) == "1");
    CHECK(encoded([] { return [] { return "twice"; }; }) == "\"twice\"");
    std::vector<int> numbers{1, 2, 3, 4};
    CHECK(encoded(numbers | std::views::filter([](int n) { return n % 2 == 0; })) == "[2,4]");
    CHECK(encoded(std::views::iota(0, 3)) == "[0,1,2]");
}

TEST_CASE("a long range is cut and says how long it was") {
    const std::vector<int> exact(10'000, 1);
    CHECK(nlohmann::json::parse(encoded(exact)).size() == 10'000);
    const std::vector<int> longer(10'001, 1);
    auto cut = nlohmann::json::parse(encoded(longer));
    CHECK(cut.at("array_start").size() == 10'000);
    CHECK(cut.at("original_shape") == nlohmann::json{10'001});
    CHECK(nlohmann::json::parse(encoded(std::forward_list<int>(10'002, 1))).at("original_shape") ==
          nlohmann::json{10'002});
    CHECK(nlohmann::json::parse(encoded(std::views::iota(0))).at("original_shape") ==
          nlohmann::json{nullptr});
    std::map<int, int> map;
    for (int i = 0; i < 10'001; ++i) {
        map[i] = i;
    }
    CHECK(nlohmann::json::parse(encoded(map)).at("original_shape") == nlohmann::json{10'001});
}

TEST_CASE("hexadecimal bytes") {
    const std::array<std::byte, 3> bytes{std::byte{0}, std::byte{0xab}, std::byte{0xff}};
    CHECK(encoded(eliot::hex(bytes)) == "\"00abff\"");
    CHECK(encoded(eliot::hex(std::string{"az"})) == "\"617a\"");
    CHECK(encoded(eliot::hex(bytes.data(), 1)) == "\"00\"");
    const unsigned char raw[] = {1, 2};
    CHECK(encoded(eliot::hex(raw)) == "\"0102\"");
}

TEST_CASE("random values come back as they were") {
    std::mt19937_64 random{20261125};
    const auto text = [&] {
        std::string bytes(random() % 40, ' ');
        for (char& byte : bytes) {
            byte = static_cast<char>(random() % 128);
        }
        return bytes;
    };
    for (int round = 0; round < 300; ++round) {
        std::map<std::string, std::vector<std::variant<std::int64_t, double, std::string, bool>>>
            value;
        auto expected = nlohmann::json::object();
        for (auto members = random() % 5; members > 0; --members) {
            const std::string key = text();
            auto& list = value[key];
            list.clear();
            expected[key] = nlohmann::json::array();
            for (auto items = random() % 6; items > 0; --items) {
                switch (random() % 4) {
                case 0:
                    list.emplace_back(static_cast<std::int64_t>(random()));
                    break;
                case 1:
                    list.emplace_back(std::ldexp(static_cast<double>(random()), -40));
                    break;
                case 2:
                    list.emplace_back(text());
                    break;
                default:
                    list.emplace_back(random() % 2 == 0);
                    break;
                }
                std::visit([&](const auto& item) { expected[key].push_back(item); }, list.back());
            }
        }
        CHECK(nlohmann::json::parse(encoded(value)) == expected);
    }
}
