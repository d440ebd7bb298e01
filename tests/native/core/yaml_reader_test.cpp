#include <doctest/doctest.h>

#include <limits>
#include <string>
#include <vector>

#include "core/document.h"
#include "core/document_cases.h"
#include "core/number_text.h"

using namespace ratchet;
using namespace ratchet::test;

namespace {

json::value yaml_value(std::string text) {
  return yaml_document(std::move(text)).value();
}

}  // namespace

TEST_CASE("plain scalars are resolved by the core schema of YAML 1.2") {
  struct Row {
    std::string plain;
    json::value value;
  };
  const std::vector<Row> rows{
      {"null", nullptr},
      {"Null", nullptr},
      {"NULL", nullptr},
      {"~", nullptr},
      {"", nullptr},
      {"true", true},
      {"True", true},
      {"TRUE", true},
      {"false", false},
      {"False", false},
      {"FALSE", false},
      {"0", 0},
      {"-19", -19},
      {"+12", 12},
      {"007", 7},
      {"010", 10},
      {"0o17", 15},
      {"0x1F", 31},
      {"0xff", 255},
      {"0xFFFFFFFFFFFFFFFF", std::numeric_limits<std::uint64_t>::max()},
      {"18446744073709551615", std::numeric_limits<std::uint64_t>::max()},
      {"18446744073709551616", 0x1p64},
      {"1.0", 1.0},
      {"-2E+05", -2e5},
      {"1e3", 1e3},
      {".5", 0.5},
      {"5.", 5.0},
      {"+.5e1", 5.0},
      // Texts: what YAML 1.1 or a careless reader would take for something else.
      {"no", "no"},
      {"yes", "yes"},
      {"on", "on"},
      {"Off", "Off"},
      {"y", "y"},
      {"nULL", "nULL"},
      {"tRUE", "tRUE"},
      {"1_000", "1_000"},
      {"12:30:45", "12:30:45"},
      {"2026-01-31", "2026-01-31"},
      {"0b11", "0b11"},
      {"0O17", "0O17"},
      {"0o18", "0o18"},
      {"0x", "0x"},
      {"0xG", "0xG"},
      {"-0x1F", "-0x1F"},
      {"1e", "1e"},
      {"e1", "e1"},
      {".", "."},
      {"-.", "-."},
      {".e1", ".e1"},
      {"1.2.3", "1.2.3"},
      {"+", "+"},
      {"-", json::array{nullptr}},
      {"inf", "inf"},
      {"nan", "nan"},
      {"a b", "a b"},
      {"a:b", "a:b"},
      {"a#b", "a#b"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.plain);
    const json::value value = yaml_value(row.plain);
    CHECK(value == row.value);
    CHECK(value.is_double() == row.value.is_double());
  }
  CHECK(number_text(yaml_value("-0").as_double()) == "-0.0");
}

TEST_CASE("quoted and block scalars are texts") {
  CHECK(yaml_value("'1'") == "1");
  CHECK(yaml_value("\"null\"") == "null");
  CHECK(yaml_value("''") == "");
  CHECK(yaml_value("|\n  1\n  2\n") == "1\n2\n");
  CHECK(yaml_value(">-\n  true\n") == "true");
  CHECK(yaml_value("\"a\\0b\\u263A\\x41\"") == json::value(std::string("a\0b☺A", 7)));
}

TEST_CASE("tags of the core schema choose the type") {
  CHECK(yaml_value("!!str 1") == "1");
  CHECK(yaml_value("! 1") == "1");
  CHECK(yaml_value("!!int '12'") == 12);
  CHECK(yaml_value("!!float 1").is_double());
  CHECK(yaml_value("!!bool 'true'") == true);
  CHECK(yaml_value("!!null ''") == nullptr);
  CHECK(yaml_value("!!map {a: !!seq [1]}") == json::parse(R"({"a": [1]})"));
}

TEST_CASE("an empty text is null, at its beginning") {
  for (const std::string text : {"", "\n", "# a comment alone\n", "---\n"}) {
    CAPTURE(text);
    CHECK(yaml_value(text) == nullptr);
  }
  CHECK(yaml_document("").locate("/a") == Position{1, 1, 0});
}

TEST_CASE("a document may be marked and versioned") {
  CHECK(yaml_value("%YAML 1.2\n---\na: 1\n...\n") == json::value{{"a", 1}});
}

