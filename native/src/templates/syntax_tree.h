// A parsed template. Immutable after parsing; every view points into the TemplateSource.
#pragma once

#include <cstddef>
#include <string_view>
#include <variant>
#include <vector>

#include "templates/filters.h"

namespace ratchet {

struct Node;

/// A name as it stands in a tag.
struct Name {
  enum class Kind {
    path,        ///< `a.b.c`
    implicit,    ///< `.`
    loop_first,  ///< `@first`, true for the first item of the innermost list
    loop_last,   ///< `@last`
    loop_index,  ///< `@index`, from 0
  };
  Kind kind = Kind::path;
  bool asks_presence = false;          ///< `name?`: is it given at all, whatever its value
  std::string_view text;               ///< as written, without the `?`
  std::vector<std::string_view> path;  ///< the components of a path
  std::size_t offset = 0;              ///< of the tag
};

struct TextNode {
  std::string_view text;  ///< whole lines and pieces of lines
};

struct VariableNode {
  std::string_view before;  ///< the text that stands before the tag, so that both are one step
  Name name;
  std::vector<FilterCall> filters;
  bool raw = false;              ///< never escaped
  bool has_default = false;      ///< one of the filters is `default`
  std::string_view line_indent;  ///< the white space that the tag's line begins with
};

struct SectionNode {
  Name name;
  bool inverted = false;
  std::vector<Node> body;
};

/// A place that can be overridden, or, directly inside a parent tag, what overrides it.
struct BlockNode {
  std::string_view name;
  std::size_t offset = 0;
  bool standalone = false;
  std::string_view indent;    ///< added to each line of what is rendered here, where standalone
  std::string_view line_end;  ///< follows where the rendered content does not end its line itself
  std::vector<Node> body;     ///< the default; its common indentation is cut off where standalone
};

struct PartialNode {
  std::string_view name;
  std::size_t offset = 0;
  bool standalone = false;
  std::string_view indent;
  std::vector<BlockNode> overrides;  ///< of a parent tag
};

struct Node : std::variant<TextNode, VariableNode, SectionNode, BlockNode, PartialNode> {
  using variant::variant;
};

}  // namespace ratchet
