# For working on the library: cmake -C cmake/presets/dev.cmake -S . -B build/dev

set(CMAKE_BUILD_TYPE Debug CACHE STRING "")
set(CMAKE_EXPORT_COMPILE_COMMANDS ON CACHE BOOL "")
