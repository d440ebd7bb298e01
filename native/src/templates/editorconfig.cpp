#include "templates/editorconfig.h"

#include <optional>
#include <utility>

#include "core/ascii.h"
#include "core/text.h"
#include "core/utf8.h"

namespace ratchet {
namespace {

constexpr std::string_view kBlanks = " \t\r\f\v";

/// Reads lines in their order.
class Reader {
 public:
  void read(std::string_view line) {
    line = trimmed(line, kBlanks);
    if (line.empty() || line.front() == '#' || line.front() == ';') return;
    if (line.front() == '[' && line.back() == ']') return open_section(line);
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos) return;
    set(lower(trimmed(line.substr(0, equals), kBlanks)),
        lower(trimmed(line.substr(equals + 1), kBlanks)));
  }

  EditorConfig take() { return std::move(config_); }

 private:
  void open_section(std::string_view line) {
    is_preamble_ = false;
    std::optional<PathGlob> files = PathGlob::editorconfig(line.substr(1, line.size() - 2));
    is_open_ = files.has_value();
    if (is_open_) config_.sections.push_back({std::move(*files), {}});
  }

  void set(std::string name, std::string value) {
    if (is_preamble_) {
      if (name == "root") config_.is_root = value == "true";
      return;
    }
    if (is_open_) config_.sections.back().properties[std::move(name)] = std::move(value);
  }

  EditorConfig config_;
  bool is_preamble_ = true;
  bool is_open_ = false;
};

}  // namespace

EditorConfig EditorConfig::parse(std::string_view text) {
  if (text.starts_with(kUtf8ByteOrderMark)) text.remove_prefix(kUtf8ByteOrderMark.size());
  Reader reader;
  while (!text.empty())
    reader.read(take_line(text));
  return reader.take();
}

void EditorConfig::apply(std::string_view path, Properties& properties) const {
  for (const Section& section : sections) {
    if (!section.files.matches(path)) continue;
    for (const auto& [name, value] : section.properties)
      properties[name] = value;
  }
}

}  // namespace ratchet
