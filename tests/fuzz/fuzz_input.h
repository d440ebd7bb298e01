// What the fuzz targets share. Each target is one source with LLVMFuzzerTestOneInput, to be linked
// with libFuzzer or with corpus.cpp, which runs files.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/document.h"
#include "core/error.h"
#include "core/json.h"
#include "core/limits.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace ratchet::fuzz {

inline std::string text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// The engine's own.
inline Limits limits() {
  return {};
}

/// What must hold for every input; a fuzzer sees the abort.
inline void require(bool holds) {
  if (!holds) std::abort();
}

inline void locate_below(const Document& document, const json::value& value, std::string& pointer) {
  require(document.locate(pointer).byte_offset <=
          static_cast<std::int64_t>(document.text().size()));
  const std::size_t size = pointer.size();
  if (const json::object* object = value.if_object()) {
    for (const json::key_value_pair& member : *object) {
      append_token(pointer, member.key());
      (void)document.locate_key(pointer);
      locate_below(document, member.value(), pointer);
      pointer.resize(size);
    }
  }
}

/// Asks for the place of each member, as deep as objects go.
inline void locate_all(const Document& document) {
  std::string pointer;
  locate_below(document, document.value(), pointer);
}

}  // namespace ratchet::fuzz
