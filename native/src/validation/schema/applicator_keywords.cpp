#include <algorithm>
#include <initializer_list>

#include "core/text.h"
#include "validation/schema/keyword_functions.h"
#include "validation/schema/keyword_values.h"
#include "validation/schema/wording.h"

namespace ratchet::schema {
namespace {

using namespace std::string_view_literals;

/// The description that the schema beside `required` gives for a key.
std::string description_beside(const KeywordSite& site, const std::string& key) {
  const json::value* properties = site.schema.if_contains("properties");
  const json::object* named = properties != nullptr ? properties->if_object() : nullptr;
  const json::value* schema = named != nullptr ? named->if_contains(key) : nullptr;
  const json::object* object = schema != nullptr ? schema->if_object() : nullptr;
  const json::value* text = object != nullptr ? object->if_contains("description") : nullptr;
  return text != nullptr && text->is_string() ? std::string(text->get_string()) : std::string();
}

/// Whether the site's keyword is the one of its group that compiles the whole group: the first of
/// the group that is there.
bool leads(const KeywordSite& site, std::initializer_list<std::string_view> group) {
  for (const std::string_view keyword : group) {
    if (site.schema.contains(keyword)) return keyword == site.keyword;
  }
  return false;
}

void add_named(Compiler& compiler, const KeywordSite& site, Members& members) {
  std::vector<KeyTable::Row> rows;
  for (const json::key_value_pair& member : object_at(site)) {
    const std::string_view key = member.key();
    rows.push_back(
        {std::string(key), compiler.block_for(member.value(), below(site.address, key))});
  }
  members.named = KeyTable(std::move(rows));
}

void add_by_pattern(Compiler& compiler, const KeywordSite& site, Members& members) {
  for (const json::key_value_pair& member : object_at(site)) {
    const std::string_view key = member.key();
    const std::string pointer = below(site.address, key);
    members.by_pattern.emplace_back(regex_of(key, pointer, site.keyword),
                                    compiler.block_for(member.value(), pointer));
  }
}

/// What tells a branch from its neighbours: its title, the keys that it requires, or its number.
std::string label_of(const json::value& schema, std::size_t index) {
  std::string numbered = "form " + std::to_string(index + 1);
  const json::object* object = schema.if_object();
  if (object == nullptr) return numbered;
  const json::value* title = object->if_contains("title");
  if (title != nullptr && title->is_string()) return in_quotes(title->get_string());
  const json::value* keys = object->if_contains("required");
  if (keys == nullptr || !keys->is_array() || keys->get_array().empty()) return numbered;
  std::vector<std::string> names;
  for (const json::value& key : keys->get_array()) {
    if (key.is_string()) names.emplace_back(key.get_string());
  }
  return "with " + quoted_list(names, "and");
}

std::vector<Branch> branches_in(Compiler& compiler, const KeywordSite& site) {
  std::vector<Branch> branches;
  const std::vector<BlockId> blocks = blocks_in(compiler, site);
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    branches.push_back({blocks[i], label_of(site.value.get_array()[i], i)});
  }
  return branches;
}

}  // namespace

Compiled required(Compiler& /*compiler*/, const KeywordSite& site) {
  Required keys;
  for (std::string& key : names_in(site.value, site)) {
    std::string description = description_beside(site, key);
    keys.keys.push_back({std::move(key), std::move(description)});
  }
  return keys;
}

Compiled dependent_required(Compiler& /*compiler*/, const KeywordSite& site) {
  Dependent dependent;
  for (const json::key_value_pair& member : object_at(site)) {
    dependent.keys.emplace_back(member.key(), names_in(member.value(), site));
  }
  return dependent;
}

Compiled dependent_schemas(Compiler& compiler, const KeywordSite& site) {
  Dependent dependent;
  for (const json::key_value_pair& member : object_at(site)) {
    dependent.schemas.emplace_back(
        member.key(), compiler.block_for(member.value(), below(site.address, member.key())));
  }
  return dependent;
}

Compiled dependencies(Compiler& compiler, const KeywordSite& site) {
  Dependent dependent;
  for (const json::key_value_pair& member : object_at(site)) {
    if (member.value().is_array()) {
      dependent.keys.emplace_back(member.key(), names_in(member.value(), site));
      continue;
    }
    dependent.schemas.emplace_back(
        member.key(), compiler.block_for(member.value(), below(site.address, member.key())));
  }
  return dependent;
}

