// How the variables of one object are completed. For variables.cpp and variable_planner.cpp alone.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "templates/condition.h"
#include "templates/value_template.h"
#include "templates/variables.h"

namespace ratchet {

struct ObjectPlan;

struct PropertyPlan {
  std::string name;
  std::string pointer;                   ///< in the schema
  const json::object* schema = nullptr;  ///< in TemplateVariables::Plan::schema
  std::optional<Condition> when;
  std::optional<ValueTemplate> fallback;
  bool required = false;         ///< where `when` holds; there is no default then
  std::optional<Schema> demand;  ///< refuses an object without it, where `when` decides
  std::shared_ptr<const ObjectPlan> members;
  std::shared_ptr<const ObjectPlan> items;
};

/// The properties of an object: none stands before one that its default or its `when` needs.
struct ObjectPlan {
  std::vector<PropertyPlan> properties;
};

struct TemplateVariables::Plan {
  json::object schema;
  std::optional<Schema> judge;  ///< of the schema without what has a default or a `when` required
  ObjectPlan root;
  bool is_computed = false;  ///< some default is: what comes of it is judged too
  bool is_closed = false;
  Limits limits;
};

/// Plans the properties of the manifest's schema, which `plan.schema` is already; see
/// TemplateVariables::compile().
void plan_variables(const TemplateManifest& manifest, TemplateVariables::Plan& plan);

}  // namespace ratchet
