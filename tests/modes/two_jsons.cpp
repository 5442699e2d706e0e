// SPDX-License-Identifier: Apache-2.0
// Half of a program whose other half uses nlohmann_json of another version, which names and lays
// out its types in another way: an array's elements tell the layouts apart. ELIOT_HALF is 1 or 2;
// the second prints the log.
#include <eliot/eliot.hpp>
#include <eliot/json.hpp>

#include <cstdio>
#include <string>
#include <string_view>

using namespace eliot::literals;

namespace shop {

struct Order {
    int number;
};
inline void to_json(nlohmann::json& json, const Order& order) {
    json = {{"number", order.number}, {"bytes", sizeof json}};
}

} // namespace shop

void log_in_other_half();

#if ELIOT_HALF == 1
void log_in_other_half() {
    const nlohmann::json value = {"a", 1, 1.5};
    eliot::log_message("half 1", "json"_f = value, "order"_f = shop::Order{1},
                       eliot::json_fields({{"list", {1, 1, 1}}}));
}
#else
int main() {
    std::string log;
    eliot::add_destination([&log](const eliot::Record& record) {
        const nlohmann::json line = nlohmann::json::parse(record.json());
        log += line.at("message_type").get<std::string>() + ' ' + line.at("json").dump() + ' ' +
               line.at("order").at("number").dump() + ' ' + line.at("list").dump() + '\n';
    });
    const nlohmann::json value = {"b", 2, 2.5};
    eliot::log_message("half 2", "json"_f = value, "order"_f = shop::Order{2},
                       eliot::json_fields({{"list", {2, 2, 2}}}));
    log_in_other_half();
    std::fputs(log.c_str(), stdout);
    const bool right = log == "half 2 [\"b\",2,2.5] 2 [2,2,2]\nhalf 1 [\"a\",1,1.5] 1 [1,1,1]\n";
    return right ? 0 : 1;
}
#endif
