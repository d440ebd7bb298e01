#include <algorithm>
#include <array>

#include "core/nearest.h"
#include "core/text.h"
#include "validation/schema/keywords.h"
#include "validation/schema/lint_rules.h"
#include "validation/schema/subschemas.h"

namespace ratchet::schema {
namespace {

struct Successor {
  std::string_view keyword;
  SchemaDraft draft;  ///< in which it says nothing
  std::string_view advice;
};

/// Keywords of other drafts, and what to write instead.
constexpr auto kSuccessors = std::to_array<Successor>({
    {"$anchor", SchemaDraft::draft7, "write \"$id\": \"#NAME\""},
    {"$defs", SchemaDraft::draft7, "write definitions"},
    {"$recursiveAnchor", SchemaDraft::draft2020_12, "write $dynamicAnchor"},
    {"$recursiveRef", SchemaDraft::draft2020_12, "write $dynamicRef"},
    {"additionalItems", SchemaDraft::draft2020_12,
     "write items, with what was in items in prefixItems"},
    {"dependencies", SchemaDraft::draft2020_12, "write dependentRequired or dependentSchemas"},
    {"dependentRequired", SchemaDraft::draft7, "write dependencies"},
    {"dependentSchemas", SchemaDraft::draft7, "write dependencies"},
    {"divisibleBy", SchemaDraft::draft7, "write multipleOf"},
    {"divisibleBy", SchemaDraft::draft2020_12, "write multipleOf"},
    {"id", SchemaDraft::draft7, "write $id"},
    {"id", SchemaDraft::draft2020_12, "write $id"},
    {"prefixItems", SchemaDraft::draft7, "write items with a list of schemas"},
});

std::string_view name_of(SchemaDraft draft) {
  return draft == SchemaDraft::draft7 ? "draft-07" : "2020-12";
}

const Successor* successor_of(std::string_view keyword, SchemaDraft draft) {
  const auto* found = std::find_if(
      kSuccessors.begin(), kSuccessors.end(),
      [&](const Successor& row) { return row.keyword == keyword && row.draft == draft; });
  return found == kSuccessors.end() ? nullptr : found;
}

std::vector<std::string> known_names(const Dialect& dialect) {
  std::vector<std::string> names;
  for (const KeywordRow& row : keyword_rows()) {
    if (row.draft == dialect.draft) names.emplace_back(row.name);
  }
  return names;
}

bool is_of_another_draft(std::string_view keyword, const Dialect& dialect) {
  const SchemaDraft other =
      dialect.draft == SchemaDraft::draft7 ? SchemaDraft::draft2020_12 : SchemaDraft::draft7;
  return find_keyword(keyword, {other, kStandardVocabularies}) != nullptr ||
         successor_of(keyword, dialect.draft) != nullptr;
}

}  // namespace

void lint_names(const LintSite& site, std::vector<Remark>& remarks) {
  for (const json::key_value_pair& member : site.schema) {
    const std::string_view keyword = member.key();
    if (find_keyword(keyword, site.dialect) != nullptr) continue;
    const auto remark = [&](std::string message, std::string hint) {
      remarks.push_back({"schema.keyword", below(site.pointer, keyword), std::string(keyword),
                         std::move(message), std::move(hint)});
    };
    if (is_of_another_draft(keyword, site.dialect)) {
      const Successor* successor = successor_of(keyword, site.dialect.draft);
      remark("the keyword " + in_quotes(keyword) + " says nothing in " +
                 std::string(name_of(site.dialect.draft)) + ": it is of another draft",
             successor != nullptr ? std::string(successor->advice) : std::string());
      continue;
    }
    const std::string near = did_you_mean(keyword, known_names(site.dialect));
    if (!near.empty()) remark("no keyword is called " + in_quotes(keyword) + near, {});
  }
}

}  // namespace ratchet::schema
