// Short forms for the tests of reading documents.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "core/document.h"
#include "core/error.h"
#include "core/text.h"

namespace ratchet::test {

/// Where a part of a text stands: its last occurrence, for texts whose last one is the one meant.
inline Position place_of(std::string_view text, std::string_view part) {
  return position_in(text, text.rfind(part));
}

/// What reading threw; nothing when it did not throw.
template <typename Read>
std::optional<Error> thrown_by(Read read) {
  try {
    static_cast<void>(read());
  } catch (const Error& error) {
    return error;
  }
  return std::nullopt;
}

inline Document json_document(std::string text, const Limits& limits = {}) {
  return read_json(std::move(text), "a.json", limits);
}

inline Document yaml_document(std::string text, const Limits& limits = {}) {
  return read_yaml(std::move(text), "a.yaml", limits);
}

inline std::optional<Error> json_error(std::string text, const Limits& limits = {}) {
  return thrown_by([&] { return json_document(std::move(text), limits); });
}

inline std::optional<Error> yaml_error(std::string text, const Limits& limits = {}) {
  return thrown_by([&] { return yaml_document(std::move(text), limits); });
}

/// The code of an error; empty where there is none.
inline std::string code_of(const std::optional<Error>& error) {
  return error ? std::string(error->code().name()) : std::string();
}

inline std::string joined(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts)
    text.append(part);
  return text;
}

inline std::string repeated(std::string_view part, std::size_t times) {
  std::string text;
  text.reserve(part.size() * times);
  for (std::size_t i = 0; i < times; ++i)
    text += part;
  return text;
}

}  // namespace ratchet::test
