#include "templates/template.h"

#include <doctest/doctest.h>

#include <string>
#include <thread>
#include <vector>

#include "core/error.h"
#include "fs/thrown_code.h"

namespace ratchet {
namespace {

using test::thrown_code;

Template compiled(std::string text) {
  return Template::compile({"crud", "ratchet/templates/crud/crud.py.mustache", std::move(text)},
                           Limits());
}

std::string rendered(std::string text, const std::string& variables) {
  return compiled(std::move(text)).render(json::parse(variables));
}

std::string rendered_with(std::string text, const char* variables,
                          const std::vector<std::pair<std::string, std::string>>& partials) {
  Partials known;
  for (const auto& [name, content] : partials) {
    known.emplace(name, Template::compile({name, name + ".mustache", content}, Limits()));
  }
  RenderOptions options;
  options.partials = &known;
  return compiled(std::move(text)).render(json::parse(variables), options);
}

/// The whole Error of compiling and rendering, as `code | message`.
std::string fault(std::string text, const std::string& variables) {
  try {
    return "no error: " + rendered(std::move(text), variables);
  } catch (const Error& error) {
    return std::string(error.code().name()) + " | " + error.message();
  }
}

struct RenderCase {
  std::string about;
  std::string text;
  std::string variables;
  std::string expected;
};

struct FaultCase {
  std::string about;
  std::string text;
  std::string variables;
  std::string expected;
};

}  // namespace

TEST_CASE("values come out as they went in") {
  const char* variables =
      R"({"v": "$1 $& \\1 \\n {{x}} {{{y}}} <%z%> & < > \" '", "lines": "a\n  b\n"})";
  CHECK(rendered("[{{v}}]", variables) == R"([$1 $& \1 \n {{x}} {{{y}}} <%z%> & < > " '])");
  CHECK(rendered("    {{lines}}|\n", variables) == "    a\n  b\n|\n");
}

TEST_CASE("what a template says is rendered") {
  const RenderCase cases[] = {
      {"no HTML escaping", "{{a}} {{{a}}} {{&a}}", R"({"a": "<&>"})", "<&> <&> <&>"},
      {"numbers keep their form", "{{a}} {{b}} {{c}} {{d}}",
       R"({"a": 1, "b": 1.0, "c": 0.1, "d": 18446744073709551615})",
       "1 1.0 0.1 18446744073709551615"},
      {"booleans and null", "{{a}} {{b}} [{{c}}]", R"({"a": true, "b": false, "c": null})",
       "true false []"},
      {"names are case-sensitive", "{{a}}{{A}}", R"({"A": 2, "a": 1})", "12"},
      {"zero opens a section", "{{#a}}x{{/a}}{{^a}}y{{/a}}", R"({"a": 0})", "x"},
      {"an empty text closes a section", "{{#a}}x{{/a}}{{^a}}y{{/a}}", R"({"a": ""})", "y"},
      {"a given false is given", "{{#a?}}x{{/a?}}{{^a?}}y{{/a?}}", R"({"a": false})", "x"},
      {"a given null is given", "{{#a?}}x{{/a?}}{{^a?}}y{{/a?}}", R"({"a": null})", "x"},
      {"what is absent is not given", "{{#a?}}x{{/a?}}{{^a?}}y{{/a?}}", R"({})", "y"},
      {"asking does not enter", "{{#a?}}{{b}}{{/a?}}", R"({"a": {"b": 1}, "b": 2})", "2"},
      {"asking looks into the item", "{{#l}}{{#d?}}{{d}}{{/d?}};{{/l}}", R"({"l": [{}, {"d": 0}]})",
       ";0;"},
      {"first, last and index",
       "{{#l}}{{@index}}{{#@first}}f{{/@first}}{{^@last}},{{/@last}}{{/l}}", R"({"l": [7, 8, 9]})",
       "0f,1,2"},
      {"the place in a list does not hide the item", "{{#l}}{{#@first}}{{.}}{{/@first}}{{/l}}",
       R"({"l": [7, 8]})", "7"},
      {"the innermost list counts", "{{#l}}{{#m}}{{@index}}{{/m}}{{/l}}",
       R"({"l": [{"m": [1, 1]}, {"m": [1]}]})", "010"},
      {"an object inside a list keeps its place", "{{#l}}{{#o}}{{@index}}{{/o}}{{/l}}",
       R"({"l": [{"o": {}}, {"o": {}}]})", "01"},
      {"a literal {{ after a change of delimiters", "{{=<% %>=}}{{x}}<%={{ }}=%>{{a}}",
       R"({"a": 1})", "{{x}}1"},
      {"CRLF stays CRLF", "a\r\n{{#l}}\r\n{{.}}\r\n{{/l}}\r\nb\r\n", R"({"l": [1, 2]})",
       "a\r\n1\r\n2\r\nb\r\n"},
      {"no line end is added", "{{#l}}\n{{.}}\n{{/l}}", R"({"l": [1]})", "1\n"},
      {"filters are chained", "{{ a | snake | upper }}", R"({"a": "OrderItem"})", "ORDER_ITEM"},
      {"default for what is absent", "{{a|default:x y}}", R"({})", "x y"},
      {"default for null", "{{a|default:\"\"}}", R"({"a": null})", ""},
      {"no default for what is given", "{{a|default:x}}{{b|default:x}}", R"({"a": "", "b": 0})",
       "0"},
      {"filters before a default do not see what is absent", "{{a|python|default:x}}", R"({})",
       "x"},
      {"filters after a default see it", "{{a|default:order item|pascal}}", R"({})", "OrderItem"},
      {"a quoted argument may hold a bar", "{{a|default:\"x|y\\n\"|upper}}", R"({})", "X|Y\n"},
  };
  for (const RenderCase& one : cases) {
    CAPTURE(one.about);
    CHECK(rendered(one.text, one.variables) == one.expected);
  }
}

