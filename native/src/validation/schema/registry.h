// Schemas that references may lead to.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/json.h"

namespace ratchet {

/// Schemas by the URI that others refer to them by. Nothing is ever fetched from a network: what a
/// reference leads to is in the schema itself, in here, or one of the standard's own metaschemas,
/// which are always known. Read-only while schemas are compiled with it; then it may be shared
/// between threads, unless it loads.
class SchemaRegistry {
 public:
  /// Gives the schema at a URI that nobody added, or nothing. What it throws, compiling throws.
  using Loader = std::function<std::optional<json::value>(std::string_view uri)>;

  /// Asks `loader` for what was not added, once for each URI. The registry is one thread's then.
  void load_by(Loader loader) { loader_ = std::move(loader); }

  /// A later schema takes the place of an earlier one; an empty fragment is passed over. Throws
  /// Error{schema.invalid} for a URI that is relative or has a fragment.
  void add(std::string_view uri, json::value schema);

  /// Null where nobody added it.
  [[nodiscard]] const json::value* find(std::string_view uri) const;

 private:
  Loader loader_;
  /// What was loaded stands among them, null where there is nothing.
  mutable std::map<std::string, std::unique_ptr<const json::value>, std::less<>> schemas_;
};

}  // namespace ratchet
