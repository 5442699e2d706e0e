// SPDX-License-Identifier: Apache-2.0
#include <eliot/output/when_full.hpp>

#include <eliot/eliot.hpp>

#include "support/catch.hpp"

#include <chrono>
#include <cstdio>
#include <pthread.h>
#include <string>
#include <thread>
#include <unistd.h>

using namespace eliot::literals;

namespace {

/// A pipe that is read only when the test says so.
class SlowReader {
public:
    SlowReader() { REQUIRE(pipe(ends_) == 0); }
    SlowReader(const SlowReader&) = delete;
    SlowReader& operator=(const SlowReader&) = delete;
    ~SlowReader() { finish(); }

    int descriptor() const { return ends_[1]; }
    void start() {
        thread_ = std::thread{[this] {
            char bytes[65536];
            for (ssize_t size = 0; (size = read(ends_[0], bytes, sizeof bytes)) > 0;) {
                text_.append(bytes, static_cast<std::size_t>(size));
            }
        }};
    }
    const std::string& finish() {
        if (thread_.joinable()) {
            close(ends_[1]);
            thread_.join();
            close(ends_[0]);
        }
        return text_;
    }

private:
    int ends_[2] = {};
    std::thread thread_;
    std::string text_;
};

eliot::FileOptions in_background(eliot::WhenFull when_full) {
    eliot::FileOptions options;
    options.flush = eliot::Flush::background;
    options.flush_every_ms = 0;
    options.when_full = when_full;
    return options;
}

/// Lines of this test that arrived, and how many `eliot:dropped` speaks of.
struct Tally {
    long arrived = 0;
    long dropped = 0;

    explicit Tally(const std::string& text) {
        for (std::size_t at = 0; at < text.size();) {
            const std::string line = text.substr(at, text.find('\n', at) - at);
            const std::size_t count = line.find("\"eliot:dropped\",\"count\":");
            arrived += line.find("\"number\":") != std::string::npos ? 1 : 0;
            dropped += count != std::string::npos ? std::stol(line.substr(count + 24)) : 0;
            at += line.size() + 1;
        }
    }
};

constexpr long line_count = 40'000; // 7 MB; 2 MiB may wait

} // namespace

TEST_CASE("lines that a slow file has no room for are dropped, the newest, and counted") {
    SlowReader reader;
    eliot::discard_early();
    const eliot::DestinationId id = eliot::detail::add_file(
        eliot::FileDestination{reader.descriptor()}, in_background(eliot::WhenFull::drop_newest));
    for (long i = 0; i < line_count; ++i) {
        eliot::log_message("count", "number"_f = i);
    }
    reader.start();
    eliot::flush();
    for (long i = 0; i < line_count; ++i) {
        eliot::log_message("count", "number"_f = i);
        if (i % 100 == 0) {
            std::this_thread::sleep_for(std::chrono::microseconds{500});
        }
    }
    eliot::remove_destination(id);
    const std::string text = reader.finish();
    const Tally tally{text};
    CHECK_THAT(text, Catch::Matchers::Contains(",\"since\":1"));
    CHECK(tally.dropped > 0);
    CHECK(tally.arrived + tally.dropped == 2 * line_count);
}

TEST_CASE("otherwise the thread that logs waits, also if it is cancelled meanwhile") {
    SlowReader reader;
    eliot::discard_early();
    const eliot::DestinationId id = eliot::detail::add_file(
        eliot::FileDestination{reader.descriptor()}, in_background(eliot::WhenFull::block));
    const bool cancelled = GENERATE(false, true);
    std::thread logger{[cancelled] {
        if (cancelled) {
            pthread_cancel(pthread_self());
        }
        for (long i = 0; i < line_count; ++i) {
            eliot::log_message("count", "number"_f = i);
        }
    }};
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
    reader.start();
    logger.join();
    eliot::remove_destination(id);
    const Tally tally{reader.finish()};
    CHECK(tally.arrived == line_count);
    CHECK(tally.dropped == 0);
}
