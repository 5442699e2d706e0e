// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the program, its library and its plugins have in common.

#include <eliot/attach_runtime.hpp>

#define EXPORTED extern "C" __attribute__((visibility("default")))

/// Logs a line and an action with a failure in the current action.
EXPORTED void library_work();
/// What a plugin offers.
using Attach = bool (*)(const eliot::RuntimeHandle&);
using Work = void (*)();
