// SPDX-License-Identifier: Apache-2.0
#include <eliot/output/backlog.hpp>

#include "support/catch.hpp"

#include <string>
#include <utility>

using eliot::detail::Backlog;

TEST_CASE("a backlog gives back what it was given") {
    Backlog backlog;
    CHECK(backlog.empty());
    backlog.keep("one\n");
    backlog.keep("two\nthree\n");
    CHECK(backlog.lines() == "one\ntwo\nthree\n");
    backlog.remove(4);
    CHECK(backlog.lines() == "two\nthree\n");
    Backlog other{std::move(backlog)};
    other.remove(10);
    CHECK(other.empty());
    CHECK(other.lost() == 0);
}

TEST_CASE("what does not fit into a backlog is dropped, whole lines, and counted") {
    Backlog backlog;
    const std::string line = std::string(999, 'x') + '\n';
    std::string ten;
    for (int i = 0; i < 10; ++i) {
        ten += line;
    }
    for (int i = 0; i < 110; ++i) {
        backlog.keep(ten);
    }
    const std::size_t kept = backlog.lines().size() / 1000;
    CHECK(backlog.lines().size() % 1000 == 0);
    CHECK(kept == Backlog::most_bytes / 1000);
    CHECK(backlog.lost() == 1100 - kept);

    // Once something is lost, nothing more is kept: no gap in the middle.
    backlog.remove(500'000);
    backlog.keep("later\n");
    CHECK(backlog.lost() == 1101 - kept);
    CHECK(backlog.take_lost() == 1101 - kept);
    backlog.keep("later\n");
    CHECK(backlog.lost() == 0);
    CHECK(backlog.lines().substr(backlog.lines().size() - 6) == "later\n");
}

TEST_CASE("a line longer than a backlog is lost") {
    Backlog backlog;
    backlog.keep(std::string(Backlog::most_bytes, 'x') + '\n');
    CHECK(backlog.empty());
    CHECK(backlog.lost() == 1);
    backlog.forget();
    CHECK(backlog.lost() == 0);
}

TEST_CASE("lines are counted by their ends") {
    CHECK(eliot::detail::count_lines("") == 0);
    CHECK(eliot::detail::count_lines("a\n\nb\n") == 3);
}
