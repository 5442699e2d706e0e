// SPDX-License-Identifier: Apache-2.0
// Macros as <windows.h> has them, and other careless ones, do not disturb the headers that log. The
// standard library's, which cannot stand min and max either, come first.
#include <algorithm>
#include <atomic>
#include <charconv>
#include <compare>
#include <concepts>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <exception>
#include <filesystem>
#include <limits>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#define min(a, b) ((a) < (b) ? (a) : (b))
#define max(a, b) ((a) > (b) ? (a) : (b))
#define ERROR 0
#define DEBUG 1
#define IN
#define OUT
#define small char
#define near
#define far
#define interface struct
#define check(x) error
#define verify(x) error
#define TRUE 1
#define FALSE 0

#include <eliot/eliot.hpp>
#include <eliot/filesystem.hpp>
#include <eliot/threaded_writer.hpp>

using namespace eliot::literals;

void log_in_spite_of_macros() {
    auto action = eliot::start_action("a", "x"_f = 1);
    eliot::log_message("m", "text"_f = std::string{"t"}, "list"_f = std::vector<int>{1, 2});
    action.add_success_fields("y"_f = 2.5);
}
