// Reading a keyword's value, or refusing it with one clear sentence.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/regex.h"
#include "validation/schema/compiler.h"
#include "validation/schema/program.h"
#include "validation/schema/subschemas.h"

namespace ratchet::schema {

/// The address of a keyword beside the site's own.
[[nodiscard]] std::string beside(const KeywordSite& site, std::string_view keyword);

// All of these throw Error{schema.invalid} where the value is of another kind.

/// Throws: `must be EXPECTED, not VALUE`.
[[noreturn]] void refuse_value(const KeywordSite& site, std::string_view expected);
[[nodiscard]] const json::string& text_at(const KeywordSite& site);
[[nodiscard]] const json::array& array_at(const KeywordSite& site);
[[nodiscard]] const json::object& object_at(const KeywordSite& site);
/// A whole number from 0; `2.0` is one. One above 2^64 is cut to that: no instance can reach it.
[[nodiscard]] std::uint64_t count_at(const KeywordSite& site);
/// The strings of an array; `value` is the site's value or a part of it.
[[nodiscard]] std::vector<std::string> names_in(const json::value& value, const KeywordSite& site);
/// `address` is what a pattern that does not compile is reported at.
[[nodiscard]] Regex regex_of(std::string_view pattern, const std::string& address,
                             std::string_view keyword);
/// The blocks of an array of at least one schema.
[[nodiscard]] std::vector<BlockId> blocks_in(Compiler& compiler, const KeywordSite& site);

}  // namespace ratchet::schema
