#include "core/fields.h"

#include <doctest/doctest.h>

#include "core/error.h"

namespace ratchet {
namespace {

enum class Color { red, green };

struct Part {
  std::string name;
  std::optional<std::int64_t> weight;
};

struct Sample {
  std::string title;
  bool loud = true;
  std::int64_t count = 3;
  double ratio = 0.5;
  Color color = Color::green;
  std::vector<Part> parts;
  std::map<std::string, std::string> labels;
  json::value anything;
};

}  // namespace

template <>
struct Choice<Color> {
  static constexpr std::string_view name = "Color";
  static constexpr auto values = std::to_array<ChoiceValue<Color>>(
      {{Color::red, "red", "Stop."}, {Color::green, "green", "Go."}});
};

template <>
struct Record<Part> {
  static constexpr std::string_view name = "Part";
  static constexpr std::string_view sentence = "A part.";
  static constexpr auto fields =
      std::make_tuple(field("name", &Part::name, "Its name.").required().not_empty(),
                      field("weight", &Part::weight, "In grams.").at_least(0));
};

template <>
struct Record<Sample> {
  static constexpr std::string_view name = "Sample";
  static constexpr std::string_view sentence = "A sample.";
  static constexpr auto fields = std::make_tuple(
      field("title", &Sample::title, "What it is called.").required(),
      field("loud", &Sample::loud, "Whether it is."),
      field("count", &Sample::count, "How many.").at_least(1).at_most(9),
      field("ratio", &Sample::ratio, "How much."), field("color", &Sample::color, "Which."),
      field("parts", &Sample::parts, "Of what."), field("labels", &Sample::labels, "More."),
      field("anything", &Sample::anything, "Whatever."));
};

TEST_CASE("fields: a request is read by its table, defaults where keys are absent") {
  const auto sample = from_json<Sample>(json::parse(
      R"({"title":"t","count":4,"color":"red","parts":[{"name":"a","weight":7},{"name":"b"}],)"
      R"("labels":{"k":"v"},"anything":[1]})"));
  CHECK(sample.title == "t");
  CHECK(sample.loud);
  CHECK(sample.count == 4);
  CHECK(sample.ratio == 0.5);
  CHECK(sample.color == Color::red);
  REQUIRE(sample.parts.size() == 2);
  CHECK(sample.parts[0].weight == 7);
  CHECK_FALSE(sample.parts[1].weight.has_value());
  CHECK(sample.labels.at("k") == "v");
  CHECK(sample.anything == json::parse("[1]"));
}

TEST_CASE("fields: a value is written in the table's order, absent optionals left out") {
  Sample sample;
  sample.title = "t";
  sample.parts = {{"a", std::nullopt}, {"b", 2}};
  CHECK(json::serialize(to_json(sample)) ==
        R"({"title":"t","loud":true,"count":3,"ratio":5E-1,"color":"green",)"
        R"("parts":[{"name":"a"},{"name":"b","weight":2}],"labels":{},"anything":null})");
}

TEST_CASE("fields: a wrong request names the place, the rule and the nearest key") {
  struct Row {
    const char* request;
    const char* code;
    const char* words;
  };
  for (const Row& row : {
           Row{R"({})", "request.missing_key", "\"title\""},
           Row{R"({"title":"t","cuont":1})", "request.unknown_key", "did you mean \"count\"?"},
           Row{R"({"title":1})", "request.wrong_type", "/title is an integer"},
           Row{R"({"title":"t","count":0})", "request.constraint", "at least 1"},
           Row{R"({"title":"t","count":10})", "request.constraint", "at most 9"},
           Row{R"({"title":"t","count":1.5})", "request.wrong_type", "/count"},
           Row{R"({"title":"t","color":"blue"})", "request.constraint", "red, green"},
           Row{R"({"title":"t","parts":[{"name":"a"},{"name":""}]})", "request.constraint",
               "/parts/1/name must not be empty"},
           Row{R"({"title":"t","labels":{"a/b":1}})", "request.wrong_type", "/labels/a~1b"},
           Row{R"([])", "request.wrong_type", "the request is a list"},
       }) {
    CAPTURE(row.request);
    try {
      static_cast<void>(from_json<Sample>(json::parse(row.request)));
      FAIL("nothing was thrown");
    } catch (const Error& error) {
      CHECK(error.code().name() == row.code);
      CHECK(error.message().find(row.words) != std::string::npos);
    }
  }
}

TEST_CASE("fields: null stands for an absent optional and for nothing else") {
  const auto sample =
      from_json<Sample>(json::parse(R"({"title":"t","parts":[{"name":"a","weight":null}]})"));
  CHECK_FALSE(sample.parts.at(0).weight.has_value());
  CHECK_THROWS_AS(static_cast<void>(from_json<Sample>(json::parse(R"({"title":null})"))), Error);
}

TEST_CASE(
    "fields: a request's schema asks for the required, a result's for all that is always there") {
  const json::object request = schema_of<Sample>(Direction::request);
  const json::object& of_request = request.at("$defs").at("Sample").as_object();
  CHECK(of_request.at("required") == json::parse(R"(["title"])"));
  CHECK(of_request.at("additionalProperties") == false);
  CHECK(of_request.at("properties").at("count").at("default") == 3);
  CHECK(of_request.at("properties").at("count").at("maximum") == 9);
  CHECK(of_request.at("properties").at("color").at("$ref") == "#/$defs/Color");
  CHECK(request.at("$defs").at("Part").at("properties").at("name").at("minLength") == 1);

  const json::object result = schema_of<Part>(Direction::result);
  CHECK(result.at("$defs").at("Part").at("required") == json::parse(R"(["name"])"));
}

}  // namespace ratchet
