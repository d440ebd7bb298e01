#include <doctest/doctest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>
#include <string>
#include <vector>

#include "core/document.h"
#include "core/document_cases.h"
#include "core/utf8.h"
#include "fs/scratch_folder.h"

using namespace ratchet;
using namespace ratchet::test;
using namespace std::string_literals;

namespace {

/// Texts that some reader of YAML takes for something else when they stand without quotes.
const std::vector<std::string>& nasty_texts() {
  static const std::vector<std::string> kTexts{
      "",
      " ",
      "  ",
      "no",
      "No",
      "NO",
      "yes",
      "Yes",
      "on",
      "On",
      "off",
      "OFF",
      "y",
      "N",
      "true",
      "True",
      "FALSE",
      "~",
      "null",
      "Null",
      "NULL",
      "nil",
      "=",
      "<<",
      ".inf",
      "-.INF",
      "+.Inf",
      ".nan",
      ".NaN",
      "0",
      "1",
      "-1",
      "+1",
      "007",
      "08",
      "0o17",
      "0O17",
      "0x1F",
      "0X1f",
      "0b101",
      "1_000",
      "1,000",
      "0x_1",
      "1e3",
      "1E3",
      "1.5e+3",
      "1e-3",
      ".5",
      "5.",
      "-.5",
      "+.5",
      "1.",
      "1__0",
      "1.2.3",
      "._1",
      "12:30:45",
      "1:2",
      "190:20:30.15",
      "2026-01-31",
      "2026-01-31T10:00:00Z",
      "2026-01-31 10:00:00 +1",
      "2026-1-3t1:02:03.5-5",
      "12e03",
      "-2E+05",
      "18446744073709551616",
      ":",
      "#",
      "-",
      "?",
      "!",
      "&",
      "*",
      "|",
      ">",
      "%",
      "@",
      "`",
      "'",
      "\"",
      "[",
      "]",
      "{",
      "}",
      ",",
      ": x",
      "x: y",
      "x:",
      "x :y",
      "a:b",
      "# x",
      "x # y",
      "x#y",
      "- x",
      "-x",
      "--",
      "---",
      "--- x",
      "...",
      "... x",
      "? x",
      "?x",
      "! x",
      "!!str x",
      "&a b",
      "*a",
      "| x",
      ">-",
      "%YAML 1.2",
      "@x",
      "`x`",
      "'x'",
      "\"x\"",
      "it's",
      "say \"x\"",
      "[x]",
      "{x: y}",
      "a, b",
      "a]",
      "a}",
      "back\\slash",
      " leading",
      "trailing ",
      "\ttab first",
      "tab last\t",
      "tab\tinside",
      "line\nbreak",
      "\n",
      "\n\n",
      "last\n",
      "\nfirst",
      "a\r\nb",
      "\r",
      "  two\n  indented\n",
      "trailing \nblank",
      "\x01",
      "\x07 bell",
      "\x1B[31m",
      "\x7F",
      "\xC2\x80",
      "\xC2\x85 next line",
      "\xC2\xA0 no-break",
      "\xE2\x80\xA8",
      "\xE2\x80\xA9",
      "\xEF\xBB\xBF mark",
      "x\xEF\xBB\xBF",
      "\xEF\xBF\xBE",
      "é",
      "☕ und 😀",
      "日本語",
      "\xF0\x9F\x98\x80",
      "e\xCC\x81",
      "a very long line " + std::string(300, 'x') + " with: marks # in it",
      "http://x.y/z?a=b#c",
      "C:\\dir\\file",
      "a/b.py",
      "v1.2",
      "100%",
      "1st",
      "x=1",
      "<<x",
      "=x",
      "~/x",
      "nope",
      "yesterday",
      "Nordic",
      "0xyz",
      "1.0.0-rc1",
      "e3",
      "+x",
      "-a-",
      "...x",
      ".",
      "..",
      "+",
      "-.",
  };
  return kTexts;
}

void check_round_trip(const json::value& value) {
  const std::string text = write_yaml(value);
  CAPTURE(text);
  const Document document = read_yaml(text, "written.yaml", {});
  CHECK(document.value() == value);
  CHECK(document.findings().empty());
}

/// All texts of up to three of these, which hold each mark that means something in YAML.
std::vector<std::string> short_texts() {
  const std::vector<std::string> letters{"a", "n",  "o",  "e", "x", "0",  "1",  "9", ".", "+",
                                         "-", "_",  ":",  "#", " ", "?",  "!",  "&", "*", "|",
                                         ">", "%",  "@",  "`", "'", "\"", "[",  "]", "{", "}",
                                         ",", "\n", "\t", "~", "=", "<",  "\\", "é"};
  std::vector<std::string> texts;
  for (const std::string& first : letters) {
    texts.push_back(first);
    for (const std::string& second : letters) {
      texts.push_back(first + second);
      for (const std::string& third : letters)
        texts.push_back(first + second + third);
    }
  }
  return texts;
}

json::value nested(const std::string& text) {
  return json::object{
      {"value", text},
      {"list", json::array{text, json::array{text, text}, json::object{{text, text}}}},
      {"deep", json::object{{text, json::array{json::object{{"k", text}}}}}}};
}

}  // namespace

TEST_CASE("texts that mean something to YAML are read back as the texts they were") {
  for (const std::string& text : nasty_texts()) {
    CAPTURE(text);
    check_round_trip(json::value(text));
    check_round_trip(nested(text));
  }
}

TEST_CASE("a text with a NUL is read back") {
  check_round_trip(nested("a\0b"s));
}

