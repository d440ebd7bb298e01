// Keys of a schema, and how those of an instance are found among them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"

namespace ratchet::schema {

/// The bytes of a text of at least that size, from `at` on, as one number.
template <class Word>
[[nodiscard]] inline Word word_at(std::string_view text, std::size_t at) {
  Word word = 0;
  std::memcpy(&word, text.data() + at, sizeof word);
  return word;
}

/// Whether texts of one size are the same, where that is one word to two: the first and the last
/// are all of it.
template <class Word>
[[nodiscard]] inline bool same_words(std::string_view left, std::string_view right) {
  const std::size_t last = left.size() - sizeof(Word);
  return word_at<Word>(left, 0) == word_at<Word>(right, 0) &&
         word_at<Word>(left, last) == word_at<Word>(right, last);
}

/// Equality of short texts without a call: keys are compared far more often than anything else.
[[nodiscard]] inline bool same_text(std::string_view left, std::string_view right) {
  if (left.size() != right.size()) return false;
  if (left.size() > 2 * sizeof(std::uint64_t)) return left == right;
  if (left.size() >= sizeof(std::uint64_t)) return same_words<std::uint64_t>(left, right);
  if (left.size() >= sizeof(std::uint32_t)) return same_words<std::uint32_t>(left, right);
  if (left.size() >= sizeof(std::uint16_t)) return same_words<std::uint16_t>(left, right);
  return left.empty() || left.front() == right.front();
}

/// Different keys with the number of a block each.
class KeyTable {
 public:
  struct Row {
    std::string key;
    std::uint32_t block;
  };

  /// All at once, in the schema's order.
  explicit KeyTable(std::vector<Row> rows = {});

  /// Null where the key is not in the table.
  [[nodiscard]] const Row* find(std::string_view key) const {
    if (slots_.empty()) return find_sorted(key);
    const std::uint32_t row = slots_[slot_of(key, seed_)];
    return row < rows_.size() && same_text(rows_[row].key, key) ? &rows_[row] : nullptr;
  }
  /// The same. `next` is for the caller to keep between the keys of one object, 0 at first:
  /// instances mostly name keys in the schema's order, and then the row is the next one.
  [[nodiscard]] const Row* find(std::string_view key, std::size_t& next) const {
    if (next < rows_.size() && same_text(rows_[next].key, key)) return &rows_[next++];
    const Row* const row = find(key);
    if (row != nullptr) next = number_of(*row) + 1;
    return row;
  }
  [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }
  [[nodiscard]] std::size_t number_of(const Row& row) const {
    return static_cast<std::size_t>(&row - rows_.data());
  }
  /// A bit for each of the first 64 rows; 0 for the others.
  [[nodiscard]] std::uint64_t bit_of(const Row& row) const {
    constexpr std::size_t kBits = 64;
    const std::size_t number = number_of(row);
    return number < kBits ? std::uint64_t{1} << number : 0;
  }

 private:
  static constexpr std::uint32_t kSlotBits = 8;

  /// A hash of the size and three letters, which tell nearly all keys of a schema apart.
  [[nodiscard]] static std::uint32_t slot_of(std::string_view key, std::uint32_t seed) {
    std::uint32_t sum = static_cast<std::uint32_t>(key.size());
    if (!key.empty()) {
      const auto letter = [&](std::size_t at) { return static_cast<unsigned char>(key[at]); };
      sum +=
          letter(0) * 0x101U + letter(key.size() / 2) * 0x10001U + letter(key.size() - 1) * 0x3001U;
    }
    return sum * seed >> (32U - kSlotBits);
  }
  [[nodiscard]] const Row* find_sorted(std::string_view key) const;
  void find_seed();

  std::vector<Row> rows_;
  /// Each row in a slot of its own, where a seed does that; else they are searched in order.
  std::vector<std::uint32_t> slots_;
  std::uint32_t seed_ = 0;
  std::vector<std::uint32_t> sorted_;
};

/// Whether an object has a key; looks at its member number `next` and the one behind it first, and
/// leaves the number of the one behind the key there.
[[nodiscard]] bool has_key(const json::object& object, std::string_view key, std::size_t& next);

}  // namespace ratchet::schema
