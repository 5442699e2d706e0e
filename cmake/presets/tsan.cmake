# clang with the sanitizer for data races.

include(${CMAKE_CURRENT_LIST_DIR}/clang.cmake)
set(CMAKE_CXX_FLAGS "${flags} -fsanitize=thread -g1" CACHE STRING "" FORCE)
set(CMAKE_CXX_FLAGS_DEBUG "-O1" CACHE STRING "")
