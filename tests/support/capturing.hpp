// SPDX-License-Identifier: Apache-2.0
#pragma once

// For tests of what lands in a capture, and what elsewhere.
//
//     Listening destination;  Capture log;  eliot::log_message("a");
//     CHECK(types_in(log) == "a");  CHECK(destination.types().empty());

#include <eliot/eliot.hpp>
#include <eliot/testing/capture.hpp>

#include <string>
#include <thread>
#include <utility>
#include <vector>

/// The types of the lines, `a b c`.
inline std::string types_in(const std::vector<nlohmann::json>& messages) {
    std::string types;
    for (const auto& message : messages) {
        const auto type = message.value("message_type", message.value("action_type", ""));
        types += (types.empty() ? "" : " ") + type;
    }
    return types;
}
inline std::string types_in(const eliot::testing::Capture& log) { return types_in(log.messages()); }

/// A destination of the program while it lives.
class Listening {
public:
    Listening()
        : id_{eliot::add_destination([this](const eliot::Record& record) {
              lines_ += (lines_.empty() ? "" : " ") + std::string{record.type()};
          })} {}
    Listening(const Listening&) = delete;
    Listening& operator=(const Listening&) = delete;
    ~Listening() { eliot::remove_destination(id_); }

    const std::string& types() const noexcept { return lines_; }

private:
    std::string lines_;
    eliot::DestinationId id_;
};

template <class F>
void in_thread(F f) {
    std::thread{std::move(f)}.join();
}
