// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/node_text.hpp>

#include "support/catch.hpp"

using namespace eliot;

TEST_CASE("by default values are cut to 100 characters and times are in UTC") {
    const TreeOptions options;
    CHECK(options.field_limit == 100);
    CHECK(options.time_zone == TimeZone::utc);
    CHECK_FALSE(options.plain);
}

TEST_CASE("seconds have three decimals, or as many as they need") {
    CHECK(detail::seconds_text(1'234'567, false) == "0.001s");
    CHECK(detail::seconds_text(1'234'567, true) == "0.001234567s");
    CHECK(detail::seconds_text(-2'500'000'000, true) == "-2.5s");
    CHECK(detail::seconds_text(3'000'000'000, true) == "3.0s");
}

TEST_CASE("a value is cut at characters, not at bytes") {
    std::string out;
    detail::append_cut_value(out, "äöü", 2, "…");
    CHECK(out == "äö…");
    out.clear();
    detail::append_cut_value(out, "äöü", 3, "…");
    CHECK(out == "äöü");
}
