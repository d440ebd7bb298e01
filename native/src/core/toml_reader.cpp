#include <toml++/toml.h>

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "core/document_state.h"
#include "core/error.h"
#include "core/toml_depth.h"
#include "core/utf8.h"

namespace ratchet {
namespace {

/// What toml++ counts: lines end at LF, columns are code points, a byte order mark is none.
struct Mark {
  toml::source_index line = 0;
  toml::source_index column = 0;

  friend bool operator<(Mark one, Mark other) {
    return std::tie(one.line, one.column) < std::tie(other.line, other.column);
  }
};

Mark mark_of(const toml::source_position& position) {
  return {position.line, position.column};
}

/// Byte offsets of marks that are asked for in the order of the text: O(size) in all.
class Offsets {
 public:
  explicit Offsets(std::string_view text) : text_(text) {
    if (text.starts_with(kUtf8ByteOrderMark)) offset_ = kUtf8ByteOrderMark.size();
  }

  std::size_t offset_of(Mark mark) {
    while (at_ < mark && offset_ < text_.size()) {
      const bool ends_line = text_[offset_] == '\n';
      if (ends_line && at_.line == mark.line) break;
      do {
        ++offset_;
      } while (offset_ < text_.size() && is_continuation(text_[offset_]));
      at_ = ends_line ? Mark{at_.line + 1, 1} : Mark{at_.line, at_.column + 1};
    }
    return offset_;
  }

 private:
  std::string_view text_;
  Mark at_{1, 1};
  std::size_t offset_ = 0;
};

/// A table's members in the order of the text; toml++ keeps them by name.
std::vector<std::pair<const toml::key*, const toml::node*>> in_text_order(
    const toml::table& table) {
  std::vector<std::pair<const toml::key*, const toml::node*>> members;
  members.reserve(table.size());
  for (auto&& [key, node] : table)
    members.emplace_back(&key, &node);
  std::stable_sort(members.begin(), members.end(), [](const auto& one, const auto& other) {
    return mark_of(one.first->source().begin) < mark_of(other.first->source().begin);
  });
  return members;
}

/// Every place that the outline and the values need, found in one walk over the text.
class Places {
 public:
  Places(const toml::table& root, std::string_view text) {
    gather(root);
    std::vector<std::size_t> order(marks_.size());
    for (std::size_t i = 0; i < order.size(); ++i)
      order[i] = i;
    std::sort(order.begin(), order.end(),
              [this](std::size_t one, std::size_t other) { return marks_[one] < marks_[other]; });
    offsets_.resize(marks_.size());
    Offsets found(text);
    for (const std::size_t i : order)
      offsets_[i] = found.offset_of(marks_[i]);
    marks_ = {};
  }

  /// The next one, in the order in which gather() met them.
  std::size_t next() { return offsets_[next_++]; }

 private:
  void gather(const toml::node& node) {
    marks_.push_back(mark_of(node.source().begin));
    if (const toml::table* table = node.as_table()) {
      for (const auto& [key, member] : in_text_order(*table)) {
        marks_.push_back(mark_of(key->source().begin));
        gather(*member);
      }
    } else if (const toml::array* array = node.as_array()) {
      for (const toml::node& item : *array)
        gather(item);
    } else {
      marks_.push_back(mark_of(node.source().end));
    }
  }

  std::vector<Mark> marks_;
  std::vector<std::size_t> offsets_;
  std::size_t next_ = 0;
};

/// A date or time as RFC 3339 writes it: `T` and `Z` where TOML lets a blank or small letters
/// stand.
json::string timestamp(std::string_view written) {
  constexpr std::size_t kDateSize = std::string_view("1979-05-27").size();
  json::string text(written);
  if (text.size() > kDateSize && text[kDateSize - 3] == '-') text[kDateSize] = 'T';
  if (text.back() == 'z') text.back() = 'Z';
  return text;
}

/// Makes the value and the outline in one walk. Recursive, no deeper than limits.json_depth.
class Builder {
 public:
  Builder(Places& places, std::string_view text, std::string_view name)
      : places_(places), text_(text), name_(name) {}

