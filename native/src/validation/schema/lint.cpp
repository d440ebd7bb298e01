#include "validation/schema/lint.h"

#include <algorithm>
#include <set>

#include "core/error.h"
#include "core/text.h"
#include "validation/schema/dialect.h"
#include "validation/schema/findings.h"
#include "validation/schema/keywords.h"
#include "validation/schema/lint_rules.h"
#include "validation/schema/reference.h"
#include "validation/schema/subschemas.h"

namespace ratchet {
namespace schema {
namespace {

struct Visit {
  const json::value* schema;
  std::string pointer;
  Dialect dialect;
};

Dialect dialect_of(const json::object& schema, const Dialect& outer) {
  const json::value* name = schema.if_contains("$schema");
  if (name == nullptr || !name->is_string()) return outer;
  const std::optional<SchemaDraft> draft = draft_named(name->get_string());
  return draft ? Dialect{*draft, kStandardVocabularies} : outer;
}

/// Every schema object of the document, outer before inner.
template <class Each>
void each_schema(const json::value& document, const Dialect& fallback, const Each& each) {
  std::vector<Visit> open{{&document, {}, fallback}};
  while (!open.empty()) {
    const Visit visit = std::move(open.back());
    open.pop_back();
    if (!visit.schema->is_object()) continue;
    const json::object& schema = visit.schema->get_object();
    const Dialect dialect = dialect_of(schema, visit.dialect);
    each(LintSite{schema, visit.pointer, dialect});
    for (const json::key_value_pair& member : schema) {
      const KeywordRow* row = find_keyword(member.key(), dialect);
      if (row == nullptr) continue;
      each_subschema(row->shape, member.value(), below(visit.pointer, member.key()),
                     [&](const json::value& inner, std::string pointer) {
                       open.push_back({&inner, std::move(pointer), dialect});
                     });
    }
  }
}

/// Definitions that no reference of the document names. A document of definitions alone is a
/// library, and one with anchors may be referred to in more ways than these.
class Definitions {
 public:
  void look_at(const LintSite& site) {
    for (const std::string_view keyword : {"$ref", "$dynamicRef"}) {
      const json::value* reference = site.schema.if_contains(keyword);
      if (reference == nullptr || !reference->is_string()) continue;
      if (const auto target = decoded_fragment(reference->get_string())) targets_.insert(*target);
    }
    const bool named = site.schema.contains("$anchor") || site.schema.contains("$dynamicAnchor") ||
                       (site.schema.contains("$id") && !site.pointer.empty());
    has_names_ = has_names_ || named;
    for (const json::key_value_pair& member : site.schema) {
      const KeywordRow* row = find_keyword(member.key(), site.dialect);
      const bool defines = member.key() == "$defs" || member.key() == "definitions";
      const bool applies = row != nullptr && (row->vocabularies & (kApplicator | kValidation)) != 0;
      if (site.pointer.empty() && (applies || member.key() == "$ref")) judges_ = true;
      if (!defines || row == nullptr || !member.value().is_object()) continue;
      for (const json::key_value_pair& definition : member.value().get_object())
        defined_.push_back(below(below(site.pointer, member.key()), definition.key()));
    }
  }

  void report(std::vector<Remark>& remarks) const {
    if (!judges_ || has_names_) return;
    for (const std::string& pointer : defined_) {
      const auto target = targets_.lower_bound(pointer);
      const bool used = target != targets_.end() && target->starts_with(pointer) &&
                        (target->size() == pointer.size() || (*target)[pointer.size()] == '/');
      if (used) continue;
      remarks.push_back({"schema.no_effect",
                         pointer,
                         "$defs",
                         "nothing refers to the definition " +
                             in_quotes(std::string_view(pointer).substr(pointer.rfind('/') + 1)),
                         {}});
    }
  }

