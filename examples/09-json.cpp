// SPDX-License-Identifier: Apache-2.0

// Your own types as values: whatever nlohmann_json can convert, the log can show.

#include <eliot/eliot.hpp>
#include <eliot/json.hpp>

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

using namespace eliot::literals;

namespace shop {

struct Line {
    std::string item;
    int count;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Line, item, count)

enum class State { open, paid };
NLOHMANN_JSON_SERIALIZE_ENUM(State, {{State::open, "open"}, {State::paid, "paid"}})

} // namespace shop

int main() {
    eliot::to_file("json.log");

    const std::vector<shop::Line> lines{{"tea", 2}, {"mug", 1}};
    eliot::log_message("basket", "lines"_f = lines, "state"_f = shop::State::open);

    const auto reply = nlohmann::json::parse(R"({"status": 200, "body": {"paid": true}})");
    eliot::log_message("reply", "whole"_f = reply);
    eliot::log_message("reply", eliot::json_fields(reply)); // every member is a field
}
