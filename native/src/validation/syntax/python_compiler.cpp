#include "validation/syntax/python_compiler.h"

#include <algorithm>

#include "core/error.h"
#include "core/json.h"

namespace ratchet {
namespace {

/// Reads `<size>\n<bytes>` again and again; answers one line each: `true`, `[message, line, column,
/// end line, end column]` for a fault, or a text that says why there is no answer.
constexpr std::string_view kScript = R"python(
import sys
try:
    from _json import encode_basestring_ascii as quote
except ImportError:
    from json import dumps as quote

LONGEST_MESSAGE = 300

def one_line(text):
    text = ' '.join(str(text).split())[:LONGEST_MESSAGE]
    return quote(text.encode('utf-8', 'replace').decode('utf-8'))

def number(value):
    return value if isinstance(value, int) and value > 0 else 0

def fault(error):
    place = (error.lineno, error.offset,
             getattr(error, 'end_lineno', 0), getattr(error, 'end_offset', 0))
    return '[%s,%d,%d,%d,%d]' % ((one_line(error.msg),) + tuple(map(number, place)))

def judge(source):
    if b'\0' in source:
        return '["source code cannot contain null bytes",0,0,0,0]'
    try:
        compile(source, '<source>', 'exec', dont_inherit=True)
    except SyntaxError as error:
        return fault(error)
    except Exception as error:
        return one_line('%s in the compiler: %s' % (type(error).__name__, error))
    return 'true'

while True:
    size = sys.stdin.buffer.readline()
    if not size:
        break
    sys.stdout.write(judge(sys.stdin.buffer.read(int(size))) + '\n')
    sys.stdout.flush()
)python";

/// More than the longest answer takes: a message of 300 letters, each written as `\uXXXX\uXXXX`.
constexpr std::size_t kAnswerSize = 4096;
constexpr std::size_t kErrorOutputSize = 64 << 10;
constexpr std::size_t kFaultItems = 5;

std::string framed(std::span<const std::string_view> texts) {
  std::size_t size = 0;
  for (const std::string_view text : texts)
    size += text.size() + std::to_string(text.size()).size() + 1;
  std::string result;
  result.reserve(size);
  for (const std::string_view text : texts) {
    result.append(std::to_string(text.size())).append("\n").append(text);
  }
  return result;
}

/// One answer line, or nothing for a line that is none.
std::optional<PythonAnswer> read_answer(std::string_view line) {
  json::error_code failed;
  const json::value value = json::parse(line, failed);
  if (failed) return std::nullopt;
  PythonAnswer answer;
  if (value.is_bool() && value.get_bool()) {
    answer.kind = PythonAnswer::Kind::valid;
    return answer;
  }
  if (value.is_string()) {
    answer.message = value.get_string();
    return answer;
  }
  if (!value.is_array() || value.get_array().size() != kFaultItems) return std::nullopt;
  const json::array& items = value.get_array();
  const auto is_number = [](const json::value& item) { return item.is_int64(); };
  if (!items[0].is_string() || !std::all_of(items.begin() + 1, items.end(), is_number)) {
    return std::nullopt;
  }
  answer.kind = PythonAnswer::Kind::invalid;
  answer.message = items[0].get_string();
  answer.line = items[1].get_int64();
  answer.column = items[2].get_int64();
  answer.end_line = items[3].get_int64();
  answer.end_column = items[4].get_int64();
  return answer;
}

/// The complete answers up to the first line that is none.
std::vector<PythonAnswer> read_answers(std::string_view output, std::size_t most) {
  std::vector<PythonAnswer> answers;
  while (answers.size() < most) {
    const std::size_t end = output.find('\n');
    if (end == std::string_view::npos) break;
    auto answer = read_answer(output.substr(0, end));
    if (!answer) break;
    answers.push_back(*std::move(answer));
    output.remove_prefix(end + 1);
  }
  // More than was asked for: whatever spoke, it was not our script.
  if (answers.size() == most && !output.empty()) answers.clear();
  return answers;
}

std::string why_no_answer(const ProcessResult& result) {
  switch (result.state) {
    case ProcessState::spawn_failed:
      return result.spawn_error;
    case ProcessState::timed_out:
      return "python3 ran longer than its limit";
    case ProcessState::signalled:
      return "python3 was ended by signal " + std::to_string(result.signal);
    case ProcessState::failed:
      return "python3 ended with exit code " + std::to_string(result.exit_code);
    default:
      return "python3 gave no usable answer";
  }
}

}  // namespace

std::vector<PythonAnswer> PythonCompiler::compile(std::span<const std::string_view> texts,
                                                  const Cancellation& cancellation) {
  if (texts.empty()) return {};
  Command command;
  // Isolated, no site packages, no bytecode files, no warnings.
  command.arguments = {std::string(kProgram), "-I", "-S", "-B", "-W", "ignore", "-c",
                       std::string(kScript)};
  command.input = framed(texts);
  command.time_limit = std::chrono::milliseconds(limits_.syntax_timeout_ms);
  command.grace = std::chrono::milliseconds(limits_.grace_ms);
  command.output_limit = kErrorOutputSize + texts.size() * kAnswerSize;
  const ProcessResult result = run_to_end(launcher_, command, cancellation);
  if (result.state == ProcessState::cancelled) {
    throw Error("job.cancelled", "cancelled while python3 checked the syntax");
  }
  std::vector<PythonAnswer> answers = read_answers(result.out.bytes, texts.size());
  PythonAnswer none;
  none.message = why_no_answer(result);
  answers.resize(texts.size(), none);
  return answers;
}

}  // namespace ratchet
