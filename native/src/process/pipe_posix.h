// Pipes to children.
#pragma once

#include <string>
#include <string_view>

#include "core/descriptor_posix.h"
#include "core/error.h"

namespace ratchet {

/// Both ends close on exec and are numbered from 3 up, so that a child's own 0 to 2 never collide
/// with them in a host that has closed its standard streams.
struct Pipe {
  Descriptor read_end;
  Descriptor write_end;
};

/// Throws Error{process.exhausted} when the system has no descriptors left.
[[nodiscard]] Pipe make_pipe();

/// The same, or a duplicate of it that is numbered from 3 up. Throws Error{process.exhausted}.
[[nodiscard]] Descriptor above_standard_streams(Descriptor descriptor);

/// The Error for something that the system refused on the way to a child: process.exhausted where
/// it may work once others have ended (descriptors, processes, memory), else process.spawn_failed.
[[nodiscard]] Error start_error(int error_number, const std::string& what_failed);

}  // namespace ratchet
