#include "options.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "client.h"

namespace ratchet::cli {
namespace {

using Values = std::vector<std::string>;

bool is_flag(OptionKind kind) {
  return kind == OptionKind::flag || kind == OptionKind::off_flag || kind == OptionKind::fixed ||
         kind == OptionKind::own_flag;
}

bool takes_many(OptionKind kind) {
  return kind == OptionKind::texts || kind == OptionKind::paths || kind == OptionKind::files;
}

/// What help calls a value of this kind.
std::string_view type_name(OptionKind kind) {
  switch (kind) {
    case OptionKind::integer:
    case OptionKind::number:
      return "NUMBER";
    case OptionKind::path:
    case OptionKind::paths:
    case OptionKind::files:
    case OptionKind::root:
    case OptionKind::instance:
    case OptionKind::changes:
      return "PATH";
    default:
      return "TEXT";
  }
}

/// What a flag that is given adds to the values of its key.
void set_flag(Values& given, const std::string& value) {
  if (!given.empty() && given.front() != value) {
    throw CLI::ValidationError("--" + given.front() + " and --" + value + " exclude each other");
  }
  given = {value};
}

CLI::Option* add_option(CLI::App& app, const OptionRow& row, ParsedOptions& parsed,
                        const std::string& sentence) {
  const std::string words(row.words);
  const std::string key(row.key);
  if (is_flag(row.kind)) {
    return app.add_flag_function(
        words,
        [&parsed, key, value = std::string(row.value)](std::int64_t) {
          set_flag(parsed.values[key], value);
        },
        sentence);
  }
  if (takes_many(row.kind)) {
    const bool is_positional = !words.starts_with('-');
    const std::string_view type = row.value.empty() ? type_name(row.kind) : row.value;
    return app
        .add_option_function<Values>(
            words, [&parsed, key](const Values& given) { parsed.values[key] = given; }, sentence)
        ->allow_extra_args(is_positional)
        ->type_name(std::string(type));
  }
  return app
      .add_option_function<std::string>(
          words, [&parsed, key](const std::string& given) { parsed.values[key] = {given}; },
          sentence)
      ->type_name(std::string(type_name(row.kind)));
}

}  // namespace

std::string HelpTexts::of(std::string_view operation, std::string_view key) {
  if (!wanted_) return {};
  if (operation != loaded_) load(operation);
  const json::value* property = properties_.if_contains(key);
  if (property == nullptr) return {};
  const json::value* sentence = property->as_object().if_contains("description");
  return sentence == nullptr ? std::string() : std::string(sentence->as_string());
}

void HelpTexts::load(std::string_view operation) {
  loaded_ = operation;
  properties_.clear();
  Client client;
  const Reply reply =
      client.call("describe", json::serialize(json::object{{"operation", operation}}));
  if (reply.failed) return;
  const json::object described = json::parse(reply.text).as_object();
  const json::object& schema =
      described.at("operations").as_array().at(0).as_object().at("request").as_object();
  const std::string name =
      std::string(schema.at("$ref").as_string()).substr(sizeof("#/$defs/") - 1);
  properties_ = schema.at("$defs").as_object().at(name).as_object().at("properties").as_object();
}

bool wants_help(std::span<char* const> words) {
  return std::any_of(words.begin(), words.end(),
                     [](std::string_view word) { return word == "--help" || word == "-h"; });
}

void add_options(CLI::App& app, std::string_view operation, std::span<const OptionRow> rows,
                 ParsedOptions& parsed, HelpTexts& help) {
  for (const OptionRow& row : rows) {
    const std::string sentence =
        row.help.empty() ? help.of(operation, row.key) : std::string(row.help);
    CLI::Option* option = add_option(app, row, parsed, sentence);
    if (row.required) option->required();
  }
}

}  // namespace ratchet::cli
