#include <utility>

#include "core/document_state.h"
#include "core/json_comments.h"
#include "core/json_scanner.h"
#include "core/number_text.h"

namespace ratchet {
namespace {

using Token = JsonScanner::Token;

/// Builds the value of a text, bottom up on one stack.
class ValueBuilder {
 public:
  explicit ValueBuilder(JsonScanner& scanner) : scanner_(scanner) { stack_.reset(); }

  json::value build() {
    for (Token token = scanner_.next(); token != Token::end; token = scanner_.next())
      push(token);
    return stack_.release();
  }
  /// How many members all objects were given, those that others replaced included.
  [[nodiscard]] std::size_t members() const { return members_; }

 private:
  void push(Token token) {
    switch (token) {
      case Token::key:
        ++members_;
        return stack_.push_key(scanner_.content());
      case Token::string:
        return stack_.push_string(scanner_.content());
      case Token::number:
        return push_number();
      case Token::end_object:
        return stack_.push_object(scanner_.ended_size());
      case Token::end_array:
        return stack_.push_array(scanner_.ended_size());
      case Token::null:
        return stack_.push_null();
      case Token::boolean_true:
        return stack_.push_bool(true);
      case Token::boolean_false:
        return stack_.push_bool(false);
      case Token::begin_object:
      case Token::begin_array:
      case Token::end:
        return;
    }
  }

  void push_number() {
    const std::optional<Number> number = parse_number(scanner_.number());
    if (!number) scanner_.reject("a number too large for a double", "write it as a text");
    if (const auto* whole = std::get_if<std::int64_t>(&*number)) return stack_.push_int64(*whole);
    if (const auto* large = std::get_if<std::uint64_t>(&*number)) return stack_.push_uint64(*large);
    stack_.push_double(std::get<double>(*number));
  }

  JsonScanner& scanner_;
  json::value_stack stack_;
  std::size_t members_ = 0;
};

/// Members of all objects in a value. Recursive: a value that was read is no deeper than its limit.
std::size_t count_members(const json::value& value) {
  std::size_t count = 0;
  if (const json::array* array = value.if_array()) {
    for (const json::value& item : *array)
      count += count_members(item);
  } else if (const json::object* object = value.if_object()) {
    count = object->size();
    for (const auto& member : *object)
      count += count_members(member.value());
  }
  return count;
}

}  // namespace

Outline outline_json(std::string_view text) {
  JsonScanner scanner(text, {}, static_cast<std::int64_t>(Outline::kLargestText));
  Outline outline;
  std::vector<Outline::Index> open;
  for (Token token = scanner.next(); token != Token::end; token = scanner.next()) {
    switch (token) {
      case Token::key:
        outline.set_key(scanner.content(), scanner.begin());
        break;
      case Token::begin_object:
        open.push_back(outline.open(Outline::Kind::object, scanner.begin()));
        break;
      case Token::begin_array:
        open.push_back(outline.open(Outline::Kind::array, scanner.begin()));
        break;
      case Token::end_object:
      case Token::end_array:
        outline.close(open.back());
        open.pop_back();
        break;
      default:
        outline.scalar(scanner.begin());
    }
  }
  return outline;
}

namespace {

Document read(std::unique_ptr<Document::State> state, const Limits& limits) {
  const std::string& json = state->plain.empty() ? state->text : state->plain;
  JsonScanner scanner(json, state->name, limits.json_depth);
  ValueBuilder builder(scanner);
  state->value = builder.build();
  // Fewer members than were read: some key stood twice, and only then are all places looked at.
  if (count_members(state->value) != builder.members()) {
    state->findings = duplicate_key_findings(*state, limits);
  }
  return Document(std::move(state));
}

std::unique_ptr<Document::State> state_of(std::string text, std::string name,
                                          const Limits& limits) {
  require_readable(text, name, limits);
  auto state = std::make_unique<Document::State>();
  state->format = Document::Format::json;
  state->name = std::move(name);
  state->text = std::move(text);
  return state;
}

}  // namespace

Document read_json(std::string text, std::string name, const Limits& limits) {
  return read(state_of(std::move(text), std::move(name), limits), limits);
}

Document read_json_with_comments(std::string text, std::string name, const Limits& limits) {
  auto state = state_of(std::move(text), std::move(name), limits);
  state->plain = without_json_comments(state->text);
  return read(std::move(state), limits);
}

}  // namespace ratchet
