// Pipes to children.
#pragma once

#include "core/descriptor_posix.h"

namespace ratchet {

/// Both ends close on exec and are numbered from 3 up, so that a child's own 0 to 2 never collide
/// with them in a host that has closed its standard streams.
struct Pipe {
  Descriptor read_end;
  Descriptor write_end;
};

/// Throws Error{process.spawn_failed} when the system has no descriptors left.
[[nodiscard]] Pipe make_pipe();
void set_non_blocking(const Descriptor& descriptor);

}  // namespace ratchet
