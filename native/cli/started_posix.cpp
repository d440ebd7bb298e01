#include "started.h"

namespace ratchet::cli {

struct Started::Kept {
  std::span<char*> words;
};

Started::Started(int count, char** words)
    : kept_(std::make_unique<Kept>(Kept{{words, static_cast<std::size_t>(count)}})) {
}

Started::~Started() = default;

std::span<char*> Started::words() const {
  return kept_->words;
}

}  // namespace ratchet::cli
