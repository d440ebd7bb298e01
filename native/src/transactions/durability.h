// What a finished change survives.
#pragma once

namespace ratchet {

enum class Durability {
  none,   ///< the death of the process only; nothing is flushed
  batch,  ///< power loss; one batch of flushes
  full,   ///< power loss; every folder flushed as it changes
};

}  // namespace ratchet
