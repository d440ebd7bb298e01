#include "process/environment_win32.h"

#include <doctest/doctest.h>
#include <windows.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/error.h"
#include "core/utf16_win32.h"

using namespace ratchet;  // NOLINT: a test of this namespace

namespace {

using Changes = decltype(Command::environment);

Command changing(Changes changes) {
  Command command;
  command.environment = std::move(changes);
  return command;
}

/// The entries of a block, which must end as the system wants it.
std::vector<std::string> entries_of(const EnvironmentBlock& environment) {
  const std::wstring block = environment.block();
  REQUIRE(block.size() >= 2);
  REQUIRE(block.ends_with(std::wstring(2, L'\0')));
  std::vector<std::string> entries;
  for (std::size_t at = 0; block[at] != L'\0';) {
    const std::wstring entry = block.c_str() + at;
    entries.push_back(to_utf8(entry).value_or("malformed"));
    at += entry.size() + 1;
  }
  return entries;
}

bool has(const std::vector<std::string>& entries, const std::string& entry) {
  return std::find(entries.begin(), entries.end(), entry) != entries.end();
}

std::string refusal(const Changes& changes) {
  try {
    const EnvironmentBlock environment(changing(changes));
    return "";
  } catch (const Error& error) {
    CHECK(error.code().name() == "process.invalid_command");
    return error.message();
  }
}

}  // namespace

TEST_CASE("names of variables are compared without regard to case") {
  const EnvironmentBlock environment(changing({{"Ratchet_Test", "1"},
                                               {"RATCHET_TEST", "2"},
                                               {"ratchet_test_gone", "x"},
                                               {"RATCHET_TEST_GONE", std::nullopt},
                                               {"\xc3\xa9tat", "3"},
                                               {"\xc3\x89TAT", "4"}}));
  const auto entries = entries_of(environment);
  CHECK(has(entries, "RATCHET_TEST=2"));
  CHECK_FALSE(has(entries, "Ratchet_Test=1"));
  CHECK_FALSE(has(entries, "ratchet_test_gone=x"));
  CHECK(has(entries, "\xc3\x89TAT=4"));
  CHECK_FALSE(has(entries, "\xc3\xa9tat=3"));
}

TEST_CASE("a block is sorted by name, in upper case") {
  const EnvironmentBlock environment(
      changing({{"ratchet_b", ""}, {"RATCHET_C", ""}, {"RATCHET_A", ""}, {"RATCHET_a1", ""}}));
  std::vector<std::string> ours;
  for (const std::string& entry : entries_of(environment)) {
    if (entry.starts_with("RATCHET_") || entry.starts_with("ratchet_")) ours.push_back(entry);
  }
  CHECK(ours == std::vector<std::string>{"RATCHET_A=", "RATCHET_a1=", "ratchet_b=", "RATCHET_C="});
}

TEST_CASE("the folders of drives are kept") {
  SetEnvironmentVariableW(L"=Q:", L"Q:\\there");
  const EnvironmentBlock environment(changing({}));
  SetEnvironmentVariableW(L"=Q:", nullptr);
  CHECK(has(entries_of(environment), "=Q:=Q:\\there"));
}

TEST_CASE("programs are looked up by the child's own PATH and PATHEXT") {
  const EnvironmentBlock environment(changing({{"path", "C:\\one"}, {"pathext", ".EXE"}}));
  CHECK(environment.search_path().folders == "C:\\one");
  CHECK(environment.search_path().extensions == ".EXE");
  const EnvironmentBlock bare(changing({{"PATH", std::nullopt}, {"PATHEXT", std::nullopt}}));
  CHECK(bare.search_path().folders.find("ystem32") != std::string::npos);
  CHECK(bare.search_path().extensions == ".COM;.EXE;.BAT;.CMD");
}

TEST_CASE("a variable of the longest length is let pass, and one more is refused") {
  const std::string longest(32767 - 2 - 4, 'x');  // with `LONG`, `=` and the NUL
  CHECK(refusal({{"LONG", longest}}).empty());
  const std::string reason = refusal({{"LONG", longest + "x"}});
  CHECK(reason.find("environment variable \"LONG\" has 32767 characters") != std::string::npos);
}

TEST_CASE("a variable that is no UTF-8 is refused") {
  CHECK(refusal({{"A", "\xff"}}).find("\"A\" is not valid UTF-8") != std::string::npos);
  CHECK_FALSE(refusal({{"\xff", "a"}}).empty());
}
