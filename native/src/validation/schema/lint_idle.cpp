#include <array>
#include <initializer_list>

#include "core/text.h"
#include "validation/schema/keywords.h"
#include "validation/schema/lint_rules.h"
#include "validation/schema/subschemas.h"
#include "validation/schema/type_names.h"
#include "validation/schema/wording.h"

namespace ratchet::schema {
namespace {

struct Concern {
  std::string_view keyword;
  TypeSet types;
};

/// What kind of value each assertion speaks of; `number` is there for `integer` too.
constexpr auto kConcerns = std::to_array<Concern>({
    {"additionalItems", kArray},
    {"additionalProperties", kObject},
    {"contains", kArray},
    {"dependencies", kObject},
    {"dependentRequired", kObject},
    {"dependentSchemas", kObject},
    {"exclusiveMaximum", kNumber | kInteger},
    {"exclusiveMinimum", kNumber | kInteger},
    {"format", kString},
    {"items", kArray},
    {"maxItems", kArray},
    {"maxLength", kString},
    {"maxProperties", kObject},
    {"maximum", kNumber | kInteger},
    {"minItems", kArray},
    {"minLength", kString},
    {"minProperties", kObject},
    {"minimum", kNumber | kInteger},
    {"multipleOf", kNumber | kInteger},
    {"pattern", kString},
    {"patternProperties", kObject},
    {"prefixItems", kArray},
    {"properties", kObject},
    {"propertyNames", kObject},
    {"required", kObject},
    {"unevaluatedItems", kArray},
    {"unevaluatedProperties", kObject},
    {"uniqueItems", kArray},
});

struct Partner {
  std::string_view keyword;
  std::string_view needs;
};
constexpr auto kPartners = std::to_array<Partner>({
    {"else", "if"},
    {"maxContains", "contains"},
    {"minContains", "contains"},
    {"then", "if"},
});

class Idle {
 public:
  Idle(const LintSite& site, std::vector<Remark>& remarks) : site_(site), remarks_(remarks) {}

  [[nodiscard]] bool has(std::string_view keyword) const {
    return site_.schema.contains(keyword) && find_keyword(keyword, site_.dialect) != nullptr;
  }
  void remark(std::string_view keyword, const std::string& reason) {
    remarks_.push_back({"schema.no_effect",
                        below(site_.pointer, keyword),
                        std::string(keyword),
                        "the keyword " + in_quotes(keyword) + " says nothing here: " + reason,
                        {}});
  }

  void by_type() {
    const TypeSet types = types_of_schema(site_.schema);
    for (const Concern& row : kConcerns) {
      if (!has(row.keyword) || (row.types & types) != 0) continue;
      remark(row.keyword, "the type asks for " + type_names(types));
    }
  }

  void without_partner() {
    for (const Partner& row : kPartners) {
      if (has(row.keyword) && !has(row.needs)) {
        remark(row.keyword, "there is no " + std::string(row.needs) + " beside it");
      }
    }
    if (has("if") && !has("then") && !has("else")) {
      remark("if", "there is neither then nor else beside it");
    }
    const json::value* items = site_.schema.if_contains("items");
    if (has("additionalItems") && (items == nullptr || !items->is_array())) {
      remark("additionalItems", "there is no list of schemas in items beside it");
    }
  }

  void beside_reference() {
    if (site_.dialect.draft != SchemaDraft::draft7 || !site_.schema.contains("$ref")) return;
    for (const json::key_value_pair& member : site_.schema) {
      const std::string_view keyword = member.key();
      const KeywordRow* row = find_keyword(keyword, site_.dialect);
      const bool describes = row != nullptr && (row->vocabularies & (kCore | kMetaData)) != 0;
      if (row != nullptr && !describes) {
        remark(keyword, "in draft-07 what stands beside $ref is passed over; put both into allOf");
      }
    }
  }

 private:
  const LintSite& site_;
  std::vector<Remark>& remarks_;
};

}  // namespace

void lint_idle(const LintSite& site, std::vector<Remark>& remarks) {
  Idle check(site, remarks);
  check.by_type();
  check.without_partner();
  check.beside_reference();
}

}  // namespace ratchet::schema
