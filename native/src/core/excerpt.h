// The line of text that a finding stands in, so that people see what it is about.
#pragma once

#include <string_view>
#include <vector>

#include "core/finding.h"

namespace ratchet {

/// Display cells of an excerpt at most, the marks of a cut included.
inline constexpr std::size_t kExcerptCells = 160;

/// Gives each finding that names a line of `text` that line as its `excerpt`, and where it names a
/// column too, an `excerpt_caret`: the blanks to print before a caret for it to stand under the
/// column in a terminal, where a character takes none, one or two cells (utf8proc).
///
/// All findings are about `text`: as it was judged, in UTF-8, or in UTF-16 with its byte order
/// mark. The excerpt has no line end; tabs, control characters and the marks that turn the
/// direction of writing are a blank each, malformed bytes U+FFFD. A line of more than
/// kExcerptCells is cut around the column, or behind its beginning, with `…` where something is
/// left out. A column past the end is the place behind the last character. Lines that the text
/// does not have, and those without anything to see, give no excerpt.
///
/// O(text + findings), however long a line is. Thread-safe.
void add_excerpts(std::vector<Finding>& findings, std::string_view text);
/// The same for those findings alone whose path is `path`: `text` is what stands there.
void add_excerpts(std::vector<Finding>& findings, std::string_view text, std::string_view path);

}  // namespace ratchet
