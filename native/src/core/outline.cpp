#include "core/outline.h"

#include <charconv>
#include <optional>
#include <unordered_map>

#include "core/document.h"

namespace ratchet {
namespace {

/// One reference token of a JSON pointer, unescaped (RFC 6901, section 4).
std::string unescaped(std::string_view token) {
  std::string key;
  key.reserve(token.size());
  for (std::size_t i = 0; i < token.size(); ++i) {
    const bool escape = token[i] == '~' && i + 1 < token.size();
    if (escape && (token[i + 1] == '0' || token[i + 1] == '1')) {
      key += token[++i] == '0' ? '~' : '/';
    } else {
      key += token[i];
    }
  }
  return key;
}

std::optional<std::size_t> item_index(std::string_view token) {
  std::size_t index = 0;
  const char* const end = token.data() + token.size();
  const auto [stop, fault] = std::from_chars(token.data(), end, index);
  const bool padded = token.size() > 1 && token.front() == '0';
  if (token.empty() || fault != std::errc() || stop != end || padded) return std::nullopt;
  return index;
}

}  // namespace

void Outline::set_key(std::string_view key, std::size_t begin, bool merges) {
  next_.key = static_cast<std::uint32_t>(keys_.size());
  next_.key_size = static_cast<std::uint32_t>(key.size());
  next_.key_begin = static_cast<std::uint32_t>(begin);
  next_.merges = merges;
  has_key_ = true;
  keys_.append(key);
}

Outline::Index Outline::add(Kind kind, std::size_t begin, std::uint32_t target) {
  const auto index = static_cast<Index>(nodes_.size());
  next_.begin = static_cast<std::uint32_t>(begin);
  if (!has_key_) next_.key_begin = next_.begin;
  next_.kind = kind;
  next_.target = target;
  next_.after = index + 1;
  nodes_.push_back(next_);
  next_ = OutlineNode{};
  has_key_ = false;
  return index;
}

Outline::Index Outline::scalar(std::size_t begin, std::uint32_t payload) {
  return add(Kind::scalar, begin, payload);
}

Outline::Index Outline::alias(std::size_t begin, Index target) {
  return add(Kind::alias, begin, target);
}

Outline::Index Outline::open(Kind kind, std::size_t begin) {
  return add(kind, begin, 0);
}

void Outline::close(Index container) {
  nodes_[container].after = static_cast<Index>(nodes_.size());
}

Outline::Index Outline::resolved(Index index) const {
  return nodes_[index].kind == Kind::alias ? nodes_[index].target : index;
}

Outline::Index Outline::find(std::string_view pointer) const {
  Index place = 0;
  while (pointer.starts_with('/')) {
    pointer.remove_prefix(1);
    const std::string_view token = pointer.substr(0, pointer.find('/'));
    pointer.remove_prefix(token.size());
    const Index next = child(resolved(place), token);
    if (next == kNone) break;
    place = next;
  }
  return place;
}

Outline::Index Outline::child(Index container, std::string_view token) const {
  if (nodes_[container].kind == Kind::array) return item(container, token);
  if (nodes_[container].kind == Kind::object) {
    Visited visited;
    return member(container, unescaped(token), visited);
  }
  return kNone;
}

Outline::Index Outline::item(Index array, std::string_view token) const {
  const std::optional<std::size_t> wanted = item_index(token);
  if (!wanted) return kNone;
  std::size_t left = *wanted;
  for (Index i = array + 1; i < nodes_[array].after; i = nodes_[i].after) {
    if (left-- == 0) return i;
  }
  return kNone;
}

Outline::Index Outline::member(Index object, std::string_view key, Visited& visited) const {
  // A container that many merges share is searched once: the second search would find nothing
  // either.
  if (!visited.insert(object).second) return kNone;
  Index found = kNone;
  for (Index i = object + 1; i < nodes_[object].after; i = nodes_[i].after) {
    if (!nodes_[i].merges && key_of(nodes_[i]) == key) found = i;
  }
  if (found != kNone) return found;
  for (Index i = object + 1; i < nodes_[object].after; i = nodes_[i].after) {
    if (!nodes_[i].merges) continue;
    const Index merged = merged_member(resolved(i), key, visited);
    if (merged != kNone) return merged;
  }
  return kNone;
}

Outline::Index Outline::merged_member(Index source, std::string_view key, Visited& visited) const {
  if (nodes_[source].kind == Kind::object) return member(source, key, visited);
  for (Index i = source + 1; i < nodes_[source].after; i = nodes_[i].after) {
    const Index found = member(resolved(i), key, visited);
    if (found != kNone) return found;
  }
  return kNone;
}

/// A container that is open above the node at hand, and which of its children that node is or is
/// in.
struct Outline::Level {
  Index container;
  Index child;
  std::size_t position;  ///< children so far
  std::unordered_map<std::string_view, Index> seen;
};

void Outline::each_duplicate(const std::function<void(const Duplicate&)>& visit) const {
  std::vector<Level> levels;
  for (Index i = 0; i < nodes_.size(); ++i) {
    while (!levels.empty() && i >= nodes_[levels.back().container].after)
      levels.pop_back();
    if (!levels.empty()) {
      Level& level = levels.back();
      level.child = i;
      ++level.position;
      if (nodes_[level.container].kind == Kind::object && !nodes_[i].merges) {
        const auto [first, fresh] = level.seen.try_emplace(key_of(nodes_[i]), i);
        if (!fresh) visit({first->second, i, [&] { return pointer_to(levels); }});
      }
    }
    if (nodes_[i].after > i + 1) levels.push_back({i, i, 0, {}});
  }
}

std::string Outline::pointer_to(const std::vector<Level>& levels) const {
  std::string pointer;
  for (const Level& level : levels) {
    if (nodes_[level.container].kind == Kind::object) {
      append_token(pointer, key_of(nodes_[level.child]));
    } else {
      pointer += '/' + std::to_string(level.position - 1);
    }
  }
  return pointer;
}

}  // namespace ratchet