TEST_CASE("what a template gets wrong is refused with its place") {
  const FaultCase cases[] = {
      {"unknown variable", "x\n  {{entitty}}", R"({"entity": 1, "name": 2})",
       "template.missing_variable | template \"crud\": unknown variable \"entitty\" at "
       "crud.py.mustache:2:3; did you mean \"entity\"?"},
      {"columns are code points", "äö {{zzz}}", R"({"entity": 1})",
       "template.missing_variable | template \"crud\": unknown variable \"zzz\" at "
       "crud.py.mustache:1:4"},
      {"the nearest member", "{{#field}}{{tyep}}{{/field}}", R"({"field": {"type": 1}})",
       "template.missing_variable | template \"crud\": unknown variable \"tyep\" at "
       "crud.py.mustache:1:11; did you mean \"type\"?"},
      {"a broken path", "{{a.nmae}}", R"({"a": {"name": 1}, "nmae": 2})",
       "template.missing_variable | template \"crud\": unknown variable \"a.nmae\" at "
       "crud.py.mustache:1:1; did you mean \"name\"?"},
      {"unknown section", "{{#fields}}{{/fields}}", R"({"field": []})",
       "template.missing_variable | template \"crud\": unknown variable \"fields\" at "
       "crud.py.mustache:1:1; did you mean \"field\"?"},
      {"unknown inverted section", "{{^fields}}{{/fields}}", R"({})",
       "template.missing_variable | template \"crud\": unknown variable \"fields\" at "
       "crud.py.mustache:1:1"},
      {"a loop name outside a list", "{{#a}}{{@index}}{{/a}}", R"({"a": {}})",
       "template.missing_variable | template \"crud\": unknown variable \"@index\" at "
       "crud.py.mustache:1:7"},
      {"missing partial", "{{>fields}}", R"({})",
       "template.missing_partial | template \"crud\": there is no partial \"fields\" at "
       "crud.py.mustache:1:1"},
      {"a list where a text is needed", "{{a}}", R"({"a": [1]})",
       "template.wrong_type | template \"crud\": variable \"a\" is a list, where a text is needed "
       "at crud.py.mustache:1:1; use a section or the filter json"},
      {"an object given to a filter of texts", "{{a|snake}}", R"({"a": {}})",
       "template.wrong_type | template \"crud\": variable \"a\" is an object, where a text is "
       "needed at crud.py.mustache:1:1; use a section or the filter json"},
      {"a value that a map does not know", "{{a|map:int=INTEGER;str=TEXT}}", R"({"a": "date"})",
       "template.arguments | template \"crud\": variable \"a\" is \"date\", but the template knows "
       "only int, str at crud.py.mustache:1:1"},
      {"unclosed tag", "a\n{{b", R"({})",
       "template.invalid | template \"crud\": a tag is opened and never closed with \"}}\" at "
       "crud.py.mustache:2:1"},
      {"unclosed section", "{{#a}}\n{{#b}}{{/b}}", R"({})",
       "template.invalid | template \"crud\": \"a\" is opened and never closed at "
       "crud.py.mustache:1:1"},
      {"crossed sections", "{{#a}}{{#b}}{{/a}}{{/b}}", R"({})",
       "template.invalid | template \"crud\": closing tag \"a\" stands where \"b\" is to be closed "
       "at crud.py.mustache:1:13"},
      {"a closing tag alone", "{{/a}}", R"({})",
       "template.invalid | template \"crud\": closing tag \"a\" was never opened at "
       "crud.py.mustache:1:1"},
      {"a tag without a name", "{{ }}", R"({})",
       "template.invalid | template \"crud\": a tag without a name at crud.py.mustache:1:1"},
      {"a name of two words", "{{a b}}", R"({})",
       "template.invalid | template \"crud\": \"a b\" is not a name at crud.py.mustache:1:1"},
      {"a filter on a section", "{{#a|snake}}{{/a|snake}}", R"({})",
       "template.invalid | template \"crud\": \"a|snake\" is not a name at crud.py.mustache:1:1"},
      {"a variable asked for presence", "{{a?}}", R"({"a": 1})",
       "template.invalid | template \"crud\": \"a?\" asks whether it is given: only a section can "
       "at crud.py.mustache:1:1"},
      {"bad delimiters", "{{=<%=}}", R"({})",
       "template.invalid | template \"crud\": a change of delimiters needs two of them at "
       "crud.py.mustache:1:1; write for example {{=<% %>=}}"},
      {"unknown filter", "{{a|snaek}}", R"({"a": 1})",
       "template.unknown_filter | template \"crud\": unknown filter \"snaek\" at "
       "crud.py.mustache:1:1; did you mean \"snake\"?"},
      {"a filter without its argument", "{{a|default}}", R"({"a": 1})",
       "template.arguments | template \"crud\": filter \"default\" needs an argument at "
       "crud.py.mustache:1:1"},
      {"a filter with an argument too many", "{{a|snake:2}}", R"({"a": 1})",
       "template.arguments | template \"crud\": filter \"snake\" takes no argument at "
       "crud.py.mustache:1:1"},
      {"a bad argument", "{{a|indent:many}}", R"({"a": 1})",
       "template.arguments | template \"crud\": filter \"indent\" needs a number of blanks from 0 "
       "to 200 at crud.py.mustache:1:1"},
      {"an unfinished quoted argument", "{{a|default:\"x}}", R"({"a": 1})",
       "template.invalid | template \"crud\": a filter's argument in quotes is not a JSON text at "
       "crud.py.mustache:1:1"},
  };
  for (const FaultCase& one : cases) {
    CAPTURE(one.about);
    CHECK(fault(one.text, one.variables) == one.expected);
  }
}

