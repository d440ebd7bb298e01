#include "core/text.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "core/utf8.h"

using namespace ratchet;
using namespace std::string_literals;

TEST_CASE("UTF-8 is checked as RFC 3629 has it") {
  struct Row {
    std::string text;
    std::optional<std::size_t> fault;
  };
  const std::vector<Row> rows{
      {"", std::nullopt},
      {"plain ASCII that is longer than eight bytes", std::nullopt},
      {"\0 is a character"s, std::nullopt},
      {"\xC2\x80 \xDF\xBF", std::nullopt},                  // U+0080, U+07FF
      {"\xE0\xA0\x80 \xEF\xBF\xBF", std::nullopt},          // U+0800, U+FFFF
      {"\xED\x9F\xBF \xEE\x80\x80", std::nullopt},          // around the surrogates
      {"\xF0\x90\x80\x80 \xF4\x8F\xBF\xBF", std::nullopt},  // U+10000, U+10FFFF
      {"abc\x80", 3},                                       // a continuation alone
      {"\xC0\xAF", 0},                                      // overlong
      {"\xC1\xBF", 0},
      {"a\xE0\x9F\xBF", 1},             // overlong
      {"\xED\xA0\x80", 0},              // a surrogate
      {"12345678\xF0\x8F\xBF\xBF", 8},  // overlong, behind a whole word
      {"\xF4\x90\x80\x80", 0},          // above U+10FFFF
      {"\xF5\x80\x80\x80", 0},
      {"\xFF", 0},
      {"ok\xE2\x82", 2},     // cut off
      {"\xC3\xA9\xC3(", 2},  // a lead without its continuation
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(first_invalid_utf8(row.text) == row.fault);
  }
}

TEST_CASE("repair replaces each maximal malformed part by one U+FFFD") {
  const std::string mark = "\xEF\xBF\xBD";
  // The example of the Unicode standard, table 3-8 (section 3.9).
  CHECK(repaired_utf8("\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64") ==
        "a" + mark + mark + mark + "b" + mark + "c" + mark + mark + "d");
  CHECK(repaired_utf8("\xC0\xAF") == mark + mark);
  CHECK(repaired_utf8("\xED\xA0\x80") == mark + mark + mark);
  CHECK(repaired_utf8("gr\xC3\xBC\xC3\x9F") == "gr\xC3\xBC\xC3\x9F");
  CHECK(repaired_utf8("end\xE2\x82") == "end" + mark);
  CHECK(repaired_utf8("") == "");
}

TEST_CASE("a code point that is none is appended as U+FFFD") {
  std::string text;
  append_code_point(text, 0xD800);
  append_code_point(text, 0x110000);
  append_code_point(text, 0x10FFFF);
  CHECK(text == "\xEF\xBF\xBD\xEF\xBF\xBD\xF4\x8F\xBF\xBF");
}

