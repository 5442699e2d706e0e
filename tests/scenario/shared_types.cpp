// SPDX-License-Identifier: Apache-2.0
// A library ships its types in a header that several source files include: with all their lambdas
// they are the same types, objects and schemas everywhere.
#include "scenario/support/shared_types.hpp"

#include "support/catch.hpp"
#include "support/lines.hpp"
#include "support/validating.hpp"

#include <string>
#include <vector>

using namespace eliot::literals;
using shared::Money;

TEST_CASE("types in a header are one thing, whatever source file asks") {
    const shared::Identity here{&typeid(shared::paid), &typeid(shared::pay), &typeid(shared::age),
                                &shared::paid.schema,  &shared::pay.schema,  &shared::paid};
    CHECK((here == shared::identity_there()));
}

TEST_CASE("lines of a type are alike from two source files, and so are its serializers") {
    Lines log;
    shared::paid.log("amount"_f = Money{10}, "age"_f = 1, "name"_f = "Ada");
    shared::log_there(Money{20}, 2);
    shared::take_paid(shared::paid, Money{30});
    const std::string first = log.messages().at(0).at("amount");
    // counted by a variable of the serializer's own
    const int count = std::stoi(first.substr(first.rfind(' ')));
    const auto amount = [&](int cents, int later) {
        return '"' + std::to_string(cents) + " cents, value " + std::to_string(count + later) + '"';
    };
    CHECK(log.text() == "/1 shared:paid {\"age\":1,\"amount\":" + amount(10, 0) + ",\"name\":3}\n" +
                            "/1 shared:pay started {\"amount\":" + amount(20, 1) + "}\n" +
                            "/2 shared:paid {\"age\":2,\"amount\":" + amount(20, 2) +
                            ",\"name\":3}\n" + "/3 shared:pay succeeded {\"name\":3}\n" + //
                            "/1 shared:paid {\"age\":1,\"amount\":" + amount(30, 3) +
                            ",\"name\":5}\n");
}

TEST_CASE("validators of shared fields run wherever the call stands") {
    Lines log;
    Validating validating;
    shared::paid.log("amount"_f = Money{1}, "age"_f = -1, "name"_f = "");
    shared::log_there(Money{1}, -2);
    CHECK(validating.failures ==
          std::vector<std::string>{"shared:paid age: age must not be negative",
                                   "shared:paid name: nobody has no name",
                                   "shared:paid age: age must not be negative"});
}
