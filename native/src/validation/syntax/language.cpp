#include "validation/syntax/language.h"

#include <algorithm>
#include <array>
#include <string>

extern "C" {
const TSLanguage* tree_sitter_bash();
const TSLanguage* tree_sitter_c_sharp();
const TSLanguage* tree_sitter_go();
const TSLanguage* tree_sitter_java();
const TSLanguage* tree_sitter_javascript();
const TSLanguage* tree_sitter_powershell();
const TSLanguage* tree_sitter_python();
const TSLanguage* tree_sitter_tsx();
const TSLanguage* tree_sitter_typescript();
}

namespace ratchet {
namespace {

using enum GrammarWord;

constexpr auto kLanguages = std::to_array<Language>({
    {"python", "py python3", ".py .pyw .pyi", "", "python", Judge::python, certain,
     tree_sitter_python},
    {"javascript", "js jsx node", ".js .mjs .cjs .jsx", "", "node", Judge::grammar, certain,
     tree_sitter_javascript},
    {"typescript", "ts", ".ts .mts .cts", "", "", Judge::grammar, suspicion,
     tree_sitter_typescript},
    {"tsx", "", ".tsx", "", "", Judge::grammar, suspicion, tree_sitter_tsx},
    {"go", "golang", ".go", "", "", Judge::grammar, certain, tree_sitter_go},
    {"java", "", ".java", "", "", Judge::grammar, certain, tree_sitter_java},
    {"csharp", "c# cs", ".cs .csx", "", "", Judge::grammar, suspicion, tree_sitter_c_sharp},
    {"powershell", "ps ps1 pwsh", ".ps1 .psm1 .psd1", "", "pwsh", Judge::grammar, suspicion,
     tree_sitter_powershell},
    {"bash", "sh shell shellscript", ".sh .bash", ".bashrc .bash_profile .bash_aliases .profile",
     "bash sh dash", Judge::grammar, suspicion, tree_sitter_bash},
    {"jsonc", "", ".jsonc", "jsconfig.json devcontainer.json", "", Judge::none},
    {"json", "", ".json", "", "", Judge::json_reader},
    {"yaml", "yml", ".yaml .yml", ".clang-format .clang-tidy", "", Judge::yaml_reader},
    {"c", "", ".c .h", "", "", Judge::none},
    {"cpp", "c++ cxx", ".cc .cpp .cxx .hh .hpp .hxx", "", "", Judge::none},
    {"rust", "rs", ".rs", "", "", Judge::none},
    {"ruby", "rb", ".rb", "Rakefile Gemfile", "ruby", Judge::none},
    {"php", "", ".php", "", "php", Judge::none},
    {"perl", "pl", ".pl .pm", "", "perl", Judge::none},
    {"kotlin", "kt", ".kt .kts", "", "", Judge::none},
    {"swift", "", ".swift", "", "", Judge::none},
    {"sql", "", ".sql", "", "", Judge::none},
    {"toml", "", ".toml", "", "", Judge::none},
    {"xml", "", ".xml .xsd .xsl .csproj .props .targets .svg", "", "", Judge::none},
    {"html", "", ".html .htm", "", "", Judge::none},
    {"css", "", ".css", "", "", Judge::none},
});

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& letter : result) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return result;
}

/// The words of a text that are parted by spaces or tabs; empty when there are no more.
std::string_view take_word(std::string_view& text) {
  constexpr std::string_view kBlank = " \t";
  text.remove_prefix(std::min(text.find_first_not_of(kBlank), text.size()));
  const std::string_view word = text.substr(0, text.find_first_of(kBlank));
  text.remove_prefix(word.size());
  return word;
}

bool lists(std::string_view words, std::string_view wanted) {
  if (wanted.empty()) return false;
  while (true) {
    const std::string_view word = take_word(words);
    if (word.empty()) return false;
    if (word == wanted) return true;
  }
}

const Language* find_by(std::string_view Language::*list, std::string_view wanted) {
  const auto found =
      std::find_if(kLanguages.begin(), kLanguages.end(),
                   [&](const Language& language) { return lists(language.*list, wanted); });
  return found == kLanguages.end() ? nullptr : &*found;
}

std::string_view after_last(std::string_view text, char mark) {
  const std::size_t at = text.rfind(mark);
  return at == std::string_view::npos ? text : text.substr(at + 1);
}

/// `#!/usr/bin/env -S python3.11 -u` → `python`; empty without a `#!` line.
std::string_view interpreter_of(std::string_view content) {
  if (!content.starts_with("#!")) return {};
  std::string_view line = content.substr(2, content.find_first_of("\r\n") - 2);
  std::string_view program = after_last(take_word(line), '/');
  if (program == "env") {
    do {
      program = take_word(line);
    } while (program.starts_with('-') || program.find('=') != std::string_view::npos);
    program = after_last(program, '/');
  }
  return program.substr(0, program.find_last_not_of("0123456789.") + 1);
}

/// Tools that read these with comments and trailing commas call them .json all the same.
bool is_json_with_comments(std::string_view path, std::string_view file_name) {
  const bool of_editor = path.starts_with(".vscode/") || path.find("/.vscode/") != path.npos;
  return file_name.ends_with(".json") && (of_editor || file_name.starts_with("tsconfig"));
}

}  // namespace

std::span<const Language> languages() {
  return kLanguages;
}

const Language* find_language(std::string_view name) {
  const std::string wanted = lower(name);
  if (const Language* language = find_by(&Language::name, wanted)) return language;
  return find_by(&Language::aliases, wanted);
}

const Language* detect_language(std::string_view path, std::string_view content) {
  const std::string_view file_name = after_last(path, '/');
  if (const Language* language = find_by(&Language::file_names, file_name)) return language;
  if (is_json_with_comments(path, file_name)) return find_language("jsonc");
  if (const std::size_t dot = file_name.rfind('.'); dot != std::string_view::npos) {
    const std::string extension = lower(file_name.substr(dot));
    if (const Language* language = find_by(&Language::extensions, extension)) return language;
  }
  return find_by(&Language::interpreters, interpreter_of(content));
}

}  // namespace ratchet
