// SPDX-License-Identifier: Apache-2.0
#pragma once

// Everything for testing a log, whatever the test framework. With Catch2 or GoogleTest include
// eliot/testing/catch2.hpp or eliot/testing/gtest.hpp, which add matchers to this.
//
//     eliot::testing::Capture log;

#include <eliot/testing/assertions.hpp>
#include <eliot/testing/capture.hpp>
#include <eliot/testing/errors.hpp>
#include <eliot/testing/expected_fields.hpp>
#include <eliot/testing/logged.hpp>
#include <eliot/testing/type_name.hpp>
