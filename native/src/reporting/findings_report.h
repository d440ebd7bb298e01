// Findings in the forms that other programs read.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/finding.h"

namespace ratchet {

/// Who reports, and what paths are told relative to.
struct FindingsSource {
  std::string_view tool_version;
  std::string root;  ///< absolute, or empty: paths stay as they are
};

/// SARIF 2.1.0, one run, as code hosts and editors take it: a rule for each code, in the order of
/// their first findings; columns in Unicode code points. A path beneath the root is relative to
/// `%SRCROOT%`, any other a `file:` URI. The same findings give the same bytes.
[[nodiscard]] std::string write_sarif(std::span<const Finding> findings,
                                      const FindingsSource& source);

/// Workflow commands of GitHub Actions, a line each, which annotate the changed files of a pull
/// request: `::error file=…,line=…,col=…,title=…::message`. Percent signs, line ends and, in
/// properties, colons and commas are escaped as those commands ask.
[[nodiscard]] std::string write_github_annotations(std::span<const Finding> findings,
                                                   const FindingsSource& source);

}  // namespace ratchet
