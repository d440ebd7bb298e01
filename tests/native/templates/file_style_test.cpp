#include "templates/file_style.h"

#include <doctest/doctest.h>

#include "core/error.h"
#include "fs/memory_file_system.h"

namespace ratchet {
namespace {

using Charset = FileStyle::Charset;
using Files = std::map<std::string, std::string>;

/// The style of a path in a repository at /r that holds these files.
FileStyle style_in(const Files& there, const std::string& path, const std::string& base = "") {
  MemoryFileSystem files;
  files.put_folder("/r");
  for (const auto& [name, content] : there)
    files.put_file("/r/" + name, content);
  return FileStyles(files, "/r", base, Limits()).of(RelativePath::parse(path));
}

LineEnd line_end_in(const Files& there, const std::string& path) {
  return style_in(there, path).line_end;
}

}  // namespace

TEST_CASE("nobody's word is no style") {
  CHECK(style_in({}, "a/b.py") == FileStyle{});
  CHECK(style_in({{".editorconfig", "[*.js]\nend_of_line = crlf\n"}}, "a/b.py") == FileStyle{});
}

TEST_CASE(".editorconfig decides on line ends, encoding and the last line") {
  const FileStyle style =
      style_in({{".editorconfig",
                 "\xEF\xBB\xBF# of all\r\n[*]\r\nEnd_Of_Line = CRLF\r\ncharset=utf-8-bom\r\n"
                 "; and\r\ninsert_final_newline = true\r\nnonsense\r\n"}},
               "a/b.py");
  CHECK(style == FileStyle{LineEnd::crlf, Charset::utf8_bom, true});
}

TEST_CASE("later sections and nearer files go before, root ends the search, unset takes back") {
  const Files files{
      {".editorconfig", "[*]\nend_of_line = crlf\n[*.py]\nend_of_line = lf\n"},
      {"own/.editorconfig", "[*.py]\nend_of_line = cr\n[*.md]\nend_of_line = unset\n"},
      {"top/.editorconfig", "root = true\n"}};
  CHECK(line_end_in(files, "a.txt") == LineEnd::crlf);
  CHECK(line_end_in(files, "x/a.py") == LineEnd::lf);
  CHECK(line_end_in(files, "own/a.py") == LineEnd::cr);
  CHECK(line_end_in(files, "own/deep/a.py") == LineEnd::cr);
  CHECK(line_end_in(files, "own/a.md") == LineEnd::none);
  CHECK(line_end_in(files, "top/a.py") == LineEnd::none);
}

TEST_CASE("a section that can match nothing says nothing, in the one before it neither") {
  const std::string never = "[{1..100000}]\nend_of_line = crlf\n";
  CHECK(line_end_in({{".editorconfig", never}}, "a") == LineEnd::none);
  CHECK(line_end_in({{".editorconfig", "[*]\nend_of_line = lf\n" + never}}, "a") == LineEnd::lf);
}

TEST_CASE("patterns are relative to the folder of their file, also above the root") {
  const Files files{{"pkg/.editorconfig", "[src/*.py]\nend_of_line = crlf\n"}};
  CHECK(line_end_in(files, "pkg/src/a.py") == LineEnd::crlf);
  CHECK(line_end_in(files, "src/a.py") == LineEnd::none);
  CHECK(style_in(files, "src/a.py", "pkg").line_end == LineEnd::crlf);
}

TEST_CASE(".gitattributes decides on line ends, before .editorconfig") {
  const Files files{
      {".editorconfig", "[*]\nend_of_line = lf\n"},
      {".gitattributes",
       "# comment\n*.bat text eol=crlf\n*.bin binary eol=crlf\n*.ps1 eol=crlf\n*.ps1 !eol\n"
       "\"with blank.*\" eol=crlf\n[attr]windows text eol=crlf\n*.rc windows\n*.txt text=auto\n"},
      {"sub/.gitattributes", "*.bat eol=lf\n"}};
  CHECK(line_end_in(files, "a.bat") == LineEnd::crlf);
  CHECK(line_end_in(files, "sub/a.bat") == LineEnd::lf);
  CHECK(line_end_in(files, "a.bin") == LineEnd::lf);  // git converts nothing, editors do
  CHECK(line_end_in(files, "a.ps1") == LineEnd::lf);
  CHECK(line_end_in(files, "with blank.c") == LineEnd::crlf);
  CHECK(line_end_in(files, "a.rc") == LineEnd::crlf);
  CHECK(line_end_in(files, "a.txt") == LineEnd::lf);
}

TEST_CASE("a link, a folder and a file in the way of a folder say nothing") {
  MemoryFileSystem files;
  files.put_folder("/r/.editorconfig");
  files.put_file("/r/file", "");
  FileStyles styles(files, "/r", "", Limits());
  CHECK(styles.of(RelativePath::parse("file/a")) == FileStyle{});
}

TEST_CASE("a file that speaks and cannot be read is an error") {
  MemoryFileSystem files;
  files.put_file("/r/.editorconfig", std::string(100, '#'));
  Limits limits;
  limits.input_bytes = 10;
  FileStyles styles(files, "/r", "", limits);
  try {
    static_cast<void>(styles.of(RelativePath::parse("a")));
    FAIL("it was read");
  } catch (const Error& error) {
    CHECK(error.code().name() == "limit.input_size");
  }
}

TEST_CASE("content is brought into a style, and what is no text is left alone") {
  struct Row {
    std::string what;
    FileStyle style;
    std::string before;
    std::string after;
  };
  const std::string nul("a\0b\n", 4);
  for (const Row& row : {
           Row{"no style", {}, "a\r\nb", "a\r\nb"},
           Row{"crlf", {LineEnd::crlf, {}, false}, "a\nb\r\nc", "a\r\nb\r\nc"},
           Row{"lf", {LineEnd::lf, {}, false}, "a\r\nb\r\n", "a\nb\n"},
           Row{"a last line end", {LineEnd::none, {}, true}, "a\r\nb", "a\r\nb\r\n"},
           Row{"a last line end of the style", {LineEnd::crlf, {}, true}, "b", "b\r\n"},
           Row{"an empty file", {LineEnd::lf, {}, true}, "", ""},
           Row{"one that ends already", {LineEnd::none, {}, true}, "a\n", "a\n"},
           Row{"a mark",
               {LineEnd::none, Charset::utf8_bom, false},
               "a",
               "\xEF\xBB\xBF"
               "a"},
           Row{"no mark",
               {LineEnd::none, Charset::utf8, false},
               "\xEF\xBB\xBF"
               "a",
               "a"},
           Row{"UTF-16",
               {LineEnd::crlf, Charset::utf16_le, false},
               "a\n",
               std::string("\xFF\xFE"
                           "a\0\r\0\n\0",
                           8)},
           Row{"Latin-1", {LineEnd::none, Charset::latin1, false}, "\xC3\xA9", "\xE9"},
           Row{"a NUL", {LineEnd::crlf, Charset::utf8_bom, true}, nul, nul},
           Row{"no UTF-8", {LineEnd::crlf, {}, true}, "\xE9\n", "\xE9\n"},
       }) {
    CAPTURE(row.what);
    CHECK(in_style(row.before, row.style, "a.txt") == row.after);
  }
}

TEST_CASE("a character that Latin-1 does not have is refused with its place") {
  try {
    static_cast<void>(
        in_style("ab\nc\xE2\x82\xAC", {LineEnd::none, Charset::latin1, false}, "a.txt"));
    FAIL("it was written");
  } catch (const Error& error) {
    CHECK(error.code().name() == "text.not_latin1");
    CHECK(error.path() == "a.txt");
    CHECK(error.position().line == 2);
    CHECK(error.position().column == 2);
  }
}

TEST_CASE("the style of a file that is there is its own") {
  CHECK(style_of_content("a\r\nb\r\n") == FileStyle{LineEnd::crlf, Charset::utf8, false});
  CHECK(style_of_content("a\nb\r\n") == FileStyle{LineEnd::none, Charset::utf8, false});
  CHECK(style_of_content("\xEF\xBB\xBF"
                         "a") == FileStyle{LineEnd::none, Charset::utf8_bom, false});
  CHECK(style_of_content(std::string(2, '\0')) == FileStyle{});
}

}  // namespace ratchet
