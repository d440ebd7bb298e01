#include "reporting/unified_diff.h"

#include <algorithm>

#include "core/hash.h"
#include "core/text.h"

namespace ratchet {

std::string new_file_diff(std::string_view path, std::string_view content) {
  std::string diff = "diff --git a/";
  diff.append(path).append(" b/").append(path).append("\nnew file mode 100644\n");
  if (content.empty()) return diff;
  if (content.find('\0') != std::string_view::npos || first_invalid_utf8(content)) {
    diff.append("Binary file b/").append(path).append(" added: ");
    diff += std::to_string(content.size()) + " bytes, sha256 " + to_hex(sha256(content)) + "\n";
    return diff;
  }
  const auto breaks = static_cast<std::size_t>(std::count(content.begin(), content.end(), '\n'));
  const bool ends_in_break = content.back() == '\n';
  const std::size_t lines = breaks + (ends_in_break ? 0 : 1);
  diff.append("--- /dev/null\n+++ b/").append(path).append("\n@@ -0,0 +1");
  if (lines != 1) diff += "," + std::to_string(lines);
  diff += " @@\n";
  for (std::size_t start = 0; start < content.size();) {
    const std::size_t end = std::min(content.find('\n', start), content.size());
    diff.append("+").append(content.substr(start, end - start)).append("\n");
    start = end + 1;
  }
  if (!ends_in_break) diff += "\\ No newline at end of file\n";
  return diff;
}

}  // namespace ratchet
