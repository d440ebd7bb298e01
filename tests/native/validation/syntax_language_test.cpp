#include <doctest/doctest.h>
#include <tree_sitter/api.h>

#include <set>

#include "validation/syntax/language.h"

using namespace ratchet;  // NOLINT: a test of this namespace

namespace {

std::string name_of(const Language* language) {
  return language == nullptr ? "unknown" : std::string(language->name);
}

}  // namespace

TEST_CASE("every grammar goes with the parser's version") {
  std::size_t grammars = 0;
  for (const Language& language : languages()) {
    if (language.grammar == nullptr) continue;
    ++grammars;
    CAPTURE(language.name);
    const std::uint32_t version = ts_language_abi_version(language.grammar());
    CHECK(version >= TREE_SITTER_MIN_COMPATIBLE_LANGUAGE_VERSION);
    CHECK(version <= TREE_SITTER_LANGUAGE_VERSION);
  }
  CHECK(grammars == 9);
}

TEST_CASE("each language has the means that its judge needs") {
  for (const Language& language : languages()) {
    CAPTURE(language.name);
    const bool by_grammar = language.judge == Judge::grammar || language.judge == Judge::python;
    CHECK(by_grammar == (language.grammar != nullptr));
    CHECK((by_grammar || language.grammar_word == GrammarWord::suspicion));
  }
}

TEST_CASE("no name or extension stands for two languages") {
  std::set<std::string> seen;
  for (const Language& language : languages()) {
    std::string words = std::string(language.name);
    words.append(" ").append(language.aliases).append(" ").append(language.extensions);
    std::size_t from = 0;
    while (from < words.size()) {
      const std::size_t end = std::min(words.find(' ', from), words.size());
      const std::string word = words.substr(from, end - from);
      CAPTURE(word);
      CHECK((word.empty() || seen.insert(word).second));
      from = end + 1;
    }
  }
}

TEST_CASE("a language is found by its name, its aliases, and in any case") {
  CHECK(name_of(find_language("python")) == "python");
  CHECK(name_of(find_language("C#")) == "csharp");
  CHECK(name_of(find_language("PowerShell")) == "powershell");
  CHECK(name_of(find_language("sh")) == "bash");
  CHECK(name_of(find_language("")) == "unknown");
  CHECK(name_of(find_language("c# cs")) == "unknown");
  CHECK(name_of(find_language("cobol")) == "unknown");
}

TEST_CASE("a file's language is told by its name, then its first line") {
  struct Case {
    std::string path;
    std::string content;
    std::string language;
  };
  const std::vector<Case> cases{
      {"a.py", "", "python"},
      {"deep/er/a.PY", "", "python"},
      {"a.pyi", "#!/bin/sh", "python"},
      {"a.mjs", "", "javascript"},
      {"a.jsx", "", "javascript"},
      {"a.d.ts", "", "typescript"},
      {"a.tsx", "", "tsx"},
      {"a.go", "", "go"},
      {"A.java", "", "java"},
      {"A.cs", "", "csharp"},
      {"a.psm1", "", "powershell"},
      {"a.sh", "", "bash"},
      {".bashrc", "", "bash"},
      {"a.json", "", "json"},
      {"tsconfig.base.json", "", "jsonc"},
      {"x/.vscode/settings.json", "", "jsonc"},
      {"a.yml", "", "yaml"},
      {"tool", "#!/usr/bin/python3\nimport os", "python"},
      {"tool", "#!/usr/bin/env python3.11\r\n", "python"},
      {"tool", "#! /usr/bin/env -S A=b node --flag\n", "javascript"},
      {"tool", "#!/bin/sh", "bash"},
      {"tool", "#!/usr/bin/env", "unknown"},
      {"tool", "#!/bin/zsh\n", "unknown"},
      {"tool", "#!", "unknown"},
      {"tool", "", "unknown"},
      {"py", "", "unknown"},
      {"folder.py/tool", "", "unknown"},
      {"README.md", "", "unknown"},
      {"", "", "unknown"},
  };
  for (const Case& row : cases) {
    CAPTURE(row.path);
    CAPTURE(row.content);
    CHECK(name_of(detect_language(row.path, row.content)) == row.language);
  }
}
