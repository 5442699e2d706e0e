// SPDX-License-Identifier: Apache-2.0
#pragma once

// The system's time at half its price: a processor's counter, interpolated between reads of the
// system's clock about a millisecond apart. One per thread, so nothing is shared or locked.
//
//     detail::CounterClock clock;
//     std::int64_t nanoseconds = clock.read(source);   // ticks() and time(), as TimeStampCounter
//     has

#include <eliot/config.hpp>

#include <concepts>
#include <cstdint>

ELIOT_BEGIN_NAMESPACE

namespace detail {

/// `ticks()` counts steadily and cheaply, `time()` is the system's time in nanoseconds. A rate that
/// one clock has learnt is offered to `share_rate`, for others to begin with as `known_rate`.
template <class Source>
concept CounterSource = requires(Source& source, std::uint64_t rate) {
    { source.ticks() } -> std::same_as<std::uint64_t>;
    { source.time() } -> std::same_as<std::int64_t>;
    { source.known_rate() } -> std::same_as<std::uint64_t>;
    source.share_rate(rate);
};

/// Never goes back by up to `max_hold`: it stands still until the system's clock has caught up.
/// When that is set back by more, or forward, it follows at the next read of the system.
class CounterClock {
public:
    /// Nanoseconds between two reads of the system's clock.
    static constexpr std::int64_t window = 1'000'000;
    static constexpr std::int64_t max_hold = 10 * window;

    /// Nanoseconds since the epoch.
    template <CounterSource Source>
    std::int64_t read(Source& source) noexcept {
        const std::uint64_t elapsed = source.ticks() - base_ticks_;
        if (elapsed < window_ticks_) [[likely]] {
            return hold(base_time_ + static_cast<std::int64_t>(elapsed * rate_ >> 32));
        }
        return hold(synchronize(source));
    }

    /// The rule by which no time goes back, alone: for a time that was read without a counter.
    std::int64_t hold(std::int64_t time) noexcept {
        if (time < last_ && last_ - time <= max_hold) {
            return last_;
        }
        return last_ = time;
    }

private:
    struct Reading {
        std::uint64_t ticks = 0;
        std::int64_t time = 0;
        std::uint64_t spread = UINT64_MAX; // ticks that passed while time was read
        std::int64_t latest = 0;           // of several tries, not all as good
    };

    template <CounterSource Source>
    [[gnu::noinline, gnu::cold]] std::int64_t synchronize(Source& source) noexcept;
    template <CounterSource Source>
    static Reading take_reading(Source& source) noexcept;
    void start_at(const Reading& reading) noexcept;
    void learn_rate(const Reading& reading) noexcept;
    void correct_rate(const Reading& reading) noexcept;
    void use_rate(std::uint64_t rate) noexcept;

    // Readings further apart are tried again, or at last not used: somebody else ran in between.
    static constexpr std::uint64_t good_spread = 1U << 12;
    static constexpr std::uint64_t max_spread = 1U << 18;
    // Counters of 0.25 to 16 GHz; anything else was measured over a step of the system's clock.
    static constexpr std::uint64_t min_rate = 1ULL << 28;
    static constexpr std::uint64_t max_rate = 1ULL << 34;

    std::uint64_t base_ticks_ = 0;
    std::int64_t base_time_ = 0;
    std::uint64_t window_ticks_ = 0;
    std::uint64_t rate_ = 0; // nanoseconds a tick, times 2^32; 0 while it is not known
    std::int64_t last_ = 0;
    bool started_ = false;
};

template <CounterSource Source>
std::int64_t CounterClock::synchronize(Source& source) noexcept {
    const Reading reading = take_reading(source);
    if (reading.spread > max_spread) {
        return reading.latest;
    }
    if (!started_) {
        start_at(reading);
        use_rate(source.known_rate());
    } else if (rate_ == 0) {
        learn_rate(reading);
        source.share_rate(rate_);
    } else {
        correct_rate(reading);
    }
    return reading.latest;
}

template <CounterSource Source>
CounterClock::Reading CounterClock::take_reading(Source& source) noexcept {
    Reading best;
    for (int tries = 0; tries < 3 && best.spread > good_spread; ++tries) {
        const std::uint64_t before = source.ticks();
        const std::int64_t time = source.time();
        const std::uint64_t spread = source.ticks() - before;
        if (spread < best.spread) {
            best = {before + spread / 2, time, spread, time};
        }
        best.latest = time;
    }
    return best;
}

inline void CounterClock::start_at(const Reading& reading) noexcept {
    base_ticks_ = reading.ticks;
    base_time_ = reading.time;
    started_ = true;
}

inline void CounterClock::use_rate(std::uint64_t rate) noexcept {
    rate_ = rate;
    window_ticks_ = rate == 0 ? 0 : (static_cast<std::uint64_t>(window) << 32) / rate;
}

// Until the window has passed, every time is a read of the system's clock.
inline void CounterClock::learn_rate(const Reading& reading) noexcept {
    const std::int64_t elapsed = reading.time - base_time_;
    if (elapsed >= 0 && elapsed < window) {
        return;
    }
    const auto ticks = static_cast<double>(reading.ticks - base_ticks_);
    const double rate = static_cast<double>(elapsed) / ticks * 4294967296.0;
    start_at(reading);
    if (rate > static_cast<double>(min_rate) && rate < static_cast<double>(max_rate)) {
        use_rate(static_cast<std::uint64_t>(rate));
    }
}

inline void CounterClock::correct_rate(const Reading& reading) noexcept {
    const auto elapsed = static_cast<double>(reading.time - base_time_);
    const auto ticks = static_cast<double>(reading.ticks - base_ticks_);
    const auto rate = static_cast<double>(rate_);
    const double error = elapsed - ticks * rate / 4294967296.0;
    const double tolerance = elapsed / 512 + 2000 + static_cast<double>(reading.spread);
    start_at(reading);
    if (error > tolerance || error < -tolerance) {
        use_rate(0);
    } else {
        use_rate(static_cast<std::uint64_t>(rate + error / ticks * 4294967296.0 / 4));
    }
}

}

ELIOT_END_NAMESPACE
