// "Did you mean": the known name that is nearest to a misspelt one.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace ratchet {

/// The nearest of `known` by edit distance (insert, delete, replace, swap of neighbours; upper and
/// lower case count as equal), or nothing when even the nearest differs in more than a third of its
/// letters. Ties go to the first.
[[nodiscard]] std::optional<std::string> nearest_name(std::string_view name,
                                                      std::span<const std::string> known);

/// `; did you mean "NAME"?`, or an empty text when nothing is near: to be appended to a message.
[[nodiscard]] std::string did_you_mean(std::string_view name, std::span<const std::string> known);

}  // namespace ratchet