TEST_CASE("an error carries the file and the position for programs") {
  try {
    (void)rendered("{{a}}\n {{b}}", R"({"a": 1})");
    FAIL("nothing was thrown");
  } catch (const Error& error) {
    CHECK(error.path() == "ratchet/templates/crud/crud.py.mustache");
    CHECK(error.position() == Position{2, 2, 7});
  }
}

TEST_CASE("an error inside a partial points into the partial") {
  try {
    (void)rendered_with("{{a}}{{>p}}{{a}}", R"({"a": 1})", {{"p", "\n{{other}}"}});
    FAIL("nothing was thrown");
  } catch (const Error& error) {
    CHECK(error.message() == "template \"p\": unknown variable \"other\" at p.mustache:2:1");
  }
}

TEST_CASE("an error in overriding content points to where it is written") {
  try {
    (void)rendered_with("{{<p}}\n{{$t}}{{other}}{{/t}}{{/p}}", R"({"a": 1})",
                        {{"p", "{{$t}}{{/t}}"}});
    FAIL("nothing was thrown");
  } catch (const Error& error) {
    CHECK(error.message() ==
          "template \"crud\": unknown variable \"other\" at crud.py.mustache:2:7");
  }
}

TEST_CASE("a partial is moved in with its tag, values and empty lines are not") {
  const std::string text = "a:\n  {{>p}}\nb\n";
  CHECK(rendered_with(text, R"({"v": "x\ny"})", {{"p", "1\n\n{{v}}\n"}}) ==
        "a:\n  1\n\n  x\ny\nb\n");
  CHECK(rendered_with("  {{>p}}", "{}", {{"p", "1\n  {{>q}}\n"}, {"q", "2\n3\n"}}) ==
        "  1\n    2\n    3\n");
}

