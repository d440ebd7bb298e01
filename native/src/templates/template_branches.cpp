// Every branch of a template rendered, with values made from its schema.
#include <algorithm>
#include <functional>
#include <set>
#include <utility>

#include "core/document.h"
#include "core/text.h"
#include "templates/renderer.h"
#include "templates/sample_values.h"
#include "templates/template_lint.h"
#include "templates/typed_text.h"

namespace ratchet {
namespace {

/// More sets of values than this are not tried, however many choices a schema has.
constexpr std::size_t kMostSets = 2000;
constexpr std::size_t kShownValues = 300;

/// Whether a finding of the same kind at the same place is there.
bool is_told(const std::vector<Finding>& findings, const Finding& finding) {
  return std::any_of(findings.begin(), findings.end(), [&](const Finding& other) {
    return other.code == finding.code && other.path == finding.path && other.line == finding.line &&
           other.column == finding.column;
  });
}

class BranchTrial {
 public:
  BranchTrial(const LoadedTemplate& source, const Limits& limits)
      : source_(source), schema_(source.variables().schema()), samples_(schema_, limits) {}

  std::vector<Finding> run() {
    for (const SampleStyle& style : {SampleStyle{}, SampleStyle{false, false, 0}}) {
      std::optional<json::value> base = samples_.make(schema_, style);
      if (!base || !base->is_object()) continue;
      attempt(*base);
      vary(*base, schema_, "");
    }
    tell_failed_samples();
    if (rendered_ == 0) {
      tell_no_sample("no values were found that the schema allows" +
                     (first_refusal_.empty() ? "" : ": " + first_refusal_));
    } else {
      tell_unreached();
    }
    return std::move(findings_);
  }

 private:
  /// Tries every other choice at one place of a base, and goes on below it.
  void vary(json::value& base, const json::object& schema, const std::string& pointer) {
    const json::object& own = dereferenced(schema, schema_);
    const json::value* properties = own.if_contains("properties");
    if (properties == nullptr || !properties->is_object()) return;
    for (const auto& property : properties->get_object()) {
      if (!property.value().is_object()) continue;
      std::string place = pointer;
      append_token(place, property.key());
      vary_member(base, property.key(), property.value().get_object(), pointer, place);
    }
  }

  void vary_member(json::value& base, std::string_view name, const json::object& schema,
                   const std::string& owner_pointer, const std::string& pointer) {
    boost::system::error_code fault;
    json::value* owner = base.find_pointer(owner_pointer, fault);
    if (owner == nullptr || !owner->is_object()) return;
    const json::value before = *owner;
    std::vector<json::value> others = samples_.alternatives(schema);
    for (json::value& compared : compared_with(name))
      others.push_back(std::move(compared));
    if (auto made = samples_.make(schema, {})) others.push_back(*std::move(made));
    for (json::value& other : others) {
      owner->get_object()[name] = std::move(other);
      attempt(base);
      *owner = before;
    }
    if (owner->get_object().erase(name) > 0) attempt(base);
    *owner = before;
    vary(base, schema, pointer);
    const json::value* items = base.find_pointer(pointer, fault);
    if (items == nullptr || !items->is_array()) return;
    if (!items->get_array().empty()) vary(base, schema_of_items(schema, schema_), pointer + "/0");
  }

  std::vector<json::value> compared_with(std::string_view name) const {
    std::vector<json::value> values = source_.variables().compared_with(name);
    for (const LoadedTemplate::File& file : source_.files()) {
      if (!file.when) continue;
      for (json::value& value : file.when->values_of(name))
        values.push_back(std::move(value));
    }
    return values;
  }

  void attempt(const json::value& values) {
    if (tried_.size() >= kMostSets || !tried_.insert(json::serialize(values)).second) return;
    json::object variables = values.get_object();
    try {
      const SchemaResult verdict = source_.variables().fit(variables, "the values");
      if (!verdict.valid()) {
        if (first_refusal_.empty()) first_refusal_ = verdict.findings.front().message;
        return;
      }
      ++rendered_;
      const json::value complete(std::move(variables));
      RenderedPaths paths;
      (void)source_.render_files(complete, paths, {.strict = true, .watch = &watch_});
      (void)source_.companion(complete);
    } catch (const Error& error) {
      tell(error, values);
    }
  }

