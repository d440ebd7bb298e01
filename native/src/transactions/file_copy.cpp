#include "transactions/file_copy.h"

namespace ratchet {

void copy_file(Folder& from, const std::string& name, const FileState& state, Folder& to,
               const std::string& new_name, bool durable) {
  if (state.kind == StateKind::link) {
    to.make_link(new_name, from.read_link(name));
    return;
  }
  constexpr std::uint32_t kPrivateMode = 0600;
  const auto file = to.create(new_name, kPrivateMode);
  from.copy_to(name, *file);
  to.copy_attributes(new_name, from, name);
  file->set_mode(state.mode);
  if (durable) file->sync();
}

}  // namespace ratchet
