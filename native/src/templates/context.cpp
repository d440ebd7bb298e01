#include "templates/context.h"

#include <cstdint>
#include <cstring>

namespace ratchet {
namespace {

/// Objects up to this size have no hash table; looking through their keys here is a third of the
/// cost of asking them.
constexpr std::size_t kMostSearched = 18;

template <class Word>
bool same_words(const char* left, const char* right, std::size_t size) {
  Word ends[4];
  std::memcpy(&ends[0], left, sizeof(Word));
  std::memcpy(&ends[1], right, sizeof(Word));
  std::memcpy(&ends[2], left + size - sizeof(Word), sizeof(Word));
  std::memcpy(&ends[3], right + size - sizeof(Word), sizeof(Word));
  return ends[0] == ends[1] && ends[2] == ends[3];
}

/// Names are short, and most of a rendering is comparing them: two words that overlap are a third
/// of the cost of a call.
inline bool same_text(const char* left, const char* right, std::size_t size) {
  if (size > 2 * sizeof(std::uint64_t)) return std::memcmp(left, right, size) == 0;
  if (size >= sizeof(std::uint64_t)) return same_words<std::uint64_t>(left, right, size);
  if (size >= sizeof(std::uint32_t)) return same_words<std::uint32_t>(left, right, size);
  for (std::size_t i = 0; i < size; ++i) {
    if (left[i] != right[i]) return false;
  }
  return true;
}

inline bool same_key(std::string_view left, std::string_view right) {
  return left.size() == right.size() && same_text(left.data(), right.data(), left.size());
}

const json::value* member(const json::value& value, std::string_view key) {
  const json::object* object = value.if_object();
  if (object == nullptr) return nullptr;
  if (object->size() > kMostSearched) return object->if_contains(key);
  for (const auto& entry : *object) {
    if (same_key(entry.key(), key)) return &entry.value();
  }
  return nullptr;
}

void add_keys(const json::value& value, std::vector<std::string>& keys) {
  const json::object* object = value.if_object();
  if (object == nullptr) return;
  for (const auto& entry : *object)
    keys.emplace_back(entry.key());
}

}  // namespace

bool opens_section(const json::value& value) {
  switch (value.kind()) {
    case json::kind::null:
      return false;
    case json::kind::bool_:
      return value.get_bool();
    case json::kind::string:
      return !value.get_string().empty();
    case json::kind::array:
      return !value.get_array().empty();
    default:
      return true;
  }
}

Context::Entered Context::enter(const json::value& value) {
  return enter(value, 0, 0);
}

Context::Entered Context::enter(const json::value& value, std::size_t index, std::size_t count) {
  frames_.push_back({&value, index, count});
  return Entered(*this);
}

const json::value* Context::find(const Name& name) {
  switch (name.kind) {
    case Name::Kind::path:
      return find_path(name);
    case Name::Kind::implicit:
      return frames_.back().value;
    default:
      return find_loop(name.kind);
  }
}

const json::value* Context::find_again(const Name& name) {
  const json::object* object = frames_.back().value->if_object();
  if (object == nullptr || object->size() > kMostSearched) return find_first(name.text);
  std::uint8_t& guess = guesses_[name.offset % kGuesses];
  const auto* const entries = object->begin();
  const std::size_t size = object->size();
  std::size_t at = guess < size ? guess : 0;
  for (std::size_t i = 0; i < size; ++i) {
    if (same_key(entries[at].key(), name.text)) {
      guess = static_cast<std::uint8_t>(at);
      return &entries[at].value();
    }
    at = at + 1 < size ? at + 1 : 0;
  }
  return frames_.size() == 1 ? nullptr : find_first(name.text);
}

const json::value* Context::find_path(const Name& name) {
  if (name.path.size() == 1) return find_again(name);
  const json::value* value = find_first(name.path.front());
  for (std::size_t i = 1; i < name.path.size() && value != nullptr; ++i) {
    value = member(*value, name.path[i]);
  }
  return value;
}

const json::value* Context::find_first(std::string_view component) const {
  for (auto frame = frames_.rbegin(); frame != frames_.rend(); ++frame) {
    if (const json::value* found = member(*frame->value, component)) return found;
  }
  return nullptr;
}

const json::value* Context::find_loop(Name::Kind kind) {
  for (auto frame = frames_.rbegin(); frame != frames_.rend(); ++frame) {
    if (frame->count == 0) continue;
    if (kind == Name::Kind::loop_index) {
      loop_value_ = frame->index;
    } else {
      const std::size_t asked = kind == Name::Kind::loop_first ? 0 : frame->count - 1;
      loop_value_ = frame->index == asked;
    }
    return &loop_value_;
  }
  return nullptr;
}

Context::Miss Context::explain(const Name& name) const {
  Miss miss;
  if (name.kind != Name::Kind::path) {
    miss.component = name.text;
    return miss;
  }
  const json::value* value = find_first(name.path.front());
  miss.component = name.path.front();
  if (value == nullptr) {
    for (auto frame = frames_.rbegin(); frame != frames_.rend(); ++frame) {
      add_keys(*frame->value, miss.known);
    }
    return miss;
  }
  for (std::size_t i = 1; i < name.path.size(); ++i) {
    miss.component = name.path[i];
    const json::value* inside = member(*value, miss.component);
    if (inside == nullptr) break;
    value = inside;
  }
  add_keys(*value, miss.known);
  return miss;
}

}  // namespace ratchet
