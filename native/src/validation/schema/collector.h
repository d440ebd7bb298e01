// Where a run puts what it finds.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "validation/schema/schema.h"

namespace ratchet::schema {

/// Findings up to a limit, the rest counted.
class Collector {
 public:
  explicit Collector(std::size_t limit) : limit_(limit) {}

  /// Takes the finding that `make` returns, or counts it without making it.
  template <class Make>
  void add(const Make& make) {
    if (findings_.size() < limit_) {
      findings_.push_back(make());
    } else {
      ++left_out_;
    }
  }
  [[nodiscard]] std::vector<SchemaFinding> take() { return std::move(findings_); }
  [[nodiscard]] std::size_t left_out() const { return left_out_; }

 private:
  std::size_t limit_;
  std::size_t left_out_ = 0;
  std::vector<SchemaFinding> findings_;
};

}  // namespace ratchet::schema
