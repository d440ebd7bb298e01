// What readers that only look find wrong with a text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/position.h"

namespace ratchet {

struct TextFault {
  std::string message;     ///< one line
  Position position;       ///< unknown where the reader says none
  bool is_verdict = true;  ///< false: the text may be right, but is more than the reader takes on
};

/// Whether the bytes are one well-formed XML 1.0 document, by expat; the first fault. Nothing
/// outside of the text is loaded; entities that grow beyond expat's bounds, and encodings other
/// than UTF-8, UTF-16, ISO-8859-1 and ASCII, are no verdict.
[[nodiscard]] std::optional<TextFault> find_xml_fault(std::string_view bytes);

}  // namespace ratchet
