// `ratchet validate`: files by a JSON Schema, instances by their pattern.
#pragma once

#include <array>
#include <string_view>

#include "request.h"

namespace ratchet::cli {

inline constexpr std::string_view kValidateName = "validate";

/// Of validate.document, but for the last two.
inline constexpr auto kValidateOptions = std::to_array<OptionRow>({
    {"FILE", "paths", OptionKind::files, true,
     "Files, or patterns for them in quotes (*, ?, [a-z], {a,b}, **); - for standard input."},
    {"--schema,-s", "schema_path", OptionKind::path, false,
     "A JSON Schema; without it FILE is an instance of a pattern."},
    {"--ref,-r", "references", OptionKind::paths, false,
     "A schema that it refers to by its $id; give it again for another."},
    {"--draft", "draft", OptionKind::text},
    {"--check-formats", "check_formats", OptionKind::flag},
    {"--language,-l", "language", OptionKind::text},
    {"--pattern", "pattern_id", OptionKind::text, false,
     "Of an instance: id or name; its own pattern_id when absent."},
    {"--output-format,-o", "output_format", OptionKind::text, false,
     "text, json, sarif, or github for annotations; text when absent."},
});

/// Prints everything itself; the exit code. Throws std::invalid_argument for words that do not go
/// together.
[[nodiscard]] int validate_main(ParsedOptions options, bool as_json);

}  // namespace ratchet::cli
