#include "templates/context.h"

namespace ratchet {
namespace {

const json::value* member(const json::value& value, std::string_view key) {
  const json::object* object = value.if_object();
  return object == nullptr ? nullptr : object->if_contains(key);
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

const json::value* Context::find_path(const Name& name) const {
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
