# The tree-sitter runtime and grammars: C sources of pinned npm packages, compiled once at -O1 and never
# under sanitizers.
set(RATCHET_GRAMMARS_FROM "${PROJECT_SOURCE_DIR}/node_modules" CACHE PATH
    "The node_modules folder with the grammar packages (npm ci)")
set(ts "${RATCHET_GRAMMARS_FROM}/tree-sitter/vendor/tree-sitter/lib")
if(NOT EXISTS "${ts}/src/lib.c")
  message(FATAL_ERROR "The grammar sources are missing: run `npm ci` in ${PROJECT_SOURCE_DIR}")
endif()

# package folder : symbol
set(RATCHET_GRAMMARS
  "tree-sitter-bash" "tree-sitter-c-sharp" "tree-sitter-cpp" "tree-sitter-go" "tree-sitter-java"
  "tree-sitter-javascript" "tree-sitter-powershell" "tree-sitter-python"
  "tree-sitter-typescript/typescript" "tree-sitter-typescript/tsx")

set(grammar_sources "${ts}/src/lib.c")
set(grammar_targets)
foreach(grammar IN LISTS RATCHET_GRAMMARS)
  string(REPLACE "/" "-" name "ratchet-grammar-${grammar}")
  set(folder "${RATCHET_GRAMMARS_FROM}/${grammar}/src")
  set(sources "${folder}/parser.c")
  if(EXISTS "${folder}/scanner.c")
    list(APPEND sources "${folder}/scanner.c")
  endif()
  add_library(${name} OBJECT ${sources})
  target_include_directories(${name} PRIVATE "${folder}")
  list(APPEND grammar_targets ${name})
endforeach()
add_library(ratchet-grammar-runtime OBJECT "${ts}/src/lib.c")
target_include_directories(ratchet-grammar-runtime PRIVATE "${ts}/src" "${ts}/include")
target_compile_definitions(ratchet-grammar-runtime PRIVATE _POSIX_C_SOURCE=200112L _DEFAULT_SOURCE)
list(APPEND grammar_targets ratchet-grammar-runtime)

add_library(ratchet_grammars STATIC)
foreach(target IN LISTS grammar_targets)
  target_compile_options(${target} PRIVATE -O1 -g0 -w)
  set_target_properties(${target} PROPERTIES C_STANDARD 11)
  if(WIN32)
    # Or each grammar would be one of the library's exports.
    target_compile_definitions(${target} PRIVATE TREE_SITTER_HIDE_SYMBOLS)
  endif()
  target_sources(ratchet_grammars PRIVATE $<TARGET_OBJECTS:${target}>)
endforeach()
target_include_directories(ratchet_grammars SYSTEM PUBLIC "${ts}/include")
set_target_properties(ratchet_grammars PROPERTIES LINKER_LANGUAGE C)
