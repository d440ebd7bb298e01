// Places in YAML text as libyaml counts them, and the errors that name them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

struct yaml_parser_s;

namespace ratchet {

/// Byte offsets of the characters that libyaml counts (from 0, behind a byte order mark). Walks
/// from the last one asked for, so asking in about the order of the text costs O(size) in all.
class CharacterOffsets {
 public:
  explicit CharacterOffsets(std::string_view text);
  [[nodiscard]] std::size_t offset_of(std::size_t character);

 private:
  std::string_view text_;
  std::size_t character_ = 0;
  std::size_t offset_;
};

/// Throws the errors of reading a YAML text, each with its place. The text must outlive it.
class YamlFaults {
 public:
  YamlFaults(std::string_view text, std::string_view name) : text_(text), name_(name) {}

  [[noreturn]] void invalid(std::size_t offset, const std::string& why,
                            std::string_view hint) const;
  [[noreturn]] void unsupported(std::size_t offset, const std::string& what,
                                std::string_view hint) const;
  [[noreturn]] void too_deep(std::size_t offset, std::int64_t limit) const;
  [[noreturn]] void too_large(std::size_t offset, std::int64_t limit) const;
  /// What libyaml's parser has just refused.
  [[noreturn]] void fail(const yaml_parser_s& parser) const;

 private:
  std::string_view text_;
  std::string_view name_;
};

}  // namespace ratchet
