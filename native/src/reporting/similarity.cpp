#include "reporting/similarity.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>

namespace ratchet {
namespace {

constexpr std::size_t kLongestPiece = 64;
// git's full score; its per cent are cut from this one.
constexpr std::uint64_t kFullScore = 60'000;
constexpr std::uint64_t kPercent = 100;

/// Pieces, and how many bytes of the file each makes up.
using Pieces = std::unordered_map<std::string, std::uint64_t>;

Pieces pieces_of(std::string_view content, bool text) {
  Pieces pieces;
  std::string piece;
  const auto close = [&] {
    if (!piece.empty()) pieces[piece] += piece.size();
    piece.clear();
  };
  for (std::size_t i = 0; i < content.size(); ++i) {
    // A CRLF is taken for a line break alone.
    if (text && content[i] == '\r' && i + 1 < content.size() && content[i + 1] == '\n') continue;
    piece += content[i];
    if (piece.size() == kLongestPiece || content[i] == '\n') close();
  }
  close();
  return pieces;
}

}  // namespace

int similarity_percent(std::string_view before, std::string_view after, bool text) {
  const std::uint64_t larger = std::max(before.size(), after.size());
  if (before == after) return static_cast<int>(kPercent);
  const Pieces old_pieces = pieces_of(before, text);
  std::uint64_t kept = 0;
  for (const auto& [piece, bytes] : pieces_of(after, text)) {
    if (const auto found = old_pieces.find(piece); found != old_pieces.end()) {
      kept += std::min(bytes, found->second);
    }
  }
  return static_cast<int>(kept * kFullScore / larger * kPercent / kFullScore);
}

}  // namespace ratchet
