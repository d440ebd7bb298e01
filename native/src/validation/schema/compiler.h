// From a schema as JSON to a program.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/json.h"
#include "validation/schema/program.h"
#include "validation/schema/resources.h"
#include "validation/schema/schema.h"

namespace ratchet::schema {

/// A keyword where it stands. `address` is the keyword's own (resources.h).
struct KeywordSite {
  std::string_view keyword;
  const json::object& schema;  ///< the schema object that it is a member of
  const json::value& value;
  const std::string& address;
};

/// Throws Error{schema.invalid}: `schema at ADDRESS: FAULT`, with details {pointer, keyword}.
[[noreturn]] void refuse(std::string_view address, std::string_view keyword,
                         const std::string& fault);

/// Compiles one schema document, and what it refers to in others; used once. Works off a queue of
/// subschemas instead of recursing, so that a deep schema costs memory and no stack; each subschema
/// is compiled once however often it is referred to.
class Compiler {
 public:
  explicit Compiler(const SchemaOptions& options)
      : assert_formats_(options.assert_formats), resources_(options.registry, options.draft) {}

  /// Throws Error{schema.invalid}.
  [[nodiscard]] Program run(const json::value& root, std::string_view base_uri);

  // For the keywords (keywords.cpp).

  /// Of the schema that is being compiled.
  [[nodiscard]] const Dialect& dialect() const { return resources_.at(current_resource_).dialect; }
  [[nodiscard]] bool asserts_formats() const;
  /// The block of a subschema, compiled by the time run() returns.
  BlockId block_for(const json::value& schema, std::string address);
  /// The block that a `$ref` points to.
  BlockId block_for_reference(const KeywordSite& site);
  [[nodiscard]] Operation dynamic_reference(const KeywordSite& site);

 private:
  /// What a reference leads to; `anchor` where it names one, and not a pointer.
  struct Target {
    SchemaPlace place;
    std::string anchor;
  };

  void compile_queue();
  void compile_block(const SchemaPlace& place);
  void join_required(const Block& block);
  void compile_object(const SchemaPlace& place, Block& block);
  void compile_keyword(std::string_view keyword, const SchemaPlace& place);
  BlockId block_at(SchemaPlace place);
  Target target_of(const KeywordSite& site);
  void find_dynamic_anchors();

  bool assert_formats_;
  Resources resources_;
  Program program_;
  std::deque<SchemaPlace> queue_;
  std::unordered_map<const json::value*, BlockId> blocks_;
  ResourceId current_resource_ = 0;
};

}  // namespace ratchet::schema
