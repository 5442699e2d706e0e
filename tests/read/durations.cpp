// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/durations.hpp>

#include "support/catch.hpp"

using eliot::detail::Durations;

TEST_CASE("percentiles of few durations are exact") {
    Durations durations;
    CHECK(durations.percentile(0.5) == 0);
    for (std::int64_t i = 100; i > 0; --i) {
        durations.add(i * 7);
    }
    CHECK(durations.count() == 100);
    CHECK(durations.total() == 7 * 5050);
    CHECK(durations.percentile(0.5) == 350);
    CHECK(durations.percentile(0.95) == 665);
    CHECK(durations.percentile(0.99) == 693);
    CHECK(durations.most() == 700);
    CHECK(durations.percentile(0.0) == 7);
}

TEST_CASE("percentiles of many durations are good to two per cent") {
    Durations durations;
    const std::int64_t count = 1'000'000;
    for (std::int64_t i = 0; i < count; ++i) {
        durations.add((i * 7919 % count) * 1000);
    }
    for (const double share : {0.01, 0.5, 0.9, 0.99, 0.999}) {
        const double exact = share * static_cast<double>(count) * 1000;
        CHECK(static_cast<double>(durations.percentile(share)) > exact * 0.98);
        CHECK(static_cast<double>(durations.percentile(share)) < exact * 1.02);
    }
    CHECK(durations.percentile(1.0) <= durations.most());
}

TEST_CASE("sums of durations end where an integer does") {
    const std::int64_t most = std::numeric_limits<std::int64_t>::max();
    CHECK(eliot::detail::added(most - 5, 5) == most);
    CHECK(eliot::detail::added(most - 5, 6) == most);
    Durations durations;
    durations.add(most - 5);
    durations.add(most - 5);
    CHECK(durations.total() == most);
}

TEST_CASE("durations of any length have a place") {
    Durations durations;
    for (int round = 0; round < 300; ++round) {
        durations.add(0);
        durations.add(std::numeric_limits<std::int64_t>::max() / 1000);
        durations.add(-5);
    }
    CHECK(durations.percentile(0.5) == 0);
    CHECK(durations.percentile(0.99) > 9'000'000'000'000'000);
}
