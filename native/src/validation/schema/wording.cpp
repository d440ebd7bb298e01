#include "validation/schema/wording.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "core/nearest.h"
#include "core/text.h"
#include "validation/schema/assertions.h"

namespace ratchet::schema {
namespace {

/// More names than this make a message that nobody reads.
constexpr std::size_t kMostNamesListed = 12;

std::string shown_double(double number) {
  constexpr std::size_t kLongestForm = 40;
  std::array<char, kLongestForm> buffer{};
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
  return {buffer.data(), end};
}

std::string counted(std::uint64_t count, std::string_view singular) {
  std::string text = std::to_string(count) + " " + std::string(singular);
  if (count != 1) text += "s";
  return text;
}

/// `counted` for what a bound counts.
std::string counted(std::uint64_t count, Counted what) {
  switch (what) {
    case Counted::characters:
      return counted(count, "character");
    case Counted::items:
      return counted(count, "item");
    case Counted::properties:
      return counted(count, "key");
  }
  return {};
}

std::string begin(std::string_view subject, std::string_view rest) {
  return std::string(subject) + std::string(rest);
}

/// A value as an alternative in a list: without the word that says its type.
std::string bare(const json::value& value) {
  if (const json::string* text = value.if_string()) return in_quotes(*text);
  return shown(value);
}

std::vector<std::string> texts_of(const json::array& values) {
  std::vector<std::string> texts;
  for (const json::value& value : values) {
    if (const json::string* text = value.if_string())
      texts.emplace_back(text->data(), text->size());
  }
  return texts;
}

std::string joined(std::span<const std::string> parts, std::string_view last_word) {
  std::string text;
  const std::size_t listed = std::min(parts.size(), kMostNamesListed);
  const bool all = listed == parts.size();
  for (std::size_t i = 0; i < listed; ++i) {
    if (all && i > 0 && i + 1 == listed) {
      text.append(" ").append(last_word).append(" ");
    } else if (i > 0) {
      text.append(", ");
    }
    text.append(parts[i]);
  }
  if (!all) text.append(", … (").append(std::to_string(parts.size())).append(" in all)");
  return text;
}

}  // namespace

std::string quoted_list(std::span<const std::string> names, std::string_view last_word) {
  std::vector<std::string> parts;
  parts.reserve(names.size());
  for (const std::string& name : names)
    parts.push_back(in_quotes(name));
  return joined(parts, last_word);
}

std::string shown(const json::value& value) {
  switch (value.kind()) {
    case json::kind::null:
      return "null";
    case json::kind::bool_:
      return value.get_bool() ? "true" : "false";
    case json::kind::int64:
      return std::to_string(value.get_int64());
    case json::kind::uint64:
      return std::to_string(value.get_uint64());
    case json::kind::double_:
      return shown_double(value.get_double());
    case json::kind::string:
      return "the string " + in_quotes(value.get_string());
    case json::kind::array:
      return "an array of " + counted(value.get_array().size(), "item");
    case json::kind::object:
      return "an object with " + counted(value.get_object().size(), "key");
  }
  return {};
}

std::string type_names(TypeSet types) {
  static constexpr std::array<std::pair<TypeSet, std::string_view>, 7> kNames{{
      {kString, "a string"},
      {kNumber, "a number"},
      {kInteger, "an integer"},
      {kBoolean, "true or false"},
      {kArray, "an array"},
      {kObject, "an object"},
      {kNull, "null"},
  }};
  std::vector<std::string> names;
  for (const auto& [type, name] : kNames) {
    if ((types & type) != 0) names.emplace_back(name);
  }
  return joined(names, "or");
}

Problem problem_of(const Never& /*never*/, const json::value& value, std::string_view subject) {
  return {"schema.false", begin(subject, " is not allowed here, but is ") + shown(value)};
}

Problem problem_of(const TypeIs& type, const json::value& value, std::string_view subject) {
  return {"schema.type",
          begin(subject, " must be ") + type_names(type.types) + ", not " + shown(value)};
}

Problem problem_of(const Const& constant, const json::value& value, std::string_view subject) {
  return {"schema.const",
          begin(subject, " must be ") + bare(constant.value) + ", not " + shown(value)};
}

Problem problem_of(const Enum& allowed, const json::value& value, std::string_view subject) {
  std::vector<std::string> parts;
  for (const json::value& candidate : allowed.values)
    parts.push_back(bare(candidate));
  std::string message = begin(subject, " must be ") + joined(parts, "or") + ", not " + shown(value);
  if (const json::string* text = value.if_string()) {
    message += did_you_mean(*text, texts_of(allowed.values));
  }
  return {"schema.enum", std::move(message)};
}

Problem problem_of(const AtLeast& bound, const json::value& value, std::string_view subject) {
  return {"schema.length", begin(subject, " must have at least ") +
                               counted(bound.count, bound.what) + ", but has " +
                               std::to_string(count_of(bound.what, value).value_or(0))};
}

Problem problem_of(const AtMost& bound, const json::value& value, std::string_view subject) {
  return {"schema.length", begin(subject, " must have at most ") +
                               counted(bound.count, bound.what) + ", but has " +
                               std::to_string(count_of(bound.what, value).value_or(0))};
}

Problem problem_of(const Range& range, const json::value& value, std::string_view subject) {
  std::string_view words;
  switch (range.bound) {
    case Bound::minimum:
      words = " must be at least ";
      break;
    case Bound::maximum:
      words = " must be at most ";
      break;
    case Bound::exclusive_minimum:
      words = " must be more than ";
      break;
    case Bound::exclusive_maximum:
      words = " must be less than ";
      break;
  }
  return {"schema.range", begin(subject, words) + shown(range.limit) + ", not " + shown(value)};
}

Problem problem_of(const MultipleOf& multiple, const json::value& value, std::string_view subject) {
  return {"schema.multiple_of", begin(subject, " must be a multiple of ") +
                                    shown(multiple.divisor) + ", not " + shown(value)};
}

Problem problem_of(const Pattern& pattern, const json::value& value, std::string_view subject) {
  return {"schema.pattern", begin(subject, " must match the pattern ") +
                                in_quotes(pattern.regex.pattern()) + ", but is " + bare(value)};
}

Problem problem_of(const Format& format, const json::value& value, std::string_view subject) {
  return {"schema.format", begin(subject, " must be ") + std::string(format.row->description) +
                               ", but is " + bare(value)};
}

Problem missing_key(const RequiredKey& key, std::string_view subject) {
  return {"schema.required", begin(subject, " lacks the required key ") + in_quotes(key.key),
          key.description};
}

Problem missing_dependent(std::string_view key, std::string_view needed, std::string_view subject) {
  return {"schema.dependent_required", begin(subject, " has the key ") + in_quotes(key) +
                                           " and so needs the key " + in_quotes(needed)};
}

Problem unknown_key(std::span<const std::string> known, std::string_view key,
                    std::string_view owner) {
  // A branch that does not fit may know it all the same.
  if (std::find(known.begin(), known.end(), key) != known.end()) {
    return {"schema.additional_properties", begin(owner, " has the key ") + in_quotes(key) +
                                                ", which belongs to a form that does not fit here"};
  }
  std::string message = begin(owner, " has the unknown key ") + in_quotes(key);
  message += did_you_mean(key, known);
  std::string hint;
  if (!known.empty()) hint = "known keys: " + joined(known, "and");
  return {"schema.additional_properties", std::move(message), std::move(hint)};
}

Problem repeated_item(std::size_t first, std::size_t second, const json::value& item,
                      std::string_view subject) {
  return {"schema.unique_items", begin(subject, " must not repeat an item, but items ") +
                                     std::to_string(first + 1) + " and " +
                                     std::to_string(second + 1) + " are both " + bare(item)};
}

Problem wrong_number_of_matches(const Contains& contains, std::uint64_t count,
                                std::string_view subject) {
  const bool too_few = count < contains.least;
  const std::uint64_t bound = too_few ? contains.least : contains.most.value_or(count);
  return {"schema.contains",
          begin(subject, too_few ? " must have at least " : " must have at most ") +
              counted(bound, "item") + " of the kind asked for, but has " + std::to_string(count)};
}

Problem must_not_fit(std::string_view subject) {
  return {"schema.not", begin(subject, " is of the very form that is not allowed here")};
}

Problem forbidden_key(std::string_view reason) {
  return {"schema.property_names", "a key is not allowed: " + std::string(reason)};
}

Problem pattern_gave_up(const Regex& regex, std::string_view subject) {
  return {"schema.undecided", begin(subject, " could not be judged: the pattern ") +
                                  in_quotes(regex.pattern()) +
                                  " exceeds its limits on this text; simplify the pattern"};
}

Problem validation_gave_up(std::string_view reason) {
  return {"schema.undecided", begin(reason, "; the document could not be judged to its end")};
}

}  // namespace ratchet::schema
