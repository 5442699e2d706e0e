// SPDX-License-Identifier: Apache-2.0

// Values: what a field can hold, and how it looks in the log.

#include <eliot/eliot.hpp>

#include <array>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <string>
#include <system_error>
#include <tuple>
#include <variant>
#include <vector>

using namespace eliot::literals;
using namespace std::chrono_literals;

enum class Color : std::uint8_t { red = 1, green = 2 };

int expensive_sum(const std::vector<int>& numbers) {
    return std::accumulate(numbers.begin(), numbers.end(), 0);
}

int main() {
    eliot::to_file("values.log");

    eliot::log_message("scalars", "flag"_f = true, "letter"_f = 'x', "count"_f = 42,
                       "big"_f = std::numeric_limits<std::uint64_t>::max(), "ratio"_f = 0.1,
                       "whole"_f = 3.0, "nothing"_f = nullptr, "color"_f = Color::green);
    eliot::log_message("not_finite", "nan"_f = std::nan(""), "infinity"_f = HUGE_VAL);

    const char* missing = nullptr;
    eliot::log_message("texts", "name"_f = std::string{"Ada"}, "quoted"_f = "say \"hi\"\n",
                       "snowman"_f = "\u2603", "invalid"_f = "\xff", "missing"_f = missing);

    const std::vector<int> numbers{1, 2, 3};
    const std::map<std::string, std::vector<double>> sizes{{"small", {1.5}}, {"large", {2, 4}}};
    eliot::log_message("containers", "numbers"_f = numbers, "sizes"_f = sizes,
                       "pair"_f = std::pair{1, "one"}, "mixed"_f = std::tuple{true, 2.5, "x"},
                       "grid"_f = std::array{std::array{1, 2}, std::array{3, 4}});

    const std::optional<int> none;
    const std::variant<int, std::string> choice{"text"};
    eliot::log_message("wrappers", "some"_f = std::optional{7}, "none"_f = none,
                       "owned"_f = std::make_unique<int>(8), "choice"_f = choice);

    const std::chrono::sys_seconds moon_landing{-14182980s};
    eliot::log_message("library_types", "took"_f = 1500ms, "at"_f = moon_landing,
                       "path"_f = std::filesystem::path{"/tmp/x"},
                       "error"_f = std::make_error_code(std::errc::timed_out));

    const std::array<unsigned char, 4> key{0xde, 0xad, 0xbe, 0xef};
    eliot::log_message("bytes", "key"_f = eliot::hex(key));

    // Called only if the line is really written.
    eliot::log_message("lazy", "sum"_f = [&] { return expensive_sum(numbers); });

    // A name that is known only at run time.
    for (const auto& [name, values] : sizes) {
        eliot::log_message("column", eliot::named(name, values.size()));
    }
}
