# find_package(eliot): the target eliot::eliot. It links nlohmann_json where that is installed;
# only json.hpp, read.hpp and testing.hpp need it.

include(CMakeFindDependencyMacro)
find_dependency(Threads)
find_package(nlohmann_json QUIET)

include(${CMAKE_CURRENT_LIST_DIR}/eliot-targets.cmake)
