// What a run of a pattern is asked for.
#pragma once

#include <optional>
#include <string>

#include "core/fields.h"
#include "transactions/transaction.h"

namespace ratchet {

/// Where an instance comes from: exactly one of the three forms.
struct InstanceSource {
  std::optional<json::object> instance;      ///< the value itself
  std::optional<std::string> instance_path;  ///< an absolute path of a JSON or YAML file
  std::optional<std::string> instance_text;  ///< JSON or YAML text
  std::optional<std::string> instance_name;  ///< what messages call a text; `instance` when absent
};

struct PatternRunRequest : InstanceSource {
  std::string pattern;  ///< name or id
  std::optional<std::string> base_folder;
  std::optional<std::string> project_root;
  std::optional<bool> dry_run;
  std::optional<std::string> expect_plan;
  Durability durability = Durability::batch;
  bool validate_syntax = true;
};

template <>
struct Choice<Durability> {
  static constexpr std::string_view name = "Durability";
  static constexpr auto values = std::to_array<ChoiceValue<Durability>>({
      {Durability::none, "none", "Survives the death of the process only."},
      {Durability::batch, "batch", "Survives power loss; one batch of flushes."},
      {Durability::full, "full", "Every folder flushed as it changes."},
  });
};

template <>
struct Record<PatternRunRequest> {
  using R = PatternRunRequest;
  static constexpr std::string_view name = "PatternRunRequest";
  static constexpr std::string_view sentence = "A pattern, an instance of it, and how to run it.";
  static constexpr auto fields = std::make_tuple(
      field("pattern", &R::pattern, "Name (batch_create) or id (PAT-BATCH-CREATE-001).")
          .required()
          .not_empty(),
      field("instance", &R::instance, "The instance as an object."),
      field("instance_path", &R::instance_path, "Absolute path of a JSON or YAML file."),
      field("instance_text", &R::instance_text, "The instance as JSON or YAML text."),
      field("instance_name", &R::instance_name, "What messages call an instance_text."),
      field("base_folder", &R::base_folder,
            "Absolute folder that a relative project_root is taken from; the instance file's own "
            "when "
            "absent."),
      field("project_root", &R::project_root, "Goes before the instance's own project_root."),
      field("dry_run", &R::dry_run, "Plan and show the diff; write nothing."),
      field("expect_plan", &R::expect_plan, "Refuse unless the plan has this plan_sha256."),
      field("durability", &R::durability, "What survives a loss of power."),
      field("validate_syntax", &R::validate_syntax,
            "Have the languages' compilers judge each file."));
};

}  // namespace ratchet
