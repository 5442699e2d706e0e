// SPDX-License-Identifier: Apache-2.0
// The other source file of shared_types.cpp.
#include "scenario/support/shared_types.hpp"

using namespace eliot::literals;

namespace shared {

Identity identity_there() {
    return {&typeid(paid), &typeid(pay), &typeid(age), &paid.schema, &pay.schema, &paid};
}

void log_there(Money money, int years) {
    auto action = pay("amount"_f = money);
    paid.log("name"_f = "Ada", "age"_f = years, "amount"_f = money);
    action.add_success_fields("name"_f = "Ada");
}

void take_paid(const PaidThere& type, Money money) {
    type.log("name"_f = "Grace", "age"_f = 1, "amount"_f = money);
}

} // namespace shared
