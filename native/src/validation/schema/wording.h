// The sentences of findings: what it concerns, the value, and what was allowed.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/error_codes.h"
#include "core/json.h"
#include "validation/schema/program.h"

namespace ratchet::schema {

/// What a failed keyword has to say.
struct Problem {
  Code code;
  std::string message;
  std::string hint = {};  ///< overrides the schema's description where it is not empty
};

/// A value as it stands in a message, cut to a readable length: `the string "a"`, `12`, `true`,
/// `null`, `an array of 3 items`, `an object`.
[[nodiscard]] std::string shown(const json::value& value);

/// `a string`, `a string or null`.
[[nodiscard]] std::string type_names(TypeSet types);

/// `"a"`, `"a" and "b"`, `"a", "b" and "c"`.
[[nodiscard]] std::string quoted_list(std::span<const std::string> names,
                                      std::string_view last_word);

// `subject` is what subject_of() (instance_path.h) calls the value.
[[nodiscard]] Problem problem_of(const Never&, const json::value& value, std::string_view subject);
[[nodiscard]] Problem problem_of(const TypeIs&, const json::value& value, std::string_view subject);
[[nodiscard]] Problem problem_of(const Const&, const json::value& value, std::string_view subject);
[[nodiscard]] Problem problem_of(const Enum&, const json::value& value, std::string_view subject);
[[nodiscard]] Problem problem_of(const AtLeast&, const json::value& value,
                                 std::string_view subject);
[[nodiscard]] Problem problem_of(const AtMost&, const json::value& value, std::string_view subject);
[[nodiscard]] Problem problem_of(const Range&, const json::value& value, std::string_view subject);
[[nodiscard]] Problem problem_of(const MultipleOf&, const json::value& value,
                                 std::string_view subject);
[[nodiscard]] Problem problem_of(const Pattern&, const json::value& value,
                                 std::string_view subject);
[[nodiscard]] Problem problem_of(const Format&, const json::value& value, std::string_view subject);

[[nodiscard]] Problem missing_key(const RequiredKey& key, std::string_view subject);
[[nodiscard]] Problem missing_dependent(std::string_view key, std::string_view needed,
                                        std::string_view subject);
/// `owner` is the object that has the key, `known` the keys that it may have.
[[nodiscard]] Problem unknown_key(std::span<const std::string> known, std::string_view key,
                                  std::string_view owner);
[[nodiscard]] Problem repeated_item(std::size_t first, std::size_t second, const json::value& item,
                                    std::string_view subject);
[[nodiscard]] Problem wrong_number_of_matches(const Contains& contains, std::uint64_t count,
                                              std::string_view subject);
[[nodiscard]] Problem must_not_fit(std::string_view subject);
[[nodiscard]] Problem forbidden_key(std::string_view reason);
[[nodiscard]] Problem pattern_gave_up(const Regex& regex, std::string_view subject);
[[nodiscard]] Problem validation_gave_up(std::string_view reason);

}  // namespace ratchet::schema
