// The text that a template is compiled from, and the errors that point into it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/error.h"
#include "core/position.h"

namespace ratchet {

/// Everything that parser and renderer say about a template names it by this. The views of a syntax
/// tree point into `text`: it must not move once it is parsed.
struct TemplateSource {
  std::string name;  ///< what the user calls the template: `crud`
  std::string
      path;  ///< the file, as a reader can find it: `ratchet/templates/crud/crud.py.mustache`
  std::string text;
  /// Where the text begins in that file: a path or a default is a piece of its template.yaml.
  Position start{1, 1, 0};

  /// The last part of `path`, whichever separator the system has before it.
  [[nodiscard]] std::string file_name() const;
  /// A place in the text as a place in the file.
  [[nodiscard]] Position in_file(Position in_text) const;
  /// An Error at a byte offset of the text, in the one form of this room:
  /// `template "crud": unknown variable "entitty" at crud.py.mustache:12:7; did you mean
  /// "entity"?`. `what` is the fact, `suggestion` is empty or begins with `; ` (see
  /// did_you_mean()).
  [[nodiscard]] Error error(Code code, std::size_t offset, std::string_view what,
                            std::string_view suggestion = {}) const;
};

}  // namespace ratchet
