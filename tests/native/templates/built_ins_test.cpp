// The built-in templates: what they render is compiled, checked for style, imported, run and
// tested.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <iostream>
#include <map>
#include <optional>
#include <set>
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

/// Exit code of use_built_ins.py where a package is not installed.
constexpr int kNotInstalled = 77;
constexpr std::chrono::seconds kTimeLimit{120};

const std::filesystem::path kSource = RATCHET_SOURCE_DIR;
const std::filesystem::path kData = kSource / "tests" / "data" / "templates";

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

/// Renders one entry of a batch into the folder.
void render(TemplateCatalog& catalog, const std::string& name, const json::object& entry,
            const char* variables_key, const ScratchFolder& folder) {
  const auto loaded = catalog.find(name, "python");
  json::object variables = entry.at(variables_key).get_object();
  REQUIRE(loaded->variables().fit(variables, "variables").valid());
  folder.put(text_at(entry, "path"), loaded->render(variables));
}

void render_built_ins(const ScratchFolder& folder) {
  TemplateCatalog catalog = built_in_catalog();
  const json::value sets = read_value(kData / "built_ins.yaml");
  for (const json::value& set : sets.get_array()) {
    const json::object& entry = set.get_object();
    render(catalog, text_at(entry, "template"), entry, "vars", folder);
  }
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
    render(catalog, name, entry, "template_vars", folder);
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

std::vector<std::string> python_files(const ScratchFolder& folder) {
  std::vector<std::string> names;
  for (const auto& [name, content] : folder.tree()) {
    if (name.ends_with(".py")) names.push_back(name);
  }
  return names;
}

}  // namespace

TEST_CASE("every built-in template is rendered with at least two variable sets") {
  std::map<std::string, int> sets;
  const json::value data = read_value(kData / "built_ins.yaml");
  for (const json::value& set : data.get_array())
    ++sets[text_at(set.get_object(), "template")];
  std::vector<std::string> names;
  for (const TemplateSummary& one : built_in_catalog().list()) {
    CAPTURE(one.name);
    CHECK(one.fault.empty());
    CHECK(sets[one.name] >= 2);
    names.push_back(one.language + '/' + one.name);
  }
  CHECK(names == std::vector<std::string>{"python/config", "python/config_env", "python/crud",
                                          "python/crud_sqlite", "python/model",
                                          "python/model_dataclass", "python/test"});
}

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

TEST_CASE("what the built-in templates render compiles") {
  const auto python = python_with("sys", "built-in templates compile");
  if (!python) return;
  const ScratchFolder folder;
  render_built_ins(folder);
  render_shop(folder);
  std::vector<std::string> arguments = {
      "-c", "import sys\nfor name in sys.argv[1:]: compile(open(name).read(), name, 'exec')"};
  for (const std::string& name : python_files(folder))
    arguments.push_back(name);
  const ProcessResult result = run_python(*python, std::move(arguments), folder.path());
  CHECK_MESSAGE(result.state == ProcessState::passed, result.error.bytes);
}

TEST_CASE("what the built-in templates render passes the linter's defaults") {
  const auto python = python_with("flake8", "built-in templates pass flake8");
  if (!python) return;
  const ScratchFolder folder;
  render_built_ins(folder);
  render_shop(folder);
  const ProcessResult result =
      run_python(*python, {"-m", "flake8", "--isolated", "."}, folder.path());
  CHECK_MESSAGE(result.state == ProcessState::passed, result.out.bytes, result.error.bytes);
}

TEST_CASE("what the built-in templates render works when it is used") {
  const ScratchFolder folder;
  render_built_ins(folder);
  const std::map<std::string, std::string> parts{{"standard_library", "sqlite3"},
                                                 {"pydantic", "pydantic"},
                                                 {"sqlalchemy", "sqlalchemy"},
                                                 {"fastapi", "fastapi"}};
  for (const auto& [part, module] : parts) {
    CAPTURE(part);
    const std::string what = "built-in templates in use: " + part;
    const auto python = python_with(module, what.c_str());
    if (!python) continue;
    const std::string script = (kData / "use_built_ins.py").string();
    const ProcessResult result =
        run_python(*python, {script, folder.path().string(), part}, folder.path());
    if (result.exit_code == kNotInstalled) {
      std::cout << "SKIPPED: " << what << " (" << result.out.bytes << ")\n";
      continue;
    }
    CHECK_MESSAGE(result.state == ProcessState::passed, result.error.bytes);
  }
}

TEST_CASE("the generated tests pass over the generated code, and fail once it is broken") {
  const auto python = python_with("pytest", "generated tests run");
  if (!python) return;
  const ScratchFolder folder;
  render_built_ins(folder);
  render_shop(folder);
  const std::vector<std::string> pytest = {"-m", "pytest", "-q", "-p", "no:cacheprovider"};
  const ProcessResult sound = run_python(*python, pytest, folder.path());
  CHECK_MESSAGE(sound.state == ProcessState::passed, sound.out.bytes, sound.error.bytes);
  CHECK(sound.out.bytes.find("14 passed") != std::string::npos);

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
