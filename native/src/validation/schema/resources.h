// The schema resources that a compilation knows: documents, what they embed under an `$id`, and the
// anchors in them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/json.h"
#include "validation/schema/dialect.h"
#include "validation/schema/registry.h"

namespace ratchet::schema {

using ResourceId = std::uint32_t;

/// Where a schema stands. Its address is what messages and findings name: a JSON pointer in the
/// document that is compiled, `URI#pointer` in any other.
struct SchemaPlace {
  const json::value* schema = nullptr;
  ResourceId resource = 0;
  std::string address;
};

struct Resource {
  std::string uri;  ///< without fragment; relative, or empty, where nothing says otherwise
  std::string address;
  const json::value* root;
  Dialect dialect;
  std::map<std::string, SchemaPlace, std::less<>> anchors;          ///< dynamic ones too
  std::map<std::string, SchemaPlace, std::less<>> dynamic_anchors;  ///< $dynamicAnchor
};

/// Looks through documents for `$id` and anchors, each once, before what is in them is compiled.
/// Documents beyond the first are taken from the registry, or are the standard's own metaschemas,
/// when a reference asks for them. The values must outlive it.
class Resources {
 public:
  Resources(const SchemaRegistry* registry, SchemaDraft fallback)
      : registry_(registry), fallback_{fallback, kStandardVocabularies} {}

  /// Resource 0: the document to be compiled, read from `base_uri`. Throws Error{schema.invalid}
  /// for an `$id`, anchor or `$schema` that is none.
  void add_root(const json::value& document, std::string_view base_uri);

  /// The resource with this URI. Throws as add_root() does for a document that is looked through
  /// for the first time.
  [[nodiscard]] std::optional<ResourceId> find(const std::string& uri);

  /// What an RFC 6901 pointer leads to from a resource's root; nothing where that is nothing.
  [[nodiscard]] std::optional<SchemaPlace> at_pointer(ResourceId resource,
                                                      std::string_view pointer);

  [[nodiscard]] const Resource& at(ResourceId id) const { return resources_[id]; }
  [[nodiscard]] std::size_t size() const { return resources_.size(); }
  /// The resource that a schema inside `outer` belongs to: its own where it is the root of one.
  [[nodiscard]] ResourceId resource_of(const json::value& schema, ResourceId outer) const;

 private:
  ResourceId add_document(const json::value& document, const std::string& uri, std::string address);
  void look_through(SchemaPlace start);
  /// The resource that the schema at `place` is the root of, or `place.resource`.
  ResourceId enter(const SchemaPlace& place);
  ResourceId add_resource(const SchemaPlace& place, std::string uri, const Dialect& dialect);
  void name_anchors(const SchemaPlace& place);
  void add_anchor(const SchemaPlace& place, std::string_view keyword, std::string_view name);
  [[nodiscard]] Dialect dialect_of(const SchemaPlace& place, const Dialect& outer) const;
  [[nodiscard]] std::optional<Dialect> dialect_named(std::string_view uri, int depth) const;
  [[nodiscard]] const json::value* document_at(std::string_view uri) const;

  const SchemaRegistry* registry_;
  Dialect fallback_;
  std::vector<Resource> resources_;
  std::map<std::string, ResourceId, std::less<>> by_uri_;
  std::unordered_map<const json::value*, ResourceId> roots_;
  std::unordered_set<const json::value*> seen_;
};

}  // namespace ratchet::schema
