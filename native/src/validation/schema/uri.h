// The parts of a URI reference, and what a relative one means beside a base: RFC 3986.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ratchet::schema {

/// The five parts as they stand, without their delimiters; views into the text that was split. Any
/// text has parts: whether their characters are allowed is not looked at (formats.h does).
struct UriParts {
  std::optional<std::string_view> scheme;
  std::optional<std::string_view> authority;
  std::string_view path;
  std::optional<std::string_view> query;
  std::optional<std::string_view> fragment;
};
[[nodiscard]] UriParts split_uri(std::string_view reference);

/// What `reference` means beside `base` (RFC 3986 §5.2), dot segments removed and the fragment
/// left out. An empty base leaves a relative reference as it is.
[[nodiscard]] std::string resolve_uri(std::string_view base, std::string_view reference);

}  // namespace ratchet::schema