TEST_CASE("aliases are followed") {
  CHECK(yaml_value("a: &x [1, {b: 2}]\nc: *x\nd: {e: *x}\n") ==
        json::parse(R"({"a": [1, {"b": 2}], "c": [1, {"b": 2}], "d": {"e": [1, {"b": 2}]}})"));
  CHECK(yaml_value("- &x 1\n- *x\n- &x two\n- *x\n") == json::value{1, 1, "two", "two"});
  CHECK(yaml_value("a: &k key\n*k : 1\n") == json::parse(R"({"a": "key", "key": 1})"));
}

TEST_CASE("merge keys give what a mapping does not name itself") {
  const std::string base = "b: &b {x: 1, y: 2}\nc: &c {y: 3, z: 4}\n";
  CHECK(yaml_value(joined({base, "m: {<<: *b, x: 9}"})).at("m") ==
        json::parse(R"({"x": 9, "y": 2})"));
  CHECK(yaml_value(joined({base, "m: {x: 9, <<: *b}"})).at("m") ==
        json::parse(R"({"x": 9, "y": 2})"));
  CHECK(yaml_value(joined({base, "m: {<<: [*b, *c]}"})).at("m") ==
        json::parse(R"({"x": 1, "y": 2, "z": 4})"));
  CHECK(yaml_value(joined({base, "n: &n {<<: *c, w: 0}\nm: {<<: *n}"})).at("m") ==
        json::parse(R"({"y": 3, "z": 4, "w": 0})"));
  CHECK(yaml_value(joined({base, "m: {<<: *b, <<: *c}"})).at("m") ==
        json::parse(R"({"x": 1, "y": 2, "z": 4})"));
  CHECK(yaml_value("m: {\"<<\": {x: 1}}").at("m") == json::parse(R"({"<<": {"x": 1}})"));
  CHECK(yaml_value("- <<").as_array().front() == "<<");
}