TEST_CASE("a block at the end of its line ends the line once") {
  const std::string parent = "[\n{{$b}}\ndefault\n{{/b}}\n]\n";
  CHECK(rendered_with("{{>p}}", "{}", {{"p", parent}}) == "[\ndefault\n]\n");
  CHECK(rendered_with("{{<p}}{{$b}}x{{/b}}{{/p}}", "{}", {{"p", parent}}) == "[\nx\n]\n");
  CHECK(rendered_with("{{<p}}{{$b}}{{/b}}{{/p}}", "{}", {{"p", parent}}) == "[\n]\n");
}

TEST_CASE("two blocks on one line are rendered beside each other") {
  CHECK(rendered_with("{{<p}}{{$a}}x{{/a}}{{$b}}y{{/b}}{{/p}}", "{}",
                      {{"p", "  {{$a}}{{/a}}{{$b}}{{/b}}\nend"}}) == "  xy\nend");
}

TEST_CASE("the default content of a block keeps the shape of its lines") {
  const std::string parent = "{{$b}}\n    deep\n  flat\n\n    {{v}}\n{{/b}}\n";
  CHECK(rendered_with("{{>p}}", R"({"v": 1})", {{"p", parent}}) == "    deep\n  flat\n\n    1\n");
}

TEST_CASE("a partial that includes itself without an end is named") {
  const auto render = [] {
    (void)rendered_with("{{>a}}", "{}", {{"a", "{{>b}}"}, {"b", "{{>a}}"}});
  };
  CHECK(thrown_code(render) == "template.cycle");
}

TEST_CASE("a partial may include itself as deep as its data goes") {
  CHECK(rendered_with("{{>n}}", R"({"v": 1, "kids": [{"v": 2, "kids": []}, {"v": 3, "kids": []}]})",
                      {{"n", "{{v}}{{#kids}}({{>n}}){{/kids}}"}}) == "1(2)(3)");
}

TEST_CASE("nesting is bounded while parsing and while rendering") {
  Limits limits;
  limits.template_depth = 3;
  const auto compile = [&](const char* text) {
    return Template::compile({"t", "t", text}, limits);
  };
  const json::value variables = json::parse(R"({"a": true})");
  RenderOptions options;
  options.limits = limits;
  const char* three = "{{#a}}{{#a}}{{#a}}x{{/a}}{{/a}}{{/a}}";
  CHECK(compile(three).render(variables, options) == "x");
  CHECK(thrown_code([&] { (void)compile("{{#a}}{{#a}}{{#a}}{{#a}}{{/a}}{{/a}}{{/a}}{{/a}}"); }) ==
        "template.limit");
  Partials partials;
  partials.emplace("p", compile("{{#a}}{{#a}}{{/a}}{{/a}}"));
  options.partials = &partials;
  CHECK(compile("{{>p}}").render(variables, options).empty());
  CHECK(thrown_code([&] { (void)compile("{{#a}}{{>p}}{{/a}}").render(variables, options); }) ==
        "template.limit");
}

