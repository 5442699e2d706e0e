// SPDX-License-Identifier: Apache-2.0
#include <eliot/encode/make_view.hpp>

#include "support/catch.hpp"

#include <optional>
#include <string>

using namespace eliot::literals;
using namespace eliot::detail;

namespace {
enum class Shade { red, green };
}

TEST_CASE("scalars and text are views by value, the rest by reference") {
    const std::string text = "text";
    CHECK(make_view("a"_f = 1).kind == ValueKind::signed_integer);
    CHECK(make_view("a"_f = 1U).kind == ValueKind::unsigned_integer);
    CHECK(make_view("a"_f = Shade::green).signed_integer == 1);
    CHECK(make_view("a"_f = 1.0F).kind == ValueKind::float32);
    CHECK(make_view("a"_f = true).boolean);
    CHECK(make_view("a"_f = text).text.data == text.data());
    CHECK(make_view("a"_f = "lit").text.size == 3);
    CHECK(make_view("a"_f = text.c_str()).kind == ValueKind::c_string);
    const std::optional<int> value;
    CHECK(make_view("a"_f = value).object.object == &value);
}

TEST_CASE("the key of a name known at compile time is written already") {
    const FieldView view = make_view("co\"unt"_f = 1);
    CHECK(std::string_view{view.key, view.key_size} == ",\"co\\\"unt\":");
    CHECK(view.static_key);
    const FieldView runtime = make_view(eliot::named("count", 1));
    CHECK(std::string_view{runtime.key, runtime.key_size} == "count");
    CHECK_FALSE(runtime.static_key);
}
