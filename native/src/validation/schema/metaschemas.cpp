#include "validation/schema/metaschemas.h"

#include <map>
#include <string>
#include <utility>

#include "validation/schema/dialect.h"
#include "validation/schema/keywords.h"

namespace ratchet::schema {
namespace {

/// Draft 2020-12, core, §8.2.2.
constexpr std::string_view kAnchorPattern = "^[A-Za-z_][-A-Za-z0-9._]*$";

json::object reference_to(std::string_view target) {
  return {{"$ref", target}};
}

/// How the metaschema of a draft refers to itself and to its parts.
class Draft {
 public:
  explicit Draft(SchemaDraft draft) : draft_(draft) {}

  [[nodiscard]] json::object any_schema() const {
    if (draft_ == SchemaDraft::draft7) return reference_to("#");
    return {{"$dynamicRef", "#meta"}};
  }
  [[nodiscard]] json::object part(std::string_view name) const {
    const std::string folder = draft_ == SchemaDraft::draft7 ? "#/definitions/" : "#/$defs/";
    return reference_to(folder + std::string(name));
  }
  [[nodiscard]] json::object schemas_by_name() const {
    return {{"type", "object"}, {"additionalProperties", any_schema()}};
  }

  /// What a keyword's value must look like.
  [[nodiscard]] json::value value_of(Shape shape) const;

 private:
  SchemaDraft draft_;
};

json::object string_with(std::string_view keyword, std::string_view text) {
  return {{"type", "string"}, {keyword, text}};
}

json::object one_of_two(json::object first, json::object second) {
  return {{"anyOf", json::array{std::move(first), std::move(second)}}};
}

json::value Draft::value_of(Shape shape) const {
  switch (shape) {
    case Shape::anything:
      return true;
    case Shape::schema:
      return any_schema();
    case Shape::schemas:
      return part("schemaArray");
    case Shape::schema_or_schemas:
      return one_of_two(any_schema(), part("schemaArray"));
    case Shape::schemas_by_name:
      return schemas_by_name();
    case Shape::schemas_by_pattern: {
      json::object schemas = schemas_by_name();
      schemas.emplace("propertyNames", json::object{{"format", "regex"}});
      return schemas;
    }
    case Shape::schemas_or_names:
      return json::object{{"type", "object"},
                          {"additionalProperties", one_of_two(any_schema(), part("stringArray"))}};
    case Shape::names:
      return part("stringArray");
    case Shape::names_by_name:
      return json::object{{"type", "object"}, {"additionalProperties", part("stringArray")}};
    case Shape::types:
      return one_of_two(part("simpleTypes"), {{"type", "array"},
                                              {"items", part("simpleTypes")},
                                              {"minItems", 1},
                                              {"uniqueItems", true}});
    case Shape::list:
      return json::object{{"type", "array"}};
    case Shape::boolean:
      return json::object{{"type", "boolean"}};
    case Shape::count:
      return part("nonNegativeInteger");
    case Shape::number:
      return json::object{{"type", "number"}};
    case Shape::positive_number:
      return json::object{{"type", "number"}, {"exclusiveMinimum", 0}};
    case Shape::text:
      return json::object{{"type", "string"}};
    case Shape::pattern:
      return string_with("format", "regex");
    case Shape::anchor:
      return string_with("pattern", kAnchorPattern);
    case Shape::identifier: {
      json::object identifier = string_with("format", "uri-reference");
      if (draft_ == SchemaDraft::draft2020_12) identifier.emplace("pattern", "^[^#]*#?$");
      return identifier;
    }
    case Shape::reference:
      return string_with("format", "uri-reference");
    case Shape::vocabularies:
      return json::object{{"type", "object"},
                          {"propertyNames", string_with("format", "uri")},
                          {"additionalProperties", json::object{{"type", "boolean"}}}};
  }
  return true;
}

/// The parts that several keywords share, under the names that they have in the published
/// metaschemas.
json::object shared_parts(const Draft& draft) {
  return {
      {"schemaArray",
       json::object{{"type", "array"}, {"minItems", 1}, {"items", draft.any_schema()}}},
      {"nonNegativeInteger", json::object{{"type", "integer"}, {"minimum", 0}}},
      {"nonNegativeIntegerDefault0",
       json::object{{"type", "integer"}, {"minimum", 0}, {"default", 0}}},
      {"simpleTypes", json::object{{"enum", json::array{"array", "boolean", "integer", "null",
                                                        "number", "object", "string"}}}},
      {"stringArray",
       json::object{
           {"type", "array"}, {"items", json::object{{"type", "string"}}}, {"uniqueItems", true}}},
  };
}

/// The keywords of these vocabularies, each with what its value must look like.
json::object properties_of(SchemaDraft draft, VocabularySet vocabularies) {
  json::object properties;
  for (const KeywordRow& row : keyword_rows()) {
    if (row.draft != draft || (row.vocabularies & vocabularies) == 0) continue;
    properties.emplace(row.name, Draft(draft).value_of(row.shape));
  }
  return properties;
}

json::object draft7() {
  std::string identifier(kDraft7Uri);
  identifier.append("#");
  return {{"$schema", identifier},
          {"$id", identifier},
          {"definitions", shared_parts(Draft(SchemaDraft::draft7))},
          {"type", json::array{"object", "boolean"}},
          {"properties", properties_of(SchemaDraft::draft7, kStandardVocabularies)}};
}

std::string vocabulary_uri(const VocabularyRow& row) {
  return std::string(kDraft2020Base).append("vocab/").append(row.name);
}

json::object vocabulary_metaschema(const VocabularyRow& row) {
  return {{"$schema", kDraft2020Uri},
          {"$id", std::string(kDraft2020Base).append("meta/").append(row.name)},
          {"$vocabulary", json::object{{vocabulary_uri(row), true}}},
          {"$dynamicAnchor", "meta"},
          {"type", json::array{"object", "boolean"}},
          {"properties", properties_of(SchemaDraft::draft2020_12, row.vocabulary)},
          {"$defs", shared_parts(Draft(SchemaDraft::draft2020_12))}};
}

json::object draft2020() {
  json::object vocabularies;
  json::array parts;
  for (const VocabularyRow& row : kVocabularies) {
    if ((row.vocabulary & kStandardVocabularies) == 0) continue;
    vocabularies.emplace(vocabulary_uri(row), true);
    parts.push_back(reference_to(std::string("meta/").append(row.name)));
  }
  return {{"$schema", kDraft2020Uri},
          {"$id", kDraft2020Uri},
          {"$vocabulary", std::move(vocabularies)},
          {"$dynamicAnchor", "meta"},
          {"type", json::array{"object", "boolean"}},
          {"allOf", std::move(parts)}};
}

using Metaschemas = std::map<std::string, json::value, std::less<>>;

Metaschemas all_metaschemas() {
  Metaschemas all;
  all.emplace(kDraft7Uri, draft7());
  all.emplace(kDraft2020Uri, draft2020());
  for (const VocabularyRow& row : kVocabularies) {
    all.emplace(std::string(kDraft2020Base).append("meta/").append(row.name),
                vocabulary_metaschema(row));
  }
  return all;
}

}  // namespace

const json::value* metaschema(std::string_view uri) {
  static const Metaschemas kAll = all_metaschemas();
  const auto row = kAll.find(uri);
  return row == kAll.end() ? nullptr : &row->second;
}

}  // namespace ratchet::schema
