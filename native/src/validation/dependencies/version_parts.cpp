#include "validation/dependencies/version_parts.h"

#include <algorithm>

namespace ratchet {

std::optional<std::vector<std::string>> version_parts(std::string_view text,
                                                      bool (*is_separator)(char),
                                                      bool (*is_allowed)(char)) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (is_separator(c)) {
      parts.emplace_back();
    } else if (is_allowed(c)) {
      parts.back() += c;
    } else {
      return std::nullopt;
    }
  }
  const auto is_empty = [](const std::string& part) { return part.empty(); };
  if (std::any_of(parts.begin(), parts.end(), is_empty)) return std::nullopt;
  return parts;
}

}  // namespace ratchet
