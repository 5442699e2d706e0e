// SPDX-License-Identifier: Apache-2.0
// typed untyped|typed message|message_in_action|action COUNT: logs the same lines in one way or the
// other, for typed.py.
#include <eliot/eliot.hpp>

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace eliot::literals;

namespace {

inline constexpr auto step = eliot::message_type<"pizza:step">(
    eliot::fields(eliot::field<"name", std::string_view>("Which step."),
                  eliot::field<"count", std::int64_t>(), eliot::field<"ratio", double>()),
    "A step was done.");
inline constexpr auto bake = eliot::action_type<"pizza:bake">(
    eliot::fields(eliot::field<"oven", int>()),
    eliot::fields(eliot::field<"temperature", double>()), "A pizza is in the oven.");

eliot::Timestamp steady_clock() noexcept {
    static std::int64_t time = 1'795'238'505'458'876'123;
    return eliot::Timestamp{time += 50};
}

void typed_message(std::int64_t count, double ratio) {
    step.log("name"_f = "stepnumber12", "count"_f = count, "ratio"_f = ratio);
}
void untyped_message(std::int64_t count, double ratio) {
    eliot::log_message("pizza:step", "name"_f = "stepnumber12", "count"_f = count,
                       "ratio"_f = ratio);
}
void typed_action(int oven, double temperature) {
    auto action = bake("oven"_f = oven);
    action.add_success_fields("temperature"_f = temperature);
}
void untyped_action(int oven, double temperature) {
    auto action = eliot::start_action("pizza:bake", "oven"_f = oven);
    action.add_success_fields("temperature"_f = temperature);
}

void log(bool is_typed, bool is_action, int count) {
    for (int i = 0; i < count; ++i) {
        const double ratio = i % 1000 / 1000.0;
        if (is_action) {
            is_typed ? typed_action(i, ratio) : untyped_action(i, ratio);
        } else {
            is_typed ? typed_message(i, ratio) : untyped_message(i, ratio);
        }
    }
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        return 2;
    }
    const bool is_typed = argv[1] == std::string_view{"typed"};
    const std::string_view kind = argv[2];
    const int count = std::atoi(argv[3]);
    eliot::set_clock(&steady_clock);
    eliot::to_file("/dev/null", {.flush = eliot::Flush::chunk, .flush_every_ms = 0});
    if (kind == "message_in_action") {
        auto action = eliot::start_action("pizza:deliver");
        log(is_typed, false, count);
    } else {
        log(is_typed, kind == "action", count);
    }
}
