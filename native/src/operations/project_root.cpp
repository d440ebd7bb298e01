#include "operations/project_root.h"

#include "core/text.h"
#include "transactions/home.h"
#include "transactions/run_folder.h"

namespace ratchet {

std::filesystem::path project_root(const std::string& text, const OperationContext& context) {
  const std::filesystem::path root(text);
  if (!context.environment.files.is_absolute(root)) {
    throw Error("project.relative_root",
                "project_root " + in_quotes(std::string_view(text)) + " must be absolute");
  }
  FileSystem& files = context.environment.files;
  static_cast<void>(files.open_folder(root));  // says what is wrong with it
  return files.canonical(root);
}

bool is_kept_run(const std::filesystem::path& root, const std::string& id,
                 const OperationContext& context) {
  FileSystem& files = context.environment.files;
  auto state = StateFolder::find(files, find_home(files, root).path, context.environment.random);
  return state && RunFolder::exists(*state, id);
}

}  // namespace ratchet
