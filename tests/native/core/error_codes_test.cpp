#include "core/error_codes.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

using namespace ratchet;

namespace {

bool is_word(std::string_view text) {
  if (text.empty() || text.front() < 'a' || text.front() > 'z') return false;
  for (const char letter : text) {
    const bool digit = letter >= '0' && letter <= '9';
    if (!digit && letter != '_' && (letter < 'a' || letter > 'z')) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("codes stand in alphabetical order, each once") {
  for (std::size_t i = 1; i < kCodes.size(); ++i) {
    CAPTURE(kCodes[i].code);
    CHECK(kCodes[i - 1].code < kCodes[i].code);
  }
}

TEST_CASE("a code is two lower-case words with a dot between them") {
  for (const CodeRow& row : kCodes) {
    CAPTURE(row.code);
    const std::size_t dot = row.code.find('.');
    REQUIRE(dot != std::string_view::npos);
    CHECK(is_word(row.code.substr(0, dot)));
    CHECK(is_word(row.code.substr(dot + 1)));
  }
}

TEST_CASE("codes and categories are explained by a sentence") {
  const auto is_sentence = [](std::string_view text) {
    return text.size() > 10 && text.ends_with('.') && text.find('\n') == std::string_view::npos;
  };
  for (const CodeRow& row : kCodes) {
    CAPTURE(row.code);
    CHECK(is_sentence(row.sentence));
  }
  for (const CategoryRow& row : kCategories) {
    CAPTURE(row.name);
    CHECK(is_sentence(row.sentence));
  }
}

TEST_CASE("categories stand where their number says, under a name of their own") {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < kCategories.size(); ++i) {
    CHECK(static_cast<std::size_t>(kCategories[i].category) == i);
    CHECK(&row_of(kCategories[i].category) == &kCategories[i]);
    CHECK(is_word(kCategories[i].name));
    names.insert(kCategories[i].name);
  }
  CHECK(names.size() == kCategories.size());
}

TEST_CASE("exit codes are those that the design promises") {
  CHECK(kExitDone == 0);
  CHECK(kExitVerdictInvalid == 1);
  CHECK(exit_code_of("check_failed") == 1);
  CHECK(exit_code_of("conflict") == 1);
  CHECK(exit_code_of("invalid_argument") == 2);
  CHECK(exit_code_of("invalid_input") == 2);
  CHECK(exit_code_of("not_found") == 2);
  CHECK(exit_code_of("unsupported") == 2);
  CHECK(exit_code_of("io") == 3);
  CHECK(exit_code_of("internal") == 3);
  CHECK(exit_code_of("timeout") == 4);
  CHECK(exit_code_of("cancelled") == 130);
  CHECK(exit_code_of("a name that nobody knows") == 3);
}

TEST_CASE("a code knows its row") {
  const Code code("json.too_deep");
  CHECK(code.name() == "json.too_deep");
  CHECK(code.category() == Category::invalid_input);
}
