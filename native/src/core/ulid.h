// Ids of runs and transactions: ULIDs (26 characters of Crockford base 32), sortable by time.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/clock.h"
#include "core/random.h"

namespace ratchet {

/// A new id: 48 bits of the clock's UTC milliseconds, 80 random bits. Thread-safe as its seams are.
[[nodiscard]] std::string new_ulid(Clock& clock, Random& random);

/// The time in an id, or nothing when the text is no ULID. Upper and lower case count as equal.
[[nodiscard]] std::optional<UtcTime> ulid_time(std::string_view ulid);

}  // namespace ratchet
