// SPDX-License-Identifier: Apache-2.0
// A library that does not log: the program's symbols of eliot are then nobody's but its own.

extern "C" __attribute__((visibility("default"))) void library_work();
extern "C" void library_work() {}
