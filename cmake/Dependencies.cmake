# What the engine is built from, out of the system's packages; static where it is linked.
find_package(Threads REQUIRED)

find_package(Boost 1.81 REQUIRED)
add_library(ratchet_boost INTERFACE)
target_include_directories(ratchet_boost SYSTEM INTERFACE ${Boost_INCLUDE_DIRS})
target_compile_definitions(ratchet_boost INTERFACE
  BOOST_ALL_NO_LIB BOOST_SYSTEM_NO_DEPRECATED)
if(WIN32)
  # Asio's sockets.
  target_link_libraries(ratchet_boost INTERFACE ws2_32 mswsock)
endif()

# A static library of a package, by its header and its archive.
function(ratchet_static_library target header archive)
  find_path(${target}_INCLUDE ${header} REQUIRED)
  find_library(${target}_ARCHIVE NAMES ${archive} REQUIRED)
  add_library(${target} INTERFACE)
  target_include_directories(${target} SYSTEM INTERFACE ${${target}_INCLUDE})
  target_link_libraries(${target} INTERFACE ${${target}_ARCHIVE})
endfunction()

ratchet_static_library(ratchet_pcre2 pcre2.h libpcre2-8.a)
target_compile_definitions(ratchet_pcre2 INTERFACE PCRE2_CODE_UNIT_WIDTH=8 PCRE2_STATIC)
ratchet_static_library(ratchet_yaml yaml.h libyaml.a)
ratchet_static_library(ratchet_utf8proc utf8proc.h libutf8proc.a)
target_compile_definitions(ratchet_utf8proc INTERFACE UTF8PROC_STATIC)
ratchet_static_library(ratchet_expat expat.h libexpat.a)
target_compile_definitions(ratchet_expat INTERFACE XML_STATIC)
# Hashes, base64 and randomness: the system's own where it has them.
if(WIN32)
  add_library(ratchet_crypto INTERFACE)
  target_link_libraries(ratchet_crypto INTERFACE bcrypt crypt32)
else()
  ratchet_static_library(ratchet_crypto openssl/evp.h libcrypto.a)
  target_link_libraries(ratchet_crypto INTERFACE ${CMAKE_DL_LIBS} Threads::Threads)
endif()

find_path(CLI11_INCLUDE CLI/CLI.hpp REQUIRED)
add_library(ratchet_cli11 INTERFACE)
target_include_directories(ratchet_cli11 SYSTEM INTERFACE ${CLI11_INCLUDE})

# dtl finds the changed lines of a diff; headers alone.
find_path(DTL_INCLUDE dtl/dtl.hpp REQUIRED)
add_library(ratchet_dtl INTERFACE)
target_include_directories(ratchet_dtl SYSTEM INTERFACE ${DTL_INCLUDE})

# toml++ reads TOML; headers alone. It may recurse as deep as native/src/core/toml_reader.cpp lets it.
find_path(TOML_INCLUDE toml++/toml.h REQUIRED)
add_library(ratchet_toml INTERFACE)
target_include_directories(ratchet_toml SYSTEM INTERFACE ${TOML_INCLUDE})
target_compile_definitions(ratchet_toml INTERFACE TOML_EXCEPTIONS=0 TOML_ENABLE_FORMATTERS=0
                           TOML_MAX_NESTED_VALUES=600)
