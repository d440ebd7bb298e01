// ECMA-262 regular expressions in PCRE2's words.
#pragma once

#include <string>
#include <string_view>

namespace ratchet {

/// Rewrites a pattern of ECMA-262 (2024, `u` flag) for PCRE2 compiled with UTF, without UCP, and
/// with DOLLAR_ENDONLY, MATCH_UNSET_BACKREF and ALLOW_EMPTY_CLASS, so that it means the same there:
/// - `\s` and `.` become the sets that ECMAScript names; `\d`, `\w`, `\b` are ASCII without UCP;
/// - escapes become code points: `\uXXXX` (surrogate pairs joined), `\u{X}`, `\xHH`, `\cX`, `\0`;
/// - `\p{Letter}`, `\p{gc=Letter}` become the short names; scripts and binary properties pass;
/// - a class is written anew from its code points, so that nothing of PCRE2's own (`[[:alpha:]]`)
/// starts.
///
/// More lenient than the `u` flag: an escaped ASCII punctuation mark is that mark, a `{`, `}` or
/// `]` that closes or counts nothing is itself, and so is a hyphen beside a set in a class. What
/// ECMA-262 does not know (`\a`, `\Z`, `a++`, `(?i)`,
/// `(*UTF)`) is refused although PCRE2 would take it.
///
/// Not rewritten: a lookbehind of variable length, which PCRE2 10.42 refuses, and captures inside a
/// repeated group, which ECMAScript forgets at each turn and PCRE2 keeps.
///
/// Throws Error{regex.invalid}: what is wrong, and at which character.
[[nodiscard]] std::string pcre2_from_ecma(std::string_view pattern);

}  // namespace ratchet
