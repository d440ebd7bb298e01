#include "ask.h"

#include <algorithm>
#include <charconv>
#include <iostream>
#include <set>
#include <stdexcept>
#include <string>

#include "fields_of.h"
#include "terminal.h"

namespace ratchet::cli {
namespace {

/// What template.render and template.check both read.
constexpr const char* kShared[] = {"template",       "template_text", "language", "project_root",
                                   "variables_path", "variables",     "set",      "set_json"};

/// Adds an item to the list at a key of a request.
void add(json::object& request, std::string_view key, const std::string& item) {
  json::value& items = request[key];
  if (!items.is_array()) items.emplace_array();
  items.get_array().emplace_back(item);
}

/// What the engine says of the template and the variables so far; empty where it cannot.
json::object check(Client& client, const json::object& request) {
  json::object shared{{"variables", json::object()}};
  for (const char* key : kShared) {
    if (const json::value* value = request.if_contains(key)) shared[key] = *value;
  }
  const Reply reply = client.call("template.check", json::serialize(shared));
  if (reply.failed) return {};
  return json::parse(reply.text).as_object();
}

std::string shown(const json::value& value) {
  if (const json::string* text = value.if_string()) return std::string(*text);
  return json::serialize(value);
}

/// One variable, asked for until there is an answer that fits.
class Question {
 public:
  Question(Client& client, json::object& request, const json::object& row)
      : client_(client),
        request_(request),
        name_(text(row, "name")),
        schema_(object(row, "schema")),
        default_(row.if_contains("default")),
        required_(row.at("required").as_bool()),
        secret_(row.at("secret").as_bool()) {}

  void ask() {
    describe();
    for (;;) {
      const auto line = read_line("  " + prompt() + ": ", secret_ ? Echo::hidden : Echo::shown);
      if (!line) {
        std::cerr << "\n";
        throw std::invalid_argument("the input ended before \"" + name_ + "\" was answered");
      }
      if (line->empty() && (default_ != nullptr || !required_)) return;
      if (line->empty()) {
        std::cerr << "    it is needed\n";
        continue;
      }
      json::object answered = request_;
      answer(*line, answered);
      if (!fits(answered)) continue;
      request_ = std::move(answered);
      return;
    }
  }

 private:
  void describe() const {
    std::cerr << "\n";
    const std::string_view description = text(schema_, "description");
    if (!description.empty()) std::cerr << description << "\n";
    const json::array& choices = list(schema_, "enum");
    for (std::size_t i = 0; i < choices.size(); ++i)
      std::cerr << "    " << i + 1 << "  " << shown(choices[i]) << "\n";
  }

  [[nodiscard]] std::string prompt() const {
    std::string prompt = name_;
    const std::string_view type = text(schema_, "type");
    if (type == "boolean") prompt += " (yes or no)";
    if (type == "array") prompt += " (commas between)";
    if (default_ == nullptr) return required_ ? prompt : prompt + " (may be left out)";
    return prompt + " [" + (secret_ ? "hidden" : shown(*default_)) + "]";
  }

  void answer(const std::string& line, json::object& request) const {
    if (const json::value* choice = chosen(line)) {
      return add(request, "set_json", name_ + "=" + json::serialize(*choice));
    }
    const bool is_flag = text(schema_, "type") == "boolean";
    const bool is_yes = line == "y" || line == "yes" || line == "true";
    const bool is_no = line == "n" || line == "no" || line == "false";
    if (is_flag && (is_yes || is_no)) {
      return add(request, "set_json", name_ + (is_yes ? "=true" : "=false"));
    }
    add(request, "set", name_ + "=" + line);
  }

  /// The choice of this number or name; null where there are none or it is none of them.
  [[nodiscard]] const json::value* chosen(const std::string& line) const {
    const json::array& choices = list(schema_, "enum");
    const auto named = std::find_if(choices.begin(), choices.end(),
                                    [&](const json::value& each) { return shown(each) == line; });
    if (named != choices.end()) return &*named;
    std::size_t number = 0;
    const auto [end, fault] = std::from_chars(line.data(), line.data() + line.size(), number);
    const bool is_number = fault == std::errc() && end == line.data() + line.size();
    return is_number && number >= 1 && number <= choices.size() ? &choices[number - 1] : nullptr;
  }

  /// Whether nothing is said against the answer; else it is told.
  bool fits(const json::object& answered) const {
    bool fits = true;
    const json::object verdict = check(client_, answered);
    for (const json::value& each : list(verdict, "errors")) {
      const json::object& finding = each.as_object();
      std::string pointer(text(finding, "pointer"));
      pointer += '/';
      if (!pointer.starts_with("/" + name_ + "/")) continue;
      std::cerr << "    " << text(finding, "message") << "\n";
      fits = false;
    }
    return fits;
  }

  Client& client_;
  json::object& request_;
  const std::string name_;
  const json::object& schema_;
  const json::value* default_;
  const bool required_;
  const bool secret_;
};

}  // namespace

void ask_for_variables(Client& client, json::object& request) {
  if (!input_is_terminal()) return;
  json::object verdict = check(client, request);
  if (list(verdict, "missing").empty()) return;
  std::set<std::string, std::less<>> asked;
  for (;;) {
    const json::array& questions = list(verdict, "questions");
    const auto next = std::find_if(questions.begin(), questions.end(), [&](const json::value& row) {
      return !asked.contains(text(row.as_object(), "name"));
    });
    if (next == questions.end()) break;
    asked.emplace(text(next->as_object(), "name"));
    Question(client, request, next->as_object()).ask();
    verdict = check(client, request);
  }
  std::cerr << "\n";
}

}  // namespace ratchet::cli
