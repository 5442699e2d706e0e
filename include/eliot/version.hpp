// SPDX-License-Identifier: Apache-2.0
#pragma once

// The library's version, the only place where it is written down.

#define ELIOT_VERSION_MAJOR 0
#define ELIOT_VERSION_MINOR 1
#define ELIOT_VERSION_PATCH 0
