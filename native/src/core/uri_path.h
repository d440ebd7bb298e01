// Paths of files as URIs, and back: RFC 3986, RFC 8089.
#pragma once

#include <string>
#include <string_view>

namespace ratchet {

/// A relative path with `/` between its parts as the path of a URI: what has a meaning of its own
/// there, and whatever is not ASCII, as `%XX`.
[[nodiscard]] std::string uri_path(std::string_view path);

/// The `file:` URI of an absolute path, whatever system it is of: `/a b` is `file:///a%20b`, `C:\a`
/// and `\\?\C:\a` are `file:///C:/a`, and `\\server\share\a` is `file://server/share/a`.
[[nodiscard]] std::string file_uri(std::string_view path);

/// The path that the authority and the path of a `file:` URI stand for. `/C:/a` is `C:/a` where
/// `has_drives`: elsewhere it is a path of its own. One with an authority begins with `//`.
[[nodiscard]] std::string path_of_file_uri(std::string_view authority, std::string_view path,
                                           bool has_drives);

}  // namespace ratchet
