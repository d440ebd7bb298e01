#include "validation/schema/compiler.h"

#include <algorithm>
#include <utility>

#include "core/error.h"
#include "core/text.h"
#include "validation/schema/circles.h"
#include "validation/schema/keywords.h"
#include "validation/schema/reference.h"
#include "validation/schema/subschemas.h"
#include "validation/schema/uri.h"
#include "validation/schema/wording.h"

namespace ratchet::schema {
namespace {

constexpr std::size_t kLongestAddress = 200;

std::string description_of(const json::value& schema) {
  const json::object* object = schema.if_object();
  const json::value* text = object != nullptr ? object->if_contains("description") : nullptr;
  if (text == nullptr || !text->is_string()) return {};
  return std::string(text->get_string());
}

/// They ask what the others have evaluated, and so come last.
bool asks_others(std::string_view keyword) {
  return keyword == "unevaluatedItems" || keyword == "unevaluatedProperties";
}

}  // namespace

void refuse(std::string_view address, std::string_view keyword, const std::string& fault) {
  const std::string place =
      address.empty() ? "the schema" : "the schema at " + in_quotes(address, kLongestAddress);
  throw Error("schema.invalid", place + ": " + fault)
      .details({{"pointer", address}, {"keyword", keyword}});
}

Program Compiler::run(const json::value& root, std::string_view base_uri) {
  resources_.add_root(root, base_uri);
  block_at({&root, 0, {}});
  compile_queue();
  find_dynamic_anchors();
  for (std::size_t id = 0; id < resources_.size(); ++id) {
    const Resource& resource = resources_.at(static_cast<ResourceId>(id));
    program_.resources.push_back({resource.uri, resource.address});
  }
  refuse_circles(program_);
  return std::move(program_);
}

bool Compiler::asserts_formats() const {
  return assert_formats_ || (dialect().vocabularies & kFormatAssertion) != 0;
}

BlockId Compiler::block_for(const json::value& schema, std::string address) {
  return block_at({&schema, resources_.resource_of(schema, current_resource_), std::move(address)});
}

BlockId Compiler::block_at(SchemaPlace place) {
  const auto id = static_cast<BlockId>(program_.blocks.size());
  const auto [row, is_new] = blocks_.emplace(place.schema, id);
  if (!is_new) return row->second;
  program_.blocks.emplace_back();
  queue_.push_back(std::move(place));
  return id;
}

void Compiler::compile_queue() {
  while (!queue_.empty()) {
    const SchemaPlace next = std::move(queue_.front());
    queue_.pop_front();
    compile_block(next);
  }
}

void Compiler::compile_block(const SchemaPlace& place) {
  current_resource_ = place.resource;
  Block block;
  block.first = static_cast<std::uint32_t>(program_.instructions.size());
  block.resource = place.resource;
  block.address = place.address;
  block.description = description_of(*place.schema);
  if (place.schema->is_object()) {
    compile_object(place, block);
  } else if (const bool* allowed = place.schema->if_bool()) {
    if (!*allowed) program_.instructions.push_back({Never{}, "false", place.address});
  } else {
    refuse(place.address, "",
           "a schema must be an object, true or false, not " + shown(*place.schema));
  }
  block.count = static_cast<std::uint32_t>(program_.instructions.size()) - block.first;
  if (block.count > 1) join_required(block);
  block.is_plain = std::all_of(
      program_.instructions.begin() + block.first, program_.instructions.end(),
      [](const Instruction& instruction) { return is_assertion(instruction.operation); });
  if (block.count > 0) {
    const auto* type = std::get_if<TypeIs>(&program_.instructions[block.first].operation);
    block.begins_with_type = type != nullptr;
    if (type != nullptr) block.types = type->types;
  }
  program_.blocks[blocks_.at(place.schema)] = std::move(block);
}

/// Members meet every key of an object anyway: they can tell whether the required ones were there.
void Compiler::join_required(const Block& block) {
  Required* required = nullptr;
  Members* members = nullptr;
  for (std::uint32_t i = block.first; i < block.first + block.count; ++i) {
    Operation& operation = program_.instructions[i].operation;
    if (auto* found = std::get_if<Required>(&operation)) required = found;
    if (auto* found = std::get_if<Members>(&operation)) members = found;
  }
  if (required == nullptr || members == nullptr) return;
  std::uint64_t rows = 0;
  for (const RequiredKey& key : required->keys) {
    const KeyTable::Row* row = members->named.find(key.key);
    const std::uint64_t bit = row != nullptr ? members->named.bit_of(*row) : 0;
    if (bit == 0) return;
    rows |= bit;
  }
  members->required_rows = rows;
  required->known_to_members = true;
}

void Compiler::compile_object(const SchemaPlace& place, Block& block) {
  const json::object& schema = place.schema->get_object();
  // In draft-07 a reference stands for the whole schema; what is beside it is not looked at.
  if (dialect().draft == SchemaDraft::draft7 && schema.contains("$ref")) {
    compile_keyword("$ref", place);
    return;
  }
  // The type is judged first: it is cheap, and it spares findings that only follow from it.
  if (schema.contains("type")) compile_keyword("type", place);
  for (const json::key_value_pair& member : schema) {
    const std::string_view keyword = member.key();
    if (keyword != "type" && !asks_others(keyword)) compile_keyword(keyword, place);
  }
  const std::size_t others = program_.instructions.size();
  for (const std::string_view keyword : {"unevaluatedItems", "unevaluatedProperties"}) {
    if (schema.contains(keyword)) compile_keyword(keyword, place);
  }
  block.tracks = program_.instructions.size() > others;
}

void Compiler::compile_keyword(std::string_view keyword, const SchemaPlace& place) {
  const json::object& schema = place.schema->get_object();
  const std::string address = below(place.address, keyword);
  const KeywordRow* row = find_keyword(keyword, dialect());
  if (row == nullptr) {
    program_.ignored_keywords.push_back(address);
    return;
  }
  const KeywordSite site{row->name, schema, schema.at(keyword), address};
  std::optional<Operation> operation = row->compile(*this, site);
  if (!operation) return;
  program_.instructions.push_back({*std::move(operation), row->name, address});
}

Compiler::Target Compiler::target_of(const KeywordSite& site) {
  if (!site.value.is_string()) {
    refuse(site.address, site.keyword, "must be a string, not " + shown(site.value));
  }
  const std::string_view text = site.value.get_string();
  const std::optional<std::string> fragment = decoded_fragment(text);
  if (!fragment) {
    refuse(site.address, site.keyword,
           "the reference " + in_quotes(text) + " has a broken %-escape");
  }
  const std::string uri = resolve_uri(resources_.at(current_resource_).uri, text);
  const bool leads_out = uri != resources_.at(current_resource_).uri;
  const std::optional<ResourceId> resource = resources_.find(uri);
  if (!resource) {
    refuse(site.address, site.keyword,
           "nobody knows the schema " + in_quotes(uri, kLongestAddress) +
               "; name its file among the references (--ref), nothing is fetched");
  }
  const std::string where =
      leads_out ? "the schema " + in_quotes(uri, kLongestAddress) : std::string("this schema");
  if (fragment->empty() || fragment->front() == '/') {
    std::optional<SchemaPlace> place = resources_.at_pointer(*resource, *fragment);
    if (place) return {*std::move(place), {}};
    refuse(site.address, site.keyword,
           "nothing is at " + in_quotes(*fragment, kLongestAddress) + " in " + where);
  }
  const auto& anchors = resources_.at(*resource).anchors;
  const auto anchor = anchors.find(*fragment);
  if (anchor == anchors.end()) {
    refuse(site.address, site.keyword,
           "nothing in " + where + " has the anchor " + in_quotes(*fragment));
  }
  return {anchor->second, *fragment};
}

BlockId Compiler::block_for_reference(const KeywordSite& site) {
  return block_at(target_of(site).place);
}

Operation Compiler::dynamic_reference(const KeywordSite& site) {
  Target target = target_of(site);
  const auto& dynamic = resources_.at(target.place.resource).dynamic_anchors;
  const auto bookend = dynamic.find(target.anchor);
  const bool follows = !target.anchor.empty() && bookend != dynamic.end() &&
                       bookend->second.schema == target.place.schema;
  const BlockId block = block_at(std::move(target.place));
  if (!follows) return Reference{block};
  std::vector<DynamicAnchor>& anchors = program_.dynamic_anchors;
  auto known = std::find_if(anchors.begin(), anchors.end(), [&](const DynamicAnchor& anchor) {
    return anchor.name == target.anchor;
  });
  if (known == anchors.end()) known = anchors.insert(known, {target.anchor, {}});
  return DynamicReference{block, static_cast<std::uint32_t>(known - anchors.begin())};
}

/// Compiling what has a dynamic anchor may bring in new resources and new names: until nothing new
/// comes.
void Compiler::find_dynamic_anchors() {
  std::size_t known = 0;
  const auto count = [&] { return resources_.size() + program_.dynamic_anchors.size(); };
  while (known != count()) {
    known = count();
    for (std::size_t i = 0; i < program_.dynamic_anchors.size(); ++i) {
      const std::string name = program_.dynamic_anchors[i].name;
      std::vector<std::pair<std::uint32_t, BlockId>> blocks;
      for (ResourceId id = 0; id < resources_.size(); ++id) {
        const auto& anchors = resources_.at(id).dynamic_anchors;
        const auto anchor = anchors.find(name);
        if (anchor != anchors.end()) blocks.emplace_back(id, block_at(anchor->second));
      }
      program_.dynamic_anchors[i].blocks = std::move(blocks);
    }
    compile_queue();
  }
  for (Instruction& instruction : program_.instructions) {
    const auto* dynamic = std::get_if<DynamicReference>(&instruction.operation);
    if (dynamic == nullptr || program_.dynamic_anchors[dynamic->anchor].blocks.size() > 1) continue;
    instruction.operation = Reference{dynamic->target};  // there is nowhere else to go
  }
}

}  // namespace ratchet::schema
