// The skeleton of a document: where every value and every key of it stands.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace ratchet {

/// One value, in the order of the text; its descendants follow it.
struct OutlineNode {
  enum class Kind : std::uint8_t { scalar, array, object, alias };

  std::uint32_t begin = 0;      ///< byte offset of the value
  std::uint32_t key_begin = 0;  ///< byte offset of its key; of an array's item, `begin`
  std::uint32_t key = 0;        ///< where its key's text begins among the outline's keys
  std::uint32_t key_size = 0;
  std::uint32_t after = 0;   ///< index of the first node that is no descendant
  std::uint32_t target = 0;  ///< of an alias, the node that it stands for; of a scalar, the owner's
  Kind kind = Kind::scalar;
  bool merges = false;  ///< its members count as its parent's (`<<` in YAML)
};

/// All nodes of a text of at most kLargestText bytes. Built once, then constant and shareable.
///
/// Merges may lead through at most as many others as a document may be deep. To build: for each
/// value in order of the text at most one set_key(), then scalar(), alias(), or open() with the
/// contents and close() behind it.
class Outline {
 public:
  /// Offsets and indices are 32-bit; half of their range leaves room for what grows in decoding.
  static constexpr std::size_t kLargestText = std::size_t{1} << 31;

  using Kind = OutlineNode::Kind;
  using Index = std::uint32_t;

  /// For the next value.
  void set_key(std::string_view key, std::size_t begin, bool merges = false);
  Index scalar(std::size_t begin, std::uint32_t payload = 0);
  Index alias(std::size_t begin, Index target);
  Index open(Kind kind, std::size_t begin);
  void close(Index container);

  [[nodiscard]] bool empty() const { return nodes_.empty(); }
  [[nodiscard]] const OutlineNode& at(Index index) const { return nodes_[index]; }
  [[nodiscard]] std::string_view key_of(const OutlineNode& node) const {
    return std::string_view(keys_).substr(node.key, node.key_size);
  }
  /// The node that an alias stands for; any other node itself.
  [[nodiscard]] Index resolved(Index index) const;

  /// The node at a JSON pointer, or its nearest existing ancestor. Of equal keys the last one
  /// counts, and a container's own keys count before merged ones. The outline must not be empty.
  [[nodiscard]] Index find(std::string_view pointer) const;

  /// Called for every member whose key its object has named before, in the order of the text, with
  /// both nodes; the pointer is made only where it is asked for.
  struct Duplicate {
    Index first;
    Index again;
    std::function<std::string()> pointer;
  };
  void each_duplicate(const std::function<void(const Duplicate&)>& visit) const;

 private:
  static constexpr Index kNone = static_cast<Index>(-1);

  Index add(Kind kind, std::size_t begin, std::uint32_t target);
  using Visited = std::unordered_set<Index>;
  struct Level;
  [[nodiscard]] Index child(Index container, std::string_view token) const;
  [[nodiscard]] Index item(Index array, std::string_view token) const;
  [[nodiscard]] Index member(Index object, std::string_view key, Visited& visited) const;
  [[nodiscard]] Index merged_member(Index source, std::string_view key, Visited& visited) const;
  [[nodiscard]] std::string pointer_to(const std::vector<Level>& levels) const;

  std::vector<OutlineNode> nodes_;
  std::string keys_;
  OutlineNode next_;
  bool has_key_ = false;
};

}  // namespace ratchet
