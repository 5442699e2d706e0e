// SPDX-License-Identifier: Apache-2.0
#include <eliot/eliot.hpp>

#if defined(EXPECT_OWN_JSON) && !defined(OWN_JSON)
#    error "eliot does not link the nlohmann_json that the project has"
#endif

using namespace eliot::literals;

int main() {
    eliot::to_stdout();
    auto action = eliot::start_action("consumer:work", "way"_f = WAY);
}
