// SPDX-License-Identifier: Apache-2.0
#include <eliot/types/typed_value.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

using eliot::JsonKind;
using eliot::JsonKinds;
using eliot::detail::FieldView;
using eliot::detail::Fit;
using eliot::detail::NoSerializer;
using eliot::detail::TypedValue;
using eliot::detail::ValueKind;

namespace {

template <class Values, class T>
FieldView view_of(T&& value) {
    FieldView view{};
    Values::template set<T>(view, NoSerializer{}, value, nullptr);
    return view;
}

}

TEST_CASE("of several types the best fit counts") {
    using Values = TypedValue<int, std::string>;
    STATIC_REQUIRE(Values::fit<int&>() == Fit::right);
    STATIC_REQUIRE(Values::fit<std::string_view>() == Fit::right);
    STATIC_REQUIRE(Values::fit<std::int64_t&>() == Fit::narrowing);
    STATIC_REQUIRE(Values::fit<bool>() == Fit::wrong);
    STATIC_REQUIRE(Values::kinds() == (JsonKinds{JsonKind::integer} | JsonKind::string));
}

TEST_CASE("a whole number for a floating field is written with a fraction") {
    const FieldView view = view_of<TypedValue<double>>(1);
    CHECK(view.kind == ValueKind::float64);
    CHECK(view.float64 == 1.0);
}

TEST_CASE("a number keeps its own kind where several types are declared") {
    CHECK(view_of<TypedValue<double, int>>(1).kind == ValueKind::signed_integer);
    CHECK(view_of<TypedValue<double, int>>(1.0).kind == ValueKind::float64);
}

TEST_CASE("nothing for an optional is null") {
    CHECK(view_of<TypedValue<std::optional<int>>>(std::nullopt).kind == ValueKind::null);
    CHECK(view_of<TypedValue<std::optional<int>>>(nullptr).kind == ValueKind::null);
    CHECK(view_of<TypedValue<std::optional<int>>>(7).kind == ValueKind::signed_integer);
}

TEST_CASE("only what may be a literal may be out of range") {
    STATIC_REQUIRE(TypedValue<unsigned>::may_be_out_of_range<int>());
    STATIC_REQUIRE_FALSE(TypedValue<unsigned>::may_be_out_of_range<unsigned&>());
    STATIC_REQUIRE_FALSE(TypedValue<int>::may_be_out_of_range<int>());
    STATIC_REQUIRE_FALSE(TypedValue<double>::may_be_out_of_range<int>());
    STATIC_REQUIRE_FALSE(TypedValue<unsigned, int>::may_be_out_of_range<int>());
    STATIC_REQUIRE(TypedValue<std::uint8_t>::is_in_range(255));
    STATIC_REQUIRE_FALSE(TypedValue<std::uint8_t>::is_in_range(256));
    STATIC_REQUIRE_FALSE(TypedValue<std::optional<unsigned>>::is_in_range(-1));
    STATIC_REQUIRE(TypedValue<std::optional<unsigned>>::is_in_range(1));
}
