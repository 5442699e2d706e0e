# clang with the sanitizers for addresses and undefined behaviour; a finding ends the program.

include(${CMAKE_CURRENT_LIST_DIR}/clang.cmake)
set(sanitize "-fsanitize=address,undefined -fno-sanitize-recover=all")
set(CMAKE_CXX_FLAGS "${flags} ${sanitize} -fno-omit-frame-pointer -g1" CACHE STRING "" FORCE)
set(CMAKE_CXX_FLAGS_DEBUG "-O0" CACHE STRING "")
