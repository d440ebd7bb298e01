#include <doctest/doctest.h>
#include <tree_sitter/api.h>

#include <set>

#include "validation/syntax/compiler.h"
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
  CHECK(grammars == 11);
}

TEST_CASE("each language has one kind of judge, and each compiler a grammar behind it") {
  std::set<std::string_view> judged;
  for (const Compiler& compiler : compilers()) {
    CAPTURE(compiler.judge);
    const Language* language = find_language(compiler.language);
    REQUIRE(language != nullptr);
    CHECK(language->name == compiler.language);
    CHECK(judged.insert(compiler.language).second);
    CHECK((language->grammar != nullptr));
    CHECK(compiler.script.empty() == script_of(compiler).empty());
  }
  for (const Language& language : languages()) {
    CAPTURE(language.name);
    CHECK((language.grammar == nullptr || language.reader == Reader::none));
    CHECK((language.grammar != nullptr || language.grammar_word == GrammarWord::suspicion));
    CHECK((language.dialect_of.empty() || find_language(language.dialect_of) != nullptr));
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
      {R"(C:\x\tsconfig.base.json)", "", "jsonc"},
      {R"(C:\x\.vscode\settings.json)", "", "jsonc"},
      {R"(C:\x\.bashrc)", "", "bash"},
      {"a.yml", "", "yaml"},
      {"tool", "#!/usr/bin/python3\nimport os", "python"},
      {"tool", "#!/usr/bin/env python3.11\r\n", "python"},
      {"tool", "#! /usr/bin/env -S A=b node --flag\n", "javascript"},
      {"tool", "#!/bin/sh", "bash"},
      {"tool", "#!/usr/bin/env", "unknown"},
      {"tool", "#!/bin/zsh\n", "zsh"},
      {"a.sh", "#!/bin/dash\n", "bash"},
      {"a.sh", "#!/usr/bin/env zsh\n", "zsh"},
      {"a.sh", "#!/bin/ksh93\n", "ksh"},
      {"a.sh", "#!/usr/bin/python3\n", "bash"},
      {"a.py", "#!/usr/bin/env python2.7\n", "python2"},
      {"tool", "#!/usr/bin/python2\n", "python2"},
      {"a.csh", "", "csh"},
      {"a.ts", "\xef\xbb\xbf<?xml version='1.0'?>", "xml"},
      {"a.ts", "<!DOCTYPE TS>", "xml"},
      {"a.h", "int f(void);\n", "c"},
      {"a.h", "#pragma once\nnamespace a {\n", "cpp"},
      {"a.h", "#include <cstdint>\nint f();\n", "cpp"},
      {"a.h", "#include <stdint.h>\n#include <sys/types>\n#include <\n", "c"},
      {"a.h", "/* namespace a\n using b */ struct class_a;\n", "c"},
      {"a.ipp", "", "cpp"},
      {".eslintrc", " // a\n", "yaml"},
      {".eslintrc", "{}", "jsonc"},
      {"x/.devcontainer/a.json", "", "jsonc"},
      {"x.vscode/settings.json", "", "json"},
      {"Cargo.lock", "", "toml"},
      {"web.config", "", "xml"},
      {"App.csproj", "", "xml"},
      {"tool", "<?xml version='1.0'?>", "xml"},
      {"tool", "%YAML 1.2\n", "yaml"},
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
