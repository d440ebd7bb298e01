#include "core/uri_path.h"

#include <algorithm>

#include "core/ascii.h"
#include "core/percent_encoding.h"

namespace ratchet {
namespace {

constexpr std::size_t kDriveSize = 2;  // C:

/// Characters that stand for themselves in every part of a path, the first of a relative one too.
bool is_plain(char letter) {
  return is_letter(letter) || is_digit(letter) ||
         std::string_view("/-._~!$&'()*+,;=@").find(letter) != std::string_view::npos;
}

bool begins_at_drive(std::string_view path) {
  return path.size() >= kDriveSize && is_letter(path[0]) && path[1] == ':';
}

/// Without the words that keep Windows from reading a path: in a URI nobody would know them.
std::string without_verbatim_prefix(std::string_view path) {
  constexpr std::string_view kShare = R"(\\?\UNC\)";
  constexpr std::string_view kVerbatim = R"(\\?\)";
  if (path.starts_with(kShare)) return R"(\\)" + std::string(path.substr(kShare.size()));
  if (path.starts_with(kVerbatim)) path.remove_prefix(kVerbatim.size());
  return std::string(path);
}

}  // namespace

std::string uri_path(std::string_view path) {
  return percent_encoded(path, is_plain);
}

std::string file_uri(std::string_view path) {
  std::string plain = without_verbatim_prefix(path);
  const bool has_drive = begins_at_drive(plain);
  const bool is_shared = plain.starts_with(R"(\\)");
  // Elsewhere a backslash is a letter like any other.
  if (has_drive || is_shared) std::replace(plain.begin(), plain.end(), '\\', '/');
  if (is_shared) return "file:" + uri_path(plain);
  if (!has_drive) return "file://" + uri_path(plain);
  const std::string drive = plain.substr(0, kDriveSize);
  return "file:///" + drive + uri_path(plain.substr(kDriveSize));
}

std::string path_of_file_uri(std::string_view authority, std::string_view path, bool has_drives) {
  std::string decoded = percent_decoded(path);
  if (!authority.empty()) return "//" + percent_decoded(authority) + decoded;
  const bool is_of_drive = has_drives && decoded.starts_with('/') &&
                           begins_at_drive(std::string_view(decoded).substr(1));
  return is_of_drive ? decoded.substr(1) : decoded;
}

}  // namespace ratchet