TEST_CASE("the rendered text is bounded") {
  RenderOptions options;
  options.limits.rendered_bytes = 10;
  const Template list = compiled("{{#l}}abc{{/l}}");
  CHECK(list.render(json::parse(R"({"l": [1, 2, 3]})"), options) == "abcabcabc");
  CHECK(thrown_code([&] { (void)list.render(json::parse(R"({"l": [1, 2, 3, 4]})"), options); }) ==
        "template.limit");
}

TEST_CASE("loops that write nothing are bounded as well") {
  RenderOptions options;
  options.limits.rendered_bytes = 100;
  const Template nested = compiled("{{#l}}{{#l}}{{#l}}{{/l}}{{/l}}{{/l}}");
  CHECK(nested.render(json::parse(R"({"l": [1, 2]})"), options).empty());
  CHECK(thrown_code([&] {
          (void)nested.render(json::parse(R"({"l": [1, 2, 3, 4, 5]})"), options);
        }) == "template.limit");
}

TEST_CASE("a template that is too large or not UTF-8 is refused") {
  Limits limits;
  limits.input_bytes = 4;
  CHECK(thrown_code([&] {
          (void)Template::compile({"t", "t", "12345"}, limits);
        }) == "limit.input_size");
  CHECK(thrown_code([&] {
          (void)Template::compile({"t", "t", "a\xff"}, limits);
        }) == "text.invalid_utf8");
}

TEST_CASE("with strictness off what is unknown renders as nothing") {
  RenderOptions options;
  options.strict = false;
  CHECK(compiled("[{{a.b}}{{#c}}x{{/c}}{{^c}}y{{/c}}{{>p}}]").render(json::parse("{}"), options) ==
        "[y]");
}

TEST_CASE("one compiled template is rendered from many threads") {
  const Template one = compiled("{{#l}}{{name|pascal}}={{.}};{{/l}}");
  constexpr std::size_t kThreads = 8;
  std::vector<std::string> results(kThreads);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] {
      json::object variables;
      variables["name"] = "item " + std::to_string(i);
      variables["l"] = json::array{i, i + 1};
      for (int round = 0; round < 50; ++round)
        results[i] = one.render(variables);
    });
  }
  for (std::thread& thread : threads)
    thread.join();
  for (std::size_t i = 0; i < kThreads; ++i) {
    const std::string name = "Item" + std::to_string(i) + "=";
    CHECK(results[i] == name + std::to_string(i) + ";" + name + std::to_string(i + 1) + ";");
  }
}

TEST_CASE("the variables and partials that a template uses are listed with their places") {
  const Template one = compiled(
      "{{a}}\n{{#l}}{{b.c|upper}}{{^d}}{{.}}{{@index}}{{/d}}{{/l}}{{e|default:1}}{{#f?}}{{f}}{{/"
      "f?}}"
      "{{>q}}{{<p}}{{$x}}{{g}}{{/x}}{{/p}}");
  std::vector<std::string> found;
  for (const VariableUse& use : one.variables()) {
    std::string line = use.name + '@' + std::to_string(use.position.line) + ':' +
                       std::to_string(use.position.column);
    for (const std::string& section : use.sections)
      line += " in " + section;
    if (use.optional) line += " optional";
    found.push_back(std::move(line));
  }
  CHECK(found == std::vector<std::string>{"a@1:1", "l@2:1", "b.c@2:7 in l", "d@2:20 in l",
                                          "e@2:53 optional", "f@2:68 optional", "f@2:75",
                                          "g@2:105"});
  CHECK(one.partials() == std::vector<std::string>{"p", "q"});
}

}  // namespace ratchet
