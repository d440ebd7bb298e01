#include "core/document.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "core/document_state.h"
#include "core/text.h"
#include "core/utf8.h"

namespace ratchet {
namespace {

bool has_extension(std::string_view name, std::string_view extension) {
  if (name.size() <= extension.size()) return false;
  const auto same = [](char left, char right) {
    return left == right || (left >= 'A' && left <= 'Z' && left - 'A' + 'a' == right);
  };
  const std::string_view end = name.substr(name.size() - extension.size());
  return std::equal(end.begin(), end.end(), extension.begin(), same);
}

bool looks_like_json(std::string_view text) {
  if (text.starts_with(kUtf8ByteOrderMark)) text.remove_prefix(kUtf8ByteOrderMark.size());
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
}

}  // namespace

const Outline& Document::State::places() const {
  std::call_once(outlined, [this] {
    if (outline.empty()) outline = outline_json(plain.empty() ? text : plain);
  });
  return outline;
}

Position Document::State::position(std::size_t byte_offset) const {
  std::call_once(indexed, [this] { lines = std::make_unique<LineIndex>(text); });
  return lines->position(byte_offset);
}

Document::Document(std::unique_ptr<State> state) : state_(std::move(state)) {
}
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;
Document::~Document() = default;

const json::value& Document::value() const& {
  return state_->value;
}

json::value Document::value() && {
  return std::move(state_->value);
}

const std::vector<Finding>& Document::findings() const {
  return state_->findings;
}

const std::string& Document::name() const {
  return state_->name;
}

const std::string& Document::text() const {
  return state_->text;
}

Document::Format Document::format() const {
  return state_->format;
}

Position Document::locate(std::string_view pointer) const {
  const Outline& places = state_->places();
  return state_->position(places.at(places.find(pointer)).begin);
}

Position Document::locate_key(std::string_view pointer) const {
  const Outline& places = state_->places();
  return state_->position(places.at(places.find(pointer)).key_begin);
}

Document read_document(std::string text, std::string name, const Limits& limits) {
  const bool yaml = has_extension(name, ".yaml") || has_extension(name, ".yml");
  const bool json = !yaml && (has_extension(name, ".json") || looks_like_json(text));
  if (json) return read_json(std::move(text), std::move(name), limits);
  return read_yaml(std::move(text), std::move(name), limits);
}

bool refuses_text(const Error& error) {
  constexpr auto kVerdicts = std::to_array<std::string_view>(
      {"json.invalid", "yaml.invalid", "toml.invalid", "text.invalid_utf8"});
  return std::find(kVerdicts.begin(), kVerdicts.end(), error.code().name()) != kVerdicts.end();
}

void append_token(std::string& pointer, std::string_view key) {
  pointer += '/';
  for (const char letter : key) {
    if (letter == '~') {
      pointer += "~0";
    } else if (letter == '/') {
      pointer += "~1";
    } else {
      pointer += letter;
    }
  }
}

void require_readable(std::string_view text, const std::string& name, const Limits& limits) {
  const auto limit =
      std::min(static_cast<std::size_t>(std::max<std::int64_t>(limits.input_bytes, 0)),
               Outline::kLargestText);
  if (text.size() > limit) {
    throw Error("limit.input_size", in_quotes(name) + " has " + std::to_string(text.size()) +
                                        " bytes, more than the limit of " + std::to_string(limit) +
                                        "; make it smaller or raise the limit input_bytes")
        .at(name);
  }
  const std::optional<std::size_t> fault = first_invalid_utf8(text);
  if (!fault) return;
  const Position position = position_in(text, *fault);
  throw Error("text.invalid_utf8",
              "not UTF-8 at " + place_text(name, position) + "; save the text as UTF-8")
      .at(name, position);
}

std::vector<Finding> duplicate_key_findings(const Document::State& document, const Limits& limits) {
  const bool yaml = document.format == Document::Format::yaml;
  const Code code = yaml ? Code("yaml.duplicate_key") : Code("json.duplicate_key");
  const Outline& places = document.places();
  const auto limit = static_cast<std::size_t>(std::max<std::int64_t>(limits.findings_per_file, 1));
  std::vector<Finding> findings;
  std::size_t count = 0;
  places.each_duplicate([&](const Outline::Duplicate& duplicate) {
    if (++count > limit) return;
    const OutlineNode& again = places.at(duplicate.again);
    const Position first = document.position(places.at(duplicate.first).key_begin);
    Finding finding =
        make_finding(code, Severity::error,
                     "key " + in_quotes(places.key_of(again)) + " stands twice, first at " +
                         place_text("", first) + "; remove one of them",
                     yaml ? "yaml" : "json");
    finding.pointer = duplicate.pointer();
    findings.push_back(std::move(finding.at(document.name, document.position(again.key_begin))));
  });
  if (count > limit) {
    findings.back() =
        make_finding("findings.truncated", Severity::error,
                     std::to_string(count - limit + 1) + " more findings are not listed", "engine");
  }
  return findings;
}

std::string place_text(std::string_view name, Position position) {
  std::string text(name);
  if (!text.empty()) text += ':';
  return text + std::to_string(position.line) + ":" + std::to_string(position.column);
}

}  // namespace ratchet
