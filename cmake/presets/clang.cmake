# clang; its own standard library: add -DCMAKE_CXX_FLAGS=-stdlib=libc++

find_program(clang NAMES clang++-19 clang++ REQUIRED NO_CACHE)
set(CMAKE_CXX_COMPILER ${clang} CACHE FILEPATH "")
set(CMAKE_BUILD_TYPE Debug CACHE STRING "")

# std::stable_sort of libstdc++ 12 calls what libstdc++ 12 has deprecated, and clang says so.
set(flags -Wno-deprecated-declarations)
set(CMAKE_CXX_FLAGS ${flags} CACHE STRING "")
