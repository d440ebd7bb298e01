#include <algorithm>
#include <map>

#include "core/nearest.h"
#include "core/text.h"
#include "templates/typed_text.h"
#include "templates/variable_plan.h"

namespace ratchet {
namespace {

constexpr std::string_view kSchemaPointer = "/variables";

std::vector<std::string> names_in(const json::object& schema) {
  std::vector<std::string> names;
  const json::value* properties = schema.if_contains("properties");
  if (properties == nullptr || !properties->is_object()) return names;
  for (const auto& property : properties->get_object())
    names.emplace_back(property.key());
  return names;
}

bool requires_key(const json::object& schema, std::string_view name) {
  const json::value* required = schema.if_contains("required");
  const json::array* names = required == nullptr ? nullptr : required->if_array();
  return names != nullptr &&
         std::find(names->begin(), names->end(), json::value(name)) != names->end();
}

class Planner {
 public:
  Planner(const TemplateManifest& manifest, TemplateVariables::Plan& plan)
      : manifest_(manifest), plan_(plan) {}

  /// The plan of an object's schema; `outer` are the names that are seen from inside it.
  ObjectPlan object(const json::object& schema, const std::string& pointer,
                    std::vector<std::string> outer) {
    ObjectPlan plan;
    const json::value* properties = schema.if_contains("properties");
    if (properties == nullptr || !properties->is_object()) return plan;
    for (std::string& name : names_in(schema))
      outer.push_back(std::move(name));
    for (const auto& property : properties->get_object()) {
      const json::object* inside = property.value().if_object();
      if (inside == nullptr) continue;
      std::string place = pointer + "/properties";
      append_token(place, property.key());
      plan.properties.push_back(this->property(property.key(), *inside, place, outer));
      plan.properties.back().required = requires_key(schema, property.key());
      demand(plan.properties.back());
    }
    in_order_of_need(plan);
    return plan;
  }

 private:
  PropertyPlan property(std::string_view name, const json::object& schema,
                        const std::string& pointer, const std::vector<std::string>& known) {
    PropertyPlan plan;
    plan.name = name;
    plan.pointer = pointer;
    plan.schema = &schema;
    const SourceAt source_at = [this](const std::string& place, std::string text) {
      return manifest_.source_at(place, std::move(text));
    };
    if (const json::value* fallback = schema.if_contains("default")) {
      plan.fallback = ValueTemplate::compile(
          *fallback, std::string(kSchemaPointer) + pointer + "/default", source_at, plan_.limits);
      plan_.is_computed = plan_.is_computed || plan.fallback->is_computed();
    }
    if (const json::value* when = schema.if_contains("when"))
      plan.when = condition(*when, pointer, known);
    ObjectPlan members = object(schema, pointer, known);
    if (!members.properties.empty()) {
      plan.members = std::make_shared<const ObjectPlan>(std::move(members));
    }
    const json::value* items = schema.if_contains("items");
    if (items == nullptr || !items->is_object()) return plan;
    ObjectPlan each = object(items->get_object(), pointer + "/items", known);
    if (!each.properties.empty()) plan.items = std::make_shared<const ObjectPlan>(std::move(each));
    return plan;
  }

  Condition condition(const json::value& written, const std::string& pointer,
                      const std::vector<std::string>& known) const {
    const TemplateSource source =
        manifest_.source_at(std::string(kSchemaPointer) + pointer + "/when", "");
    Condition condition = Condition::parse(written, source);
    for (const std::string& asked : condition.names()) {
      const std::string first = asked.substr(0, asked.find('.'));
      const bool is_known = std::find(known.begin(), known.end(), first) != known.end();
      if (is_known || !plan_.is_closed) continue;
      throw source.error(
          "template.invalid", 0,
          "\"when\" asks for an unknown variable " + in_quotes(std::string_view(first)),
          did_you_mean(first, known));
    }
    return condition;
  }

  void demand(PropertyPlan& property) const {
    property.required = property.required && !property.fallback;
    if (!property.required || !property.when) return;
    json::object described;
    if (const json::value* sentence = property.schema->if_contains("description")) {
      described["description"] = *sentence;
    }
    const json::object schema{{"properties", json::object{{property.name, std::move(described)}}},
                              {"required", json::array{json::value(property.name)}}};
    property.demand = Schema::compile(schema, plan_.limits);
  }

