// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/failures.hpp>

#include "read/support/tree_text.hpp"
#include "support/catch.hpp"

using namespace read_tests;

namespace {

/// "failed /2/2 E: r, out to /" for each failure.
std::string failures_of(const std::vector<std::string>& lines) {
    std::string out;
    for (const auto& task : tasks_of(lines)) {
        const auto level = [&](std::uint32_t node) {
            return eliot::detail::level_text(eliot::detail::level_of(task.store(), node));
        };
        for (const auto& failure : eliot::find_failures(task)) {
            const char* const kinds[] = {"failed ", "logged ", "unfinished "};
            out += kinds[static_cast<std::size_t>(failure.kind)] + level(failure.node) + ' ' +
                   failure.exception + ": " + failure.reason + ", out to " +
                   level(failure.outermost) + '\n';
        }
    }
    return out;
}

}

TEST_CASE("a failure is where it began, and goes as far as it travelled") {
    CHECK(failures_of({start("1"), start("2,1", "b"), start("2,2,1", "c"),
                       failed("2,2,2", "c", "E"), failed("2,3", "b", "E"), read_tests::end("3")}) ==
          "failed /2/2 E: r, out to /2\n");
}

TEST_CASE("an exception that became another one on its way is the same failure") {
    CHECK(failures_of({start("1"), start("2,1", "b"), failed("2,2", "b", "E"),
                       failed("3", "a", "F")}) == "failed /2 E: r, out to /\n");
}

TEST_CASE(
    "of several failures inside the one with the same words is the cause, else the last one") {
    const std::string first = failed("2,2", "b", "E");
    const std::string second = failed("3,2", "b", "F");
    CHECK(failures_of({start("1"), start("2,1", "b"), first, start("3,1", "b"), second,
                       failed("4", "a", "E")}) ==
          "failed /2 E: r, out to /\nfailed /3 F: r, out to /3\n");
    CHECK(failures_of({start("1"), start("2,1", "b"), first, start("3,1", "b"), second,
                       failed("4", "a", "G")}) ==
          "failed /2 E: r, out to /2\nfailed /3 F: r, out to /\n");
}

TEST_CASE("a traceback counts only if no failed action says the same") {
    const std::string traceback = line(
        "2", R"("message_type":"eliot:traceback","exception":"E","reason":"r","traceback":"t")");
    CHECK(failures_of({start("1"), traceback, read_tests::end("3")}) ==
          "logged /2 E: r, out to /2\n");
    CHECK(failures_of({start("1"), traceback, failed("3", "a", "E")}) ==
          "failed / E: r, out to /\n");
}

TEST_CASE("an action that never ended is a suspect where it is innermost") {
    CHECK(failures_of({start("1"), message("2"), start("3,1", "b")}) ==
          "unfinished /3 : , out to /3\n");
    CHECK(failures_of({start("1"), read_tests::end("2"), start("3,1", "b")}).empty());
}

TEST_CASE("a failure without exception is one") {
    CHECK(failures_of({start("1"), line("2", R"("action_type":"a","action_status":"failed")")}) ==
          "failed / failed without an exception: , out to /\n");
}
