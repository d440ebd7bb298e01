#include "core/hash.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace ratchet;

namespace {

struct Row {
  std::string text;
  std::string digest;
};

/// Of FIPS 180-4's examples and the NIST test vectors.
const std::vector<Row>& vectors() {
  static const std::vector<Row> kRows{
      {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
       "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
      {std::string(1000000, 'a'),
       "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
  };
  return kRows;
}

}  // namespace

TEST_CASE("SHA-256 agrees with the published vectors") {
  for (const Row& row : vectors())
    CHECK(to_hex(sha256(row.text)) == row.digest);
}

TEST_CASE("a text hashed in pieces has the digest of the whole") {
  for (const Row& row : vectors()) {
    Sha256Stream stream;
    const std::string_view text = row.text;
    stream.update(text.substr(0, text.size() / 3));
    stream.update("");
    stream.update(text.substr(text.size() / 3));
    CHECK(to_hex(stream.finish()) == row.digest);
  }
}

TEST_CASE("a stream is empty again after finish, and can be moved") {
  Sha256Stream stream;
  stream.update("something else");
  static_cast<void>(stream.finish());
  Sha256Stream moved = std::move(stream);
  moved.update("abc");
  CHECK(to_hex(moved.finish()) == vectors()[1].digest);
}

TEST_CASE("a digest is read back from its digits") {
  const Sha256 digest = sha256("abc");
  std::string digits = to_hex(digest);
  CHECK(sha256_from_hex(digits) == digest);
  for (char& letter : digits) {
    if (letter >= 'a') letter = static_cast<char>(letter - 'a' + 'A');
  }
  CHECK(sha256_from_hex(digits) == digest);
}

TEST_CASE("digits that are no digest are refused") {
  const std::string digits = vectors()[0].digest;
  std::string wrong_first = digits;
  wrong_first.front() = 'g';
  std::string wrong_last = digits;
  wrong_last.back() = ' ';
  for (const std::string& text :
       {std::string(), digits.substr(1), digits + "0", wrong_first, wrong_last}) {
    CAPTURE(text);
    CHECK_FALSE(sha256_from_hex(text).has_value());
  }
}
