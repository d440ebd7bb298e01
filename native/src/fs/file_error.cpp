#include "fs/file_error.h"

#include <cerrno>
#include <optional>
#include <system_error>

#include "core/text.h"

namespace ratchet {
namespace {

std::optional<Code> code_for(int error_number) {
  switch (error_number) {
    case EEXIST:
      return Code("transaction.exists");
    case EXDEV:
      return Code("io.cross_device");
    case ENOTEMPTY:
      return Code("io.not_empty");
    case EMFILE:
    case ENFILE:
      return Code("io.too_many_open");
    case EBUSY:
      return Code("io.in_use");
    case EOPNOTSUPP:
      return Code("io.unsupported");
    case ENAMETOOLONG:
      return Code("path.invalid");
    default:
      return std::nullopt;
  }
}

}  // namespace

Error file_error(int error_number, std::string_view what_was_tried, std::string_view path) {
  const std::string_view shown = path.empty() ? "." : path;
  Error error = system_error(error_number, what_was_tried, std::string(shown));
  const std::optional<Code> code = code_for(error_number);
  if (!code) return error;
  Error coded(*code, error.message());
  coded.at(std::string(shown));
  return coded;
}

void refuse_nul(std::string_view path) {
  if (path.find('\0') != std::string_view::npos) {
    throw Error("path.invalid", "path " + in_quotes(path) + " holds a NUL");
  }
}

void check_folder_path(std::string_view path) {
  refuse_nul(path);
  if (path.empty()) return;
  for (std::string_view rest = path;;) {
    const std::size_t slash = rest.find('/');
    const std::string_view component = rest.substr(0, slash);
    if (component.empty() || component == "." || component == "..") {
      throw Error("path.outside_root", "path " + in_quotes(path) + " is not one beneath its folder")
          .at(std::string(path));
    }
    if (slash == std::string_view::npos) return;
    rest.remove_prefix(slash + 1);
  }
}

ParentAndName split_path(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return {{}, path};
  return {path.substr(0, slash), path.substr(slash + 1)};
}

}  // namespace ratchet
