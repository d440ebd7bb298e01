#include "fs/removal.h"

#include "core/error.h"
#include "fs/file_error.h"

namespace ratchet {

void remove_file_if_there(Folder& folder, std::string_view path) {
  try {
    folder.remove_file(path);
  } catch (const Error& error) {
    if (!is(error, "io.not_found")) throw;
  }
}

void remove_any(Folder& folder, std::string_view path) {
  const auto status = folder.status(path);
  if (!status) return;
  if (status->kind == FileKind::folder) {
    folder.remove_folder(path);
  } else {
    folder.remove_file(path);
  }
}

}  // namespace ratchet