Compiled members(Compiler& compiler, const KeywordSite& site) {
  const auto group = {"additionalProperties"sv, "properties"sv, "patternProperties"sv};
  if (!leads(site, group)) return std::nullopt;
  Members result;
  for (const std::string_view keyword :
       {"properties", "patternProperties", "additionalProperties"}) {
    const json::value* value = site.schema.if_contains(keyword);
    if (value == nullptr) continue;
    const std::string pointer = beside(site, keyword);
    const KeywordSite part{keyword, site.schema, *value, pointer};
    if (keyword == "properties") add_named(compiler, part, result);
    if (keyword == "patternProperties") add_by_pattern(compiler, part, result);
    if (keyword == "additionalProperties") result.additional = compiler.block_for(*value, pointer);
  }
  return result;
}

Compiled property_names(Compiler& compiler, const KeywordSite& site) {
  return PropertyNames{compiler.block_for(site.value, site.address)};
}

Compiled items2020(Compiler& compiler, const KeywordSite& site) {
  if (!leads(site, {"prefixItems", "items"})) return std::nullopt;
  Items result;
  if (const json::value* prefix = site.schema.if_contains("prefixItems")) {
    const std::string pointer = beside(site, "prefixItems");
    result.prefix = blocks_in(compiler, {"prefixItems", site.schema, *prefix, pointer});
  }
  if (const json::value* rest = site.schema.if_contains("items")) {
    const std::string pointer = beside(site, "items");
    if (rest->is_array()) {
      refuse(pointer, "items", "must be one schema in this draft; a list of them is prefixItems");
    }
    result.rest = compiler.block_for(*rest, pointer);
  }
  return result;
}

Compiled items7(Compiler& compiler, const KeywordSite& site) {
  Items result;
  if (!site.value.is_array()) {
    result.rest = compiler.block_for(site.value, site.address);
    return result;
  }
  if (!site.value.get_array().empty()) result.prefix = blocks_in(compiler, site);
  if (const json::value* rest = site.schema.if_contains("additionalItems")) {
    result.rest = compiler.block_for(*rest, beside(site, "additionalItems"));
  }
  return result;
}

Compiled contains7(Compiler& compiler, const KeywordSite& site) {
  return Contains{compiler.block_for(site.value, site.address), 1, std::nullopt, false};
}

Compiled contains2020(Compiler& compiler, const KeywordSite& site) {
  Contains result{compiler.block_for(site.value, site.address), 1, std::nullopt, true};
  if (const json::value* least = site.schema.if_contains("minContains")) {
    result.least = count_at({"minContains", site.schema, *least, beside(site, "minContains")});
  }
  if (const json::value* most = site.schema.if_contains("maxContains")) {
    result.most = count_at({"maxContains", site.schema, *most, beside(site, "maxContains")});
  }
  return result;
}

Compiled unevaluated_items(Compiler& compiler, const KeywordSite& site) {
  return UnevaluatedItems{compiler.block_for(site.value, site.address)};
}

Compiled unevaluated_properties(Compiler& compiler, const KeywordSite& site) {
  return UnevaluatedMembers{compiler.block_for(site.value, site.address)};
}

Compiled all_of(Compiler& compiler, const KeywordSite& site) {
  return AllOf{blocks_in(compiler, site)};
}

Compiled any_of(Compiler& compiler, const KeywordSite& site) {
  return AnyOf{branches_in(compiler, site)};
}

Compiled one_of(Compiler& compiler, const KeywordSite& site) {
  return OneOf{branches_in(compiler, site)};
}

Compiled negation(Compiler& compiler, const KeywordSite& site) {
  return Not{compiler.block_for(site.value, site.address)};
}

/// Compiled where `if` stands; without it `then` and `else` say nothing.
Compiled conditional(Compiler& compiler, const KeywordSite& site) {
  Conditional result{compiler.block_for(site.value, site.address), std::nullopt, std::nullopt};
  if (const json::value* then = site.schema.if_contains("then")) {
    result.then = compiler.block_for(*then, beside(site, "then"));
  }
  if (const json::value* otherwise = site.schema.if_contains("else")) {
    result.otherwise = compiler.block_for(*otherwise, beside(site, "else"));
  }
  return result;
}

}  // namespace ratchet::schema
