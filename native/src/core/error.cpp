#include "core/error.h"

#include <cerrno>
#include <system_error>

namespace ratchet {
namespace {

// A full quota is a full disk; Windows reports it as one.
#ifdef EDQUOT
constexpr int kFullQuota = EDQUOT;
#else
constexpr int kFullQuota = ENOSPC;
#endif

Code code_for(int error_number) {
  if (error_number == kFullQuota) return "io.no_space";
  switch (error_number) {
    case ENOENT:
      return "io.not_found";
    case EACCES:
    case EPERM:
      return "io.permission_denied";
    case EROFS:
      return "io.read_only";
    case ENOSPC:
      return "io.no_space";
    case ENOTDIR:
      return "io.not_a_folder";
    case EISDIR:
      return "io.not_a_file";
    default:
      return "io.error";
  }
}

}  // namespace

Error& Error::at(std::string path, Position position) {
  path_ = std::move(path);
  position_ = position;
  return *this;
}

Error& Error::hint(std::string hint) {
  hint_ = std::move(hint);
  return *this;
}

Error& Error::details(json::object details) {
  details_ = std::move(details);
  return *this;
}

Error system_error(int error_number, std::string_view what_was_tried, std::string path) {
  std::string message = "cannot ";
  message.append(what_was_tried).append(" \"").append(path).append("\": ");
  message += std::generic_category().message(error_number);
  Error error(code_for(error_number), std::move(message));
  error.at(std::move(path));
  return error;
}

}  // namespace ratchet
