#include "validation/syntax/framed_answers.h"
#include "validation/syntax/message_text.h"

#include <algorithm>
#include <optional>

#include "core/json.h"

namespace ratchet {
namespace {

constexpr std::size_t kFaultItems = 5;

std::optional<CompilerFault> read_fault(const json::value& value) {
  if (!value.is_array() || value.get_array().size() != kFaultItems) return std::nullopt;
  const json::array& items = value.get_array();
  const auto is_number = [](const json::value& item) { return item.is_int64(); };
  if (!items[0].is_string() || !std::all_of(items.begin() + 1, items.end(), is_number)) {
    return std::nullopt;
  }
  CompilerFault fault;
  fault.message = one_line(items[0].get_string());
  fault.line = items[1].get_int64();
  fault.column = items[2].get_int64();
  fault.end_line = items[3].get_int64();
  fault.end_column = items[4].get_int64();
  return fault;
}

/// One answer line, or nothing for a line that is none.
std::optional<CompilerAnswer> read_answer(std::string_view line) {
  json::error_code failed;
  const json::value value = json::parse(line, failed);
  if (failed) return std::nullopt;
  CompilerAnswer answer;
  if (value.is_bool() && value.get_bool()) {
    answer.kind = CompilerAnswer::Kind::valid;
    return answer;
  }
  if (value.is_string()) {
    answer.why = one_line(value.get_string());
    return answer;
  }
  if (!value.is_array() || value.get_array().empty()) return std::nullopt;
  for (const json::value& item : value.get_array()) {
    std::optional<CompilerFault> fault = read_fault(item);
    if (!fault) return std::nullopt;
    answer.faults.push_back(*std::move(fault));
  }
  answer.kind = CompilerAnswer::Kind::invalid;
  return answer;
}

}  // namespace

void append_frame(std::string& input, std::string_view text, std::string_view kind) {
  input.append(std::to_string(text.size())).append(" ").append(kind).append("\n").append(text);
}

std::vector<CompilerAnswer> read_framed_answers(const ProcessResult& result, std::size_t count) {
  std::string_view output = result.out.bytes;
  std::vector<CompilerAnswer> answers;
  if (result.out.dropped_bytes > 0) return answers;
  while (answers.size() < count) {
    const std::size_t end = output.find('\n');
    if (end == std::string_view::npos) break;
    auto answer = read_answer(output.substr(0, end));
    if (!answer) break;
    answers.push_back(*std::move(answer));
    output.remove_prefix(end + 1);
  }
  // More than was asked for: whatever spoke, it was not our script.
  if (answers.size() == count && !output.empty()) answers.clear();
  return answers;
}

}  // namespace ratchet
