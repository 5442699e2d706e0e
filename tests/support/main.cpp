// SPDX-License-Identifier: Apache-2.0
// The main function of every chapter's tests, compiled once.

#if !__has_include(<catch2/catch_test_macros.hpp>)
#    define CATCH_CONFIG_RUNNER
#endif
#include "support/catch.hpp"

// Read by the sanitizer for data races. It would wait a second for threads that outlive main, and
// some tests leave threads behind that log all the while.
extern "C" const char* __tsan_default_options() { return "atexit_sleep_ms=0"; }

int main(int argc, char** argv) { return Catch::Session().run(argc, argv); }
