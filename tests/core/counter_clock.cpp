// SPDX-License-Identifier: Apache-2.0
#include <eliot/core/counter_clock.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <random>

using eliot::detail::CounterClock;

namespace {

constexpr std::int64_t microsecond = 1'000;
constexpr std::int64_t millisecond = 1'000'000;
constexpr std::int64_t second = 1'000'000'000;

// A counter and a system's clock in a world where every look at them takes a few nanoseconds.
struct World {
    double elapsed = 0; // true nanoseconds since the beginning
    double counter = 5e9;
    double frequency = 2.3;        // ticks a nanosecond
    double look = 10;              // nanoseconds
    std::int64_t set_by = 0;       // by how much someone has set the system's clock
    std::int64_t interruption = 0; // how long the next read of the system's clock takes
    std::uint64_t shared_rate = 0;
    int system_reads = 0;

    void pass(double nanoseconds) {
        elapsed += nanoseconds;
        counter += nanoseconds * frequency;
    }
    std::int64_t system_time() const {
        return 1'795'000'000 * second + set_by + static_cast<std::int64_t>(elapsed);
    }

    std::uint64_t ticks() {
        pass(look);
        return static_cast<std::uint64_t>(counter);
    }
    std::int64_t time() {
        ++system_reads;
        pass(look);
        const std::int64_t time = system_time();
        pass(static_cast<double>(interruption));
        interruption = 0;
        return time;
    }
    std::uint64_t known_rate() const { return shared_rate; }
    void share_rate(std::uint64_t rate) { shared_rate = rate; }
};

// Reads the clock every microsecond; the greatest error of those reads.
std::int64_t run(CounterClock& clock, World& world, std::int64_t duration) {
    std::int64_t worst = 0;
    const double end = world.elapsed + static_cast<double>(duration);
    while (world.elapsed < end) {
        world.pass(1000);
        const std::int64_t error = clock.read(world) - world.system_time();
        worst = std::max(worst, std::abs(error));
    }
    return worst;
}

struct Running {
    World world;
    CounterClock clock;

    Running() { run(clock, world, 10 * millisecond); }
};

}

TEST_CASE("until the counter's rate is known every time is the system's") {
    World world;
    CounterClock clock;
    CHECK(run(clock, world, millisecond / 2) < 100);
    CHECK(world.system_reads > 400);
    CHECK(world.shared_rate == 0);
}

TEST_CASE("once the rate is known the system's clock is read every millisecond") {
    Running running;
    running.world.system_reads = 0;
    CHECK(run(running.clock, running.world, second) < microsecond);
    CHECK(running.world.system_reads >= 900);
    CHECK(running.world.system_reads <= 1100);
}

TEST_CASE("a clock begins with the rate that another one has learnt") {
    Running running;
    CounterClock second_clock;
    running.world.system_reads = 0;
    CHECK(run(second_clock, running.world, 10 * millisecond) < microsecond);
    CHECK(running.world.system_reads <= 15);
}

TEST_CASE("a wrong rate that another clock has learnt is found out") {
    World world;
    world.shared_rate = 1ULL << 32;
    CounterClock clock;
    run(clock, world, 3 * millisecond);
    CHECK(run(clock, world, 100 * millisecond) < microsecond);
}

TEST_CASE("a system's clock that is set forward is followed within about a millisecond") {
    Running running;
    running.world.set_by = 3600 * second;
    run(running.clock, running.world, 2 * millisecond);
    CHECK(run(running.clock, running.world, 100 * millisecond) < microsecond);
}

TEST_CASE("a system's clock that is set back is followed within about a millisecond") {
    Running running;
    running.world.set_by = -3600 * second;
    run(running.clock, running.world, 2 * millisecond);
    CHECK(run(running.clock, running.world, 100 * millisecond) < microsecond);
}

TEST_CASE("time stands still while the system's clock catches up after a small step back") {
    Running running;
    std::int64_t last = running.clock.read(running.world);
    running.world.set_by = -5 * millisecond;
    for (int i = 0; i < 20'000; ++i) {
        running.world.pass(1000);
        const std::int64_t time = running.clock.read(running.world);
        REQUIRE(time >= last);
        last = time;
    }
    CHECK(run(running.clock, running.world, 100 * millisecond) < microsecond);
}

