// How deep a TOML text nests, told before a parser recurses into it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace ratchet {

/// The offset at which tables and arrays first nest deeper than `most` levels; nothing where they
/// never do. Counted are the parts of a header, those of a dotted key, and brackets, inside each
/// other. Strings and comments are passed over. Linear, without recursion; says nothing about
/// whether the text is TOML.
[[nodiscard]] std::optional<std::size_t> first_too_deep_in_toml(std::string_view text,
                                                                std::int64_t most);

}  // namespace ratchet
