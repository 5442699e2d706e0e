// SPDX-License-Identifier: Apache-2.0
#include <eliot/types/mistake.hpp>

#include <eliot/types/field_for_value.hpp>
#include <eliot/types/serialized_field.hpp>

#include "support/catch.hpp"

#include <string_view>

using namespace eliot::literals;
using namespace eliot::detail;

namespace {

constexpr auto fields =
    eliot::fields(eliot::field<"count", int>(), eliot::field<"name", std::string_view>(),
                  eliot::field_for_value<"kind">("pizza"),
                  eliot::field<"length">([](std::string_view text) { return text.size(); }));
using List = std::remove_const_t<decltype(fields)>;

template <Extent E, class... Args>
constexpr auto found = plan<List, E, Args...>;

using Count = eliot::NamedField<"count", int>;
using Name = eliot::NamedField<"name", const char (&)[4]>;
using Length = eliot::NamedField<"length", std::string_view&>;

}

TEST_CASE("a right call is planned: where each argument stands on the line") {
    constexpr auto plan = found<Extent::all, Length, Name, Count>;
    STATIC_REQUIRE(plan.mistake == MistakeKind::none);
    STATIC_REQUIRE(plan.place[0] == 3);
    STATIC_REQUIRE(plan.place[1] == 1);
    STATIC_REQUIRE(plan.place[2] == 0);
}

TEST_CASE("what is missing matters only where all is asked for") {
    STATIC_REQUIRE(found<Extent::all, Count, Length>.mistake == MistakeKind::missing);
    STATIC_REQUIRE(found<Extent::all, Count, Length>.mistaken == 1);
    STATIC_REQUIRE(found<Extent::some, Count, Length>.mistake == MistakeKind::none);
    STATIC_REQUIRE(found<Extent::some>.mistake == MistakeKind::none);
}

TEST_CASE("the first mistake among the arguments is found") {
    using Unknown = eliot::NamedField<"colour", int>;
    using Kind = eliot::NamedField<"kind", const char(&)[6]>;
    STATIC_REQUIRE(found<Extent::all, Count, Unknown>.mistake == MistakeKind::unknown);
    STATIC_REQUIRE(found<Extent::all, Count, Unknown>.mistaken == 1);
    STATIC_REQUIRE(found<Extent::all, Count, Count>.mistake == MistakeKind::repeated);
    STATIC_REQUIRE(found<Extent::all, Kind>.mistake == MistakeKind::constant);
    STATIC_REQUIRE(found<Extent::all, int>.mistake == MistakeKind::not_a_field);
    STATIC_REQUIRE(found<Extent::all, eliot::RuntimeField<int>>.mistake ==
                   MistakeKind::not_a_field);
}

TEST_CASE("a value that does not fit its field is a mistake") {
    STATIC_REQUIRE(found<Extent::all, eliot::NamedField<"count", double>>.mistake ==
                   MistakeKind::narrowing);
    STATIC_REQUIRE(found<Extent::all, eliot::NamedField<"count", bool>>.mistake ==
                   MistakeKind::wrong);
    STATIC_REQUIRE(found<Extent::all, eliot::NamedField<"length", int>>.mistake ==
                   MistakeKind::not_serializable);
}