TEST_CASE("what is no YAML, or none that is read here, is refused with its place") {
  struct Row {
    std::string text;
    std::string code;
    Position place;
    std::string hint = {};
  };
  const std::vector<Row> rows{
      {"a: 1\n\tb: 2\n", "yaml.invalid", {2, 1, 5}, "spaces"},
      {"a: b: c\n", "yaml.invalid", {1, 5, 4}, "quotes"},
      {"é: @x\n", "yaml.invalid", {1, 4, 4}, "quotes"},
      {"a: [1, 2\n", "yaml.invalid", {2, 1, 9}},
      {"a: \"x\n", "yaml.invalid", {2, 1, 6}},
      {"a: *x\n", "yaml.invalid", {1, 4, 3}},
      {"é: \x01\n", "yaml.invalid", {1, 4, 4}, "escape"},
      {"\xEF\xBB\xBFé: \x01\n", "yaml.invalid", {1, 4, 7}, "escape"},
      {"\xEF\xBB\xBFé: @x\n", "yaml.invalid", {1, 4, 7}, "quotes"},
      {"a: \"\\ud83d\\ude00\"\n", "yaml.invalid", {1, 7, 6}},  // at the digits
      {"m: {<<: 1}\n", "yaml.invalid", {1, 9, 8}, "quotes"},
      {"m: {<<: [{a: 1}, 2]}\n", "yaml.invalid", {1, 9, 8}, "quotes"},
      {"n: !!int x\n", "yaml.invalid", {1, 4, 3}},
      {"a: &x [*x]\n", "yaml.unsupported", {1, 8, 7}},
      {"a: 1\n---\nb: 2\n", "yaml.unsupported", {2, 1, 5}, "file of its own"},
      {"1: a\n", "yaml.unsupported", {1, 1, 0}, "quotes"},
      {"true: a\n", "yaml.unsupported", {1, 1, 0}, "quotes"},
      {"? [a]\n: b\n", "yaml.unsupported", {1, 3, 2}},
      {"&k a: b\n", "yaml.unsupported", {1, 1, 0}},
      {"a: !mine b\n", "yaml.unsupported", {1, 4, 3}, "tag"},
      {"a: !!set {b}\n", "yaml.unsupported", {1, 4, 3}, "tag"},
      {"a: .inf\n", "yaml.unsupported", {1, 4, 3}, "quotes"},
      {"a: -.INF\n", "yaml.unsupported", {1, 4, 3}, "quotes"},
      {"a: .NaN\n", "yaml.unsupported", {1, 4, 3}, "quotes"},
      {"a: 1e400\n", "yaml.unsupported", {1, 4, 3}, "quotes"},
      {"a: 0x10000000000000000\n", "yaml.unsupported", {1, 4, 3}, "quotes"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const std::optional<Error> error = yaml_error(row.text);
    REQUIRE(error.has_value());
    CAPTURE(error->message());
    CHECK(error->code().name() == row.code);
    CHECK(error->path() == "a.yaml");
    CHECK(error->position() == row.place);
    const std::string place = joined({"a.yaml:", std::to_string(row.place.line), ":"});
    CHECK(error->message().find(place) != std::string::npos);
    CHECK(error->hint().find(row.hint) != std::string::npos);
    CHECK(error->message().find('\n') == std::string::npos);
  }
}

TEST_CASE("aliases that multiply are stopped at the limit of bytes") {
  std::string laughs = "a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n";
  for (char letter = 'b'; letter <= 'p'; ++letter) {
    const std::string name(1, letter);
    const std::string before(1, static_cast<char>(letter - 1));
    laughs += joined({name, ": &", name, " [", repeated(joined({"*", before, ", "}), 9), "]\n"});
  }
  const std::optional<Error> lists = yaml_error(laughs);
  REQUIRE(lists.has_value());
  CHECK(lists->code().name() == "limit.input_size");
  CHECK(lists->position().line > 1);

  std::string merges = "m0: &m0 {x: 1}\n";
  for (int i = 1; i <= 40; ++i) {
    const std::string name = joined({"m", std::to_string(i)});
    const std::string before = joined({"*m", std::to_string(i - 1)});
    merges += joined({name, ": &", name, " {<<: [", before, ", ", before, "]}\n"});
  }
  CHECK(code_of(yaml_error(merges)) == "limit.input_size");

  const std::string text_twice = joined({"a: &a ", repeated("x", 1000), "\nb: *a\n"});
  Limits limits;
  limits.input_bytes = 1014;
  REQUIRE(text_twice.size() <= 1014);
  CHECK(code_of(yaml_error(text_twice, limits)) == "limit.input_size");
}

TEST_CASE("YAML may nest as deep as the limit, through aliases and merges too") {
  Limits limits;
  limits.json_depth = 3;
  CHECK_FALSE(yaml_error("[{a: [1]}]", limits).has_value());
  const std::optional<Error> error = yaml_error("- a:\n  - - 1\n", limits);
  REQUIRE(error.has_value());
  CHECK(error->code().name() == "json.too_deep");
  CHECK(error->position() == Position{2, 5, 9});

  CHECK_FALSE(yaml_error("a: &a [1]\nb: [*a]\n", limits).has_value());
  const std::optional<Error> aliased = yaml_error("a: &a [[1]]\nb: [*a]\n", limits);
  REQUIRE(aliased.has_value());
  CHECK(aliased->code().name() == "json.too_deep");
  CHECK(aliased->position() == Position{2, 5, 16});

  const std::string chain = "a: &a {x: 1}\nb: &b {<<: *a}\nc: &c {<<: *b}\nd: &d {<<: *c}\n";
  CHECK(code_of(yaml_error(chain, limits)) == "json.too_deep");
  limits.json_depth = 6;
  CHECK(yaml_document(chain, limits).value().at("d") == json::value{{"x", 1}});
}

TEST_CASE("YAML that nests 100,000 deep is an error and no crash") {
  for (const std::string part : {"[", "{a: ", "- ", "? "}) {
    CAPTURE(part);
    const std::optional<Error> error = yaml_error(repeated(part, 100000));
    REQUIRE(error.has_value());
    const std::string code(error->code().name());
    CHECK((code == "json.too_deep" || code == "yaml.unsupported"));
  }
  std::string chain = "a0: &a0 [1]\n";
  for (int i = 1; i < 5000; ++i) {
    const std::string name = joined({"a", std::to_string(i)});
    chain += joined({name, ": &", name, " [*a", std::to_string(i - 1), "]\n"});
  }
  CHECK(yaml_error(chain).has_value());
}

TEST_CASE("JSON texts are YAML texts of the same value") {
  for (const std::string text : {R"({"a": [1, -2.5e3, "x\ny", null, true], "b": {"c": {}}})",
                                 R"(["\u00e9\t\"\\\/", "", [[]]])"}) {
    CAPTURE(text);
    CHECK(yaml_value(text) == json_document(text).value());
  }
}
