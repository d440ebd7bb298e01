// From a schema as JSON to a program.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/json.h"
#include "validation/schema/program.h"
#include "validation/schema/schema.h"

namespace ratchet::schema {

/// A keyword where it stands. `pointer` is the keyword's own.
struct KeywordSite {
  std::string_view keyword;
  const json::object& schema;  ///< the schema object that it is a member of
  const json::value& value;
  const std::string& pointer;
};

/// Throws Error{schema.invalid}: `schema at POINTER: FAULT`, with details {pointer, keyword}.
[[noreturn]] void refuse(std::string_view pointer, std::string_view keyword,
                         const std::string& fault);

/// Compiles one schema document; used once. Works off a queue of subschemas instead of recursing,
/// so that a deep schema costs memory and no stack; each subschema is compiled once however often
/// it is referred to.
class Compiler {
 public:
  Compiler(const json::value& root, SchemaDraft fallback) : root_(root), draft_(fallback) {}

  /// Throws Error{schema.invalid}.
  [[nodiscard]] Program run();

  // For the keywords (keywords.cpp).

  [[nodiscard]] SchemaDraft draft() const { return draft_; }
  /// The block of a subschema, compiled by the time run() returns.
  BlockId block_for(const json::value& schema, std::string pointer);
  /// The block that a `$ref` points to; a `$anchor` may still be unknown, and is found when all
  /// else is compiled: then 0 stands here for the time being.
  BlockId block_for_reference(const KeywordSite& site);
  void name_anchor(std::string name, const KeywordSite& site);
  void check_identifier(const KeywordSite& site);

 private:
  struct Pending {
    const json::value* schema;
    std::string pointer;
    BlockId block;
  };
  struct PendingAnchor {
    std::size_t instruction;
    std::string name;
    std::string pointer;
  };

  void choose_draft();
  void compile_block(const Pending& pending);
  void compile_object(const json::object& schema, const std::string& pointer);
  void compile_keyword(std::string_view keyword, const json::object& schema,
                       const std::string& pointer);
  BlockId block_at_pointer(std::string_view pointer, const KeywordSite& site);
  void resolve_anchors();

  const json::value& root_;
  SchemaDraft draft_;
  std::string root_identifier_;
  Program program_;
  std::deque<Pending> queue_;
  std::unordered_map<const json::value*, BlockId> blocks_;
  std::map<std::string, BlockId, std::less<>> anchors_;
  std::vector<PendingAnchor> pending_anchors_;
  BlockId current_block_ = 0;
};

}  // namespace ratchet::schema
