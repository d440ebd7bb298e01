#include "job_source.h"

#include <algorithm>
#include <unordered_set>

#include "command_words.h"
#include "core/document.h"
#include "core/error.h"
#include "core/text.h"
#include "core/utf8.h"

namespace ratchet::cli {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::string_view kPlaceholder = "{}";
/// Characters of an item that stand in its job's name.
constexpr std::size_t kLongestName = 120;

std::string_view text_of(const json::value& value) {
  return {value.get_string().data(), value.get_string().size()};
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(kBlanks) == std::string_view::npos;
}

// -- JSON -----------------------------------------------------------------------------------------

json::value read_value(std::string text, const std::string& source) {
  Document document = read_json(std::move(text), source, Limits{});
  if (!document.findings().empty()) {
    const Finding& fault = document.findings().front();
    Error refused("json.duplicate_key", fault.message);
    refused.at(source, {fault.line.value_or(0), fault.column.value_or(0), 0});
    throw refused;  // NOLINT: built in place above
  }
  return std::move(document).value();
}

Error invalid_action(std::size_t number, const std::string& source, const std::string& what) {
  return Error("jobs.invalid", "action " + std::to_string(number) + " " + what).at(source);
}

/// Takes over the action; what else is wrong with it is the engine's to say.
void add_action(json::value action, const std::string& source, Jobs& jobs) {
  const std::size_t number = jobs.actions.size() + 1;
  const json::object* object = action.if_object();
  if (object == nullptr) throw invalid_action(number, source, "is no object");
  const json::value* host = object->if_contains("host");
  if (host != nullptr && host->is_bool() && host->get_bool()) {
    throw invalid_action(number, source, "is work of the host, and there is none here")
        .hint("give it a command, a shell text or an operation");
  }
  const json::value* name = object->if_contains("name");
  const bool is_named = name != nullptr && name->is_string();
  jobs.names.push_back(is_named ? std::string(text_of(*name)) : std::to_string(number));
  jobs.actions.push_back(std::move(action));
}

void add_actions(json::array& actions, const std::string& source, Jobs& jobs) {
  jobs.actions.reserve(actions.size());
  for (json::value& action : actions)
    add_action(std::move(action), source, jobs);
}

/// A list, an object with a list, or a single action.
Jobs jobs_of_document(json::value document, const std::string& source) {
  Jobs jobs;
  if (json::array* list = document.if_array()) {
    add_actions(*list, source, jobs);
    return jobs;
  }
  json::object* object = document.if_object();
  if (object == nullptr) {
    throw Error("jobs.invalid", "neither a list of actions nor an object with \"actions\"")
        .at(source);
  }
  json::value* actions = object->if_contains("actions");
  if (actions == nullptr) {
    add_action(std::move(document), source, jobs);
    return jobs;
  }
  if (!actions->is_array()) throw Error("jobs.invalid", "\"actions\" is no list").at(source);
  add_actions(actions->get_array(), source, jobs);
  object->erase("actions");
  jobs.settings = std::move(*object);
  return jobs;
}

// -- lines ----------------------------------------------------------------------------------------

struct Item {
  std::string_view text;
  std::int64_t number = 0;  ///< of its line, from 1
};

std::vector<Item> split_items(std::string_view text, char separator) {
  std::vector<Item> items;
  std::int64_t number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    std::string_view item = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    if (separator == '\n' && item.ends_with('\r')) item.remove_suffix(1);
    if (item.empty() || (separator == '\n' && is_blank(item))) continue;
    items.push_back({item, number});
  }
  return items;
}

void check_text(const Item& item, const std::string& source) {
  const Position line{item.number, 1, 0};
  if (first_invalid_utf8(item.text)) {
    throw Error("text.invalid_utf8", "the item is not UTF-8, as arguments have to be")
        .at(source, line);
  }
  if (item.text.find('\0') != std::string_view::npos) {
    throw Error("jobs.invalid", "the line holds a NUL")
        .at(source, line)
        .hint("--null reads items that end with a NUL");
  }
}

/// Replaces each `{}` in `word`; false where it has none.
bool put_item(std::string& word, std::string_view item) {
  bool found = false;
  for (std::size_t at = word.find(kPlaceholder); at != std::string::npos;
       at = word.find(kPlaceholder, at + item.size())) {
    word.replace(at, kPlaceholder.size(), item);
    found = true;
  }
  return found;
}

std::vector<std::string> command_with(std::vector<std::string> command, std::string_view item) {
  bool found = false;
  for (std::string& word : command)
    found = put_item(word, item) || found;
  if (!found) command.emplace_back(item);
  return command;
}

