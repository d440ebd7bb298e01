#include "validation/syntax/message_lines.h"

#include <charconv>
#include <optional>
#include <string_view>

namespace ratchet {
namespace {

constexpr std::size_t kLongestMessage = 300;
constexpr int kRefusedByGofmt = 2;

/// Takes a number that ends with `mark` off the front.
std::optional<std::int64_t> take_number(std::string_view& text, std::string_view mark) {
  std::int64_t number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failed != std::errc()) return std::nullopt;
  const std::string_view rest = text.substr(static_cast<std::size_t>(end - text.data()));
  if (!rest.starts_with(mark)) return std::nullopt;
  text = rest.substr(mark.size());
  return number;
}

std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

std::string message_of(std::string_view text) {
  return one_line(text.substr(0, kLongestMessage));
}

CompilerAnswer valid_answer() {
  CompilerAnswer answer;
  answer.kind = CompilerAnswer::Kind::valid;
  return answer;
}

}  // namespace

std::vector<CompilerAnswer> read_gofmt(const ProcessResult& result, std::size_t count) {
  const bool refused = result.state == ProcessState::failed && result.exit_code == kRefusedByGofmt;
  if (!refused && result.state != ProcessState::passed) return {};
  if (result.error.dropped_bytes > 0) return {};
  std::vector<CompilerAnswer> answers(count, valid_answer());
  std::string_view output = result.error.bytes;
  bool named = false;
  while (!output.empty()) {
    std::string_view line = take_line(output);
    if (line.starts_with("./")) line.remove_prefix(2);
    const auto file = take_number(line, ".go:");
    const auto row = file ? take_number(line, ":") : std::nullopt;
    const auto column = row ? take_number(line, ": ") : std::nullopt;
    if (!column || *file < 0 || static_cast<std::size_t>(*file) >= count) continue;
    named = true;
    CompilerAnswer& answer = answers[static_cast<std::size_t>(*file)];
    answer.kind = CompilerAnswer::Kind::invalid;
    answer.faults.push_back({message_of(line), *row, *column});
  }
  if (refused != named) return {};
  return answers;
}

std::vector<CompilerAnswer> read_bash(const ProcessResult& result, std::size_t /*count*/) {
  constexpr std::string_view kPlace = ": line ";
  constexpr std::string_view kWarning = "warning: ";
  const bool refused = result.state == ProcessState::failed;
  if (!refused && result.state != ProcessState::passed) return {};
  CompilerAnswer answer = valid_answer();
  std::string_view output = result.error.bytes;
  while (!output.empty()) {
    std::string_view line = take_line(output);
    const std::size_t at = line.find(kPlace);
    if (at == std::string_view::npos) continue;
    line.remove_prefix(at + kPlace.size());
    const auto number = take_number(line, ": ");
    if (!number) continue;
    if (line.starts_with(kWarning)) {
      answer.faults.push_back(
          {message_of(line.substr(kWarning.size())), *number, 0, 0, 0, Severity::warning});
    } else if (refused && answer.kind == CompilerAnswer::Kind::valid) {
      answer.kind = CompilerAnswer::Kind::invalid;
      answer.faults.push_back({message_of(line), *number});
    }
  }
  if (refused && answer.kind == CompilerAnswer::Kind::valid) return {};
  return {answer};
}

}  // namespace ratchet
