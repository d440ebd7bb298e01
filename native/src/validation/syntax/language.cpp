#include "validation/syntax/language.h"

#include <algorithm>
#include <array>
#include <string>

#include "core/ascii.h"
#include "core/text.h"
#include "core/utf8.h"

extern "C" {
const TSLanguage* tree_sitter_bash();
const TSLanguage* tree_sitter_c_sharp();
const TSLanguage* tree_sitter_cpp();
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
    {"python", "py python3", ".py .pyw .pyi", "SConstruct SConscript", "python", Reader::none,
     certain, tree_sitter_python},
    {"python2", "", "", "", "python2", Reader::none, suspicion, nullptr, "python"},
    {"javascript", "js jsx node", ".js .mjs .cjs .jsx", "", "node", Reader::none, certain,
     tree_sitter_javascript},
    {"typescript", "ts", ".ts .mts .cts", "", "", Reader::none, suspicion, tree_sitter_typescript},
    {"tsx", "", ".tsx", "", "", Reader::none, suspicion, tree_sitter_tsx},
    {"go", "golang", ".go", "", "", Reader::none, certain, tree_sitter_go},
    {"java", "", ".java", "", "", Reader::none, certain, tree_sitter_java},
    {"csharp", "c# cs", ".cs .csx", "", "", Reader::none, suspicion, tree_sitter_c_sharp},
    {"powershell", "ps ps1 pwsh", ".ps1 .psm1 .psd1", "", "pwsh", Reader::none, suspicion,
     tree_sitter_powershell},
    {"bash", "sh shell shellscript", ".sh .bash", ".bashrc .bash_profile .bash_aliases .profile",
     "bash sh dash ash", Reader::none, suspicion, tree_sitter_bash},
    {"zsh", "", ".zsh", ".zshrc .zshenv .zprofile", "zsh", Reader::none, suspicion, nullptr,
     "bash"},
    {"ksh", "", ".ksh", "", "ksh mksh", Reader::none, suspicion, nullptr, "bash"},
    {"fish", "", ".fish", "", "fish", Reader::none, suspicion, nullptr, "bash"},
    {"csh", "tcsh", ".csh", "", "csh tcsh", Reader::none, suspicion, nullptr, "bash"},
    {"jsonc", "", ".jsonc .code-workspace",
     "jsconfig.json devcontainer.json tslint.json .swcrc .jshintrc .eslintrc.json "
     ".jscsrc language-configuration.json",
     "", Reader::json_with_comments},
    {"json", "", ".json .webmanifest .geojson .ipynb", "composer.lock Pipfile.lock flake.lock", "",
     Reader::json},
    {"yaml", "yml", ".yaml .yml", ".clang-format .clang-tidy .clangd CITATION.cff", "",
     Reader::yaml},
    {"c", "", ".c .h", "", "", Reader::none, suspicion, tree_sitter_cpp},
    {"cpp", "c++ cxx", ".cc .cpp .cxx .hh .hpp .hxx .ipp", "", "", Reader::none, suspicion,
     tree_sitter_cpp},
    {"rust", "rs", ".rs", "", ""},
    {"ruby", "rb", ".rb", "Rakefile Gemfile", "ruby"},
    {"php", "", ".php", "", "php"},
    {"perl", "pl", ".pl .pm", "", "perl"},
    {"kotlin", "kt", ".kt .kts", "", ""},
    {"swift", "", ".swift", "", ""},
    {"sql", "", ".sql", "", ""},
    {"toml", "", ".toml", "Cargo.lock poetry.lock uv.lock Pipfile", "", Reader::toml},
    {"xml", "",
     ".xml .xsd .xsl .xslt .svg .csproj .fsproj .vbproj .props .targets .ps1xml .resx .nuspec "
     ".xaml .wsdl .slnx",
     "web.config app.config nuget.config NuGet.Config packages.config", "", Reader::xml},
    {"html", "", ".html .htm", "", ""},
    {"css", "", ".css", "", ""},
});

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

/// `#!/usr/bin/env -S python3.11 -u` → `python`; empty without a `#!` line. Of versions, python's 2
/// is a language of its own.
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
  constexpr std::string_view kOld = "python2";
  if (program == kOld || program.starts_with("python2.")) return kOld;
  return program.substr(0, program.find_last_not_of("0123456789.") + 1);
}

