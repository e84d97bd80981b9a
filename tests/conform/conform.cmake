# The program against what a real kernel did and what other programs say of captures. The recordings are too large for the
# project and lie beside the checkout; where they are absent one skipped test says so.
set(RINGSIDE_SHARED "${PROJECT_SOURCE_DIR}/../shared" CACHE PATH "Recordings, captures and conform.py")

if(NOT TARGET ringside)
    return()
endif()
if(NOT EXISTS "${RINGSIDE_SHARED}/conform.py")
    add_test(NAME conform.recordings_absent
        COMMAND "${CMAKE_COMMAND}" -E echo "Skipped: no ${RINGSIDE_SHARED}/conform.py, so nothing was held against the recordings.")
    set_tests_properties(conform.recordings_absent PROPERTIES SKIP_REGULAR_EXPRESSION "^Skipped")
    message(STATUS "No recordings in ${RINGSIDE_SHARED}: the conformance tests are left out")
    return()
endif()

# What a recording was held with before is kept: a figure may only rise.
set(ratchet Python3::Interpreter "${CMAKE_CURRENT_SOURCE_DIR}/conform/ratchet.py" "${CMAKE_CURRENT_SOURCE_DIR}/conform/floors.txt")
set(conform "${RINGSIDE_SHARED}/conform.py")
foreach(name udp_rx udp_rx1000 udp_rx_busy skb_rx100 skb_rx1000 drop_ipcsum drop_udpcsum drop_rcvbuf
        drop_otherhost_promisc drop_notforus_nofwd sched_nice sched_tick state_rx1 state_rx10 state_rcvbuf
        burst10_graph udp_rx_burst200_cpu0 udp_rx_burst200_cpu1)
    add_test(NAME conform.${name} COMMAND ${ratchet} ${name} ${conform} scenarios "${RINGSIDE_SHARED}/kernel/json"
        "${CMAKE_CURRENT_SOURCE_DIR}/scenarios" $<TARGET_FILE:ringside> ${name})
    set_tests_properties(conform.${name} PROPERTIES TIMEOUT 150 LABELS conform)
endforeach()
add_test(NAME conform.packets COMMAND ${ratchet} packets ${conform} packets "${RINGSIDE_SHARED}/captures/oracle"
    "${RINGSIDE_SHARED}/captures/files" $<TARGET_FILE:ringside> --list)
set_tests_properties(conform.packets PROPERTIES TIMEOUT 300 LABELS conform)

# Inputs that failed once, each with what becomes of it.
if(EXISTS "${RINGSIDE_SHARED}/cases")
    add_test(NAME conform.cases COMMAND Python3::Interpreter "${CMAKE_CURRENT_SOURCE_DIR}/conform/cases.py"
        "${RINGSIDE_SHARED}/cases" $<TARGET_FILE:ringside>)
    set_tests_properties(conform.cases PROPERTIES TIMEOUT 120 LABELS conform)
endif()

# Every lesson and every scenario that is shipped or tested is valid.
add_test(NAME check.catalog COMMAND ringside check "${PROJECT_SOURCE_DIR}/lessons/catalog" "${CMAKE_CURRENT_SOURCE_DIR}/scenarios")
set_tests_properties(check.catalog PROPERTIES ENVIRONMENT QT_QPA_PLATFORM=offscreen LABELS conform)
