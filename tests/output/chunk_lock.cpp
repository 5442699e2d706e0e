// SPDX-License-Identifier: Apache-2.0
#include <eliot/output/chunk_lock.hpp>

#include "support/catch.hpp"
#include "support/child.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace eliot::detail;

namespace {

std::int64_t wait_for_chunk(Thread& self) {
    const std::int64_t begin = monotonic_ms();
    {
        const ChunkLock lock{self, self.chunk};
    }
    return monotonic_ms() - begin;
}

} // namespace

TEST_CASE("a mutex is waited for until a certain time") {
    Mutex mutex;
    CHECK(lock_until(mutex, 0));
    std::thread{[&] {
        const std::int64_t begin = monotonic_ms();
        CHECK(!lock_until(mutex, begin + 20));
        CHECK(monotonic_ms() - begin >= 20);
    }}.join();
    mutex.unlock();
}

TEST_CASE("a mutex that another thread locks without a pause is had all the same") {
    Mutex mutex;
    std::atomic<std::size_t> locked{0};
    std::atomic<bool> stop{false};
    std::thread other{[&] {
        while (!stop) {
            const Lock lock{mutex};
            (void)!getppid();
            ++locked;
        }
    }};
    std::vector<std::size_t> waits;
    for (int i = 0; i < 31; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds{1});
        const std::size_t before = locked;
        CHECK(lock_until(mutex, monotonic_ms() + 10'000));
        waits.push_back(locked - before);
        mutex.unlock();
    }
    stop = true;
    other.join();
    std::sort(waits.begin(), waits.end());
    CHECK(waits[waits.size() * 3 / 4] < 1000); // how often the other one was first
}

TEST_CASE("while the program ends, the thread that ends it delivers, the others wait a moment") {
    const Child child{[] {
        const auto mine = std::make_unique<Thread>();
        const auto other = std::make_unique<Thread>();
        if (is_held_back(*mine)) {
            _exit(1);
        }
        runtime().exiting_thread.store(mine.get());
        runtime().exit_deadline_ms.store(monotonic_ms() + 100);
        runtime().flags.fetch_or(flag::exiting);
        if (is_held_back(*mine) || !is_held_back(*other)) {
            _exit(2);
        }
        if (wait_for_chunk(*mine) > 90) {
            _exit(3);
        }
        _exit(wait_for_chunk(*other) > 0 && !is_held_back(*other) ? 0 : 4);
    }};
    CHECK(child.outcome() == "exit status 0");
}
