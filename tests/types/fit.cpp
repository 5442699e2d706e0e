// SPDX-License-Identifier: Apache-2.0
#include <eliot/types/fit.hpp>

#include "support/catch.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

using eliot::detail::Fit;
using eliot::detail::fit_of;

namespace {

enum Plain : int { plain };
enum class Scoped { scoped };
struct Animal {};
struct Dog : Animal {};

template <class Declared, class Given>
constexpr bool right = fit_of<Declared, Given>() == Fit::right;
template <class Declared, class Given>
constexpr bool narrowing = fit_of<Declared, Given>() == Fit::narrowing;
template <class Declared, class Given>
constexpr bool wrong = fit_of<Declared, Given>() == Fit::wrong;

}

TEST_CASE("the declared type itself is right") {
    STATIC_REQUIRE(right<int, int&>);
    STATIC_REQUIRE(right<bool, const bool&>);
    STATIC_REQUIRE(right<char, char>);
    STATIC_REQUIRE(right<std::vector<int>, const std::vector<int>&>);
    STATIC_REQUIRE(right<Scoped, Scoped>);
}

TEST_CASE("an integer is right where every value of its type fits") {
    STATIC_REQUIRE(right<std::int64_t, int&>);
    STATIC_REQUIRE(right<int, std::uint16_t&>);
    STATIC_REQUIRE(right<std::uint64_t, unsigned&>);
    STATIC_REQUIRE(right<double, int&>);
    STATIC_REQUIRE(right<double, unsigned&>);
    STATIC_REQUIRE(right<double, float&>);
    STATIC_REQUIRE(right<int, Plain&>);
}

TEST_CASE("what could lose a value is narrowing") {
    STATIC_REQUIRE(narrowing<int, double>);
    STATIC_REQUIRE(narrowing<int, std::int64_t&>);
    STATIC_REQUIRE(narrowing<int, std::int64_t>);
    STATIC_REQUIRE(narrowing<int, unsigned&>);
    STATIC_REQUIRE(narrowing<unsigned, int&>);
    STATIC_REQUIRE(narrowing<std::uint64_t, const int&>);
    STATIC_REQUIRE(narrowing<double, std::int64_t&>);
    STATIC_REQUIRE(narrowing<float, double&>);
    STATIC_REQUIRE(narrowing<float, int&>);
    STATIC_REQUIRE(narrowing<short, int&>);
}

TEST_CASE("a temporary int or double may be a literal, and literals have few types") {
    STATIC_REQUIRE(right<double, int>);
    STATIC_REQUIRE(right<float, int>);
    STATIC_REQUIRE(right<unsigned, int>);
    STATIC_REQUIRE(right<std::uint8_t, int>);
    STATIC_REQUIRE(right<float, double>);
    STATIC_REQUIRE(narrowing<int, double>);
    STATIC_REQUIRE(narrowing<int, long>);
    STATIC_REQUIRE(narrowing<unsigned, long>);
}

TEST_CASE("truth values, characters and numbers are no substitutes for each other") {
    STATIC_REQUIRE(wrong<int, bool&>);
    STATIC_REQUIRE(wrong<int, bool>);
    STATIC_REQUIRE(wrong<bool, int>);
    STATIC_REQUIRE(wrong<double, bool>);
    STATIC_REQUIRE(wrong<int, char>);
    STATIC_REQUIRE(wrong<char, int>);
    STATIC_REQUIRE(wrong<std::string_view, char>);
    STATIC_REQUIRE(wrong<bool, const char*>);
    STATIC_REQUIRE(wrong<int, Scoped>);
    STATIC_REQUIRE(wrong<Scoped, int>);
    STATIC_REQUIRE(wrong<int, const char(&)[4]>);
    STATIC_REQUIRE(wrong<int, std::string&>);
}

