# ratchet_embed(<output.cpp> <namespaceless symbol> <root> <glob>...): files as constant data.
#
# The generated source defines `std::span<const ratchet::EmbeddedFile> <symbol>()` (see
# native/src/core/embedded.h); names are relative to <root>, in order.
set(RATCHET_EMBED_SCRIPT "${CMAKE_CURRENT_LIST_DIR}/embed_files.cmake")

function(ratchet_embed output symbol root)
  set(files)
  foreach(pattern IN LISTS ARGN)
    file(GLOB_RECURSE matched CONFIGURE_DEPENDS RELATIVE "${root}" "${root}/${pattern}")
    list(APPEND files ${matched})
  endforeach()
  list(REMOVE_DUPLICATES files)
  list(SORT files)
  list(TRANSFORM files PREPEND "${root}/" OUTPUT_VARIABLE inputs)
  add_custom_command(
    OUTPUT "${output}"
    COMMAND ${CMAKE_COMMAND} "-DOUTPUT=${output}" "-DSYMBOL=${symbol}" "-DROOT=${root}" "-DFILES=${files}"
            -P "${RATCHET_EMBED_SCRIPT}"
    DEPENDS ${inputs} "${RATCHET_EMBED_SCRIPT}"
    COMMENT "Embedding ${symbol}"
    VERBATIM)
endfunction()
