// SPDX-License-Identifier: Apache-2.0
// The main function of every chapter's tests, compiled once.

#if !__has_include(<catch2/catch_test_macros.hpp>)
#    define CATCH_CONFIG_RUNNER
#endif
#include "support/catch.hpp"

int main(int argc, char** argv) { return Catch::Session().run(argc, argv); }
