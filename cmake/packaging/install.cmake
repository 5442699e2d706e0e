# Installs the headers, a CMake package and a pkg-config file.

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_DATADIR}/cmake/eliot)
install(TARGETS eliot EXPORT eliot-targets FILE_SET HEADERS FILE_SET adapters)
install(EXPORT eliot-targets NAMESPACE eliot:: DESTINATION ${package_dir})

# Before 1.0 a new minor version may break.
write_basic_package_version_file(
    ${PROJECT_BINARY_DIR}/eliot-config-version.cmake
    COMPATIBILITY SameMinorVersion
    ARCH_INDEPENDENT
)
install(FILES
    ${PROJECT_SOURCE_DIR}/cmake/packaging/eliot-config.cmake
    ${PROJECT_BINARY_DIR}/eliot-config-version.cmake
    DESTINATION ${package_dir}
)

# Found relative to the file itself, so that an installed tree can be moved.
file(RELATIVE_PATH ELIOT_PC_PREFIX
    ${CMAKE_INSTALL_FULL_DATADIR}/pkgconfig ${CMAKE_INSTALL_PREFIX}
)
string(REGEX REPLACE "/$" "" ELIOT_PC_PREFIX ${ELIOT_PC_PREFIX})
set(ELIOT_PC_LIBS "-pthread")
foreach(library IN LISTS CMAKE_DL_LIBS)
    string(APPEND ELIOT_PC_LIBS " -l${library}")
endforeach()
configure_file(${PROJECT_SOURCE_DIR}/cmake/packaging/eliot.pc.in
    ${PROJECT_BINARY_DIR}/eliot.pc @ONLY
)
install(FILES ${PROJECT_BINARY_DIR}/eliot.pc DESTINATION ${CMAKE_INSTALL_DATADIR}/pkgconfig)
