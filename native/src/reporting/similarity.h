// How much of a file stayed when it moved.
#pragma once

#include <string_view>

namespace ratchet {

/// The per cent of the larger side's bytes that both sides have, in pieces of a line or of 64
/// bytes, wherever they stand: git's own measure (diffcore_count_changes), as its
/// `similarity index` gives it.
[[nodiscard]] int similarity_percent(std::string_view before, std::string_view after, bool text);

}  // namespace ratchet
