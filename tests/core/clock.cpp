// SPDX-License-Identifier: Apache-2.0
#include <eliot/core/clock.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

using eliot::Timestamp;
using eliot::detail::read_system_clock;

namespace {

// How far, in nanoseconds, the times of about `duration` lie outside of the system's before and
// after them; -1 if one goes back.
std::int64_t worst_error(std::int64_t duration) {
    const std::int64_t end = read_system_clock() + duration;
    std::int64_t worst = 0;
    Timestamp last{0};
    for (std::int64_t before = 0; before < end;) {
        before = read_system_clock();
        const Timestamp time = eliot::now();
        const std::int64_t after = read_system_clock();
        if (time < last) {
            return -1;
        }
        last = time;
        worst = std::max({worst, before - time.nanoseconds(), time.nanoseconds() - after});
    }
    return worst;
}

bool is_right(std::int64_t error) { return error >= 0 && error < 200'000; }

}

TEST_CASE("now is the system's time and never goes back") {
    CHECK(is_right(worst_error(100'000'000)));
}

TEST_CASE("now is the system's time on every thread") {
    std::vector<std::int64_t> errors(4);
    std::vector<std::thread> threads;
    for (auto& error : errors) {
        threads.emplace_back([&error] { error = worst_error(50'000'000); });
    }
    for (std::size_t i = 0; i < threads.size(); ++i) {
        threads[i].join();
        CHECK(is_right(errors[i]));
    }
}

TEST_CASE("now is the system's time in a child process") {
    static_cast<void>(eliot::now());
    const pid_t child = ::fork();
    if (child == 0) {
        _exit(is_right(worst_error(10'000'000)) ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    CHECK(status == 0);
}

TEST_CASE("a test can set the clock, and give the system's back") {
    eliot::set_clock([]() noexcept { return Timestamp{1'000'000'005}; });
    CHECK(eliot::now() == Timestamp{1'000'000'005});
    CHECK(eliot::now() == Timestamp{1'000'000'005});
    eliot::set_clock([]() noexcept { return Timestamp{5}; });
    CHECK(eliot::now() == Timestamp{5});
    eliot::set_clock(nullptr);
    CHECK(eliot::now() > Timestamp{1'600'000'000'000'000'000});
}

#if defined(__linux__) && defined(__x86_64__)

TEST_CASE("now is the system's time, and errno as before, if the kernel cannot be asked") {
    rlimit limit{};
    REQUIRE(::getrlimit(RLIMIT_NOFILE, &limit) == 0);
    const rlimit no_files{0, limit.rlim_max};
    eliot::detail::counter_trust.store(eliot::detail::CounterTrust::unknown);
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &no_files) == 0);
    errno = EINTR;
    static_cast<void>(eliot::now());
    const int error = errno;
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &limit) == 0);
    CHECK(error == EINTR);
    CHECK(eliot::detail::counter_trust.load() == eliot::detail::CounterTrust::distrusted);
    CHECK(is_right(worst_error(10'000'000)));
    eliot::detail::counter_trust.store(eliot::detail::CounterTrust::unknown);
}

#endif
