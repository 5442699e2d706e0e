// SPDX-License-Identifier: Apache-2.0
#include <eliot/eliot.hpp>

using namespace eliot::literals;

int main() {
    eliot::to_stdout();
    auto action = eliot::start_action("consumer:work", "way"_f = WAY);
}
