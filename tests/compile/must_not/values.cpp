// SPDX-License-Identifier: Apache-2.0
// Values that cannot be written. must_not_compile.py says how this file is read.

#include <eliot/eliot.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

using namespace eliot::literals;

namespace app {
struct Opaque {};
struct WithJson {};
template <class Json>
void to_json(Json& json, const WithJson&) {
    json = 1;
}
} // namespace app

int main() {
    const int number = 1;
    eliot::log_message("right", "x"_f = number, "y"_f = std::vector<std::string>{"a"});

#if CASE == 1
    // a raw pointer
    // expect: eliot: a raw pointer is not written
    // expect: int
    eliot::log_message("wrong", "x"_f = &number);
#endif

#if CASE == 2
    // one byte
    // expect: use eliot::hex(bytes)
    eliot::log_message("wrong", "x"_f = std::byte{1});
#endif

#if CASE == 3
    // wide text
    // expect: eliot: wide characters are not written
    eliot::log_message("wrong", "x"_f = std::wstring{L"x"});
#endif

#if CASE == 4
    // a wide character
    // expect: eliot: wide characters are not written
    eliot::log_message("wrong", "x"_f = u'x');
#endif

#if CASE == 5
    // a type of the program's own
    // expect: eliot: this type has no encoding
    // expect: Opaque
    eliot::log_message("wrong", "x"_f = app::Opaque{});
#endif

#if CASE == 6
    // the same in a range
    // expect: eliot: this type has no encoding
    // expect: Opaque
    eliot::log_message("wrong", "x"_f = std::vector<app::Opaque>{});
#endif

#if CASE == 7
    // the same in an optional
    // expect: eliot: this type has no encoding
    // expect: Opaque
    eliot::log_message("wrong", "x"_f = std::optional<app::Opaque>{});
#endif

#if CASE == 8
    // a type with to_json, without the header that calls it
    // expect: #include <eliot/json.hpp>
    // expect: WithJson
    eliot::log_message("wrong", "x"_f = app::WithJson{});
#endif

#if CASE == 9
    // a clock that knows no calendar
    // expect: eliot: only time points of the system clock are written
    eliot::log_message("wrong", "x"_f = std::chrono::steady_clock::now());
#endif

#if CASE == 10
    // a lazy value that has none
    // expect: eliot: a lazy value must return what is to be written
    eliot::log_message("wrong", "x"_f = [] {});
#endif
}
