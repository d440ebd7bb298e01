// Plural and singular of English nouns, for names made from other names.
#pragma once

#include <string>
#include <string_view>

namespace ratchet {

/// The text with its last word in the plural; a plural stays as it is. The case of letters is kept:
/// `OrderCategory` → OrderCategories, `PERSON` → PEOPLE. By rules of ending and a table of the
/// irregular nouns that programs use; words outside ASCII stay as they are.
[[nodiscard]] std::string plural_of(std::string_view text);

/// The reverse; a singular stays as it is.
[[nodiscard]] std::string singular_of(std::string_view text);

}  // namespace ratchet
