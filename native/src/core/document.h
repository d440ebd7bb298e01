// Reading what users write: JSON and YAML as one model, with the place of every part.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/finding.h"
#include "core/json.h"
#include "core/limits.h"

namespace ratchet {

/// A JSON or YAML text that was read. Immutable; may be shared between threads once read.
///
/// Places are computed from the text when they are asked for, not while reading.
class Document {
 public:
  enum class Format { json, yaml };

  /// What the text says, as a JSON value. Of a key that stands twice, the last one counts.
  [[nodiscard]] const json::value& value() const { return value_; }
  /// Duplicate keys (`json.duplicate_key`, `yaml.duplicate_key`), each with its place.
  [[nodiscard]] const std::vector<Finding>& findings() const { return findings_; }
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] Format format() const { return format_; }

  /// Where the value at this JSON pointer (RFC 6901, "" is the root) begins; the nearest existing
  /// ancestor's place when the pointer leads nowhere.
  [[nodiscard]] Position locate(std::string_view pointer) const;
  /// Where the key of the member at this pointer begins; an array item's or the root's own place.
  [[nodiscard]] Position locate_key(std::string_view pointer) const;

 private:
  friend Document read_json(std::string text, std::string name, const Limits& limits);
  friend Document read_yaml(std::string text, std::string name, const Limits& limits);
  Document() = default;

  Format format_ = Format::json;
  std::string name_;
  std::string text_;
  json::value value_;
  std::vector<Finding> findings_;
};

/// Reads RFC 8259 JSON in UTF-8, with or without a byte order mark. `name` is what messages call
/// it. Numbers: integers that fit 64 bits exactly, all others as the nearest double
/// (std::from_chars); one too large for a double is refused. Throws Error: json.invalid,
/// json.too_deep, text.invalid_utf8, limit.input_size, with the place.
[[nodiscard]] Document read_json(std::string text, std::string name, const Limits& limits);

/// Reads one YAML 1.2 document, scalars resolved by the core schema (`no` is a text, `0o17` a
/// number). Anchors and aliases are followed, with the expanded size bounded by
/// `limits.input_bytes`; tags beyond the core schema, several documents and keys that are no texts
/// are yaml.unsupported. Throws Error: yaml.invalid, yaml.unsupported, text.invalid_utf8,
/// limit.input_size, json.too_deep.
[[nodiscard]] Document read_yaml(std::string text, std::string name, const Limits& limits);

/// By the name's extension: .yaml and .yml are YAML, .json JSON; any other is JSON where its first
/// character that is no white space is `{` or `[`, else YAML.
[[nodiscard]] Document read_document(std::string text, std::string name, const Limits& limits);

/// Writes a value as YAML, block style, keys in the value's order: texts quoted only where a
/// YAML 1.1 or 1.2 reader could take them for something else (`no`, `1e3`, `:`, `#`, a leading `-`,
/// line breaks). Reading it back gives an equal value.
[[nodiscard]] std::string write_yaml(const json::value& value);

/// Two-space indented JSON with a newline at the end, keys in the value's order, numbers shortest
/// round-trip (1.0 stays 1.0).
[[nodiscard]] std::string write_json_pretty(const json::value& value);

/// Appends one reference token to a JSON pointer, escaped.
void append_token(std::string& pointer, std::string_view key);

}  // namespace ratchet
