#include <doctest/doctest.h>

#include <string>
#include <thread>
#include <vector>

#include "core/document.h"
#include "core/document_cases.h"

using namespace ratchet;
using namespace ratchet::test;

namespace {

const std::string kJson = R"({
  "name": "café",  "empty": {},
  "entities": [
    {"name": "Order", "fields": [1, "zwei", [3]]},
    {"a/b": {"m~n": true, "": null}}
  ],
  "\u0061\n": -1
})";

struct Row {
  std::string pointer;
  std::string value;  ///< what begins at the value's place
  std::string key;    ///< what begins at the key's place
};

void check_places(const Document& document, const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    CAPTURE(row.pointer);
    CHECK(document.locate(row.pointer) == place_of(document.text(), row.value));
    CHECK(document.locate_key(row.pointer) == place_of(document.text(), row.key));
  }
}

}  // namespace

TEST_CASE("the place of every value and key of a JSON text is known") {
  check_places(json_document(kJson), {
                                         {"", "{\n  \"name\": \"caf", "{\n  \"name\": \"caf"},
                                         {"/name", "\"café", "\"name\": \"caf"},
                                         {"/empty", "{},", "\"empty"},
                                         {"/entities", "[\n", "\"entities"},
                                         {"/entities/0", "{\"name", "{\"name"},
                                         {"/entities/0/name", "\"Order", "\"name\": \"Order"},
                                         {"/entities/0/fields/1", "\"zwei", "\"zwei"},
                                         {"/entities/0/fields/2/0", "3]", "3]"},
                                         {"/entities/1/a~1b", "{\"m~n", "\"a/b"},
                                         {"/entities/1/a~1b/m~0n", "true", "\"m~n"},
                                         {"/entities/1/a~1b/", "null", "\"\": null"},
                                         {"/a\n", "-1", "\"\\u0061"},
                                     });
}

TEST_CASE("a pointer that leads nowhere gives the nearest ancestor that is there") {
  check_places(json_document(kJson),
               {
                   {"/nothing", "{\n  \"name\": \"caf", "{\n  \"name\": \"caf"},
                   {"/name/0", "\"café", "\"name\": \"caf"},
                   {"/empty/x/y", "{},", "\"empty"},
                   {"/entities/2", "[\n", "\"entities"},
                   {"/entities/00", "[\n", "\"entities"},
                   {"/entities/-", "[\n", "\"entities"},
                   {"/entities/99999999999999999999", "[\n", "\"entities"},
                   {"/entities/0/fields/1x", "[1", "\"fields"},
                   {"no pointer", "{\n  \"name\": \"caf", "{\n  \"name\": \"caf"},
               });
}

TEST_CASE("columns count code points, offsets bytes") {
  const Document document = json_document(kJson);
  CHECK(document.locate_key("/empty") == Position{2, 20, 22});
}

TEST_CASE("the place of every value and key of a YAML text is known") {
  const std::string text = R"(# a café ☕ first
name: "café"
entities:
- name: Order
  fields:
    - 1
    - |
      literal
    - {flow: [x, 'y']}
-   - nested
"quoted key": >-
  folded
nothing:
? long
: value
)";
  check_places(yaml_document(text), {
                                        {"", "name: \"caf", "name: \"caf"},
                                        {"/name", "\"café", "name: \"caf"},
                                        {"/entities", "- name: Order", "entities"},
                                        {"/entities/0", "name: Order", "name: Order"},
                                        {"/entities/0/name", "Order", "name: Order"},
                                        {"/entities/0/fields/0", "1\n", "1\n"},
                                        {"/entities/0/fields/1", "|\n", "|\n"},
                                        {"/entities/0/fields/2", "{flow", "{flow"},
                                        {"/entities/0/fields/2/flow", "[x", "flow:"},
                                        {"/entities/0/fields/2/flow/1", "'y'", "'y'"},
                                        {"/entities/1/0", "nested", "nested"},
                                        {"/quoted key", ">-", "\"quoted"},
                                        {"/nothing", "\n? long", "nothing"},
                                        {"/long", "value", "long"},
                                        {"/long/more", "value", "long"},
                                        {"/entities/7", "- name: Order", "entities"},
                                    });
}

TEST_CASE("places in YAML hold across byte order marks, CRLF and wide characters") {
  const std::string text = "\xEF\xBB\xBF# ☕\r\nä: 1\r\nö: {ü: 😀, b: 2}\r\n";
  check_places(yaml_document(text), {
                                        {"", "ä", "ä"},
                                        {"/ä", "1\r", "ä"},
                                        {"/ö/ü", "😀", "ü"},
                                        {"/ö/b", "2}", "b: 2"},
                                    });
}

TEST_CASE("an aliased value begins at its alias, its parts where they are written") {
  const std::string text =
      "base: &base\n  host: localhost\n  ports: [80, 443]\nuse: *base\n"
      "merged:\n  <<: *base\n  host: example\n"
      "both:\n  <<: [{x: 1}, *base, {host: late, y: 2}]\n";
  check_places(yaml_document(text), {
                                        {"/use", "*base\nmerged", "use"},
                                        {"/use/ports/1", "443", "443"},
                                        {"/merged/ports", "[80", "ports"},
                                        {"/merged/host", "example", "host: example"},
                                        {"/merged/ports/0", "80", "80"},
                                        {"/both/x", "1}", "x: 1"},
                                        {"/both/host", "localhost", "host: localhost"},
                                        {"/both/y", "2}", "y: 2"},
                                    });
}

