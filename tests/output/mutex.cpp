// SPDX-License-Identifier: Apache-2.0
#include <eliot/output/mutex.hpp>

#include "support/catch.hpp"

#include <thread>
#include <vector>

using eliot::detail::Lock;
using eliot::detail::Mutex;

namespace {
constinit Mutex constant_initialised;
}

TEST_CASE("one thread at a time holds a mutex") {
    int count = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int j = 0; j < 10'000; ++j) {
                const Lock lock{constant_initialised};
                ++count;
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    CHECK(count == 40'000);
}

TEST_CASE("a mutex that is held cannot be had; one that was made anew can") {
    Mutex mutex;
    CHECK(mutex.try_lock());
    std::thread{[&] { CHECK(!mutex.try_lock()); }}.join();
    mutex.make_anew();
    CHECK(mutex.try_lock());
    mutex.unlock();
}
