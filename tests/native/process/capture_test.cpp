#include "process/capture.h"

#include <doctest/doctest.h>

using ratchet::CapturedStream;
using ratchet::StreamCapture;

TEST_CASE("capture keeps the first and the last half of its limit whatever the pieces are") {
  struct Case {
    std::size_t limit;
    std::size_t size;
    std::string kept;
    std::size_t dropped;
  };
  const std::string stream = "abcdefghijklmnopqrstuvwxyz";
  const std::vector<Case> cases{
      {10, 0, "", 0},
      {10, 4, "abcd", 0},
      {10, 10, "abcdefghij", 0},
      {10, 11, "abcdeghijk", 1},
      {10, 26, "abcdevwxyz", 16},
      {7, 26, "abcdxyz", 19},
      {1, 26, "a", 25},
      {0, 26, "", 26},
      {100, 26, stream, 0},
  };
  for (const Case& row : cases) {
    for (std::size_t piece = 1; piece <= stream.size(); ++piece) {
      CAPTURE(row.limit);
      CAPTURE(row.size);
      CAPTURE(piece);
      StreamCapture capture(row.limit);
      const std::string_view said = std::string_view(stream).substr(0, row.size);
      for (std::size_t from = 0; from < said.size(); from += piece) {
        capture.append(said.substr(from, piece));
      }
      const CapturedStream kept = capture.finish();
      CHECK(kept.bytes == row.kept);
      CHECK(kept.dropped_bytes == row.dropped);
    }
  }
}

TEST_CASE("a finished capture is empty") {
  StreamCapture capture(2);
  capture.append("abcdef");
  CHECK(capture.finish().bytes == "af");
  const CapturedStream second = capture.finish();
  CHECK(second.bytes.empty());
  CHECK(second.dropped_bytes == 0);
}