  /// Names that must be there before this one can be decided.
  static std::vector<std::string> needs(const PropertyPlan& property) {
    std::vector<std::string> names;
    if (property.when) names = property.when->names();
    std::vector<VariableUse> uses;
    if (property.fallback) property.fallback->add_uses(uses);
    for (VariableUse& use : uses)
      names.push_back(std::move(use.name));
    for (std::string& name : names)
      name.resize(std::min(name.find('.'), name.size()));
    return names;
  }

  void in_order_of_need(ObjectPlan& plan) const {
    Sorting sorting;
    for (std::size_t i = 0; i < plan.properties.size(); ++i)
      sorting.by_name.emplace(plan.properties[i].name, i);
    sorting.state.resize(plan.properties.size());
    for (std::size_t i = 0; i < plan.properties.size(); ++i)
      visit(plan, i, sorting);
    ObjectPlan sorted;
    for (const std::size_t index : sorting.order)
      sorted.properties.push_back(std::move(plan.properties[index]));
    plan = std::move(sorted);
  }

  enum class State { unseen, on_the_way, done };
  struct Sorting {
    std::map<std::string, std::size_t> by_name;
    std::vector<State> state;
    std::vector<std::size_t> way;
    std::vector<std::size_t> order;
  };

  void visit(const ObjectPlan& plan, std::size_t index, Sorting& sorting) const {
    if (sorting.state[index] == State::done) return;
    if (sorting.state[index] == State::on_the_way) throw circle(plan, index, sorting);
    sorting.state[index] = State::on_the_way;
    sorting.way.push_back(index);
    for (const std::string& name : needs(plan.properties[index])) {
      const auto needed = sorting.by_name.find(name);
      if (needed != sorting.by_name.end()) visit(plan, needed->second, sorting);
    }
    sorting.way.pop_back();
    sorting.state[index] = State::done;
    sorting.order.push_back(index);
  }

  [[nodiscard]] Error circle(const ObjectPlan& plan, std::size_t index,
                             const Sorting& sorting) const {
    const PropertyPlan& first = plan.properties[index];
    std::string what = "variable " + in_quotes(std::string_view(first.name)) + " needs ";
    const auto start = std::find(sorting.way.begin(), sorting.way.end(), index);
    for (auto step = start + 1; step < sorting.way.end(); ++step) {
      what += in_quotes(std::string_view(plan.properties[*step].name)) + ", which needs ";
    }
    what += sorting.way.end() - start > 1 ? in_quotes(std::string_view(first.name)) : "itself";
    const std::string key = first.fallback && first.fallback->is_computed() ? "/default" : "/when";
    return manifest_.source_at(std::string(kSchemaPointer) + first.pointer + key, "")
        .error("template.cycle", 0, what);
  }

  const TemplateManifest& manifest_;
  TemplateVariables::Plan& plan_;
};

/// Takes out of `required`, here and inside, what has a default or a `when`: it is judged later.
void release_demands(json::object& schema) {
  json::value* properties = schema.if_contains("properties");
  if (properties != nullptr && properties->is_object()) {
    std::vector<std::string> released;
    for (auto& property : properties->get_object()) {
      json::object* inside = property.value().if_object();
      if (inside == nullptr) continue;
      if (inside->contains("default") || inside->contains("when")) {
        released.emplace_back(property.key());
      }
      release_demands(*inside);
    }
    json::value* required = schema.if_contains("required");
    if (required != nullptr && required->is_array()) {
      json::array& names = required->get_array();
      const auto is_released = [&](const json::value& name) {
        return name.is_string() && std::find(released.begin(), released.end(),
                                             std::string_view(name.get_string())) != released.end();
      };
      names.erase(std::remove_if(names.begin(), names.end(), is_released), names.end());
    }
  }
  json::value* items = schema.if_contains("items");
  if (items != nullptr && items->is_object()) release_demands(items->get_object());
}

}  // namespace

void plan_variables(const TemplateManifest& manifest, TemplateVariables::Plan& plan) {
  const json::value* additional = plan.schema.if_contains("additionalProperties");
  plan.is_closed = additional != nullptr && additional->is_bool() && !additional->get_bool();
  json::object judged = plan.schema;
  release_demands(judged);
  try {
    plan.judge = Schema::compile(judged, plan.limits);
  } catch (const Error& error) {
    const json::value* pointer = error.details().if_contains("pointer");
    const std::string place =
        pointer != nullptr && pointer->is_string() ? std::string(pointer->get_string()) : "";
    Error placed = manifest.source_at(std::string(kSchemaPointer) + place, "")
                       .error(error.code(), 0, error.message());
    throw placed;  // NOLINT: with the place in front of the reader
  }
  plan.root = Planner(manifest, plan).object(plan.schema, "", {});
}

}  // namespace ratchet