TEST_CASE("a system's clock that is set while the rate is learnt does not spoil it") {
    for (const std::int64_t step :
         {-3600 * second, -20 * millisecond, 3600 * second, 100'000'000 * second}) {
        World world;
        CounterClock clock;
        run(clock, world, millisecond / 2);
        world.set_by = step;
        run(clock, world, 5 * millisecond);
        world.system_reads = 0;
        CHECK(run(clock, world, 100 * millisecond) < microsecond);
        CHECK(world.system_reads <= 110);
    }
}

TEST_CASE("between two reads of the system a time is as good as those") {
    World world;
    world.look = 800;
    CounterClock clock;
    run(clock, world, 10 * millisecond);
    for (int i = 0; i < 10'000; ++i) {
        const int reads = world.system_reads;
        const std::int64_t error = clock.read(world) - world.system_time();
        if (world.system_reads == reads && std::abs(error) > 100) {
            CHECK(std::abs(error) <= 100);
        }
    }
}

TEST_CASE("a counter that changes its pace is followed") {
    Running running;
    running.world.frequency = 3.1;
    run(running.clock, running.world, 4 * millisecond);
    CHECK(run(running.clock, running.world, 100 * millisecond) < microsecond);
}

TEST_CASE("a system's clock that is slewed is followed") {
    Running running;
    running.world.frequency *= 1.0005;
    CHECK(run(running.clock, running.world, 100 * millisecond) < microsecond);
}

TEST_CASE("a counter that starts again, or stood still, is followed") {
    for (const double counter : {0.0, 5.001e9, 1e14}) {
        Running running;
        running.world.counter = counter;
        run(running.clock, running.world, 4 * millisecond);
        CHECK(run(running.clock, running.world, 100 * millisecond) < microsecond);
    }
}

TEST_CASE("an interrupted read of the system's clock does not spoil the times after it") {
    Running running;
    for (int i = 0; i < 100; ++i) {
        running.world.interruption = 5 * millisecond;
        CHECK(run(running.clock, running.world, 2 * millisecond) < microsecond);
    }
}

TEST_CASE("a thread that was idle for long reads the system's clock first") {
    Running running;
    for (const double pause : {0.002, 1.0, 3600.0, 1e6}) {
        running.world.pass(pause * 1e9);
        CHECK(run(running.clock, running.world, millisecond / 2) < microsecond);
    }
}

TEST_CASE("a slow system's clock is interpolated all the same") {
    World world;
    world.look = 20'000;
    CounterClock clock;
    run(clock, world, 5 * millisecond);
    world.system_reads = 0;
    CHECK(run(clock, world, 100 * millisecond) < 30 * microsecond);
    CHECK(world.system_reads < 3 * 100);
}

TEST_CASE("a system's clock that cannot be read at once is never interpolated") {
    World world;
    world.look = 200'000;
    CounterClock clock;
    CHECK(run(clock, world, 100 * millisecond) < 250 * microsecond);
    CHECK(world.shared_rate == 0);
}

TEST_CASE("times never go back, whatever jitters") {
    std::mt19937 random{6};
    World world;
    CounterClock clock;
    std::int64_t last = 0;
    for (int i = 0; i < 200'000; ++i) {
        world.pass(static_cast<double>(random() % 20'000));
        world.look = static_cast<double>(random() % 100);
        world.set_by = static_cast<std::int64_t>(random() % 4000);
        world.interruption = random() % 50 == 0 ? 100 * microsecond : 0;
        const std::int64_t time = clock.read(world);
        if (time < last) {
            REQUIRE(time >= last);
        }
        last = time;
    }
}

TEST_CASE("times without a counter never go back either") {
    CounterClock clock;
    CHECK(clock.hold(5 * second) == 5 * second);
    CHECK(clock.hold(5 * second - 1) == 5 * second);
    CHECK(clock.hold(5 * second + 1) == 5 * second + 1);
    CHECK(clock.hold(4 * second) == 4 * second);
}
