#include "request.h"

#include <filesystem>
#include <iostream>
#include <iterator>
#include <stdexcept>

namespace ratchet::cli {
namespace {

std::string absolute(const std::string& path) {
  return std::filesystem::absolute(path).string();
}

json::object read_sets(const std::vector<std::string>& words) {
  json::object object;
  for (const std::string& word : words) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos || equals == 0) {
      throw std::invalid_argument("\"" + word + "\" is not KEY=VALUE");
    }
    object[word.substr(0, equals)] = word.substr(equals + 1);
  }
  return object;
}

void add_instance(json::object& request, const std::string& word) {
  if (word != "-") {
    request["instance_path"] = absolute(word);
    return;
  }
  request["instance_text"] = read_standard_input();
  request["instance_name"] = "standard input";
}

}  // namespace

std::string read_standard_input() {
  return {std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()};
}

json::object build_request(const CommandRow& command, const ParsedOptions& options) {
  json::object request;
  for (const OptionRow& option : command.options) {
    const auto given = options.values.find(option.key);
    if (given == options.values.end()) continue;
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
      case OptionKind::path:
        request[option.key] = absolute(words.front());
        break;
      case OptionKind::instance:
        add_instance(request, words.front());
        break;
      case OptionKind::sets:
        request[option.key] = read_sets(words);
        break;
    }
  }
  if (command.operation == "pattern.run" && request.contains("instance_text")) {
    request["base_folder"] = std::filesystem::current_path().string();
  }
  return request;
}

}  // namespace ratchet::cli
