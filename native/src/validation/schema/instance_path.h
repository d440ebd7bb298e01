// The way from an instance's root to the value being judged, kept on the stack of the walk.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ratchet::schema {

/// One step of the way; the root has no parent, and for a key what messages call it. Nothing is
/// built until somebody asks for a text.
struct InstancePath {
  const InstancePath* parent = nullptr;
  std::string_view key;
  std::size_t index = 0;
  bool in_array = false;

  [[nodiscard]] InstancePath member(std::string_view name) const { return {this, name, 0, false}; }
  [[nodiscard]] InstancePath item(std::size_t position) const { return {this, {}, position, true}; }
};

/// RFC 6901.
[[nodiscard]] std::string pointer_of(const InstancePath& path);

/// The value as a message calls it: `"path" of item 7`, `item 7 of "files"`, and the root by its
/// name. Items
/// count from 1 here, for people.
[[nodiscard]] std::string subject_of(const InstancePath& path);

}  // namespace ratchet::schema
