// The table of languages: how a file's language is told, and which reader or grammar it has.
#pragma once

#include <span>
#include <string_view>

struct TSLanguage;

namespace ratchet {

/// Readers of our own, whose word is final.
enum class Reader { none, json, json_with_comments, yaml, toml, xml };

/// What an error node of the grammar is worth. Certain only where at most one file in 5,000 that
/// its own compiler accepts raises one (python: 1 in 5,844); more would stop good work too often.
/// Counted with the pinned grammars over files of compilers, standard libraries and published
/// packages, as false alarms in files: go 0 in 4,804; javascript 1 in 7,019; java 1 in 6,822;
/// typescript 16 in 839; bash 29 in 793. Files with an error node, no compiler asked: c# 61 in
/// 2,352; powershell 242 in 792; c, by the grammar of C++, 1,110 in 2,764; c++ 910 in 2,861.
enum class GrammarWord { certain, suspicion };

/// One language. The lists are words parted by spaces.
struct Language {
  std::string_view name;          ///< as results show it
  std::string_view aliases;       ///< other names that a user may give, lower case
  std::string_view extensions;    ///< with the dot, lower case
  std::string_view file_names;    ///< whole names
  std::string_view interpreters;  ///< of a `#!` line, without folder and version
  Reader reader = Reader::none;
  GrammarWord grammar_word = GrammarWord::suspicion;
  const TSLanguage* (*grammar)() = nullptr;
  /// A language with the same extensions, told from this one by the `#!` line alone.
  std::string_view dialect_of{};
};

[[nodiscard]] std::span<const Language> languages();

/// By name or alias, upper and lower case being equal; null when nobody has this name.
[[nodiscard]] const Language* find_language(std::string_view name);

/// By file name, then extension (case aside), then the `#!` line, then how the text begins; null
/// when none of them tells. Where names are shared, the text decides: `.ts` that is XML, `.sh` for
/// another shell, `.h` that is C++, `.eslintrc` in JSON or YAML.
[[nodiscard]] const Language* detect_language(std::string_view path, std::string_view content);

}  // namespace ratchet
