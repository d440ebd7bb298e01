#include "request.h"

#include <charconv>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>

#include "local_path.h"

namespace ratchet::cli {
namespace {

/// Requests are JSON, which is UTF-8.
void require_utf8(const std::string& text, const std::string& what) {
  boost::system::error_code fault;
  static_cast<void>(json::parse(json::serialize(json::string(text)), fault));
  if (fault) throw std::invalid_argument(what + " is not UTF-8");
}

std::string absolute(const std::string& path) {
  if (path.empty()) throw std::invalid_argument("an empty text names no file");
  require_utf8(path, "the name \"" + path + "\"");
  std::string_view rest = path;
  while (rest.starts_with("./") && rest.size() > 2)
    rest.remove_prefix(2);
  return rest == "." ? current_folder() : absolute_path(rest);
}

/// The word as a T, all of it.
template <class T>
T number_of(const OptionRow& option, const std::string& word, const char* kind) {
  T value{};
  const char* const end = word.data() + word.size();
  const auto [read_to, fault] = std::from_chars(word.data(), end, value);
  if (fault == std::errc() && read_to == end && std::isfinite(static_cast<double>(value)))
    return value;
  const std::string name(option.words.substr(0, option.words.find(',')));
  throw std::invalid_argument(name + ": \"" + word + "\" is no " + kind);
}

void add_instance(json::object& request, const std::string& word) {
  if (word != "-") {
    request["instance_path"] = absolute(word);
    return;
  }
  request["instance_text"] = read_standard_input();
  request["instance_name"] = "standard input";
}

json::array absolute_paths(const std::vector<std::string>& words) {
  json::array paths;
  for (const std::string& word : words)
    paths.emplace_back(absolute(word));
  return paths;
}

/// A word that names a file as it stands is that file, whatever else it could mean.
void add_files(json::object& request, const std::vector<std::string>& words) {
  if (words.size() == 1 && words.front() == "-") {
    const std::string text = read_standard_input();
    require_utf8(text, "standard input");
    request["document_text"] = text;
    request["document_name"] = "standard input";
    return;
  }
  json::array paths;
  json::array globs;
  for (const std::string& word : words) {
    if (word == "-") {
      throw std::invalid_argument("standard input (-) stands alone, not among files");
    }
    std::error_code ignored;
    const bool is_pattern =
        word.find_first_of("*?[{") != std::string::npos && !std::filesystem::exists(word, ignored);
    if (is_pattern) {
      globs.emplace_back(word);
    } else {
      paths.emplace_back(absolute(word));
    }
  }
  request["paths"] = std::move(paths);
  if (globs.empty()) return;
  request["globs"] = std::move(globs);
  request["root"] = absolute(".");
}

/// `word` is a file with a list of operations, or with an object that has one.
json::value read_changes(const std::string& word) {
  std::string text;
  if (word == "-") {
    text = read_standard_input();
  } else {
    std::ifstream file(std::filesystem::path(word), std::ios::binary);
    if (!file) throw std::invalid_argument("cannot read \"" + word + "\"");
    text = {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }
  boost::system::error_code fault;
  const json::value value = json::parse(text, fault);
  if (fault) throw std::invalid_argument("\"" + word + "\" is no JSON: " + fault.message());
  const json::object* object = value.if_object();
  const json::value* list = object == nullptr ? &value : object->if_contains("operations");
  if (list == nullptr || !list->is_array()) {
    throw std::invalid_argument("\"" + word +
                                "\" is neither a list of operations nor an object with "
                                "\"operations\"");
  }
  return *list;
}

}  // namespace

std::string detached(const std::string& request) {
  boost::system::error_code fault;
  json::value value = json::parse(request, fault);
  if (fault || !value.is_object()) return request;
  value.as_object()["detached"] = true;
  return json::serialize(value);
}

std::string read_standard_input() {
  return {std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()};
}

json::object build_request(const CommandRow& command, const ParsedOptions& options) {
  json::object request = values_of(command.options, options);
  if (command.operation == "pattern.run" && request.contains("instance_text")) {
    request["base_folder"] = current_folder();
  }
  return request;
}

json::object values_of(std::span<const OptionRow> rows, const ParsedOptions& options) {
  json::object request;
  for (const OptionRow& option : rows) {
    const auto given = options.values.find(option.key);
    if (given == options.values.end()) {
      if (option.kind == OptionKind::root) request[option.key] = absolute(".");
      continue;
    }
    const std::vector<std::string>& words = given->second;
    switch (option.kind) {
      case OptionKind::text:
        request[option.key] = words.front();
        break;
      case OptionKind::flag:
        request[option.key] = true;
        break;
      case OptionKind::off_flag:
        request[option.key] = false;
        break;
      case OptionKind::fixed:
        request[option.key] = words.front();
        break;
      case OptionKind::changes:
        request[option.key] = read_changes(words.front());
        break;
      case OptionKind::root:
      case OptionKind::path:
        request[option.key] = absolute(words.front());
        break;
      case OptionKind::paths:
        request[option.key] = absolute_paths(words);
        break;
      case OptionKind::files:
        add_files(request, words);
        break;
      case OptionKind::integer:
        request[option.key] = number_of<std::int64_t>(option, words.front(), "whole number");
        break;
      case OptionKind::number:
        request[option.key] = number_of<double>(option, words.front(), "number");
        break;
      case OptionKind::instance:
        add_instance(request, words.front());
        break;
      case OptionKind::texts:
        request[option.key] = json::array(words.begin(), words.end());
        break;
      case OptionKind::own_flag:
        break;
    }
  }
  return request;
}

}  // namespace ratchet::cli
