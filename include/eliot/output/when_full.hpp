// SPDX-License-Identifier: Apache-2.0
#pragma once

// What happens to a line that a bounded queue has no room for.

#include <eliot/config.hpp>

ELIOT_BEGIN_NAMESPACE

enum class WhenFull : unsigned char {
    block,       ///< the thread that logs waits
    drop_newest, ///< the newest lines are dropped, and counted in an `eliot:dropped` message:
                 ///< `count`, and `since`, when the first was logged, in seconds since the epoch
};

ELIOT_END_NAMESPACE
