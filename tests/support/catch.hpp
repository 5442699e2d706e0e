// SPDX-License-Identifier: Apache-2.0
#pragma once

// Catch2 for the tests, version 2 or 3, whichever is installed; names that moved between the two
// are the same to the tests: Catch::Approx, Catch::Matchers::Contains(text).

#if __has_include(<catch2/catch_test_macros.hpp>)
#    include <catch2/catch_approx.hpp>
#    include <catch2/catch_session.hpp>
#    include <catch2/catch_template_test_macros.hpp>
#    include <catch2/catch_test_macros.hpp>
#    include <catch2/catch_tostring.hpp>
#    include <catch2/generators/catch_generators_all.hpp>
#    include <catch2/matchers/catch_matchers.hpp>
#    include <catch2/matchers/catch_matchers_exception.hpp>
#    include <catch2/matchers/catch_matchers_string.hpp>
#    define ELIOT_TESTS_CATCH 3
namespace Catch::Matchers {
// Version 3 renamed the one for text and gave the old name to ranges.
inline StringContainsMatcher Contains(const std::string& text) { return ContainsSubstring(text); }
}
#else
#    include <catch2/catch.hpp>
#    define ELIOT_TESTS_CATCH 2
namespace Catch::Matchers {
inline auto ContainsSubstring(const std::string& text) { return Contains(text); }
}
#endif