  json::value build(const toml::node& node) {
    const std::size_t begin = places_.next();
    if (const toml::table* table = node.as_table()) return build_table(*table, begin);
    if (const toml::array* array = node.as_array()) return build_array(*array, begin);
    outline_.scalar(begin);
    return scalar(node, begin, places_.next());
  }
  Outline take_outline() { return std::move(outline_); }

 private:
  json::value build_table(const toml::table& table, std::size_t begin) {
    const Outline::Index index = outline_.open(Outline::Kind::object, begin);
    json::object object;
    object.reserve(table.size());
    for (const auto& [key, member] : in_text_order(table)) {
      outline_.set_key(key->str(), places_.next());
      object.emplace(key->str(), build(*member));
    }
    outline_.close(index);
    return object;
  }

  json::value build_array(const toml::array& array, std::size_t begin) {
    const Outline::Index index = outline_.open(Outline::Kind::array, begin);
    json::array items;
    items.reserve(array.size());
    for (const toml::node& item : array)
      items.push_back(build(item));
    outline_.close(index);
    return items;
  }

  json::value scalar(const toml::node& node, std::size_t begin, std::size_t end) const {
    if (const auto* text = node.as_string()) return json::string(text->get());
    if (const auto* whole = node.as_integer()) return whole->get();
    if (const auto* flag = node.as_boolean()) return flag->get();
    if (const auto* number = node.as_floating_point()) {
      if (std::isfinite(number->get())) return number->get();
      const Position position = position_in(text_, begin);
      throw Error("toml.unsupported",
                  "a number that is not finite is not supported, at " + place_text(name_, position))
          .hint("write it as a text")
          .at(std::string(name_), position);
    }
    return timestamp(text_.substr(begin, end - begin));
  }

  Places& places_;
  std::string_view text_;
  std::string_view name_;
  Outline outline_;
};

/// toml++ recurses into values and takes some ninety bytes for each of a text.
constexpr std::int64_t kDeepest = 512;
constexpr std::size_t kLargestText = std::size_t{16} << 20;
static_assert(TOML_MAX_NESTED_VALUES > kDeepest);

void require_moderate(std::string_view text, const std::string& name) {
  if (text.size() <= kLargestText) return;
  throw Error("limit.input_size", in_quotes(name) + " has " + std::to_string(text.size()) +
                                      " bytes, more than the " + std::to_string(kLargestText) +
                                      " that are read of TOML; make it smaller")
      .at(name);
}

void require_flat(std::string_view text, const std::string& name, std::int64_t limit) {
  const std::int64_t most = std::min(limit, kDeepest);
  const auto deep = first_too_deep_in_toml(text, most);
  if (!deep) return;
  const Position position = position_in(text, *deep);
  throw Error("json.too_deep", "tables and arrays nest deeper than " + std::to_string(most) +
                                   " levels at " + place_text(name, position) +
                                   "; make the text flatter" +
                                   (most < kDeepest ? " or raise the limit json_depth" : ""))
      .at(name, position);
}

[[noreturn]] void refuse(const toml::parse_error& error, std::string_view text,
                         const std::string& name) {
  Offsets offsets(text);
  const Position position = position_in(text, offsets.offset_of(mark_of(error.source().begin)));
  std::string why(error.description());
  std::replace(why.begin(), why.end(), '\n', ' ');
  throw Error("toml.invalid", "not valid TOML at " + place_text(name, position) + ": " + why)
      .at(name, position);
}

}  // namespace

Document read_toml(std::string text, std::string name, const Limits& limits) {
  require_readable(text, name, limits);
  require_moderate(text, name);
  require_flat(text, name, limits.json_depth);
  auto state = std::make_unique<Document::State>();
  state->format = Document::Format::toml;
  state->name = std::move(name);
  state->text = std::move(text);
  const toml::parse_result parsed = toml::parse(std::string_view(state->text));
  if (!parsed) refuse(parsed.error(), state->text, state->name);
  Places places(parsed.table(), state->text);
  Builder builder(places, state->text, state->name);
  state->value = builder.build(parsed.table());
  state->outline = builder.take_outline();
  return Document(std::move(state));
}

}  // namespace ratchet
