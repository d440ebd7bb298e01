#include "templates/variables.h"

#include <algorithm>
#include <functional>

#include "templates/context.h"
#include "templates/typed_text.h"
#include "templates/variable_plan.h"

namespace ratchet {
namespace {

using Plan = TemplateVariables::Plan;

/// Completes the values of one template, from the outside in.
class Completion {
 public:
  Completion(const Plan& plan, json::value& values, std::string_view subject)
      : plan_(plan), context_(values), subject_(subject) {
    options_.limits = plan.limits;
  }

  void object(const ObjectPlan& plan, json::value& value, const std::string& pointer) {
    json::object& members = value.get_object();
    for (const PropertyPlan& property : plan.properties) {
      const bool applies = !property.when || property.when->holds(context_);
      if (applies && property.fallback && !members.contains(property.name)) {
        members.emplace(property.name, fallback_of(property));
      }
      json::value* member = members.if_contains(property.name);
      if (member == nullptr) {
        if (applies && property.demand) add(*property.demand, value, pointer);
        continue;
      }
      std::string inside = pointer;
      append_token(inside, property.name);
      descend(property, *member, inside);
    }
  }

  [[nodiscard]] json::value fallback_of(const PropertyPlan& property) const {
    json::value value = property.fallback->render(context_, options_);
    const bool is_text = value.is_string() && property.fallback->is_computed();
    if (!is_text) return value;
    return typed_text(value.get_string(), *property.schema, plan_.schema, plan_.limits);
  }

  SchemaResult result;

 private:
  void descend(const PropertyPlan& property, json::value& member, const std::string& pointer) {
    if (property.members && member.is_object()) {
      const Context::Entered entered = context_.enter(member);
      object(*property.members, member, pointer);
    }
    json::array* items = member.if_array();
    if (!property.items || items == nullptr) return;
    for (std::size_t i = 0; i < items->size(); ++i) {
      if (!(*items)[i].is_object()) continue;
      const Context::Entered entered = context_.enter((*items)[i], i, items->size());
      object(*property.items, (*items)[i], pointer + "/" + std::to_string(i));
    }
  }

  void add(const Schema& demand, const json::value& value, const std::string& pointer) {
    for (SchemaFinding& finding : demand.validate(value, subject_).findings) {
      finding.instance_pointer = pointer + finding.instance_pointer;
      result.findings.push_back(std::move(finding));
    }
  }

  const Plan& plan_;
  Context context_;
  RenderOptions options_;
  std::string_view subject_;
};

void collect(const ObjectPlan& plan, const std::function<void(const PropertyPlan&)>& visit) {
  for (const PropertyPlan& property : plan.properties) {
    visit(property);
    if (property.members) collect(*property.members, visit);
    if (property.items) collect(*property.items, visit);
  }
}

}  // namespace

TemplateVariables TemplateVariables::compile(const TemplateManifest& manifest,
                                             const Limits& limits) {
  auto plan = std::make_shared<Plan>();
  plan->schema = manifest.variables;
  plan->limits = limits;
  plan_variables(manifest, *plan);
  return TemplateVariables(std::move(plan));
}

const json::object& TemplateVariables::schema() const {
  return plan_->schema;
}

bool TemplateVariables::is_closed() const {
  return plan_->is_closed;
}

SchemaResult TemplateVariables::fit(json::object& values, std::string_view subject) const {
  json::value whole(std::move(values));
  SchemaResult result = plan_->judge->validate(whole, subject);
  if (result.valid()) {
    Completion completion(*plan_, whole, subject);
    completion.object(plan_->root, whole, "");
    result = std::move(completion.result);
    // What was computed has to fit as well.
    if (result.valid() && plan_->is_computed) result = plan_->judge->validate(whole, subject);
  }
  values = std::move(whole.get_object());
  return result;
}

std::vector<std::string> TemplateVariables::missing(const json::object& values) const {
  std::vector<std::string> names;
  json::value whole(values);
  Context context(whole);
  for (const PropertyPlan& property : plan_->root.properties) {
    if (!property.required || values.contains(property.name)) continue;
    if (!property.when || property.when->holds(context)) names.push_back(property.name);
  }
  return names;
}

std::vector<std::string> TemplateVariables::unknown(const json::object& values) const {
  std::vector<std::string> names;
  if (!plan_->is_closed) return names;
  for (const auto& member : values) {
    const std::string_view key = member.key();
    const bool is_known =
        std::any_of(plan_->root.properties.begin(), plan_->root.properties.end(),
                    [&](const PropertyPlan& property) { return property.name == key; });
    if (!is_known) names.emplace_back(key);
  }
  return names;
}

std::vector<TemplateVariables::Question> TemplateVariables::questions(
    const json::object& values) const {
  std::vector<Question> questions;
  // Defaults stand in for what is not answered yet, so that a condition over them can be decided.
  json::value whole(values);
  Completion completion(*plan_, whole, {});
  Context context(whole);
  for (const PropertyPlan& property : plan_->root.properties) {
    if (whole.get_object().contains(property.name)) continue;
    if (property.when && !property.when->holds(context)) continue;
    Question question{property.name, std::nullopt, property.required};
    try {
      if (property.fallback) question.fallback = completion.fallback_of(property);
    } catch (const Error&) {
      question.fallback.reset();  // it needs what nobody has answered yet
    }
    if (question.fallback) whole.get_object().emplace(property.name, *question.fallback);
    questions.push_back(std::move(question));
  }
  return questions;
}

std::vector<TemplateVariables::Declared> TemplateVariables::declared() const {
  std::vector<Declared> declared;
  for (const PropertyPlan& property : plan_->root.properties)
    declared.push_back({property.name, property.schema, property.required});
  return declared;
}

std::vector<TemplateVariables::Computed> TemplateVariables::computed() const {
  std::vector<Computed> found;
  collect(plan_->root, [&found](const PropertyPlan& property) {
    Computed computed{property.pointer, {}, {}};
    if (property.fallback) property.fallback->add_uses(computed.uses);
    if (property.when) computed.asked = property.when->names();
    if (!computed.uses.empty() || !computed.asked.empty()) found.push_back(std::move(computed));
  });
  return found;
}

std::vector<json::value> TemplateVariables::compared_with(std::string_view name) const {
  std::vector<json::value> values;
  collect(plan_->root, [&](const PropertyPlan& property) {
    if (!property.when) return;
    for (json::value& value : property.when->values_of(name))
      values.push_back(std::move(value));
  });
  return values;
}

bool is_secret(const json::object& schema) {
  const json::value* format = schema.if_contains("format");
  const json::value* write_only = schema.if_contains("writeOnly");
  return (format != nullptr && *format == json::value("password")) ||
         (write_only != nullptr && *write_only == json::value(true));
}

}  // namespace ratchet