  void tell(const Error& error, const json::value& values) {
    Finding finding = make_finding(error.code(), Severity::error, error.message(), kTemplateJudge);
    finding.at(error.path().value_or(source_.manifest().path), error.position());
    finding.hint = "seen with the variables " + shown(values);
    if (!is_told(findings_, finding)) findings_.push_back(std::move(finding));
  }

  static std::string shown(const json::value& values) {
    std::string text = json::serialize(values);
    if (text.size() <= kShownValues) return text;
    text = repaired_utf8(std::string_view(text).substr(0, kShownValues));
    return text + "…";
  }

  void tell_failed_samples() {
    for (const std::string& name : samples_.failed()) {
      tell_no_sample("no value was found for " + in_quotes(std::string_view(name)));
    }
  }

  void tell_no_sample(std::string what) {
    Finding finding =
        make_finding("template.no_sample", Severity::warning,
                     std::move(what) + ", so not everything was tried", kTemplateJudge);
    finding.at(source_.manifest().path, source_.manifest().key_place("/variables"));
    finding.hint = "give the variable `examples` in the schema";
    findings_.push_back(std::move(finding));
  }

  void tell_unreached() {
    std::set<const Template::Compiled*> seen;
    for (const LoadedTemplate::File& file : source_.files()) {
      if (file.content) look(*file.content, seen);
    }
  }

  void look(const Template& part, std::set<const Template::Compiled*>& seen) {
    if (!seen.insert(&part.compiled()).second) return;
    look(part.compiled().nodes, part, seen);
  }

  void look(const std::vector<Node>& nodes, const Template& part,
            std::set<const Template::Compiled*>& seen) {
    for (const Node& node : nodes) {
      if (const auto* section = std::get_if<SectionNode>(&node)) {
        if (!watch_.entered.contains(section)) {
          tell_unreached(*section, part);
        } else {
          look(section->body, part, seen);
        }
      } else if (const auto* block = std::get_if<BlockNode>(&node)) {
        look(block->body, part, seen);
      } else if (const auto* partial = std::get_if<PartialNode>(&node)) {
        const auto found = source_.partials().find(partial->name);
        if (found != source_.partials().end()) look(found->second, seen);
      }
    }
  }

  void tell_unreached(const SectionNode& section, const Template& part) {
    const bool has_faults = has_errors(findings_);
    if (has_faults) return;  // a fault before it may have been in the way
    const TemplateSource& source = part.source();
    Finding finding = make_finding("template.unreached", Severity::warning,
                                   std::string("none of the values opens the ") +
                                       (section.inverted ? "inverted " : "") + "section " +
                                       in_quotes(section.name.text),
                                   kTemplateJudge);
    finding.at(source.path, source.in_file(position_in(source.text, section.name.offset)));
    finding.hint = "take it out, or give its variable `examples` that open it";
    findings_.push_back(std::move(finding));
  }

  const LoadedTemplate& source_;
  const json::object& schema_;
  SampleValues samples_;
  RenderWatch watch_;
  std::set<std::string> tried_;
  std::size_t rendered_ = 0;
  std::string first_refusal_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> try_branches(const LoadedTemplate& source, const Limits& limits) {
  return BranchTrial(source, limits).run();
}

std::vector<Finding> lint_template(const LoadedTemplate& source, const Limits& limits) {
  std::vector<Finding> findings = check_names(source);
  if (!source.variables().schema().contains("properties") && !source.variables().is_closed()) {
    return findings;  // nothing says what to try it with
  }
  for (Finding& finding : try_branches(source, limits)) {
    if (!is_told(findings, finding)) findings.push_back(std::move(finding));
  }
  cap_findings(findings, static_cast<std::size_t>(limits.findings_per_file));
  return findings;
}

}  // namespace ratchet
