// A file or link once more, on another mount: where neither a rename nor a second name does.
#pragma once

#include <string>

#include "fs/file_system.h"
#include "transactions/file_state.h"

namespace ratchet {

/// Makes a copy with the owner, attributes and mode of the original, whose state is `state`;
/// flushed if `durable`. Error: transaction.exists where something has the new name, io.*; half of
/// it may stand there then.
void copy_file(Folder& from, const std::string& name, const FileState& state, Folder& to,
               const std::string& new_name, bool durable);

}  // namespace ratchet
