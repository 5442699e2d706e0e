// SPDX-License-Identifier: Apache-2.0
// For cost.py: logs lines in the functions that it counts the instructions of, with `captures`
// behind captures that have come and gone.

#include <eliot/eliot.hpp>
#include <eliot/testing/capture.hpp>

#include <string_view>

using namespace eliot::literals;

extern "C" [[gnu::noinline]] void log_to_file() {
    for (int i = 0; i < 1000; ++i) {
        auto action = eliot::start_action("action", "i"_f = i);
        eliot::log_message("message", "i"_f = i);
    }
}

extern "C" [[gnu::noinline]] void log_to_nobody() {
    for (int i = 0; i < 1000; ++i) {
        eliot::log_message("message", "i"_f = i);
    }
}

namespace {

void use_captures() {
    eliot::testing::Capture all;
    eliot::testing::Capture mine{eliot::testing::this_thread};
    all.pin_clock(1);
    all.pin_ids();
    mine.pin_clock(2);
    mine.pin_ids();
    eliot::log_message("captured");
    mine.assert_has_message("captured");
}

}

int main(int argc, char** argv) {
    // Without the early state; and everything is allocated before the counting begins.
    const auto file = eliot::to_file("/dev/null");
    log_to_file();
    if (argc > 1 && std::string_view{argv[1]} == "captures") {
        use_captures();
    }
    eliot::set_clock([]() noexcept { return eliot::Timestamp{1}; });
    log_to_file();
    eliot::remove_destination(file);
    log_to_nobody();
}
