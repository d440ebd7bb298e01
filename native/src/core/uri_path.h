// Paths of files as URIs, and back: RFC 3986, RFC 8089.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ratchet {

/// A path with `/` between its parts as the path of a URI: what has a meaning of its own there, and
/// whatever is not ASCII, as `%XX`.
[[nodiscard]] std::string uri_path(std::string_view path);

/// `file://` and the path, which is absolute.
[[nodiscard]] std::string file_uri(std::string_view path);

/// The path that stands in a URI, its escapes undone; one that is none stays as it is.
[[nodiscard]] std::string path_of_uri_path(std::string_view path);

}  // namespace ratchet
