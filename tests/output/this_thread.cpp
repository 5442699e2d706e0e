// SPDX-License-Identifier: Apache-2.0
#include <eliot/output/this_thread.hpp>

#include <eliot/output/endings.hpp>

#include "support/catch.hpp"

#include <exception>
#include <stdexcept>
#include <thread>

using eliot::detail::Thread;
using eliot::detail::uncaught_exceptions;

namespace {

/// Tells what the ABI's counter says while an exception passes.
struct Witness {
    unsigned& counted;
    int& expected;
    ~Witness() {
        counted = uncaught_exceptions(eliot::detail::this_thread());
        expected = std::uncaught_exceptions();
    }
};

} // namespace

TEST_CASE("a thread has one state, and living threads do not share theirs") {
    const Thread* const mine = &eliot::detail::this_thread();
    const Thread* other = nullptr;
    std::thread{[&] { other = &eliot::detail::this_thread(); }}.join();
    CHECK(mine == &eliot::detail::this_thread());
    CHECK(other != nullptr);
    CHECK(other != mine);
}

TEST_CASE("the state of a thread that ended serves a later one") {
    const Thread* first = nullptr;
    const Thread* second = nullptr;
    std::thread{[&] { first = &eliot::detail::this_thread(); }}.join();
    std::thread{[&] { second = &eliot::detail::this_thread(); }}.join();
    CHECK(first == second);
}

TEST_CASE("exceptions under way are counted as the standard library counts them") {
    CHECK(uncaught_exceptions(eliot::detail::this_thread()) == 0);
    unsigned counted = 0;
    int expected = 0;
    try {
        const Witness witness{counted, expected};
        throw std::runtime_error{"passing"};
    } catch (const std::runtime_error&) {
        CHECK(uncaught_exceptions(eliot::detail::this_thread()) == 0);
    }
    CHECK(expected == 1);
    CHECK(counted == 1);
}
