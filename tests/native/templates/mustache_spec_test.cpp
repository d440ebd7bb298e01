// The official mustache specification, run with strictness off and escaping on.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "core/json.h"
#include "templates/template.h"

namespace ratchet {
namespace {

struct SpecModule {
  std::string file;
  std::size_t tests;
};

/// All required modules and inheritance, with the number of tests that each one holds.
const SpecModule kModules[] = {
    {"comments.json", 12},     {"delimiters.json", 14}, {"interpolation.json", 42},
    {"inverted.json", 22},     {"partials.json", 12},   {"sections.json", 34},
    {"~inheritance.json", 27},
};

std::filesystem::path spec_folder() {
  const char* shared = std::getenv("RATCHET_SHARED");
  const std::filesystem::path root =
      shared != nullptr ? std::filesystem::path(shared)
                        : std::filesystem::path(RATCHET_SOURCE_DIR) / ".." / "shared";
  return root / "data" / "mustache-spec" / "specs";
}

std::string file_text(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string text_at(const json::object& object, const char* key) {
  return std::string(object.at(key).get_string());
}

std::string rendered(const json::object& test) {
  const Limits limits;
  Partials partials;
  if (const json::value* given = test.if_contains("partials")) {
    for (const auto& partial : given->get_object()) {
      const std::string name(partial.key());
      const std::string text(partial.value().get_string());
      partials.emplace(name, Template::compile({name, name, text}, limits));
    }
  }
  RenderOptions options;
  options.strict = false;
  options.escape_html = true;
  options.partials = &partials;
  return Template::compile({"spec", "spec", text_at(test, "template")}, limits)
      .render(test.at("data"), options);
}

}  // namespace

TEST_CASE("every required module of the mustache specification, and inheritance, is passed") {
  const std::filesystem::path folder = spec_folder();
  if (!std::filesystem::is_directory(folder)) {
    std::cout << "SKIPPED: mustache specification (no " << folder.string() << ")\n";
    return;
  }
  for (const SpecModule& module : kModules) {
    CAPTURE(module.file);
    const json::value spec = json::parse(file_text(folder / module.file));
    const json::array& tests = spec.at("tests").get_array();
    CHECK(tests.size() == module.tests);
    for (const json::value& test : tests) {
      const json::object& object = test.get_object();
      CAPTURE(text_at(object, "name"));
      CAPTURE(text_at(object, "template"));
      CHECK(rendered(object) == text_at(object, "expected"));
    }
  }
}

}  // namespace ratchet
