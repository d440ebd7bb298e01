#include "validation/syntax/message_lines.h"

#include <optional>
#include <string_view>

#include "core/text.h"
#include "validation/syntax/message_text.h"

namespace ratchet {
namespace {

constexpr int kRefusedByGofmt = 2;

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