 private:
  std::set<std::string, std::less<>> targets_;
  std::vector<std::string> defined_;
  bool has_names_ = false;
  bool judges_ = false;
};

std::vector<Remark> remarks_on(const json::value& document, SchemaDraft fallback) {
  std::vector<Remark> remarks;
  Definitions definitions;
  each_schema(document, {fallback, kStandardVocabularies}, [&](const LintSite& site) {
    for (const LintRule rule : {lint_names, lint_impossible, lint_idle})
      rule(site, remarks);
    definitions.look_at(site);
  });
  definitions.report(remarks);
  return remarks;
}

/// The metaschema of the document's own draft.
const Schema& metaschema_for(const json::value& document, SchemaDraft fallback) {
  const auto compiled = [](std::string_view uri) {
    SchemaOptions options;
    options.assert_formats = true;
    return Schema::compile(json::object{{"$schema", uri}, {"$ref", uri}}, Limits{}, options);
  };
  static const Schema kOfDraft7 = compiled(kDraft7Uri);
  static const Schema kOfDraft2020 = compiled(kDraft2020Uri);
  const Dialect outer{fallback, kStandardVocabularies};
  const Dialect dialect = document.is_object() ? dialect_of(document.get_object(), outer) : outer;
  return dialect.draft == SchemaDraft::draft7 ? kOfDraft7 : kOfDraft2020;
}

/// The commonest fault of all gets a sentence of its own.
void explain_boolean_required(SchemaFinding& finding, const json::value& document) {
  if (!finding.instance_pointer.ends_with("/required")) return;
  const json::value* value = &document;
  for (const std::string& token :
       pointer_tokens(finding.instance_pointer).value_or(std::vector<std::string>{}))
    value = value != nullptr ? step_into(*value, token) : nullptr;
  if (value == nullptr || !value->is_bool()) return;
  finding.message = "\"required\" must be a list of keys, not true or false";
  finding.hint = "name the key in the required list of the schema around its properties";
}

/// What the metaschema says; where that is nothing, what compiling does.
SchemaResult faults_of(const json::value& document, const Limits& limits,
                       const SchemaOptions& options) {
  SchemaResult result = metaschema_for(document, options.draft).validate(document, "the schema");
  for (SchemaFinding& finding : result.findings)
    explain_boolean_required(finding, document);
  if (!result.valid()) return result;
  try {
    (void)Schema::compile(document, limits, options);
  } catch (const Error& error) {
    const json::value* pointer = error.details().if_contains("pointer");
    const json::value* keyword = error.details().if_contains("keyword");
    SchemaFinding finding{.code = error.code(),
                          .instance_pointer = {},
                          .schema_pointer = {},
                          .keyword_location = {},
                          .absolute_location = {},
                          .keyword = {},
                          .message = error.message(),
                          .hint = {},
                          .at_key = false,
                          .causes = {}};
    if (pointer != nullptr) finding.instance_pointer = pointer->as_string();
    if (keyword != nullptr) finding.keyword = keyword->as_string();
    result.findings.push_back(std::move(finding));
  }
  return result;
}

}  // namespace
}  // namespace schema

std::vector<Finding> lint_schema(const Document& schema, const Limits& limits,
                                 const SchemaOptions& options) {
  std::vector<Finding> findings = schema.findings();
  const SchemaResult faults = schema::faults_of(schema.value(), limits, options);
  for (Finding& finding : to_findings(faults, schema, limits))
    findings.push_back(std::move(finding));
  // A keyword that is wrong need not be doubted.
  std::set<std::string, std::less<>> wrong;
  for (const Finding& finding : findings)
    wrong.insert(finding.pointer.value_or(""));
  for (schema::Remark& remark : schema::remarks_on(schema.value(), options.draft)) {
    if (wrong.contains(remark.pointer)) continue;
    Finding finding =
        make_finding(remark.code, Severity::warning, std::move(remark.message), "schema");
    finding.at(schema.name(), schema.locate_key(remark.pointer));
    finding.pointer = std::move(remark.pointer);
    finding.keyword = std::move(remark.keyword);
    if (!remark.hint.empty()) finding.hint = std::move(remark.hint);
    findings.push_back(std::move(finding));
  }
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& left, const Finding& right) {
    return left.byte_offset.value_or(0) < right.byte_offset.value_or(0);
  });
  if (limits.findings_per_file > 0) {
    cap_findings(findings, static_cast<std::size_t>(limits.findings_per_file));
  }
  return findings;
}

}  // namespace ratchet
