#include "validation/schema/keywords.h"

#include <algorithm>
#include <array>

#include "core/text.h"
#include "validation/schema/keyword_functions.h"
#include "validation/schema/keyword_values.h"

namespace ratchet::schema {
namespace {

Compiled annotation(Compiler& /*compiler*/, const KeywordSite& /*site*/) {
  return std::nullopt;
}

Compiled not_implemented(Compiler& /*compiler*/, const KeywordSite& site) {
  refuse(site.pointer, site.keyword,
         "the keyword " + in_quotes(site.keyword) + " is not implemented yet");
}

Compiled identifier(Compiler& compiler, const KeywordSite& site) {
  compiler.check_identifier(site);
  return std::nullopt;
}

Compiled anchor(Compiler& compiler, const KeywordSite& site) {
  compiler.name_anchor(std::string(text_at(site)), site);
  return std::nullopt;
}

/// Compiled although nobody may refer to them: a fault in one is a fault of the schema.
Compiled definitions(Compiler& compiler, const KeywordSite& site) {
  for (const json::key_value_pair& member : object_at(site)) {
    compiler.block_for(member.value(), below(site.pointer, member.key()));
  }
  return std::nullopt;
}

Compiled reference(Compiler& compiler, const KeywordSite& site) {
  return Reference{compiler.block_for_reference(site)};
}

/// minContains, then, …: compiled by the keyword that they belong to, and nothing without it.
Compiled part_of_another(Compiler& /*compiler*/, const KeywordSite& /*site*/) {
  return std::nullopt;
}

template <Counted what>
Compiled at_least(Compiler& /*compiler*/, const KeywordSite& site) {
  return AtLeast{what, count_at(site)};
}

template <Counted what>
Compiled at_most(Compiler& /*compiler*/, const KeywordSite& site) {
  return AtMost{what, count_at(site)};
}

template <Bound bound>
Compiled range(Compiler& /*compiler*/, const KeywordSite& site) {
  if (!site.value.is_number()) refuse_value(site, "a number");
  return Range{bound, site.value};
}

constexpr auto kKeywords = std::to_array<KeywordRow>({
    {"$anchor", false, true, anchor},
    {"$comment", true, true, annotation},
    {"$defs", false, true, definitions},
    {"$dynamicAnchor", false, true, not_implemented},
    {"$dynamicRef", false, true, not_implemented},
    {"$id", true, true, identifier},
    {"$ref", true, true, reference},
    {"$schema", true, true, annotation},
    {"$vocabulary", false, true, not_implemented},
    {"additionalItems", true, false, part_of_another},
    {"additionalProperties", true, true, members},
    {"allOf", true, true, all_of},
    {"anyOf", true, true, any_of},
    {"const", true, true, constant},
    {"contains", true, true, contains},
    {"contentEncoding", true, true, annotation},
    {"contentMediaType", true, true, annotation},
    {"contentSchema", false, true, annotation},
    {"default", true, true, annotation},
    {"definitions", true, true, definitions},
    {"dependencies", true, false, dependencies},
    {"dependentRequired", false, true, dependent_required},
    {"dependentSchemas", false, true, dependent_schemas},
    {"deprecated", false, true, annotation},
    {"description", true, true, annotation},
    {"else", true, true, part_of_another},
    {"enum", true, true, enumeration},
    {"examples", true, true, annotation},
    {"exclusiveMaximum", true, true, range<Bound::exclusive_maximum>},
    {"exclusiveMinimum", true, true, range<Bound::exclusive_minimum>},
    {"format", true, true, annotation},
    {"if", true, true, conditional},
    {"items", true, true, items},
    {"maxContains", false, true, part_of_another},
    {"maxItems", true, true, at_most<Counted::items>},
    {"maxLength", true, true, at_most<Counted::characters>},
    {"maxProperties", true, true, at_most<Counted::properties>},
    {"maximum", true, true, range<Bound::maximum>},
    {"minContains", false, true, part_of_another},
    {"minItems", true, true, at_least<Counted::items>},
    {"minLength", true, true, at_least<Counted::characters>},
    {"minProperties", true, true, at_least<Counted::properties>},
    {"minimum", true, true, range<Bound::minimum>},
    {"multipleOf", true, true, multiple_of},
    {"not", true, true, negation},
    {"oneOf", true, true, one_of},
    {"pattern", true, true, pattern},
    {"patternProperties", true, true, members},
    {"prefixItems", false, true, items},
    {"properties", true, true, members},
    {"propertyNames", true, true, property_names},
    {"readOnly", true, true, annotation},
    {"required", true, true, required},
    {"then", true, true, part_of_another},
    {"title", true, true, annotation},
    {"type", true, true, type},
    {"unevaluatedItems", false, true, not_implemented},
    {"unevaluatedProperties", false, true, not_implemented},
    {"uniqueItems", true, true, unique_items},
    {"writeOnly", true, true, annotation},
});

}  // namespace

const KeywordRow* find_keyword(std::string_view name, SchemaDraft draft) {
  const auto row = std::lower_bound(
      kKeywords.begin(), kKeywords.end(), name,
      [](const KeywordRow& left, std::string_view right) { return left.name < right; });
  if (row == kKeywords.end() || row->name != name) return nullptr;
  const bool known = draft == SchemaDraft::draft7 ? row->in_draft7 : row->in_draft2020_12;
  return known ? &*row : nullptr;
}

}  // namespace ratchet::schema
