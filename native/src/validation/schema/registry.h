// Schemas that references may lead to.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/json.h"

namespace ratchet {

/// Schemas by the URI that others refer to them by. Nothing is ever fetched: what a reference leads
/// to is in the schema itself, in here, or one of the standard's own metaschemas, which are always
/// known. Read-only while schemas are compiled with it; then it may be shared between threads.
class SchemaRegistry {
 public:
  /// A later schema takes the place of an earlier one; an empty fragment is passed over. Throws
  /// Error{schema.invalid} for a URI that is relative or has a fragment.
  void add(std::string_view uri, json::value schema);

  /// Null where nobody added it.
  [[nodiscard]] const json::value* find(std::string_view uri) const;
  [[nodiscard]] bool empty() const { return schemas_.empty(); }

 private:
  std::map<std::string, json::value, std::less<>> schemas_;
};

}  // namespace ratchet
