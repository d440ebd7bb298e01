// Reading what users write: JSON, YAML and TOML as one model, with the place of every part.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/finding.h"
#include "core/json.h"
#include "core/limits.h"

namespace ratchet {

/// A JSON, YAML or TOML text that was read. Immutable; may be shared between threads once read.
/// Moves, does not copy; one that was moved from may only be destroyed or assigned to.
///
/// Places in a JSON text are computed when the first one is asked for, not while reading.
class Document {
 public:
  enum class Format { json, yaml, toml };
  /// What stands behind it; named in document_state.h, for the readers alone.
  struct State;

  explicit Document(std::unique_ptr<State> state);
  Document(Document&&) noexcept;
  Document& operator=(Document&&) noexcept;
  ~Document();

  /// What the text says, as a JSON value. Of a key that stands twice, the last one counts.
  [[nodiscard]] const json::value& value() const&;
  /// The same, moved out of a document that nobody needs any more: `read_json(…).value()`.
  [[nodiscard]] json::value value() &&;
  /// Duplicate keys (`json.duplicate_key`, `yaml.duplicate_key`), each with the place of the later
  /// one; errors. At most `limits.findings_per_file`, the last one counting the rest.
  [[nodiscard]] const std::vector<Finding>& findings() const;
  [[nodiscard]] const std::string& name() const;
  [[nodiscard]] const std::string& text() const;
  [[nodiscard]] Format format() const;

  /// Where the value at this JSON pointer (RFC 6901, "" is the root) begins; the nearest existing
  /// ancestor's place when the pointer leads nowhere. A value that stands for another through an
  /// alias begins at the alias, its parts where they are written.
  [[nodiscard]] Position locate(std::string_view pointer) const;
  /// Where the key of the member at this pointer begins; an array item's or the root's own place.
  /// The nearest existing ancestor's key when the pointer leads nowhere.
  [[nodiscard]] Position locate_key(std::string_view pointer) const;

 private:
  std::unique_ptr<State> state_;
};

/// Reads RFC 8259 JSON in UTF-8, with or without a byte order mark. `name` is what messages call
/// it. Numbers: integers that fit 64 bits exactly, all others (and `-0`) as the nearest double; one
/// too large for a double is refused. Throws Error: json.invalid, json.too_deep, text.invalid_utf8,
/// limit.input_size, with the place.
[[nodiscard]] Document read_json(std::string text, std::string name, const Limits& limits);

/// The same, where `//` and `/* */` comments and commas before `]` and `}` are allowed, as editors
/// and compilers have them in their own files. Places are those of the text as it stands.
[[nodiscard]] Document read_json_with_comments(std::string text, std::string name,
                                               const Limits& limits);

/// Reads one YAML 1.2 document, scalars resolved by the core schema (`no` is a text, `0o17` a
/// number). A text without a document is null. Numbers as in read_json(); .inf and .nan are
/// yaml.unsupported. Aliases and merge keys (`<<`, plain, with a mapping or a list of mappings:
/// keys that the mapping does not name itself, the first source before later ones) are followed;
/// their copies may take `limits.input_bytes` of memory. Tags beyond the core schema, several
/// documents and keys that are no texts are yaml.unsupported; escaped surrogate pairs, which JSON
/// has, are yaml.invalid. Throws Error: yaml.invalid, yaml.unsupported, text.invalid_utf8,
/// limit.input_size, json.too_deep, with the place.
[[nodiscard]] Document read_yaml(std::string text, std::string name, const Limits& limits);

/// Reads TOML 1.0; members stand in the order of the text. Dates and times are texts as RFC 3339
/// writes them. At most 512 levels and 16 MiB, whatever the limits. Throws Error: toml.invalid,
/// toml.unsupported (inf and nan), text.invalid_utf8, limit.input_size, json.too_deep, with the
/// place.
[[nodiscard]] Document read_toml(std::string text, std::string name, const Limits& limits);

/// By the name's extension: .yaml and .yml are YAML, .json JSON; any other is JSON where its first
/// character that is no white space is `{` or `[`, else YAML.
[[nodiscard]] Document read_document(std::string text, std::string name, const Limits& limits);

/// Whether a reader's error is a verdict on the text (it is not of its format) rather than about
/// what the reader takes on.
[[nodiscard]] bool refuses_text(const Error& error);

/// Writes a value as YAML, block style, keys in the value's order: texts quoted only where a
/// YAML 1.1 or 1.2 reader could take them for something else (`no`, `1e3`, `:`, `#`, a leading `-`,
/// line breaks). Reading it back gives an equal value. Texts must be UTF-8; NaN and infinities
/// become null.
[[nodiscard]] std::string write_yaml(const json::value& value);

/// Two-space indented JSON with a newline at the end, keys in the value's order, numbers shortest
/// round-trip (1.0 stays 1.0). Texts must be UTF-8; NaN and infinities become null.
[[nodiscard]] std::string write_json_pretty(const json::value& value);

/// Appends one reference token to a JSON pointer, escaped.
void append_token(std::string& pointer, std::string_view key);

}  // namespace ratchet
