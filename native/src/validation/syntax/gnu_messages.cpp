#include "validation/syntax/gnu_messages.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "core/text.h"
#include "validation/syntax/c_surroundings.h"
#include "validation/syntax/message_text.h"

namespace ratchet {
namespace {

using Kind = CompilerAnswer::Kind;

constexpr int kRefused = 1;

struct GnuError {
  std::string_view message;
  std::int64_t line = 0;
  std::int64_t column = 0;
  bool has_place = false;
  bool is_here = false;  ///< in the text, not in a header
  bool is_fatal = false;
  bool in_function = false;
};

template <std::size_t N>
bool begins_with_any(std::string_view text, const std::array<std::string_view, N>& beginnings) {
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [&](std::string_view each) { return text.starts_with(each); });
}

template <std::size_t N>
bool has_any(std::string_view text, const std::array<std::string_view, N>& parts) {
  return std::any_of(parts.begin(), parts.end(), [&](std::string_view each) {
    return text.find(each) != std::string_view::npos;
  });
}

/// Faults of conditions and literals, which no name has a part in.
bool is_certain(std::string_view message) {
  constexpr std::array<std::string_view, 9> kCertain{
      "unterminated #",       "unterminated argument list invoking macro",
      "unterminated comment", "unterminated raw string",
      "missing terminating ", "#else without #if",
      "#elif without #if",    "#endif without #if",
      "#else after #else"};
  return begins_with_any(message, kCertain);
}

bool is_of_syntax(std::string_view message) {
  constexpr std::array<std::string_view, 3> kSyntax{"expected ", "stray ",
                                                    "'else' without a previous 'if'"};
  return is_certain(message) || begins_with_any(message, kSyntax);
}

/// What is said where a name is not known, and parsing goes on as if it were.
bool is_of_names(std::string_view message) {
  constexpr std::array<std::string_view, 9> kNames{
      "unknown type name '", "' undeclared",    "implicit declaration of function",
      "has no member named", "incomplete type", "was not declared in this scope",
      "is not a member of",  "undefined type",  "storage size of '"};
  return has_any(message, kNames);
}

/// What is said where a name is not known, and what follows it may be passed over.
bool skips_for_names(std::string_view message) {
  constexpr std::array<std::string_view, 4> kNames{"has not been declared", "does not name a ",
                                                   "is not a template", "is not a class"};
  return has_any(message, kNames);
}

/// What newer C++ has taken away, `register` for one; g++ has read it all the same.
bool is_of_age(std::string_view message) {
  return message.starts_with("ISO C++17 does not allow ");
}

/// Of what is said in functions, that which an unknown macro before the place could not cause: of
/// names in expressions gcc complains first.
bool is_of_statements(std::string_view message) {
  constexpr std::array<std::string_view, 11> kStatements{
      "expected ';' before ",
      "expected ')' before ",
      "expected ']' before ",
      "expected '}' before ",
      "expected '(' before ",
      "expected ':' before ",
      "expected ',' or ';' before ",
      "expected expression before ",
      "expected declaration or statement at end of input",
      "expected '}' at end of input",
      "'else' without a previous 'if'"};
  // A macro that is a loop's head, the assembler blocks of other compilers, and clang's blocks.
  constexpr std::array<std::string_view, 3> kOthers{"expected ';' before '{' token",
                                                    "expected '(' before '{' token",
                                                    "expected expression before '^' token"};
  return begins_with_any(message, kStatements) && !begins_with_any(message, kOthers);
}

/// `before 'X'` → X.
std::string_view word_before(std::string_view message) {
  constexpr std::string_view kBefore = " before '";
  const std::size_t at = message.rfind(kBefore);
  if (at == std::string_view::npos) return {};
  const std::string_view word = message.substr(at + kBefore.size());
  return word.substr(0, word.find('\''));
}

bool names_a_function(std::string_view context) {
  constexpr std::array<std::string_view, 3> kFunctions{"function", "constructor", "destructor"};
  return context.starts_with("In ") && has_any(context, kFunctions);
}

/// `PLACE: error: MESSAGE`, the place being `FILE:LINE:COLUMN` or `FILE:LINE`.
std::optional<GnuError> read_error(std::string_view line, std::string_view own_name) {
  constexpr std::string_view kError = ": error: ";
  constexpr std::string_view kFatal = ": fatal error: ";
  GnuError error;
  std::size_t end = line.find(kError);
  std::size_t size = kError.size();
  if (const std::size_t fatal = line.find(kFatal); fatal < end) {
    error.is_fatal = true;
    end = fatal;
    size = kFatal.size();
  }
  if (end == std::string_view::npos) return std::nullopt;
  error.message = line.substr(end + size);
  error.has_place = end > 0 && line[end - 1] >= '0' && line[end - 1] <= '9';
  error.is_here = line.starts_with(own_name);
  if (!error.is_here) return error;
  line = line.substr(own_name.size(), end - own_name.size() + 1);
  const auto row = take_number(line, ":");
  if (row) error.line = *row;
  if (const auto column = row ? take_number(line, ":") : std::nullopt) error.column = *column;
  return error;
}

/// The errors in the order that they were said in.
std::vector<GnuError> read_errors(std::string_view output) {
  std::vector<GnuError> errors;
  bool in_function = false;
  while (!output.empty()) {
    const std::string_view line = take_line(output);
    // "./0.c:" or "./0.cpp:"
    const std::string_view own_name =
        line.starts_with("./0.") ? line.substr(0, line.find(':') + 1) : "./0.";
    std::optional<GnuError> error = read_error(line, own_name);
    if (error) {
      error->in_function = in_function;
      errors.push_back(*error);
    } else if (line.starts_with(own_name) && line.ends_with(':')) {
      in_function = names_a_function(line.substr(std::min(own_name.size() + 1, line.size())));
    }
  }
  return errors;
}

std::size_t offset_of(std::string_view text, const GnuError& error) {
  const LineIndex lines(text);
  const auto line = static_cast<std::size_t>(error.line);
  if (line < 1 || line > lines.line_count()) return text.size();
  if (error.column < 1) return text.size();
  return std::min(lines.line_start(line) + static_cast<std::size_t>(error.column - 1), text.size());
}

/// Whether the first error cannot be the consequence of a name that is not known.
bool is_proven(const std::vector<GnuError>& errors, const CompilerText& text) {
  const GnuError& first = errors.front();
  if (!first.is_here || !is_of_syntax(first.message)) return false;
  if (is_certain(first.message)) return true;
  // Names are complained about after the expression that they stand in, too.
  const bool with_names = std::any_of(errors.begin(), errors.end(), [&](const GnuError& error) {
    return error.line <= first.line &&
           (is_of_names(error.message) || skips_for_names(error.message));
  });
  if (with_names) return false;
  const std::string_view word = word_before(first.message);
  const CSurroundings around = c_surroundings(text.text, offset_of(text.text, first), word);
  if (around.in_directive) return false;
  if (is_c_name(word) && (is_in_capitals(word) || !around.word_seen)) return false;
  // In a template an unknown macro passes for a function that is looked for later.
  if (text.kind == "header" && around.follows_capitals) return false;
  if (first.in_function) return is_of_statements(first.message);
  return text.kind != "header" && !around.follows_a_name;
}

CompilerAnswer answer_to(const std::vector<GnuError>& errors, const CompilerText& text) {
  CompilerAnswer answer;
  const GnuError& first = errors.front();
  const auto fatal =
      std::find_if(errors.begin(), errors.end(), [](const GnuError& e) { return e.is_fatal; });
  if (is_proven(errors, text)) {
    answer.kind = Kind::invalid;
    answer.faults.push_back({message_of(first.message), first.line, first.column});
  } else if (fatal != errors.end()) {
    answer.kind = Kind::undecided;
    answer.is_final = true;
    answer.why = "it cannot be compiled alone (" + message_of(fatal->message) + ")";
  } else if (std::all_of(errors.begin(), errors.end(),
                         [](const GnuError& e) {
                           return is_of_names(e.message) || is_of_age(e.message);
                         }) &&
             errors.size() < kMostGnuErrors) {
    answer.kind = Kind::valid;
  } else {
    answer.kind = Kind::undecided;
    answer.why = "it cannot be compiled alone (" + message_of(first.message) + ")";
  }
  return answer;
}

}  // namespace

std::vector<CompilerAnswer> read_gnu_compiler(const ProcessResult& result,
                                              std::span<const CompilerText> texts) {
  if (texts.size() != 1) return {};
  CompilerAnswer answer;
  if (result.state == ProcessState::passed) {
    answer.kind = Kind::valid;
    return {answer};
  }
  if (result.state != ProcessState::failed || result.exit_code != kRefused) return {};
  if (result.error.dropped_bytes > 0) return {};
  const std::vector<GnuError> errors = read_errors(result.error.bytes);
  // Without a place in a file it was the program that failed.
  const auto has_place = [](const GnuError& error) { return error.has_place; };
  if (std::none_of(errors.begin(), errors.end(), has_place)) return {};
  return {answer_to(errors, texts.front())};
}

}  // namespace ratchet
