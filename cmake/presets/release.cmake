# Optimised: examples, tools, benchmarks.

set(CMAKE_BUILD_TYPE Release CACHE STRING "")