TEST_CASE("duplicate keys are found with the place of the later one, and the last one counts") {
  const std::string text = R"({"a": 1, "b": {"x": 1, "y": 2, "x": 3}, "l": [{}, {"k": 0, "k": 1}],
 "\u0061": 4, "a": 5})";
  const Document document = json_document(text);
  CHECK(document.value() == json::parse(R"({"a": 5, "b": {"x": 3, "y": 2}, "l": [{}, {"k": 1}]})"));
  const std::vector<std::pair<std::string, std::string>> expected{
      {"/b/x", "\"x\": 3"}, {"/l/1/k", "\"k\": 1"}, {"/a", "\"\\u0061"}, {"/a", "\"a\": 5"}};
  REQUIRE(document.findings().size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const Finding& finding = document.findings()[i];
    CAPTURE(i);
    const Position place = place_of(text, expected[i].second);
    CHECK(finding.code == "json.duplicate_key");
    CHECK(finding.severity == Severity::error);
    CHECK(finding.path == "a.json");
    CHECK(finding.pointer == expected[i].first);
    CHECK(finding.line == place.line);
    CHECK(finding.column == place.column);
    CHECK(finding.byte_offset == place.byte_offset);
  }
  CHECK(document.findings().front().message.find("\"x\" stands twice, first at 1:16") !=
        std::string::npos);
  CHECK(document.locate("/a") == place_of(text, "5}"));
}

TEST_CASE("a duplicate key inside a value that a later one replaces is found too") {
  const Document document = json_document(R"({"a": {"k": 1, "k": 2}, "a": 0})");
  REQUIRE(document.findings().size() == 2);
  CHECK(document.findings()[0].pointer == "/a/k");
  CHECK(document.findings()[1].pointer == "/a");
}

TEST_CASE("equal keys of different objects are no duplicates") {
  CHECK(json_document(R"({"a": {"a": {"a": 1}}, "b": [{"a": 1}, {"a": 2}], "A": 1})")
            .findings()
            .empty());
  CHECK(yaml_document("a: {a: {a: 1}}\nb: [{a: 1}, {a: 2}]\nA: 1\n").findings().empty());
}

TEST_CASE("duplicate keys of large objects are found") {
  std::string text = "{";
  for (int i = 0; i < 1000; ++i)
    text += joined({"\"k", std::to_string(i), "\":", std::to_string(i), ","});
  text += "\"k500\":-1}";
  const Document document = json_document(text);
  REQUIRE(document.findings().size() == 1);
  CHECK(document.findings()[0].pointer == "/k500");
  CHECK(document.value().at("k500") == -1);
  CHECK(document.value().as_object().size() == 1000);
}

TEST_CASE("duplicate keys of YAML are found, merged ones are not") {
  const std::string text = "base: &b {k: 1}\nk:\n  <<: *b\n  k: 2\n  \"k\": 3\n'base': 4\n";
  const Document document = yaml_document(text);
  REQUIRE(document.findings().size() == 2);
  CHECK(document.findings()[0].code == "yaml.duplicate_key");
  CHECK(document.findings()[0].pointer == "/k/k");
  CHECK(document.findings()[0].line == 5);
  CHECK(document.findings()[0].column == 3);
  CHECK(document.findings()[1].pointer == "/base");
  CHECK(document.value() == json::parse(R"({"base": 4, "k": {"k": 3}})"));
}

TEST_CASE("more duplicate keys than the limit are counted") {
  Limits limits;
  limits.findings_per_file = 3;
  const std::string text = joined({"{", repeated("\"k\":0,", 10), "\"k\":1}"});
  const Document document = json_document(text, limits);
  REQUIRE(document.findings().size() == 3);
  CHECK(document.findings()[1].code == "json.duplicate_key");
  CHECK(document.findings()[2].code == "findings.truncated");
  CHECK(document.findings()[2].message == "8 more findings are not listed");
  limits.findings_per_file = 10;
  CHECK(json_document(text, limits).findings().back().code == "json.duplicate_key");
}

TEST_CASE("a document is shared between threads") {
  const Document document = json_document(kJson);
  const Position expected = place_of(kJson, "\"zwei");
  std::vector<Position> places(8);
  {
    std::vector<std::jthread> threads;
    for (Position& place : places) {
      threads.emplace_back([&] { place = document.locate("/entities/0/fields/1"); });
    }
  }
  for (const Position& place : places)
    CHECK(place == expected);
}

TEST_CASE("a document that was moved tells its places as before") {
  Document document = json_document("[1, 2]");
  CHECK(document.locate("/1").column == 5);
  Document moved = std::move(document);
  CHECK(moved.locate("/0").column == 2);
  CHECK(moved.text() == "[1, 2]");
}

TEST_CASE("the format is told by the extension, else by the first character") {
  struct Row {
    std::string name;
    std::string text;
    Document::Format format;
  };
  constexpr auto kJsonFormat = Document::Format::json;
  constexpr auto kYamlFormat = Document::Format::yaml;
  const std::vector<Row> rows{
      {"a.json", "1", kJsonFormat},
      {"a.JSON", "1", kJsonFormat},
      {"a.yaml", "{\"a\": 1}", kYamlFormat},
      {"b/a.yml", "[1]", kYamlFormat},
      {"instance", " \n{\"a\": 1}", kJsonFormat},
      {"", "[1]", kJsonFormat},
      {"", "\xEF\xBB\xBF[1]", kJsonFormat},
      {"instance", "a: 1", kYamlFormat},
      {".json", "a: 1", kYamlFormat},
      {"a.json.txt", "a: 1", kYamlFormat},
      {"", "", kYamlFormat},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CAPTURE(row.text);
    CHECK(read_document(row.text, row.name, {}).format() == row.format);
  }
}

TEST_CASE("a token of a pointer is escaped") {
  std::string pointer = "/a";
  append_token(pointer, "b/c~d");
  append_token(pointer, "");
  CHECK(pointer == "/a/b~1c~0d/");
}
