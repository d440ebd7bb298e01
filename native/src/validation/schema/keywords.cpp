#include "validation/schema/keywords.h"

#include <algorithm>
#include <array>

#include "validation/schema/keyword_functions.h"
#include "validation/schema/keyword_values.h"

namespace ratchet::schema {
namespace {

Compiled annotation(Compiler& /*compiler*/, const KeywordSite& /*site*/) {
  return std::nullopt;
}

/// Read when the resources are looked through (resources.h), before anything is compiled.
Compiled nothing(Compiler& /*compiler*/, const KeywordSite& /*site*/) {
  return std::nullopt;
}

/// Compiled although nobody may refer to them: a fault in one is a fault of the schema.
Compiled definitions(Compiler& compiler, const KeywordSite& site) {
  for (const json::key_value_pair& member : object_at(site)) {
    compiler.block_for(member.value(), below(site.address, member.key()));
  }
  return std::nullopt;
}

Compiled reference(Compiler& compiler, const KeywordSite& site) {
  return Reference{compiler.block_for_reference(site)};
}

Compiled dynamic_reference(Compiler& compiler, const KeywordSite& site) {
  return compiler.dynamic_reference(site);
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

constexpr auto k7 = SchemaDraft::draft7;
constexpr auto k2020 = SchemaDraft::draft2020_12;
constexpr VocabularySet kFormat = kFormatAnnotation | kFormatAssertion;

constexpr auto kKeywords = std::to_array<KeywordRow>({
    {"$anchor", k2020, kCore, Shape::anchor, nothing},
    {"$comment", k7, kCore, Shape::text, annotation},
    {"$comment", k2020, kCore, Shape::text, annotation},
    {"$defs", k2020, kCore, Shape::schemas_by_name, definitions},
    {"$dynamicAnchor", k2020, kCore, Shape::anchor, nothing},
    {"$dynamicRef", k2020, kCore, Shape::reference, dynamic_reference},
    {"$id", k7, kCore, Shape::identifier, nothing},
    {"$id", k2020, kCore, Shape::identifier, nothing},
    {"$ref", k7, kCore, Shape::reference, reference},
    {"$ref", k2020, kCore, Shape::reference, reference},
    {"$schema", k7, kCore, Shape::identifier, annotation},
    {"$schema", k2020, kCore, Shape::identifier, annotation},
    {"$vocabulary", k2020, kCore, Shape::vocabularies, annotation},
    {"additionalItems", k7, kApplicator, Shape::schema, part_of_another},
    {"additionalProperties", k7, kApplicator, Shape::schema, members},
    {"additionalProperties", k2020, kApplicator, Shape::schema, members},
    {"allOf", k7, kApplicator, Shape::schemas, all_of},
    {"allOf", k2020, kApplicator, Shape::schemas, all_of},
    {"anyOf", k7, kApplicator, Shape::schemas, any_of},
    {"anyOf", k2020, kApplicator, Shape::schemas, any_of},
    {"const", k7, kValidation, Shape::anything, constant},
    {"const", k2020, kValidation, Shape::anything, constant},
    {"contains", k7, kApplicator, Shape::schema, contains7},
    {"contains", k2020, kApplicator, Shape::schema, contains2020},
    {"contentEncoding", k7, kContent, Shape::text, annotation},
    {"contentEncoding", k2020, kContent, Shape::text, annotation},
    {"contentMediaType", k7, kContent, Shape::text, annotation},
    {"contentMediaType", k2020, kContent, Shape::text, annotation},
    {"contentSchema", k2020, kContent, Shape::schema, annotation},
    {"default", k7, kMetaData, Shape::anything, annotation},
    {"default", k2020, kMetaData, Shape::anything, annotation},
    {"definitions", k7, kCore, Shape::schemas_by_name, definitions},
    {"definitions", k2020, kCore, Shape::schemas_by_name, definitions},
    {"dependencies", k7, kApplicator, Shape::schemas_or_names, dependencies},
    {"dependentRequired", k2020, kValidation, Shape::names_by_name, dependent_required},
    {"dependentSchemas", k2020, kApplicator, Shape::schemas_by_name, dependent_schemas},
    {"deprecated", k2020, kMetaData, Shape::boolean, annotation},
    {"description", k7, kMetaData, Shape::text, annotation},
    {"description", k2020, kMetaData, Shape::text, annotation},
    {"else", k7, kApplicator, Shape::schema, part_of_another},
    {"else", k2020, kApplicator, Shape::schema, part_of_another},
    {"enum", k7, kValidation, Shape::list, enumeration},
    {"enum", k2020, kValidation, Shape::list, enumeration},
    {"examples", k7, kMetaData, Shape::list, annotation},
    {"examples", k2020, kMetaData, Shape::list, annotation},
    {"exclusiveMaximum", k7, kValidation, Shape::number, range<Bound::exclusive_maximum>},
    {"exclusiveMaximum", k2020, kValidation, Shape::number, range<Bound::exclusive_maximum>},
    {"exclusiveMinimum", k7, kValidation, Shape::number, range<Bound::exclusive_minimum>},
    {"exclusiveMinimum", k2020, kValidation, Shape::number, range<Bound::exclusive_minimum>},
    {"format", k7, kFormat, Shape::text, format},
    {"format", k2020, kFormat, Shape::text, format},
    {"if", k7, kApplicator, Shape::schema, conditional},
    {"if", k2020, kApplicator, Shape::schema, conditional},
    {"items", k7, kApplicator, Shape::schema_or_schemas, items7},
    {"items", k2020, kApplicator, Shape::schema, items2020},
    {"maxContains", k2020, kValidation, Shape::count, part_of_another},
    {"maxItems", k7, kValidation, Shape::count, at_most<Counted::items>},
    {"maxItems", k2020, kValidation, Shape::count, at_most<Counted::items>},
    {"maxLength", k7, kValidation, Shape::count, at_most<Counted::characters>},
    {"maxLength", k2020, kValidation, Shape::count, at_most<Counted::characters>},
    {"maxProperties", k7, kValidation, Shape::count, at_most<Counted::properties>},
    {"maxProperties", k2020, kValidation, Shape::count, at_most<Counted::properties>},
    {"maximum", k7, kValidation, Shape::number, range<Bound::maximum>},
    {"maximum", k2020, kValidation, Shape::number, range<Bound::maximum>},
    {"minContains", k2020, kValidation, Shape::count, part_of_another},
    {"minItems", k7, kValidation, Shape::count, at_least<Counted::items>},
    {"minItems", k2020, kValidation, Shape::count, at_least<Counted::items>},
    {"minLength", k7, kValidation, Shape::count, at_least<Counted::characters>},
    {"minLength", k2020, kValidation, Shape::count, at_least<Counted::characters>},
    {"minProperties", k7, kValidation, Shape::count, at_least<Counted::properties>},
    {"minProperties", k2020, kValidation, Shape::count, at_least<Counted::properties>},
    {"minimum", k7, kValidation, Shape::number, range<Bound::minimum>},
    {"minimum", k2020, kValidation, Shape::number, range<Bound::minimum>},
    {"multipleOf", k7, kValidation, Shape::positive_number, multiple_of},
    {"multipleOf", k2020, kValidation, Shape::positive_number, multiple_of},
    {"not", k7, kApplicator, Shape::schema, negation},
    {"not", k2020, kApplicator, Shape::schema, negation},
    {"oneOf", k7, kApplicator, Shape::schemas, one_of},
    {"oneOf", k2020, kApplicator, Shape::schemas, one_of},
    {"pattern", k7, kValidation, Shape::pattern, pattern},
    {"pattern", k2020, kValidation, Shape::pattern, pattern},
    {"patternProperties", k7, kApplicator, Shape::schemas_by_pattern, members},
    {"patternProperties", k2020, kApplicator, Shape::schemas_by_pattern, members},
    {"prefixItems", k2020, kApplicator, Shape::schemas, items2020},
    {"properties", k7, kApplicator, Shape::schemas_by_name, members},
    {"properties", k2020, kApplicator, Shape::schemas_by_name, members},
    {"propertyNames", k7, kApplicator, Shape::schema, property_names},
    {"propertyNames", k2020, kApplicator, Shape::schema, property_names},
    {"readOnly", k7, kMetaData, Shape::boolean, annotation},
    {"readOnly", k2020, kMetaData, Shape::boolean, annotation},
    {"required", k7, kValidation, Shape::names, required},
    {"required", k2020, kValidation, Shape::names, required},
    {"then", k7, kApplicator, Shape::schema, part_of_another},
    {"then", k2020, kApplicator, Shape::schema, part_of_another},
    {"title", k7, kMetaData, Shape::text, annotation},
    {"title", k2020, kMetaData, Shape::text, annotation},
    {"type", k7, kValidation, Shape::types, type},
    {"type", k2020, kValidation, Shape::types, type},
    {"unevaluatedItems", k2020, kUnevaluated, Shape::schema, unevaluated_items},
    {"unevaluatedProperties", k2020, kUnevaluated, Shape::schema, unevaluated_properties},
    {"uniqueItems", k7, kValidation, Shape::boolean, unique_items},
    {"uniqueItems", k2020, kValidation, Shape::boolean, unique_items},
    {"writeOnly", k7, kMetaData, Shape::boolean, annotation},
    {"writeOnly", k2020, kMetaData, Shape::boolean, annotation},
});

}  // namespace

std::span<const KeywordRow> keyword_rows() {
  return kKeywords;
}

const KeywordRow* find_keyword(std::string_view name, const Dialect& dialect) {
  const auto* row = std::lower_bound(
      kKeywords.begin(), kKeywords.end(), name,
      [](const KeywordRow& left, std::string_view right) { return left.name < right; });
  for (; row != kKeywords.end() && row->name == name; ++row) {
    if (row->draft == dialect.draft && (row->vocabularies & dialect.vocabularies) != 0) return row;
  }
  return nullptr;
}

}  // namespace ratchet::schema
