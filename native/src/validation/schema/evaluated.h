// Which members or items of one value have been evaluated by the schemas beside an unevaluated*
// keyword.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ratchet::schema {

/// A set of indices into one object or array.
class Evaluated {
 public:
  void add(std::size_t index) {
    const std::size_t word = index / kBits;
    if (word >= words_.size()) words_.resize(word + 1);
    words_[word] |= std::uint64_t{1} << (index % kBits);
  }
  void add_all() { all_ = true; }
  void add(const Evaluated& other) {
    all_ = all_ || other.all_;
    if (words_.size() < other.words_.size()) words_.resize(other.words_.size());
    for (std::size_t i = 0; i < other.words_.size(); ++i)
      words_[i] |= other.words_[i];
  }
  [[nodiscard]] bool has(std::size_t index) const {
    const std::size_t word = index / kBits;
    return all_ || (word < words_.size() && (words_[word] >> (index % kBits) & 1U) != 0);
  }

 private:
  static constexpr std::size_t kBits = 64;

  bool all_ = false;
  std::vector<std::uint64_t> words_;
};

}  // namespace ratchet::schema
