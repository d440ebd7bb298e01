#include "validation/schema/compiler.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/document.h"
#include "core/error.h"
#include "core/text.h"
#include "validation/schema/circles.h"
#include "validation/schema/keywords.h"
#include "validation/schema/reference.h"
#include "validation/schema/wording.h"

namespace ratchet::schema {
namespace {

constexpr std::string_view kDraft7 = "http://json-schema.org/draft-07/schema";
constexpr std::string_view kDraft2020 = "https://json-schema.org/draft/2020-12/schema";

std::string below(std::string_view pointer, std::string_view token) {
  std::string result(pointer);
  append_token(result, token);
  return result;
}

std::string description_of(const json::value& schema) {
  const json::object* object = schema.if_object();
  const json::value* text = object != nullptr ? object->if_contains("description") : nullptr;
  if (text == nullptr || !text->is_string()) return {};
  return std::string(text->get_string());
}

}  // namespace

void refuse(std::string_view pointer, std::string_view keyword, const std::string& fault) {
  const std::string place =
      pointer.empty() ? "the schema" : "the schema at " + in_quotes(pointer, 200);
  throw Error("schema.invalid", place + ": " + fault)
      .details({{"pointer", pointer}, {"keyword", keyword}});
}

Program Compiler::run() {
  choose_draft();
  block_for(root_, "");
  while (!queue_.empty()) {
    const Pending next = std::move(queue_.front());
    queue_.pop_front();
    compile_block(next);
  }
  resolve_anchors();
  refuse_circles(program_);
  return std::move(program_);
}

void Compiler::choose_draft() {
  const json::object* schema = root_.if_object();
  const json::value* name = schema != nullptr ? schema->if_contains("$schema") : nullptr;
  if (name != nullptr) {
    if (!name->is_string()) refuse("/$schema", "$schema", "must be a string, not " + shown(*name));
    std::string_view text = name->get_string();
    if (text.ends_with('#')) text.remove_suffix(1);
    if (text == kDraft7) {
      draft_ = SchemaDraft::draft7;
    } else if (text == kDraft2020) {
      draft_ = SchemaDraft::draft2020_12;
    } else {
      refuse("/$schema", "$schema",
             "the draft " + in_quotes(text) + " is not implemented; use " + in_quotes(kDraft2020) +
                 " or " + in_quotes(kDraft7));
    }
  }
  const json::value* identifier = schema != nullptr ? schema->if_contains("$id") : nullptr;
  if (identifier != nullptr && identifier->is_string()) {
    root_identifier_ = without_fragment(identifier->get_string());
  }
}

BlockId Compiler::block_for(const json::value& schema, std::string pointer) {
  const auto [row, is_new] = blocks_.emplace(&schema, static_cast<BlockId>(program_.blocks.size()));
  if (!is_new) return row->second;
  program_.blocks.emplace_back();
  queue_.push_back({&schema, std::move(pointer), row->second});
  return row->second;
}

void Compiler::compile_block(const Pending& pending) {
  const auto first = static_cast<std::uint32_t>(program_.instructions.size());
  current_block_ = pending.block;
  if (const json::object* schema = pending.schema->if_object()) {
    compile_object(*schema, pending.pointer);
  } else if (const bool* allowed = pending.schema->if_bool()) {
    if (!*allowed) program_.instructions.push_back({Never{}, "false", pending.pointer});
  } else {
    refuse(pending.pointer, "",
           "a schema must be an object, true or false, not " + shown(*pending.schema));
  }
  Block& block = program_.blocks[pending.block];
  block.first = first;
  block.count = static_cast<std::uint32_t>(program_.instructions.size()) - first;
  block.description = description_of(*pending.schema);
}

void Compiler::compile_object(const json::object& schema, const std::string& pointer) {
  // In draft-07 a reference stands for the whole schema; what is beside it is not looked at.
  if (draft_ == SchemaDraft::draft7 && schema.contains("$ref")) {
    compile_keyword("$ref", schema, pointer);
    return;
  }
  // The type is judged first: it is cheap, and it spares findings that only follow from it.
  if (schema.contains("type")) compile_keyword("type", schema, pointer);
  for (const json::key_value_pair& member : schema) {
    const std::string_view keyword = member.key();
    if (keyword != "type") compile_keyword(keyword, schema, pointer);
  }
}

void Compiler::compile_keyword(std::string_view keyword, const json::object& schema,
                               const std::string& pointer) {
  const std::string keyword_pointer = below(pointer, keyword);
  const KeywordRow* row = find_keyword(keyword, draft_);
  if (row == nullptr) {
    program_.ignored_keywords.push_back(keyword_pointer);
    return;
  }
  const KeywordSite site{row->name, schema, schema.at(keyword), keyword_pointer};
  std::optional<Operation> operation = row->compile(*this, site);
  if (!operation) return;
  program_.instructions.push_back({*std::move(operation), row->name, keyword_pointer});
}

void Compiler::check_identifier(const KeywordSite& site) {
  if (!site.value.is_string()) {
    refuse(site.pointer, site.keyword, "must be a string, not " + shown(site.value));
  }
  const std::string_view text = site.value.get_string();
  if (draft_ == SchemaDraft::draft7 && text.size() > 1 && text.front() == '#') {
    name_anchor(std::string(text.substr(1)), site);
    return;
  }
  if (current_block_ != 0 && without_fragment(text) != root_identifier_) {
    refuse(site.pointer, site.keyword,
           "a schema with an identifier of its own inside another one is not implemented");
  }
  if (text.find('#') + 1 < text.size() && text.find('#') != std::string_view::npos) {
    refuse(site.pointer, site.keyword, "must not have a fragment");
  }
}

void Compiler::name_anchor(std::string name, const KeywordSite& site) {
  if (!anchors_.emplace(std::move(name), current_block_).second) {
    refuse(site.pointer, site.keyword, "this name is taken by another schema of the document");
  }
}

BlockId Compiler::block_for_reference(const KeywordSite& site) {
  if (!site.value.is_string()) {
    refuse(site.pointer, site.keyword, "must be a string, not " + shown(site.value));
  }
  const std::string_view text = site.value.get_string();
  const std::string_view document = without_fragment(text);
  if (!document.empty() && document != root_identifier_) {
    refuse(site.pointer, site.keyword,
           "the reference " + in_quotes(text) +
               " leads out of the document, which is not implemented; use \"#/$defs/…\"");
  }
  const std::optional<std::string> fragment = decoded_fragment(text);
  if (!fragment) {
    refuse(site.pointer, site.keyword,
           "the reference " + in_quotes(text) + " has a broken %-escape");
  }
  if (fragment->empty() || fragment->front() == '/') return block_at_pointer(*fragment, site);
  pending_anchors_.push_back({program_.instructions.size(), *fragment, site.pointer});
  return 0;
}

BlockId Compiler::block_at_pointer(std::string_view pointer, const KeywordSite& site) {
  const std::optional<std::vector<std::string>> tokens = pointer_tokens(pointer);
  const json::value* target = &root_;
  std::string canonical;
  if (tokens) {
    for (const std::string& token : *tokens) {
      target = target != nullptr ? step_into(*target, token) : nullptr;
      append_token(canonical, token);
    }
  }
  if (!tokens || target == nullptr) {
    refuse(site.pointer, site.keyword,
           "nothing is at " + in_quotes(pointer, 200) + " in this schema");
  }
  return block_for(*target, canonical);
}

void Compiler::resolve_anchors() {
  for (const PendingAnchor& pending : pending_anchors_) {
    const auto anchor = anchors_.find(pending.name);
    if (anchor == anchors_.end()) {
      refuse(pending.pointer, "$ref", "no schema here has the anchor " + in_quotes(pending.name));
    }
    std::get<Reference>(program_.instructions[pending.instruction].operation).target =
        anchor->second;
  }
}

}  // namespace ratchet::schema
