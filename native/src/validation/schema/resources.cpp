#include "validation/schema/resources.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "core/text.h"
#include "validation/schema/compiler.h"
#include "validation/schema/metaschemas.h"
#include "validation/schema/reference.h"
#include "validation/schema/subschemas.h"
#include "validation/schema/uri.h"
#include "validation/schema/wording.h"

namespace ratchet::schema {
namespace {

/// A metaschema may be described by another one, and that by a third; nobody needs more.
constexpr int kMetaschemaDepth = 8;
constexpr std::size_t kLongestUri = 200;

/// A member that must be a text where it is there.
const json::string* text_member(const SchemaPlace& place, std::string_view keyword) {
  const json::value* value = place.schema->get_object().if_contains(keyword);
  if (value == nullptr) return nullptr;
  if (!value->is_string()) {
    refuse(below(place.address, keyword), keyword, "must be a string, not " + shown(*value));
  }
  return &value->get_string();
}

/// In draft-07 nothing beside a `$ref` counts.
bool is_bare_reference(const json::object& schema, SchemaDraft draft) {
  return draft == SchemaDraft::draft7 && schema.contains("$ref");
}

}  // namespace

void Resources::add_root(const json::value& document, std::string_view base_uri) {
  add_document(document, resolve_uri({}, base_uri), {});
}

ResourceId Resources::add_document(const json::value& document, const std::string& uri,
                                   std::string address) {
  SchemaPlace place{&document, 0, std::move(address)};
  std::string own_uri = uri;
  Dialect dialect = fallback_;
  if (document.is_object()) {
    dialect = dialect_of(place, fallback_);
    const json::string* identifier = text_member(place, "$id");
    if (identifier != nullptr && !without_fragment(*identifier).empty()) {
      own_uri = resolve_uri(uri, *identifier);
    }
  }
  const ResourceId id = add_resource(place, std::move(own_uri), dialect);
  by_uri_.emplace(uri, id);
  place.resource = id;
  look_through(std::move(place));
  return id;
}

ResourceId Resources::add_resource(const SchemaPlace& place, std::string uri,
                                   const Dialect& dialect) {
  const auto id = static_cast<ResourceId>(resources_.size());
  // A document that is known by another URI already keeps what was found first.
  by_uri_.emplace(uri, id);
  resources_.push_back({std::move(uri), place.address, place.schema, dialect, {}, {}});
  roots_.emplace(place.schema, id);
  return id;
}

/// Depth first with a stack of its own: a schema may nest deeper than the machine's stack bears.
void Resources::look_through(SchemaPlace start) {
  std::vector<SchemaPlace> open;
  open.push_back(std::move(start));
  while (!open.empty()) {
    SchemaPlace place = std::move(open.back());
    open.pop_back();
    if (!seen_.insert(place.schema).second || !place.schema->is_object()) continue;
    place.resource = enter(place);
    name_anchors(place);
    const Dialect dialect = resources_[place.resource].dialect;
    const auto first_inside = static_cast<std::ptrdiff_t>(open.size());
    for (const json::key_value_pair& member : place.schema->get_object()) {
      const KeywordRow* row = find_keyword(member.key(), dialect);
      if (row == nullptr) continue;
      each_subschema(row->shape, member.value(), below(place.address, member.key()),
                     [&](const json::value& schema, std::string address) {
                       open.push_back({&schema, place.resource, std::move(address)});
                     });
    }
    std::reverse(open.begin() + first_inside, open.end());
  }
}

ResourceId Resources::enter(const SchemaPlace& place) {
  const auto root = roots_.find(place.schema);
  if (root != roots_.end()) return root->second;
  const json::string* identifier = text_member(place, "$id");
  if (identifier == nullptr || without_fragment(*identifier).empty()) return place.resource;
  const Resource& outer = resources_[place.resource];
  const Dialect dialect = dialect_of(place, outer.dialect);
  if (is_bare_reference(place.schema->get_object(), dialect.draft)) return place.resource;
  std::string uri = resolve_uri(outer.uri, *identifier);
  if (by_uri_.contains(uri)) {
    refuse(below(place.address, "$id"), "$id",
           "the identifier " + in_quotes(uri, kLongestUri) + " is taken by another schema");
  }
  return add_resource(place, std::move(uri), dialect);
}

void Resources::name_anchors(const SchemaPlace& place) {
  const SchemaDraft draft = resources_[place.resource].dialect.draft;
  if (draft == SchemaDraft::draft7) {
    const json::string* identifier = text_member(place, "$id");
    if (identifier == nullptr || is_bare_reference(place.schema->get_object(), draft)) return;
    const std::optional<std::string_view> fragment = split_uri(*identifier).fragment;
    if (fragment && !fragment->empty()) add_anchor(place, "$id", *fragment);
    return;
  }
  if (const json::string* identifier = text_member(place, "$id")) {
    const std::optional<std::string_view> fragment = split_uri(*identifier).fragment;
    if (fragment && !fragment->empty()) {
      refuse(below(place.address, "$id"), "$id", "must not have a fragment");
    }
  }
  if (const json::string* name = text_member(place, "$anchor")) add_anchor(place, "$anchor", *name);
  if (const json::string* name = text_member(place, "$dynamicAnchor")) {
    add_anchor(place, "$dynamicAnchor", *name);
    resources_[place.resource].dynamic_anchors.emplace(*name, place);
  }
}

void Resources::add_anchor(const SchemaPlace& place, std::string_view keyword,
                           std::string_view name) {
  const auto [row, is_new] = resources_[place.resource].anchors.emplace(name, place);
  if (!is_new && row->second.schema != place.schema) {
    refuse(below(place.address, keyword), keyword,
           "this name is taken by another schema of the document");
  }
}

Dialect Resources::dialect_of(const SchemaPlace& place, const Dialect& outer) const {
  const json::string* name = text_member(place, "$schema");
  if (name == nullptr) return outer;
  const std::optional<Dialect> dialect = dialect_named(*name, 0);
  if (dialect) return *dialect;
  refuse(below(place.address, "$schema"), "$schema",
         "the draft " + in_quotes(without_fragment(*name), kLongestUri) +
             " is not implemented; use " + in_quotes(kDraft2020Uri) + " or " +
             in_quotes(kDraft7Uri));
}

std::optional<Dialect> Resources::dialect_named(std::string_view uri, int depth) const {
  if (const std::optional<SchemaDraft> draft = draft_named(uri)) {
    return Dialect{*draft, kStandardVocabularies};
  }
  const json::value* metaschema = document_at(resolve_uri({}, uri));
  if (metaschema == nullptr || !metaschema->is_object() || depth > kMetaschemaDepth) {
    return std::nullopt;
  }
  const json::object& described = metaschema->get_object();
  const json::value* base = described.if_contains("$schema");
  if (base == nullptr || !base->is_string()) return std::nullopt;
  std::optional<Dialect> dialect = dialect_named(base->get_string(), depth + 1);
  const json::value* vocabularies = described.if_contains("$vocabulary");
  if (!dialect || vocabularies == nullptr || !vocabularies->is_object()) return dialect;
  dialect->vocabularies = kCore;
  for (const json::key_value_pair& member : vocabularies->get_object()) {
    const std::optional<VocabularySet> known = vocabulary_named(member.key());
    const bool must_be_known = member.value().is_bool() && member.value().get_bool();
    if (!known && must_be_known) return std::nullopt;
    if (known) dialect->vocabularies = static_cast<VocabularySet>(dialect->vocabularies | *known);
  }
  return dialect;
}

const json::value* Resources::document_at(std::string_view uri) const {
  const json::value* registered = registry_ != nullptr ? registry_->find(uri) : nullptr;
  return registered != nullptr ? registered : metaschema(uri);
}

std::optional<ResourceId> Resources::find(const std::string& uri) {
  const auto known = by_uri_.find(uri);
  if (known != by_uri_.end()) return known->second;
  const json::value* document = document_at(uri);
  if (document == nullptr) return std::nullopt;
  return add_document(*document, uri, uri + "#");
}

ResourceId Resources::resource_of(const json::value& schema, ResourceId outer) const {
  const auto root = roots_.find(&schema);
  return root == roots_.end() ? outer : root->second;
}

std::optional<SchemaPlace> Resources::at_pointer(ResourceId resource, std::string_view pointer) {
  const std::optional<std::vector<std::string>> tokens = pointer_tokens(pointer);
  if (!tokens) return std::nullopt;
  SchemaPlace place{resources_[resource].root, resource, resources_[resource].address};
  for (const std::string& token : *tokens) {
    place.schema = step_into(*place.schema, token);
    if (place.schema == nullptr) return std::nullopt;
    append_token(place.address, token);
    place.resource = resource_of(*place.schema, place.resource);
  }
  // It may stand under a keyword that nobody knows; then nobody has looked there yet.
  look_through(place);
  place.resource = resource_of(*place.schema, place.resource);
  return place;
}

}  // namespace ratchet::schema