TEST_CASE("a quoted value is one readable line") {
  CHECK(in_quotes("plain") == "\"plain\"");
  CHECK(in_quotes("") == "\"\"");
  CHECK(in_quotes("say \"hi\" \\ there") == R"("say \"hi\" \\ there")");
  CHECK(in_quotes("a\nb\r\n\tc") == R"("a\nb\r\n\tc")");
  CHECK(in_quotes("\x1B[31m\x7F\0"s) == R"("\u001b[31m\u007f\u0000")");
  CHECK(in_quotes("\xE2\x80\xA8 \xE2\x80\xAE \xC2\x85") == R"("\u2028 \u202e \u0085")");
  CHECK(in_quotes("gr\xC3\xBC\xC3\x9F") == "\"gr\xC3\xBC\xC3\x9F\"");
  CHECK(in_quotes("\xFF") == "\"\xEF\xBF\xBD\"");
}

TEST_CASE("a long value is cut after whole code points") {
  CHECK(in_quotes("\xC3\xA9\xC3\xA9\xC3\xA9", 3) == "\"\xC3\xA9\xC3\xA9\xC3\xA9\"");
  CHECK(in_quotes("\xC3\xA9\xC3\xA9\xC3\xA9", 2) == "\"\xC3\xA9\xC3\xA9…\"");
  CHECK(in_quotes(std::string(61, 'x')) == "\"" + std::string(60, 'x') + "…\"");
}

TEST_CASE("the shape of a file is told from its bytes") {
  struct Row {
    std::string bytes;
    Encoding encoding;
    LineEnd line_end;
  };
  const std::vector<Row> rows{
      {"", Encoding::utf8, LineEnd::none},
      {"one line", Encoding::utf8, LineEnd::none},
      {"a\nb\n", Encoding::utf8, LineEnd::lf},
      {"a\r\nb\r\n", Encoding::utf8, LineEnd::crlf},
      {"a\rb\r", Encoding::utf8, LineEnd::cr},
      {"a\nb\r\n", Encoding::utf8, LineEnd::mixed},
      {"a\r\n\rb", Encoding::utf8, LineEnd::mixed},
      {"\xEF\xBB\xBF"
       "a\n",
       Encoding::utf8_bom, LineEnd::lf},
      {"\xFF\xFE"
       "a\0\r\0\n\0"s,
       Encoding::utf16_le, LineEnd::crlf},
      {"\xFE\xFF\0a\0\n"s, Encoding::utf16_be, LineEnd::lf},
      {"a\0b\n"s, Encoding::binary, LineEnd::none},
      {"\xFF\xFE"
       "a"s,
       Encoding::binary, LineEnd::none},  // half a unit
      {"\xFF\xFE\x00\xD8"
       "a\0"s,
       Encoding::binary, LineEnd::none},  // half a surrogate pair
      {"\xFF\xFE\x00\xDC\x00\xDC"s, Encoding::binary, LineEnd::none},
      {"\xFF\xFE\x00\xDC"s, Encoding::binary, LineEnd::none},     // the other half
      {"\xFF\xFE\0\0a\0\0\0"s, Encoding::binary, LineEnd::none},  // UTF-32
      {"latin \xE9 one\n", Encoding::binary, LineEnd::none},
  };
  for (const Row& row : rows) {
    CAPTURE(row.bytes);
    const TextShape shape = shape_of(row.bytes);
    CHECK(shape.encoding == row.encoding);
    CHECK(shape.line_end == row.line_end);
  }
}

TEST_CASE("text that is decoded and encoded again has the bytes it had") {
  const std::vector<std::string> files{"",
                                       "gr\xC3\xBC\xC3\x9F\n",
                                       "\xEF\xBB\xBFmarked\r\n",
                                       "\xEF\xBB\xBF",
                                       "\xFF\xFEg\0\xFC\0\x3D\xD8\x00\xDE"s,
                                       "\xFE\xFF\0g\0\xFC\xD8\x3D\xDE\x00"s};
  for (const std::string& bytes : files) {
    CAPTURE(bytes);
    const Encoding encoding = shape_of(bytes).encoding;
    const std::optional<std::string> text = decode_text(bytes, encoding);
    REQUIRE(text.has_value());
    CHECK(encode_text(*text, encoding) == bytes);
  }
}

TEST_CASE("UTF-16 is decoded to the characters that it names") {
  const std::string expected = "g\xC3\xBC\xF0\x9F\x98\x80";  // g, ü, U+1F600
  CHECK(decode_text("\xFF\xFEg\0\xFC\0\x3D\xD8\x00\xDE"s, Encoding::utf16_le) == expected);
  CHECK(decode_text("\xFE\xFF\0g\0\xFC\xD8\x3D\xDE\x00"s, Encoding::utf16_be) == expected);
}

TEST_CASE("bytes that are not in the encoding named are not decoded") {
  CHECK_FALSE(decode_text("abc", Encoding::binary).has_value());
  CHECK_FALSE(decode_text("abc", Encoding::utf16_le).has_value());
  CHECK_FALSE(decode_text("", Encoding::utf16_be).has_value());
  CHECK_FALSE(decode_text("\xC3", Encoding::utf8).has_value());
}

TEST_CASE("line ends are replaced whichever they were") {
  const std::string mixed = "a\nb\r\nc\rd\n\r\n";
  CHECK(with_line_ends(mixed, LineEnd::lf) == "a\nb\nc\nd\n\n");
  CHECK(with_line_ends(mixed, LineEnd::crlf) == "a\r\nb\r\nc\r\nd\r\n\r\n");
  CHECK(with_line_ends(mixed, LineEnd::cr) == "a\rb\rc\rd\r\r");
  CHECK(with_line_ends(mixed, LineEnd::none) == mixed);
  CHECK(with_line_ends(mixed, LineEnd::mixed) == mixed);
  CHECK(with_line_ends("", LineEnd::crlf) == "");
}

TEST_CASE("a file's name is what stands after the last separator of any system") {
  CHECK(file_name_of("a/b.c") == "b.c");
  CHECK(file_name_of(R"(C:\a/b\c.d)") == "c.d");
  CHECK(file_name_of("plain") == "plain");
  CHECK(file_name_of("a/").empty());
}
