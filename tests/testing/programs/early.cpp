// SPDX-License-Identifier: Apache-2.0
// Captures in a program that has no destination yet: what was kept stays kept. A program of its
// own, because that state ends once and for all.

#include <eliot/eliot.hpp>
#include <eliot/testing/capture.hpp>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>

using namespace eliot::literals;
using eliot::testing::Capture;

namespace {

void require(bool right, const char* what) {
    if (!right) {
        std::fprintf(stderr, "not so: %s\n", what);
        std::exit(1);
    }
}

std::string types_in(const Capture& log) {
    std::string types;
    for (const auto& message : log.messages()) {
        types += message["message_type"].get<std::string>() + " ";
    }
    return types;
}

}

int main() {
    eliot::log_message("first");
    eliot::add_global_fields("process"_f = "test");
    {
        const Capture log;
        eliot::log_message("captured");
        require(types_in(log) == "captured ", "a capture gets its lines and no early ones");
        require(log.messages()[0]["process"] == "test", "captured lines have the global fields");
    }
    {
        const Capture log{eliot::testing::this_thread};
        eliot::log_message("captured");
        std::thread{[] { eliot::log_message("second"); }}.join();
        require(types_in(log) == "captured ", "a captured thread keeps to its capture");
        require(log.messages()[0]["process"] == "test", "its lines have the global fields, too");
    }
    eliot::log_message("third");

    std::string types;
    {
        const Capture log;
        eliot::add_destination([&types](const eliot::Record& record) {
            types += std::string{record.type()} + " ";
            require(record.json().find("\"process\":\"test\"") != std::string::npos,
                    "early lines get the global fields when they are delivered");
        });
        require(types == "first second third ",
                "a destination that comes during a capture gets the early lines at once");
        eliot::log_message("captured");
        require(types_in(log) == "captured ", "and none of those of the capture");
    }
    eliot::log_message("fourth");
    require(types == "first second third fourth ", "behind the capture it gets the others");
}
