// SPDX-License-Identifier: Apache-2.0
#include <eliot/context/log_call_macro.hpp>

#include "support/catch.hpp"
#include "support/lines.hpp"

#include <stdexcept>
#include <string>

namespace shop {

struct Till {
    double total = 0;
    double add(double price, int count) {
        ELIOT_LOG_CALL(price, count);
        total += price * count;
        return eliot_call.result(total);
    }
    template <class T>
    void void_receipt(T number) {
        ELIOT_LOG_CALL(number);
        throw std::runtime_error{"no such receipt"};
    }
};

namespace {
void helper() { ELIOT_LOG_CALL(); }
} // namespace

} // namespace shop

TEST_CASE("the macro makes the function an action with the named arguments") {
    Lines log;
    CHECK(shop::Till{}.add(2.5, 2) == 5.0);
    CHECK(log.text() == "/1 shop::Till::add started {\"count\":2,\"price\":2.5}\n"
                        "/2 shop::Till::add succeeded {\"result\":5.0}\n");
}

TEST_CASE("it nests in lambdas without a shadow warning, and in templates") {
    Lines log;
    const auto outer = [](int x) {
        ELIOT_LOG_CALL(x);
        const auto inner = [](int y) { ELIOT_LOG_CALL(y); };
        inner(x + 1);
    };
    outer(1);
    const auto messages = log.messages();
    CHECK(messages.at(1).at("y") == 2);
    CHECK(messages.at(1).at("task_level") == nlohmann::json({2, 1}));
    CHECK_THAT(messages.at(1).at("action_type").get<std::string>(),
               Catch::Matchers::Contains("::(lambda)::(lambda)"));
    CHECK_THROWS(shop::Till{}.void_receipt(std::string{"r1"}));
    CHECK(log.messages().back().at("action_type") == "shop::Till::void_receipt");
    CHECK(log.messages().back().at("action_status") == "failed");
}

TEST_CASE("an unnamed namespace is called anonymous") {
    Lines log;
    shop::helper();
    CHECK(log.messages().at(0).at("action_type") == "shop::(anonymous)::helper");
}

TEST_CASE("many arguments") {
    Lines log;
    const auto many = [](int a, int b, int c, int d, int e, int f, int g, int h, int i, int k,
                         int l, int m) { ELIOT_LOG_CALL(a, b, c, d, e, f, g, h, i, k, l, m); };
    many(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    CHECK(log.messages().at(0).at("m") == 12);
    CHECK(log.messages().at(0).at("h") == 8);
}
