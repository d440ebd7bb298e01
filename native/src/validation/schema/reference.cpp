#include "validation/schema/reference.h"

#include <charconv>

namespace ratchet::schema {
namespace {

std::optional<char> hexadecimal_byte(std::string_view digits) {
  unsigned value = 0;
  const char* const end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, value, 16);
  if (digits.size() != 2 || error != std::errc() || stop != end) return std::nullopt;
  return static_cast<char>(value);
}

std::optional<std::string> unescaped(std::string_view token) {
  std::string text;
  for (std::size_t i = 0; i < token.size(); ++i) {
    if (token[i] != '~') {
      text += token[i];
      continue;
    }
    const char next = i + 1 < token.size() ? token[i + 1] : '\0';
    if (next != '0' && next != '1') return std::nullopt;
    text += next == '0' ? '~' : '/';
    ++i;
  }
  return text;
}

}  // namespace

std::string_view without_fragment(std::string_view reference) {
  return reference.substr(0, reference.find('#'));
}

std::optional<std::string> decoded_fragment(std::string_view reference) {
  const std::size_t hash = reference.find('#');
  if (hash == std::string_view::npos) return std::string();
  std::string text;
  for (std::size_t i = hash + 1; i < reference.size(); ++i) {
    if (reference[i] != '%') {
      text += reference[i];
      continue;
    }
    const std::optional<char> byte = hexadecimal_byte(reference.substr(i + 1, 2));
    if (!byte) return std::nullopt;
    text += *byte;
    i += 2;
  }
  return text;
}

std::optional<std::vector<std::string>> pointer_tokens(std::string_view pointer) {
  std::vector<std::string> tokens;
  while (!pointer.empty()) {
    if (pointer.front() != '/') return std::nullopt;
    pointer.remove_prefix(1);
    const std::size_t end = std::min(pointer.find('/'), pointer.size());
    std::optional<std::string> token = unescaped(pointer.substr(0, end));
    if (!token) return std::nullopt;
    tokens.push_back(*std::move(token));
    pointer.remove_prefix(end);
  }
  return tokens;
}

const json::value* step_into(const json::value& value, std::string_view token) {
  if (const json::object* object = value.if_object()) return object->if_contains(token);
  const json::array* array = value.if_array();
  if (array == nullptr || token.empty()) return nullptr;
  if (token.size() > 1 && token.front() == '0') return nullptr;
  std::size_t index = 0;
  const char* const end = token.data() + token.size();
  const auto [stop, error] = std::from_chars(token.data(), end, index);
  if (error != std::errc() || stop != end || index >= array->size()) return nullptr;
  return &(*array)[index];
}

}  // namespace ratchet::schema
