#include "process/spilling_capture.h"

#include <doctest/doctest.h>

#include "core/error.h"
#include "process/child_probe.h"

using namespace ratchet;  // NOLINT: a test of this namespace

namespace {

/// What reached the spills of a test.
struct Spilled {
  std::string bytes;
  int opened = 0;
};

/// Takes `room` bytes, then has no more.
class SmallSpill final : public StreamSpill {
 public:
  SmallSpill(Spilled& to, std::size_t room) : to_(to), room_(room) {}
  void write(std::string_view bytes) override {
    if (to_.bytes.size() + bytes.size() > room_) throw Error("io.no_space", "the disk is full");
    to_.bytes.append(bytes);
  }

 private:
  Spilled& to_;
  std::size_t room_;
};

SpillingCapture::OpenSpill spill_into(Spilled& to, std::size_t room = std::string::npos) {
  return [&to, room](StreamName) {
    ++to.opened;
    return std::make_unique<SmallSpill>(to, room);
  };
}

/// Letters in a row, so that a byte out of place is seen.
std::string letters(std::size_t count) {
  std::string text;
  for (std::size_t index = 0; index < count; ++index)
    text += static_cast<char>('a' + index % 26);
  return text;
}

void append_in_pieces(SpillingCapture& capture, std::string_view text, std::size_t piece) {
  for (; !text.empty(); text.remove_prefix(std::min(piece, text.size())))
    capture.append(text.substr(0, piece));
}

}  // namespace

TEST_CASE("a stream within its limit asks for no spill") {
  for (const std::size_t size : {0U, 1U, 9U, 10U}) {
    CAPTURE(size);
    Spilled spilled;
    SpillingCapture capture(StreamName::output, 10, spill_into(spilled));
    append_in_pieces(capture, letters(size), 3);
    const CapturedStream stream = capture.finish();
    CHECK(stream.bytes == letters(size));
    CHECK_FALSE(stream.spilled);
    CHECK(spilled.opened == 0);
  }
}

TEST_CASE("a stream beyond its limit is in the spill from its first byte on") {
  for (const std::size_t limit : {0U, 1U, 2U, 10U, 11U}) {
    for (const std::size_t piece : {1U, 3U, 11U, 100U}) {
      CAPTURE(limit);
      CAPTURE(piece);
      Spilled spilled;
      SpillingCapture capture(StreamName::output, limit, spill_into(spilled));
      append_in_pieces(capture, letters(47), piece);
      const CapturedStream stream = capture.finish();
      CHECK(spilled.opened == 1);
      CHECK(spilled.bytes == letters(47));
      CHECK(stream.spilled);
      CHECK(stream.spill_error.empty());
      CHECK(stream.bytes.size() == limit);
      CHECK(stream.dropped_bytes == 47 - limit);
    }
  }
}

TEST_CASE("a spill that fails is named and left alone; the capture goes on") {
  for (const std::size_t room : {0U, 5U, 12U, 30U}) {
    CAPTURE(room);
    Spilled spilled;
    SpillingCapture capture(StreamName::error, 10, spill_into(spilled, room));
    append_in_pieces(capture, letters(40), 4);
    const CapturedStream stream = capture.finish();
    CHECK_FALSE(stream.spilled);
    CHECK(stream.spill_error == "the disk is full");
    CHECK(spilled.opened == 1);
    CHECK(stream.bytes == letters(40).substr(0, 5) + letters(40).substr(35));
    CHECK(stream.dropped_bytes == 30);
  }
}

TEST_CASE("a spill that cannot be opened is named") {
  SpillingCapture capture(StreamName::output, 2, [](StreamName) -> std::unique_ptr<StreamSpill> {
    throw Error("io.read_only", "no place to write");
  });
  capture.append("abcd");
  const CapturedStream stream = capture.finish();
  CHECK_FALSE(stream.spilled);
  CHECK(stream.spill_error == "no place to write");
  CHECK(stream.bytes == "ad");
}

TEST_CASE("a child's streams spill apart, and one that stays small does not") {
  Spilled out;
  Spilled error;
  Command command = doing({"zeros", "300000", "complain", "small"});
  command.output_limit = 1000;
  command.open_spill = [&](StreamName name) {
    return spill_into(name == StreamName::output ? out : error)(name);
  };
  const ProcessResult result = run(command);
  CHECK(to_string(result.state) == "passed");
  CHECK_MESSAGE(out.bytes == std::string(300000, '\0'), "the spill differs");
  CHECK(result.out.spilled);
  CHECK(result.out.dropped_bytes == 299000);
  CHECK(error.opened == 0);
  CHECK(result.error.bytes == "small\n");
}

TEST_CASE("a failing spill does not end the run") {
  Spilled spilled;
  Command command = doing({"zeros", "300000", "exit", "3"});
  command.output_limit = 1000;
  command.open_spill = spill_into(spilled, 70000);
  const ProcessResult result = run(command);
  CHECK(result.exit_code == 3);
  CHECK(result.out.spill_error == "the disk is full");
  CHECK_FALSE(result.out.spilled);
  CHECK(result.out.dropped_bytes == 299000);
}
