# eliot_developer: what every program of this repository is compiled with; users never see it.

add_library(eliot_developer INTERFACE)
target_link_libraries(eliot_developer INTERFACE eliot::eliot)
target_compile_options(eliot_developer INTERFACE
    -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wold-style-cast
)
set(CMAKE_CXX_EXTENSIONS OFF)
