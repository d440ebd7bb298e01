// The built-in templates by themselves, and those of Python in the example shop; tests/e2e renders
// each with many sets.
#include <doctest/doctest.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "core/document.h"
#include "fs/scratch_folder.h"
#include "process/system_launcher.h"
#include "templates/template_catalog.h"
#include "templates/template_lint.h"

namespace ratchet {
namespace {

using test::ScratchFolder;

constexpr std::chrono::seconds kTimeLimit{120};

const std::filesystem::path kSource = RATCHET_SOURCE_DIR;

json::value read_value(const std::filesystem::path& path) {
  std::string text = system_files().read(path, 1U << 20U);
  const Document document = read_yaml(std::move(text), path.string(), Limits());
  return document.value();
}

TemplateCatalog built_in_catalog() {
  return {system_files(), std::nullopt, Limits()};
}

std::string text_at(const json::object& object, const char* key) {
  return std::string(object.at(key).get_string());
}

void render_shop(const ScratchFolder& folder) {
  TemplateCatalog catalog = built_in_catalog();
  const json::value instance =
      read_value(kSource / "executors" / "batch_create" / "examples" / "shop.yaml");
  const json::object& inputs = instance.at("inputs").get_object();
  for (const json::value& file : inputs.at("files_to_create").get_array()) {
    const json::object& entry = file.get_object();
    const std::string name =
        text_at(entry.contains("template_type") ? entry : inputs, "template_type");
    const auto loaded = catalog.find(name, "python");
    json::object variables = entry.at("template_vars").get_object();
    REQUIRE(loaded->variables().fit(variables, "variables").valid());
    folder.put(text_at(entry, "path"), loaded->render(variables));
  }
  folder.put("shop/__init__.py", "\"\"\"A shop.\"\"\"\n");
}

/// Runs Python with nothing written beside the sources.
ProcessResult run_python(const std::string& python, std::vector<std::string> arguments,
                         const std::filesystem::path& working_directory) {
  Command command;
  command.arguments = {python, "-B"};
  command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
  command.working_directory = working_directory;
  command.time_limit = kTimeLimit;
  return run_to_end(system_launcher(), command, Cancellation());
}

/// The first Python of 3.10 or later that can import the module, or nothing, said loudly.
std::optional<std::string> python_with(const std::string& module, const char* what) {
  const std::string probe = "import sys, " + module + "; sys.exit(sys.version_info < (3, 10))";
  for (const char* name : {"python3", "/usr/bin/python3"}) {
    const std::optional<std::string> python = system_launcher().find_program(name);
    if (!python) continue;
    const ProcessResult result = run_python(*python, {"-c", probe}, {});
    if (result.state == ProcessState::passed) return python;
  }
  std::cout << "SKIPPED: " << what << " (no Python 3.10 with " << module << ")\n";
  return std::nullopt;
}

}  // namespace

TEST_CASE("a built-in template is right by itself, and describes its variables") {
  TemplateCatalog catalog = built_in_catalog();
  for (const TemplateSummary& one : catalog.list()) {
    CAPTURE(one.name);
    const auto loaded = catalog.find(one.name, one.language);
    for (const Finding& finding : lint_template(*loaded, Limits())) {
      CAPTURE(finding.hint.value_or(""));
      CAPTURE(finding.message);
      CHECK(finding.severity == Severity::warning);
      CHECK(finding.code == "template.unused_variable");  // of a member that others use
    }
    for (const auto& property : loaded->variables().schema().at("properties").get_object()) {
      CAPTURE(std::string(property.key()));
      CHECK(property.value().get_object().contains("description"));
    }
  }
}

TEST_CASE("the generated tests pass over the generated code, and fail once it is broken") {
  const auto python = python_with("pytest", "generated tests run");
  if (!python) return;
  const ScratchFolder folder;
  render_shop(folder);
  const std::vector<std::string> pytest = {"-m", "pytest", "-q", "-p", "no:cacheprovider"};
  const ProcessResult sound = run_python(*python, pytest, folder.path());
  CHECK_MESSAGE(sound.state == ProcessState::passed, sound.out.bytes, sound.error.bytes);
  CHECK(sound.out.bytes.find("9 passed") != std::string::npos);

  constexpr std::array<std::array<const char*, 3>, 5> kBreaks{{
      {"shop/product_repository.py", "price=row[1]", "price=row[2]"},
      {"shop/customer.py", "newsletter: bool = False", "newsletter: bool = True"},
      {"shop/order_repository.py", "item.id is not None", "item.id == 0"},
      {"shop/supplier_repository.py", "    :country,", "    :name,"},
      {"shop/review.py", "return asdict(self)", "return {}"},
  }};
  for (const auto& [name, before, after] : kBreaks) {
    CAPTURE(std::string(name));
    const std::string text = folder.get(name);
    const std::size_t place = text.find(before);
    REQUIRE(place != std::string::npos);
    folder.put(name, std::string(text).replace(place, std::string_view(before).size(), after));
    const ProcessResult broken = run_python(*python, pytest, folder.path());
    CHECK(broken.exit_code == 1);
    folder.put(name, text);
  }
}

}  // namespace ratchet
