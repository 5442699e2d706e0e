# Ways to add a test that is no Catch2 test case.

# Debian's own interpreter first: python3-eliot belongs to that one.
find_program(ELIOT_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH)
find_program(ELIOT_PYTHON python3)

# eliot_skipped_test(<name> <reason>): a test that cannot run here, and says so.
function(eliot_skipped_test name reason)
    add_test(NAME "${name}" COMMAND ${CMAKE_COMMAND} -E echo "skipped: ${reason}")
    set_tests_properties("${name}" PROPERTIES SKIP_REGULAR_EXPRESSION "^skipped")
endfunction()

# eliot_python_test(<name> <script> <argument>...): exit status 77 means skipped.
function(eliot_python_test name script)
    if(ELIOT_PYTHON)
        add_test(NAME "${name}" COMMAND ${ELIOT_PYTHON} ${script} ${ARGN})
    else()
        eliot_skipped_test("${name}" "python3 is not installed")
    endif()
    set_tests_properties("${name}" PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 600)
endfunction()

# eliot_tool_test(<name> <variable of find_program> <argument>...): skipped where the tool is absent.
function(eliot_tool_test name tool)
    if(${tool})
        add_test(NAME "${name}" COMMAND ${${tool}} ${ARGN})
    else()
        eliot_skipped_test("${name}" "${tool} is not installed")
    endif()
endfunction()

# eliot_check_log(<name> AFTER <fixture> [INCOMPLETE <n>] [EMBEDDED] LOGS <file or directory>...):
# the logs, which a test that sets up <fixture> wrote, are what the real Eliot reads; n tasks are
# incomplete. EMBEDDED: they hold other lines, too, which do not begin with {.
function(eliot_check_log name)
    cmake_parse_arguments(arg "EMBEDDED" "INCOMPLETE;AFTER" "LOGS" ${ARGN})
    set(options)
    if(arg_INCOMPLETE)
        list(APPEND options --incomplete ${arg_INCOMPLETE})
    endif()
    if(arg_EMBEDDED)
        list(APPEND options --embedded)
    endif()
    set(check_log ${PROJECT_SOURCE_DIR}/tests/support/check_log.py)
    eliot_python_test("${name}" ${check_log} ${options} ${arg_LOGS})
    set_tests_properties("${name}" PROPERTIES FIXTURES_REQUIRED "${arg_AFTER}")
endfunction()

# eliot_test_example(<name> COMMAND <command>... [INCOMPLETE <n>]): runs the example and compares
# what it writes with tests/golden/<name>.txt, see run_example.py; then lets the real Eliot read it.
function(eliot_test_example name)
    cmake_parse_arguments(arg "" "INCOMPLETE" "COMMAND" ${ARGN})
    set(work ${CMAKE_CURRENT_BINARY_DIR}/run/${name})
    set(run_example ${PROJECT_SOURCE_DIR}/tests/support/run_example.py)
    eliot_python_test("examples/${name}: output" ${run_example}
        --golden ${PROJECT_SOURCE_DIR}/tests/golden/${name}
        --work ${work} --programs ${CMAKE_CURRENT_BINARY_DIR} ${arg_COMMAND}
    )
    set_tests_properties("examples/${name}: output" PROPERTIES FIXTURES_SETUP example-${name})
    eliot_check_log("examples/${name}: log" EMBEDDED
        AFTER example-${name} INCOMPLETE "${arg_INCOMPLETE}" LOGS ${work}
    )
endfunction()
