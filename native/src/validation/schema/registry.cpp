#include "validation/schema/registry.h"

#include <utility>

#include "core/error.h"
#include "core/text.h"
#include "validation/schema/uri.h"

namespace ratchet {

void SchemaRegistry::add(std::string_view uri, json::value schema) {
  const schema::UriParts parts = schema::split_uri(uri);
  if (!parts.scheme || (parts.fragment && !parts.fragment->empty())) {
    throw Error("schema.invalid", "the schema " + in_quotes(uri, 200) +
                                      " cannot be registered: its URI must be absolute and have "
                                      "no fragment");
  }
  schemas_.insert_or_assign(schema::resolve_uri({}, uri),
                            std::make_unique<const json::value>(std::move(schema)));
}

const json::value* SchemaRegistry::find(std::string_view uri) const {
  const auto row = schemas_.find(uri);
  if (row != schemas_.end()) return row->second.get();
  if (!loader_) return nullptr;
  std::unique_ptr<const json::value> schema;
  if (std::optional<json::value> loaded = loader_(uri)) {
    schema = std::make_unique<const json::value>(*std::move(loaded));
  }
  return schemas_.emplace(uri, std::move(schema)).first->second.get();
}

}  // namespace ratchet
