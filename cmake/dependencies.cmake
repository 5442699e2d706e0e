# For the scripts beside this file (cmake -P): finds what they need and gets what is missing.
#
#   need("a C++20 compiler" PACKAGES g++ PROGRAMS g++ clang++)
#   need("Catch2" PACKAGES catch2 HEADERS catch2/catch.hpp FETCHED)
#   provide_needs()
#
# PROGRAMS and HEADERS are alternatives, one of them is enough; COMMAND must succeed. What is
# missing is installed by apt-get where that is allowed without a password. Otherwise a need that is
# FETCHED is left to CMake's FetchContent, an OPTIONAL one is only named, any other ends the script.

function(need what)
    cmake_parse_arguments(arg "FETCHED;OPTIONAL" "" "PACKAGES;PROGRAMS;HEADERS;COMMAND" ${ARGN})
    unset(found)
    if(arg_PROGRAMS)
        find_program(found NAMES ${arg_PROGRAMS} NO_CACHE)
    elseif(arg_HEADERS)
        find_file(found NAMES ${arg_HEADERS} NO_CACHE
            PATHS ENV CMAKE_PREFIX_PATH /usr/local /usr PATH_SUFFIXES include
        )
    else()
        execute_process(COMMAND ${arg_COMMAND} RESULT_VARIABLE result OUTPUT_QUIET ERROR_QUIET)
        if(result EQUAL 0)
            set(found TRUE)
        endif()
    endif()
    if(found)
        return()
    endif()
    if(arg_FETCHED)
        set(kind FETCHED)
    elseif(arg_OPTIONAL)
        set(kind OPTIONAL)
    else()
        set(kind REQUIRED)
    endif()
    set_property(GLOBAL APPEND PROPERTY missing_packages ${arg_PACKAGES})
    set_property(GLOBAL APPEND PROPERTY missing_${kind}_packages ${arg_PACKAGES})
    set_property(GLOBAL APPEND PROPERTY missing_${kind} ${what})
endfunction()

# Sets `out` to the command that may install packages here without asking, or to nothing.
function(_find_installer out)
    set(${out} "" PARENT_SCOPE)
    find_program(apt_get apt-get NO_CACHE)
    execute_process(COMMAND id -u OUTPUT_VARIABLE user ERROR_QUIET)
    if(NOT apt_get)
        return()
    elseif(user EQUAL 0)
        set(${out} ${apt_get} PARENT_SCOPE)
    else()
        execute_process(COMMAND sudo -n true RESULT_VARIABLE result OUTPUT_QUIET ERROR_QUIET)
        if(result EQUAL 0)
            set(${out} sudo -n ${apt_get} PARENT_SCOPE)
        endif()
    endif()
endfunction()

# Sets `out` to whether all `packages` are installed now.
function(_install packages out)
    set(${out} FALSE PARENT_SCOPE)
    _find_installer(installer)
    if(NOT installer)
        return()
    endif()
    list(JOIN packages " " text)
    message(STATUS "Installing what is missing: apt-get install ${text}")
    set(ENV{DEBIAN_FRONTEND} noninteractive)
    execute_process(COMMAND ${installer} update OUTPUT_QUIET ERROR_QUIET)
    execute_process(
        COMMAND ${installer} install --yes --no-install-recommends ${packages}
        RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output
    )
    if(result EQUAL 0)
        set(${out} TRUE PARENT_SCOPE)
    else()
        message(STATUS "apt-get could not:\n${output}")
    endif()
endfunction()

function(provide_needs)
    get_property(packages GLOBAL PROPERTY missing_packages)
    if(NOT packages)
        return()
    endif()
    _install("${packages}" installed)
    if(installed)
        return()
    endif()
    foreach(kind IN ITEMS FETCHED OPTIONAL REQUIRED)
        get_property(missing GLOBAL PROPERTY missing_${kind})
        get_property(missing_packages GLOBAL PROPERTY missing_${kind}_packages)
        list(JOIN missing ", " missing_${kind})
        list(JOIN missing_packages " " packages_${kind})
    endforeach()
    if(missing_REQUIRED)
        list(JOIN packages " " packages)
        message(FATAL_ERROR "Missing: ${missing_REQUIRED}. On Debian, with all else that is of use:\n"
            "  sudo apt-get install ${packages}"
        )
    endif()
    if(missing_FETCHED)
        get_property(packages GLOBAL PROPERTY missing_FETCHED_packages)
        set_property(GLOBAL PROPERTY downloaded_packages ${packages})
        message(STATUS "Not installed, so CMake will download it: ${missing_FETCHED} "
            "(Debian's packages: ${packages_FETCHED})"
        )
    endif()
    if(missing_OPTIONAL)
        message(STATUS "Not installed, so what needs it is skipped: ${missing_OPTIONAL} "
            "(Debian's packages: ${packages_OPTIONAL})"
        )
    endif()
endfunction()

# Configures and builds: build(<directory> [TARGETS ...] [CONFIGURE <option of cmake>...]).
# The second time only what has changed is built.
function(build directory)
    cmake_parse_arguments(arg "" "" "TARGETS;CONFIGURE" ${ARGN})
    find_program(ninja NAMES ninja ninja-build NO_CACHE)
    if(ninja AND NOT EXISTS ${directory}/CMakeCache.txt)
        list(APPEND arg_CONFIGURE -G Ninja)
    endif()
    cmake_host_system_information(RESULT cores QUERY NUMBER_OF_LOGICAL_CORES)
    if(arg_TARGETS)
        list(PREPEND arg_TARGETS --target)
    endif()
    execute_process(
        COMMAND ${CMAKE_COMMAND} -S ${repository} -B ${directory} ${arg_CONFIGURE}
        RESULT_VARIABLE result
    )
    if(NOT result EQUAL 0)
        get_property(packages GLOBAL PROPERTY downloaded_packages)
        if(packages)
            list(JOIN packages " " packages)
            string(PREPEND packages "Nothing must be downloaded after:\n  sudo apt-get install ")
        endif()
        message(FATAL_ERROR "CMake could not configure, see above. ${packages}")
    endif()
    execute_process(
        COMMAND ${CMAKE_COMMAND} --build ${directory} --parallel ${cores} ${arg_TARGETS}
        COMMAND_ERROR_IS_FATAL ANY
    )
endfunction()

get_filename_component(repository ${CMAKE_CURRENT_LIST_DIR} DIRECTORY)

need("a C++20 compiler" PACKAGES g++ PROGRAMS g++ clang++ c++)
need("make or ninja" PACKAGES make PROGRAMS ninja ninja-build make gmake)
