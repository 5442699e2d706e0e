# g++ with coverage: run ctest, then gcov or gcovr.

set(CMAKE_BUILD_TYPE Debug CACHE STRING "")
set(CMAKE_CXX_FLAGS "--coverage -fprofile-update=atomic" CACHE STRING "")
