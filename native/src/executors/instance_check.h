// Whether an instance is one of its pattern.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "executors/instance.h"
#include "executors/pattern_catalog.h"

namespace ratchet {

/// What the pattern's schema and the reader say against the instance, and whether it names another
/// pattern; at most `limits.findings_per_file`. Empty: it is valid. Thread-safe.
[[nodiscard]] std::vector<Finding> check_instance(const Instance& instance, const Pattern& pattern,
                                                  const Limits& limits);

/// What the reader and a schema of the caller's own say against the instance in its flat form; at
/// most `limits.findings_per_file` of the schema. Thread-safe.
[[nodiscard]] std::vector<Finding> check_instance(const Instance& instance, const Schema& schema,
                                                  const Limits& limits);

/// A finding for each of `fields` that the instance does not have.
[[nodiscard]] std::vector<Finding> missing_fields(const Instance& instance,
                                                  std::span<const std::string> fields);

}  // namespace ratchet
