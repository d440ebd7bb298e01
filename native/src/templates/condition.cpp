#include "templates/condition.h"

#include <algorithm>

#include "core/text.h"
#include "templates/parser.h"

namespace ratchet {
namespace {

constexpr char kInverted = '^';

}  // namespace

Condition Condition::parse(const json::value& written, const TemplateSource& source) {
  Condition condition;
  condition.written_ = written;
  if (const json::string* text = written.if_string()) {
    std::string_view name(text->data(), text->size());
    const bool inverted = name.starts_with(kInverted);
    if (inverted) name.remove_prefix(1);
    condition.add(name, inverted, std::nullopt, source);
    return condition;
  }
  const json::object* wanted = written.if_object();
  if (wanted == nullptr || wanted->empty()) {
    throw source.error("template.invalid", 0,
                       "\"when\" must be a name, or an object of names and the values they must "
                       "have");
  }
  for (const auto& member : *wanted) {
    const json::array* several = member.value().if_array();
    condition.add(member.key(), false, several != nullptr ? *several : json::array{member.value()},
                  source);
  }
  return condition;
}

void Condition::add(std::string_view name, bool inverted, std::optional<json::array> any_of,
                    const TemplateSource& source) {
  Clause clause{std::make_shared<const std::string>(name), {}, inverted, std::move(any_of)};
  std::optional<Name> parsed = parse_name(*clause.text);
  if (!parsed || parsed->kind == Name::Kind::implicit) {
    throw source.error("template.invalid", 0, in_quotes(name) + " is not a name");
  }
  clause.name = *std::move(parsed);
  clauses_.push_back(std::move(clause));
}

bool Condition::holds(Context& context) const {
  return std::all_of(clauses_.begin(), clauses_.end(), [&](const Clause& clause) {
    const json::value* found = context.find(clause.name);
    if (clause.any_of) {
      return found != nullptr && std::find(clause.any_of->begin(), clause.any_of->end(), *found) !=
                                     clause.any_of->end();
    }
    const bool is_true = found != nullptr && (clause.name.asks_presence || opens_section(*found));
    return is_true != clause.inverted;
  });
}

std::vector<std::string> Condition::names() const {
  std::vector<std::string> names;
  for (const Clause& clause : clauses_) {
    if (clause.name.kind == Name::Kind::path) names.emplace_back(clause.name.text);
  }
  return names;
}

std::vector<json::value> Condition::values_of(std::string_view name) const {
  for (const Clause& clause : clauses_) {
    if (clause.name.text != name || !clause.any_of) continue;
    return {clause.any_of->begin(), clause.any_of->end()};
  }
  return {};
}

}  // namespace ratchet
