#include "templates/filters.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "templates/inflection.h"
#include "templates/template.h"
#include "templates/words.h"

namespace ratchet {
namespace {

std::string filtered(const std::string& filter, const json::value& value) {
  json::object variables;
  variables["v"] = value;
  return Template::compile({"t", "t", "{{v|" + filter + "}}"}, Limits()).render(variables);
}

struct WordCase {
  std::string text;
  std::string snake;
  std::string camel;
  std::string pascal;
  std::string kebab;
  std::string title;
};

struct NounCase {
  std::string singular;
  std::string plural;
};

struct FilterCase {
  std::string filter;
  std::string value;  ///< JSON
  std::string expected;
};

}  // namespace

TEST_CASE("identifiers of any case become those of any other") {
  const WordCase cases[] = {
      {"HTTPServer2x", "http_server2x", "httpServer2x", "HttpServer2x", "http-server2x",
       "HTTP Server2x"},
      {"order_item", "order_item", "orderItem", "OrderItem", "order-item", "Order Item"},
      {"order-item id", "order_item_id", "orderItemId", "OrderItemId", "order-item-id",
       "Order Item Id"},
      {"OrderItem", "order_item", "orderItem", "OrderItem", "order-item", "Order Item"},
      {"orderITEM", "order_item", "orderItem", "OrderItem", "order-item", "Order ITEM"},
      {"OAuth2Token", "o_auth2_token", "oAuth2Token", "OAuth2Token", "o-auth2-token",
       "O Auth2 Token"},
      {"MAX_VALUE", "max_value", "maxValue", "MaxValue", "max-value", "MAX VALUE"},
      {"  two  words. ", "two_words", "twoWords", "TwoWords", "two-words", "Two Words"},
      {"ÄrgerÜber", "ärger_über", "ärgerÜber", "ÄrgerÜber", "ärger-über", "Ärger Über"},
      {"ЗаказТовар", "заказ_товар", "заказТовар", "ЗаказТовар", "заказ-товар", "Заказ Товар"},
      {"e\xcc\x81t\xc3\xa9Vin", "e\xcc\x81t\xc3\xa9_vin", "e\xcc\x81t\xc3\xa9Vin",
       "E\xcc\x81t\xc3\xa9Vin", "e\xcc\x81t\xc3\xa9-vin", "E\xcc\x81t\xc3\xa9 Vin"},
      {"E\xcc\x81"
       "COLE",
       "e\xcc\x81"
       "cole",
       "e\xcc\x81"
       "cole",
       "E\xcc\x81"
       "cole",
       "e\xcc\x81"
       "cole",
       "E\xcc\x81"
       "COLE"},
      {"注文", "注文", "注文", "注文", "注文", "注文"},
      {"", "", "", "", "", ""},
      {"--", "", "", "", "", ""},
  };
  for (const WordCase& one : cases) {
    CAPTURE(one.text);
    const json::value text(json::string(one.text));
    CHECK(filtered("snake", text) == one.snake);
    CHECK(filtered("camel", text) == one.camel);
    CHECK(filtered("pascal", text) == one.pascal);
    CHECK(filtered("kebab", text) == one.kebab);
    CHECK(filtered("title", text) == one.title);
  }
}

TEST_CASE("upper and lower change letters of any script and nothing else") {
  CHECK(filtered("upper", "añb_1 ж!") == "AÑB_1 Ж!");
  CHECK(filtered("lower", "AÑB_1 Ж!") == "añb_1 ж!");
}

TEST_CASE("a malformed byte is taken for a separator and kept by upper and lower") {
  CHECK(snake_case("a\xff"
                   "b") == "a_b");
  CHECK(upper_case("a\xff"
                   "b") ==
        "A\xff"
        "B");
}

TEST_CASE("nouns have a plural and a singular") {
  const NounCase cases[] = {
      {"product", "products"},
      {"category", "categories"},
      {"day", "days"},
      {"box", "boxes"},
      {"address", "addresses"},
      {"status", "statuses"},
      {"person", "people"},
      {"child", "children"},
      {"branch", "branches"},
      {"dish", "dishes"},
      {"hero", "heroes"},
      {"photo", "photos"},
      {"analysis", "analyses"},
      {"house", "houses"},
      {"size", "sizes"},
      {"movie", "movies"},
      {"leaf", "leaves"},
      {"series", "series"},
      {"bus", "buses"},
      {"cache", "caches"},
      {"matrix", "matrices"},
      {"OrderItem", "OrderItems"},
      {"order_category", "order_categories"},
      {"ORDER", "ORDERS"},
      {"PERSON", "PEOPLE"},
      {"Person", "People"},
      {"tie", "ties"},
      {"invoice", "invoices"},
      {"quiz", "quizzes"},
  };
  for (const NounCase& one : cases) {
    CAPTURE(one.singular);
    CHECK(plural_of(one.singular) == one.plural);
    CHECK(singular_of(one.plural) == one.singular);
    CHECK(plural_of(one.plural) == one.plural);
    CHECK(singular_of(one.singular) == one.singular);
  }
}

TEST_CASE("words that no rule is for stay as they are") {
  CHECK(plural_of("товар") == "товар");
  CHECK(plural_of("").empty());
  CHECK(singular_of("!") == "!");
}

TEST_CASE("values are written in other languages") {
  const FilterCase cases[] = {
      {"json", R"("a\"b\\\n\u0001é")", R"("a\"b\\\n\u0001é")"},
      {"json", R"({"a": [1, 2.0, true, null], "b": {}})",
       R"({"a": [1, 2.0, true, null], "b": {}})"},
      {"python", R"("a\"b\\\n\u0001é'")", R"("a\"b\\\n\x01é'")"},
      {"python", R"({"a": [1, -2.5, true, false, null]})",
       R"({"a": [1, -2.5, True, False, None]})"},
      {"python", "[]", "[]"},
      {"python", "1e300", "1e+300"},
      {"python:source", R"("a + b")", "a + b"},
      {"python:source", "[1]", "[1]"},
      {"python:call", "[]", "()"},
      {"python:call", R"([1, "a"])", R"((1, "a"))"},
      {"python:call", R"({"a": 1, "b": null})", "(a=1, b=None)"},
      {"python:call", R"("x, *y")", "(x, *y)"},
      {"python:call", "7", "(7)"},
      {"python:call", R"("x,\ny")", "(\n    x,\n    y\n)"},
      {"yaml", R"("plain")", "plain"},
      {"yaml", R"("no")", R"("no")"},
      {"yaml", R"("1e3")", R"("1e3")"},
      {"yaml", R"([1, "no"])", R"([1, "no"])"},
      {"yaml", "true", "true"},
      {"xml", R"("<a b=\"c\">&'")", "&lt;a b=&quot;c&quot;&gt;&amp;&apos;"},
      {"map:a=1;b=2", R"("b")", "2"},
      {"map:a=1;*=2", R"("z")", "2"},
      {"map:\"a=x=y;true=|\"", "true", "|"},
  };
  for (const FilterCase& one : cases) {
    CAPTURE(one.filter);
    CAPTURE(one.value);
    CHECK(filtered(one.filter, json::parse(one.value)) == one.expected);
  }
}

TEST_CASE("a long Python literal is broken so that no line passes 79 columns") {
  json::object variables;
  const std::string word(30, 'w');
  variables["v"] = {{"first", {word, word, 1}}, {"second", word}};
  const std::string text =
      Template::compile({"t", "t", "if True:\n    value = {{v|python|indent}}\n"}, Limits())
          .render(variables);
  CHECK(text == "if True:\n    value = {\n        \"first\": [\n            \"" + word +
                    "\",\n            \"" + word + "\",\n            1,\n        ],\n" +
                    "        \"second\": \"" + word + "\",\n    }\n");
}

TEST_CASE("a Python literal is broken exactly where its line would pass 79 columns") {
  // ["www…"] and a comma behind it: 4 brackets and quotes, 1 comma.
  const auto literal = [](std::size_t letters) {
    return filtered("python", json::array{std::string(letters, 'w')});
  };
  CHECK(literal(74).find('\n') == std::string::npos);
  CHECK(literal(75).find('\n') == 1);
}

TEST_CASE("a long call is broken one argument a line") {
  const std::string word(50, 'w');
  const json::value arguments = {{"a", word}, {"b", word}};
  CHECK(filtered("python:call", arguments) ==
        "(\n    a=\"" + word + "\",\n    b=\"" + word + "\",\n)");
}

TEST_CASE("indent moves in every line but the first and the empty ones") {
  const json::object variables{{"v", "a\n\nb\r\n\r\nc\n"}};
  const auto render = [&](const char* text) {
    return Template::compile({"t", "t", text}, Limits()).render(variables);
  };
  CHECK(render("x\n\t {{v|indent}}|") == "x\n\t a\n\n\t b\r\n\r\n\t c\n|");
  CHECK(render("  {{v|indent:4}}") == "  a\n\n    b\r\n\r\n    c\n");
  CHECK(render("  {{v}}") == "  a\n\nb\r\n\r\nc\n");
}

TEST_CASE("the table of filters is sorted by name") {
  const auto by_name = [](const FilterRow& left, const FilterRow& right) {
    return left.name < right.name;
  };
  CHECK(std::is_sorted(filters().begin(), filters().end(), by_name));
}

}  // namespace ratchet