TEST_CASE("every short text of marks is read back as it was") {
  for (const std::string& text : short_texts()) {
    const std::string written = write_yaml(json::object{{text, text}});
    if (read_yaml(written, "w.yaml", {}).value() == json::value(json::object{{text, text}}))
      continue;
    CAPTURE(written);
    FAIL_CHECK("not read back as it was");
  }
  check_round_trip(json::value("the last one counts too"));
}

TEST_CASE("plain words, paths and sentences stand without quotes") {
  for (const std::string text : {"word",      "two words", "a/b.py", "http://x.y/z?a=b#c",
                                 "a:b",       "x#y",       "it's",   "say \"x\"",
                                 "v1.2",      "100%",      "1st",    "3 files",
                                 "nope",      "a-b",       "Nordic", "e3",
                                 "1.0.0-rc1", "C:\\dir",   "日本語", "~/x",
                                 "x=1",       "a, b",      "0xyz"}) {
    CAPTURE(text);
    CHECK(write_yaml(json::value(text)) == std::string(text) + "\n");
  }
}

TEST_CASE("what a reader could take for something else stands in quotes") {
  for (const std::string text :
       {"no",  "yes",  "on", "1e3", "0o17", "1_000", "12:30:45", "2026-01-31", ":",  "#", "- x",
        "---", "null", "~",  "",    " x",   "x ",    "x: y",     "@x",         "<<", "="}) {
    CAPTURE(text);
    CHECK(write_yaml(json::value(text)) == "\"" + text + "\"\n");
  }
  CHECK(write_yaml(json::value("a\n\t\"b\"\\\x01\xC2\x85\xE2\x80\xA8")) ==
        "\"a\\n\\t\\\"b\\\"\\\\\\x01\\x85\\u2028\"\n");
}

TEST_CASE("values are written in block style, in their order") {
  const json::value value = json::parse(R"({
    "name": "shop", "count": 3, "ratio": 1.0, "none": null, "on": true,
    "empty": {"list": [], "object": {}},
    "list": [1, "two", [3, [4]], {"a": 1, "b": [{"c": 2}]}, {}]
  })");
  CHECK(write_yaml(value) ==
        "name: shop\n"
        "count: 3\n"
        "ratio: 1.0\n"
        "none: null\n"
        "\"on\": true\n"
        "empty:\n"
        "  list: []\n"
        "  object: {}\n"
        "list:\n"
        "  - 1\n"
        "  - two\n"
        "  - - 3\n"
        "    - - 4\n"
        "  - a: 1\n"
        "    b:\n"
        "      - c: 2\n"
        "  - {}\n");
  check_round_trip(value);
}

TEST_CASE("values that are no containers are documents of their own") {
  for (const json::value& value : {json::value(nullptr), json::value(false), json::value(-7),
                                   json::value(1e22), json::value(-0.5), json::value(UINT64_MAX),
                                   json::value(json::array{}), json::value(json::object{})}) {
    check_round_trip(value);
  }
  CHECK(write_yaml(json::value(1e22)) == "1.0e+22\n");
  CHECK(write_yaml(json::value(2.0)) == "2.0\n");
}

TEST_CASE("keys longer than YAML allows without a mark are read back") {
  for (const std::size_t size : {100U, 101U, 1023U, 1025U, 5000U}) {
    const std::string key(size, 'k');
    const json::value scalar = json::object{{key, 1}, {"next", 2}};
    check_round_trip(scalar);
    check_round_trip(
        json::array{json::object{{key, json::array{1, json::object{{key + ": #", "x"}}}}}});
  }
  check_round_trip(json::object{{repeated("\x01", 300), json::object{{"a", 1}}}});
}

TEST_CASE("a reader of YAML 1.1 reads what is written to the same value") {
  if (std::system("python3 -c 'import yaml' >/dev/null 2>&1") != 0) {
    std::cout << "SKIPPED: YAML as a YAML 1.1 reader reads it (python3 has no module yaml)\n";
    return;
  }
  const test::ScratchFolder scratch;
  const std::filesystem::path& folder = scratch.path();
  json::array values;
  for (const std::string& text : nasty_texts())
    values.push_back(nested(text));
  json::object short_ones;
  for (const std::string& text : short_texts()) {
    if (code_point_at(text, 0).size == text.size() || short_ones.size() < 1500)
      short_ones[text] = text;
  }
  values.push_back(short_ones);
  values.push_back(json::array{1e22, 1.0, -0.5, 1e-7, 0.1, nullptr, true, -5, UINT64_MAX});
  values.push_back(json::object{{std::string(5000, 'k'), 1}});
  std::ofstream(folder / "written.yaml") << write_yaml(values);
  std::ofstream(folder / "expected.json") << write_json_pretty(values);
  const std::string script =
      "import json, sys, yaml\n"
      "got = yaml.safe_load(open(sys.argv[1], encoding='utf-8', newline=''))\n"
      "want = json.load(open(sys.argv[2], encoding='utf-8'))\n"
      "def same(a, b):\n"
      "    if type(a) is not type(b): return False\n"
      "    if isinstance(a, dict):\n"
      "        return list(a) == list(b) and all(same(a[k], b[k]) for k in a)\n"
      "    if isinstance(a, list):\n"
      "        return len(a) == len(b) and all(map(same, a, b))\n"
      "    return a == b\n"
      "wrong = [w for g, w in zip(got, want) if not same(g, w)]\n"
      "for w in wrong[:5]: print('read differently:', ascii(w)[:300])\n"
      "sys.exit(1 if wrong or len(got) != len(want) else 0)\n";
  std::ofstream(folder / "compare.py") << script;
  const std::string command = "python3 '" + (folder / "compare.py").string() + "' '" +
                              (folder / "written.yaml").string() + "' '" +
                              (folder / "expected.json").string() + "'";
  const int status = std::system(command.c_str());
  CHECK(status == 0);
}
