// SPDX-License-Identifier: Apache-2.0
#include <eliot/types/typed_views.hpp>

#include <eliot/types/field_for_value.hpp>
#include <eliot/types/serialized_field.hpp>

#include "support/catch.hpp"

#include <string>
#include <string_view>
#include <type_traits>

using namespace eliot::literals;
using namespace eliot::detail;

namespace {

std::string_view name_of(const FieldView& view) { return {view.key, view.key_size}; }

}

TEST_CASE("views stand in the order of the list, whatever the order of the arguments") {
    constexpr auto list =
        eliot::fields(eliot::field<"count", int>(), eliot::field_for_value<"kind">("pizza"),
                      eliot::field<"name", std::string_view>());
    ViewsOf<std::remove_const_t<decltype(list)>> views;
    set_all_views(views, list, "name"_f = "Bob", "count"_f = 3);
    CHECK(name_of(views.items[0]) == ",\"count\":");
    CHECK(views.items[0].signed_integer == 3);
    CHECK(name_of(views.items[1]) == ",\"kind\":");
    CHECK(views.items[1].kind == ValueKind::text);
    CHECK(name_of(views.items[2]) == ",\"name\":");
    CHECK(std::string_view{views.items[2].text.data, views.items[2].text.size} == "Bob");
}

TEST_CASE("a name that is too long to be copied in blocks is written as one of run time") {
    constexpr auto list = eliot::fields(
        eliot::field<"as long as a name may be to be copied in blocks: 60 bytes ..", int>(),
        eliot::field<"longer than a name may be to be copied in blocks: 61 bytes ..", int>());
    ViewsOf<std::remove_const_t<decltype(list)>> views;
    set_all_views(views, list, "as long as a name may be to be copied in blocks: 60 bytes .."_f = 1,
                  "longer than a name may be to be copied in blocks: 61 bytes .."_f = 2);
    CHECK(views.items[0].static_key);
    CHECK_FALSE(views.items[1].static_key);
    CHECK(name_of(views.items[1]) ==
          "longer than a name may be to be copied in blocks: 61 bytes ..");
}

TEST_CASE("of some fields the views stand in the order of the arguments") {
    constexpr auto list =
        eliot::fields(eliot::field<"a", int>(), eliot::field<"b", int>(), eliot::field<"c", int>());
    ViewsOf<std::remove_const_t<decltype(list)>> views;
    set_given_views(views, list, "c"_f = 3, "a"_f = 1);
    CHECK(name_of(views.items[0]) == ",\"c\":");
    CHECK(views.items[0].signed_integer == 3);
    CHECK(name_of(views.items[1]) == ",\"a\":");
    CHECK(views.items[1].signed_integer == 1);
}

TEST_CASE("views of plain fields are as large as those of an untyped call") {
    constexpr auto list = eliot::fields(eliot::field<"a", int>(), eliot::field<"b", int>());
    STATIC_REQUIRE(list.size == 2);
    STATIC_REQUIRE(sizeof(ViewsOf<std::remove_const_t<decltype(list)>>) <=
                   2 * sizeof(FieldView) + sizeof(Binding));
}