TEST_CASE("text is right where text was declared") {
    STATIC_REQUIRE(right<std::string_view, std::string&>);
    STATIC_REQUIRE(right<std::string_view, const char(&)[4]>);
    STATIC_REQUIRE(right<std::string, std::string_view>);
    STATIC_REQUIRE(right<std::string, const char*>);
    STATIC_REQUIRE(right<const char*, std::string&>);
    STATIC_REQUIRE(right<const char*, std::nullptr_t>);
    STATIC_REQUIRE(wrong<std::string_view, std::nullptr_t>);
    STATIC_REQUIRE(wrong<std::string_view, int>);
    STATIC_REQUIRE(wrong<std::string_view, std::optional<std::string>&>);
}

TEST_CASE("inside an optional the same rules hold") {
    STATIC_REQUIRE(right<std::optional<int>, int>);
    STATIC_REQUIRE(right<std::optional<int>, std::optional<int>&>);
    STATIC_REQUIRE(right<std::optional<std::int64_t>, std::optional<int>&>);
    STATIC_REQUIRE(right<std::optional<int>, std::nullopt_t const&>);
    STATIC_REQUIRE(right<std::optional<int>, std::nullptr_t>);
    STATIC_REQUIRE(right<std::optional<double>, int>);
    STATIC_REQUIRE(right<std::optional<std::string>, const char(&)[3]>);
    STATIC_REQUIRE(narrowing<std::optional<int>, double>);
    STATIC_REQUIRE(narrowing<std::optional<int>, std::optional<std::int64_t>&>);
    STATIC_REQUIRE(narrowing<std::optional<int>, std::optional<std::int64_t>>);
    STATIC_REQUIRE(wrong<std::optional<int>, bool>);
    STATIC_REQUIRE(wrong<std::optional<int>, std::string&>);
    STATIC_REQUIRE(wrong<int, std::optional<int>&>);
    STATIC_REQUIRE(right<std::unique_ptr<int>, std::unique_ptr<int>&>);
    STATIC_REQUIRE(right<std::shared_ptr<int>, std::unique_ptr<int>&>);
}

TEST_CASE("a range is right whose elements are") {
    STATIC_REQUIRE(right<std::vector<int>, std::list<int>&>);
    STATIC_REQUIRE(right<std::vector<std::string>, const char*(&)[2]>);
    STATIC_REQUIRE(right<std::span<const int>, std::vector<int>&>);
    STATIC_REQUIRE(right<std::vector<int>, int(&)[3]>);
    STATIC_REQUIRE(narrowing<std::vector<int>, std::vector<double>&>);
    STATIC_REQUIRE(wrong<std::vector<int>, std::vector<std::string>&>);
    STATIC_REQUIRE(wrong<std::vector<int>, int>);
}

TEST_CASE("a variant takes what one of its alternatives takes") {
    using Id = std::variant<int, std::string>;
    STATIC_REQUIRE(right<Id, int>);
    STATIC_REQUIRE(right<Id, const char(&)[3]>);
    STATIC_REQUIRE(right<Id, Id&>);
    STATIC_REQUIRE(narrowing<Id, double>);
    STATIC_REQUIRE(wrong<Id, bool>);
}

TEST_CASE("a callable counts as what it returns") {
    constexpr auto number = [] { return 1; };
    constexpr auto text = [] { return std::string{}; };
    STATIC_REQUIRE(right<int, decltype(number)&>);
    STATIC_REQUIRE(right<std::string_view, decltype(text)&>);
    STATIC_REQUIRE(wrong<std::string_view, decltype(number)&>);
    STATIC_REQUIRE(narrowing<unsigned, decltype(number)&>);
}

TEST_CASE("other types are right if they convert") {
    STATIC_REQUIRE(right<std::chrono::milliseconds, std::chrono::seconds&>);
    STATIC_REQUIRE(wrong<std::chrono::seconds, std::chrono::milliseconds&>);
    STATIC_REQUIRE(wrong<std::chrono::seconds, int>);
    STATIC_REQUIRE(right<std::filesystem::path, const char(&)[3]>);
    STATIC_REQUIRE(right<Animal, Dog&>);
    STATIC_REQUIRE(wrong<Dog, Animal&>);
}