json::object action_of(const Item& item, const std::string& source, const JobForm& form) {
  if (form.shell) {
    if (form.command.empty()) return {{"shell", item.text}};
    std::string line;
    for (const std::string& word : command_with(form.command, quoted_word(item.text)))
      line.append(line.empty() ? "" : " ").append(word);
    return {{"shell", line}};
  }
  const std::vector<std::string> words = form.command.empty()
                                             ? split_words(item.text, {source, item.number})
                                             : command_with(form.command, item.text);
  json::array arguments;
  arguments.reserve(words.size());
  for (const std::string& word : words)
    arguments.emplace_back(word);
  return {{"command", std::move(arguments)}};
}

/// The item, cut, with its number where it is not the first of that name.
std::string name_of(const Item& item, std::unordered_set<std::string>& taken) {
  std::size_t end = 0;
  std::size_t characters = 0;
  for (; end < item.text.size() && characters < kLongestName; ++characters)
    end += code_point_at(item.text, end).size;
  std::string name(item.text.substr(0, end));
  if (end < item.text.size()) name += "…";
  std::string unique = name;
  while (!taken.insert(unique).second)
    unique = name.append(" #").append(std::to_string(item.number));
  return unique;
}

Jobs jobs_of_items(std::string_view text, char separator, const std::string& source,
                   const JobForm& form) {
  const std::vector<Item> items = split_items(text, separator);
  Jobs jobs;
  jobs.actions.reserve(items.size());
  jobs.names.reserve(items.size());
  std::unordered_set<std::string> taken;
  for (const Item& item : items) {
    check_text(item, source);
    json::object action = action_of(item, source, form);
    jobs.names.push_back(name_of(item, taken));
    action.emplace("name", jobs.names.back());
    jobs.actions.emplace_back(std::move(action));
  }
  return jobs;
}

/// One JSON value a line; a fault's line is that of the whole text.
Jobs jobs_of_json_lines(std::string_view text, const std::string& source) {
  Jobs jobs;
  for (const Item& item : split_items(text, '\n')) {
    try {
      add_action(read_value(std::string(item.text), source), source, jobs);
    } catch (Error& fault) {
      const Position place = fault.position();
      fault.at(source, {item.number, std::max<std::int64_t>(place.column, 1), 0});
      throw;
    }
  }
  return jobs;
}

// -- which ----------------------------------------------------------------------------------------

bool looks_like_json(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return false;
  if (text[first] == '{') return true;
  const std::size_t second = text.find_first_not_of(kBlanks, first + 1);
  return text[first] == '[' && second != std::string_view::npos &&
         (text[second] == '{' || text[second] == ']');
}

/// Whether the first line that is not blank is a whole JSON value, and more follows.
bool looks_like_json_lines(std::string_view text) {
  const std::vector<Item> lines = split_items(text, '\n');
  if (lines.size() < 2) return false;
  boost::system::error_code fault;
  const json::value value = json::parse(lines.front().text, fault);
  return !fault && value.is_object();
}

JobFormat format_of(std::string_view text, const JobForm& form) {
  if (form.format) return *form.format;
  if (!form.command.empty() || !looks_like_json(text)) return JobFormat::lines;
  return looks_like_json_lines(text) ? JobFormat::json_lines : JobFormat::json;
}

}  // namespace

Jobs read_jobs(std::string text, const std::string& source, const JobForm& form) {
  if (form.format == JobFormat::null) return jobs_of_items(text, '\0', source, form);
  if (text.starts_with(kUtf8ByteOrderMark)) text.erase(0, kUtf8ByteOrderMark.size());
  const JobFormat format = format_of(text, form);
  if (is_blank(text)) return {};
  if (format == JobFormat::lines) return jobs_of_items(text, '\n', source, form);
  const bool has_own_commands = form.shell || !form.command.empty();
  if (has_own_commands) {
    throw Error("jobs.invalid", "jobs in JSON bring their own commands")
        .at(source)
        .hint("leave out the command and --shell, or read items with --format lines");
  }
  if (format == JobFormat::json_lines) return jobs_of_json_lines(text, source);
  return jobs_of_document(read_value(std::move(text), source), source);
}

std::string shown_command(const json::object& action) {
  if (const json::value* shell = action.if_contains("shell"); shell != nullptr)
    return shell->is_string() ? std::string(text_of(*shell)) : std::string();
  if (const json::value* operation = action.if_contains("operation"); operation != nullptr) {
    const json::value* request = action.if_contains("request");
    const std::string body = request == nullptr ? "{}" : json::serialize(*request);
    return "printf %s " + quoted_word(body) + " | ratchet call " +
           (operation->is_string() ? quoted_word(text_of(*operation)) : std::string());
  }
  const json::value* command = action.if_contains("command");
  if (command == nullptr || !command->is_array()) return {};
  std::vector<std::string> words;
  for (const json::value& word : command->get_array())
    words.emplace_back(word.is_string() ? text_of(word) : std::string_view());
  return quoted_words(words);
}

}  // namespace ratchet::cli
