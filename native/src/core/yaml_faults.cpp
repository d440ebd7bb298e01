#include "core/yaml_faults.h"

#include <yaml.h>

#include <algorithm>
#include <new>

#include "core/document_state.h"
#include "core/error.h"
#include "core/text.h"
#include "core/utf8.h"

namespace ratchet {
namespace {

std::string_view hint_for(std::string_view problem, std::string_view rest) {
  if (rest.starts_with('\t')) return "indent with spaces: YAML allows no tabs there";
  if (problem.starts_with("found character that cannot start")) return "put the text in quotes";
  if (problem.starts_with("mapping values are not allowed")) {
    return "put a text that holds \": \" in quotes, or mend the indentation";
  }
  if (problem.starts_with("control characters")) return "write it as an escape in double quotes";
  return {};
}

std::size_t mark_size(std::string_view text) {
  return text.starts_with(kUtf8ByteOrderMark) ? kUtf8ByteOrderMark.size() : 0;
}

}  // namespace

CharacterOffsets::CharacterOffsets(std::string_view text) : text_(text), offset_(mark_size(text)) {
}

std::size_t CharacterOffsets::offset_of(std::size_t character) {
  while (character_ < character && offset_ < text_.size()) {
    ++offset_;
    while (offset_ < text_.size() && is_continuation(text_[offset_]))
      ++offset_;
    ++character_;
  }
  while (character_ > character && offset_ > 0) {
    --offset_;
    while (offset_ > 0 && is_continuation(text_[offset_]))
      --offset_;
    --character_;
  }
  return offset_;
}

void YamlFaults::invalid(std::size_t offset, const std::string& why, std::string_view hint) const {
  const Position position = position_in(text_, offset);
  Error error("yaml.invalid", "not valid YAML at " + place_text(name_, position) + ": " + why);
  if (!hint.empty()) error.hint(std::string(hint));
  throw error.at(std::string(name_), position);
}

void YamlFaults::unsupported(std::size_t offset, const std::string& what,
                             std::string_view hint) const {
  const Position position = position_in(text_, offset);
  throw Error("yaml.unsupported", what + " is not supported, at " + place_text(name_, position))
      .hint(std::string(hint))
      .at(std::string(name_), position);
}

void YamlFaults::too_deep(std::size_t offset, std::int64_t limit) const {
  const Position position = position_in(text_, offset);
  throw Error("json.too_deep", "mappings and lists nest deeper than " + std::to_string(limit) +
                                   " levels at " + place_text(name_, position) +
                                   "; make the text flatter or raise the limit json_depth")
      .at(std::string(name_), position);
}

void YamlFaults::too_large(std::size_t offset, std::int64_t limit) const {
  const Position position = position_in(text_, offset);
  throw Error("limit.input_size", "the copies that aliases make take more than " +
                                      std::to_string(limit) + " bytes at " +
                                      place_text(name_, position) +
                                      "; write less of it or raise the limit input_bytes")
      .at(std::string(name_), position);
}

void YamlFaults::fail(const yaml_parser_s& parser) const {
  if (parser.error == YAML_MEMORY_ERROR) throw std::bad_alloc();
  const std::string_view problem = parser.problem == nullptr ? "unreadable" : parser.problem;
  const bool by_bytes = parser.error == YAML_READER_ERROR;
  const std::size_t offset = by_bytes
                                 ? mark_size(text_) + parser.problem_offset
                                 : CharacterOffsets(text_).offset_of(parser.problem_mark.index);
  std::string why(problem);
  if (parser.context != nullptr) why.append(" (").append(parser.context).append(")");
  const std::string_view rest = text_.substr(std::min(offset, text_.size()));
  invalid(offset, why, hint_for(problem, rest));
}

}  // namespace ratchet