/// Tools that read these with comments and trailing commas call them .json all the same.
bool is_json_with_comments(std::string_view path, std::string_view file_name) {
  if (!file_name.ends_with(".json")) return false;
  const auto is_in = [&](std::string_view folder) {
    const std::size_t at = path.rfind(folder);
    return at == 0 || (at != std::string_view::npos && path[at - 1] == '/');
  };
  return is_in(".vscode/") || is_in(".devcontainer/") || file_name.starts_with("tsconfig") ||
         file_name.starts_with("jsconfig");
}

/// The text without what may stand before its first word.
std::string_view beginning_of(std::string_view content) {
  if (content.starts_with(kUtf8ByteOrderMark)) content.remove_prefix(kUtf8ByteOrderMark.size());
  content.remove_prefix(std::min(content.find_first_not_of(" \t\r\n"), content.size()));
  return content;
}

const Language* find_by_beginning(std::string_view content) {
  const std::string_view text = beginning_of(content);
  if (text.starts_with("<?xml")) return find_language("xml");
  if (text.starts_with("%YAML ")) return find_language("yaml");
  return nullptr;
}

/// Configuration that its tool reads as JSON with comments or as YAML, whichever it is.
bool is_json_or_yaml(std::string_view file_name) {
  return lists(".eslintrc .prettierrc .stylelintrc .lintstagedrc .htmlhintrc .markdownlintrc",
               file_name);
}

/// `#include <vector>`: C's own headers have an ending.
bool includes_without_ending(std::string_view line) {
  constexpr std::string_view kInclude = "#include <";
  if (!line.starts_with(kInclude)) return false;
  const std::string_view name = line.substr(kInclude.size(), line.find('>') - kInclude.size());
  return !name.empty() && name.find('.') == std::string_view::npos &&
         name.find('/') == std::string_view::npos;
}

/// Whether a header says something at a line's beginning that C has no word for.
bool is_cpp_header(std::string_view content) {
  constexpr std::array<std::string_view, 8> kWords{
      "class ", "namespace ", "template<", "template ",
      "using ", "public:",    "private:",  "inline namespace "};
  while (!content.empty()) {
    const std::string_view line = content.substr(0, content.find('\n'));
    const auto begins = [&](std::string_view word) { return line.starts_with(word); };
    if (std::any_of(kWords.begin(), kWords.end(), begins)) return true;
    if (includes_without_ending(line)) return true;
    content.remove_prefix(std::min(line.size() + 1, content.size()));
  }
  return false;
}

/// What the text makes of a language that its extension names.
const Language* refined(const Language& language, std::string_view extension,
                        std::string_view content) {
  if (extension == ".h" && is_cpp_header(content)) return find_language("cpp");
  if (extension == ".ts") {
    const std::string_view text = beginning_of(content);
    if (text.starts_with("<?xml") || text.starts_with("<!DOCTYPE TS")) return find_language("xml");
  }
  const Language* spoken = find_by(&Language::interpreters, interpreter_of(content));
  return spoken != nullptr && spoken->dialect_of == language.name ? spoken : &language;
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

const Language* detect_language(std::string_view written, std::string_view content) {
  // As some systems write them; elsewhere no name that says anything has a backslash.
  std::string path(written);
  std::replace(path.begin(), path.end(), '\\', '/');
  const std::string_view file_name = file_name_of(path);
  if (const Language* language = find_by(&Language::file_names, file_name)) return language;
  if (is_json_with_comments(path, file_name)) return find_language("jsonc");
  if (is_json_or_yaml(file_name)) {
    return find_language(beginning_of(content).starts_with('{') ? "jsonc" : "yaml");
  }
  if (const std::size_t dot = file_name.rfind('.'); dot != std::string_view::npos) {
    const std::string extension = lower(file_name.substr(dot));
    if (const Language* language = find_by(&Language::extensions, extension)) {
      return refined(*language, extension, content);
    }
  }
  if (const Language* language = find_by(&Language::interpreters, interpreter_of(content))) {
    return language;
  }
  return find_by_beginning(content);
}

}  // namespace ratchet
