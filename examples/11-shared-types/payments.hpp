// SPDX-License-Identifier: Apache-2.0
#pragma once

// The library `payments`: takes money, and says so in the log, see payments_log.hpp.

#include "payments_log.hpp"

#include <string_view>

namespace payments {

/// The number of the receipt; 0 if the money was refused.
int charge(std::string_view account, Money amount);

} // namespace payments
