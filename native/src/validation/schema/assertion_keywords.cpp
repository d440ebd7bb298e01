#include <algorithm>
#include <compare>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "core/nearest.h"
#include "core/text.h"
#include "validation/schema/equality.h"
#include "validation/schema/keyword_functions.h"
#include "validation/schema/keyword_values.h"
#include "validation/schema/numbers.h"
#include "validation/schema/type_names.h"
#include "validation/schema/wording.h"

namespace ratchet::schema {
namespace {

TypeSet type_of_name(const json::value& name, const KeywordSite& site) {
  if (!name.is_string()) refuse(site.address, site.keyword, "must name types, not " + shown(name));
  const std::string_view text = name.get_string();
  if (const std::optional<TypeSet> type = type_named(text)) return *type;
  refuse(site.address, site.keyword,
         "no type is called " + in_quotes(text) + did_you_mean(text, all_type_names()));
}

}  // namespace

Compiled type(Compiler& /*compiler*/, const KeywordSite& site) {
  if (!site.value.is_array()) return TypeIs{type_of_name(site.value, site)};
  if (site.value.get_array().empty()) refuse_value(site, "a type or an array of types");
  TypeSet types = 0;
  for (const json::value& name : site.value.get_array()) {
    types = static_cast<TypeSet>(types | type_of_name(name, site));
  }
  return TypeIs{types};
}

Compiled constant(Compiler& /*compiler*/, const KeywordSite& site) {
  return Const{site.value};
}

Compiled enumeration(Compiler& /*compiler*/, const KeywordSite& site) {
  Enum allowed{array_at(site), KeyTable(), {}};
  std::vector<KeyTable::Row> texts;
  std::unordered_set<std::string_view> known;
  for (std::uint32_t i = 0; i < allowed.values.size(); ++i) {
    const json::string* text = allowed.values[i].if_string();
    if (text == nullptr) {
      allowed.by_hash.emplace_back(hash_of(allowed.values[i]), i);
    } else if (known.insert(*text).second) {
      texts.push_back({std::string(*text), i});
    }
  }
  allowed.texts = KeyTable(std::move(texts));
  std::sort(allowed.by_hash.begin(), allowed.by_hash.end());
  return allowed;
}

Compiled multiple_of(Compiler& /*compiler*/, const KeywordSite& site) {
  const bool positive = site.value.is_number() && std::is_gt(compare_numbers(site.value, 0));
  if (!positive) refuse_value(site, "a number above 0");
  return MultipleOf{site.value};
}

Compiled pattern(Compiler& /*compiler*/, const KeywordSite& site) {
  return Pattern{regex_of(text_at(site), site.address, site.keyword)};
}

/// A format that nobody knows says nothing, as the standard asks.
Compiled format(Compiler& compiler, const KeywordSite& site) {
  const FormatRow* row = find_format(text_at(site), compiler.dialect().draft);
  if (row == nullptr || !compiler.asserts_formats()) return std::nullopt;
  return Format{row};
}

Compiled unique_items(Compiler& /*compiler*/, const KeywordSite& site) {
  if (!site.value.is_bool()) refuse_value(site, "true or false");
  if (!site.value.get_bool()) return std::nullopt;
  return UniqueItems{};
}

}  // namespace ratchet::schema
