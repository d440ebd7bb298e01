// validate.structure and validate.dependencies as calls on an engine.
#include <doctest/doctest.h>

#include <string>

#include "core/exit_code.h"
#include "core/json.h"
#include "fs/thrown_code.h"
#include "operations/operation_caller.h"

using namespace ratchet;        // NOLINT: a test of this namespace
using namespace ratchet::test;  // NOLINT

namespace {

struct World : OperationCaller {
  World() {
    files.put_file("/p/README.md", "x");
    files.put_file("/p/src/a.py", "x");
  }
  json::object structure(const std::string& paths, const std::string& more = "") {
    return call("validate.structure",
                R"({"project_root":"/p","required_paths":)" + paths + more + "}");
  }
};

json::value json_of(std::string_view text) {
  return json::parse(text);
}

const std::string kCreate = R"(,"create_missing":true)";
using Tree = std::map<std::string, std::string>;
const Tree kBefore{{"README.md", "x"}, {"src/", ""}, {"src/a.py", "x"}};

}  // namespace

TEST_CASE("a project that has all that is required is valid") {
  World world;
  const json::object result =
      world.structure(R"(["README.md", "src/", {"path": "src/a.py", "kind": "file"}, "**/*.py"])");
  CHECK(result.at("valid") == json::value(true));
  CHECK(result.at("missing").as_array().empty());
  CHECK(result.at("errors").as_array().empty());
}

TEST_CASE("what is missing is named, and nothing is made unless asked for") {
  World world;
  const json::object result = world.structure(R"(["docs/", "setup.cfg", "src/", "**/*.rs"])");
  CHECK(result.at("valid") == json::value(false));
  CHECK(result.at("missing") == json_of(R"(["docs/", "setup.cfg", "**/*.rs"])"));
  CHECK(result.at("created").as_array().empty());
  CHECK(exit_code_of_result(result) == kExitVerdictInvalid);
  CHECK(world.files.tree("/p") == kBefore);
}

TEST_CASE("missing folders are made, a missing file is reported and never called created") {
  World world;
  const json::object result = world.structure(
      R"([".github", "docs/adr/", "tests", "LICENSE", {"path": "conf", "kind": "file"}, "a.txt"])",
      kCreate);
  CHECK(result.at("valid") == json::value(false));
  CHECK(result.at("missing") == json_of(R"(["LICENSE", "conf", "a.txt"])"));
  CHECK(result.at("created") == json_of(R"([".github/", "docs/", "docs/adr/", "tests/"])"));
  Tree after = kBefore;
  for (const char* folder : {".github/", "docs/", "docs/adr/", "tests/"})
    after[folder] = "";
  CHECK(world.files.tree("/p") == after);
}

TEST_CASE("a project whose folders were all made is valid, and made only once") {
  World world;
  const std::string paths = R"(["docs", "docs/", "docs/x", {"path": "docs", "kind": "folder"}])";
  CHECK(world.structure(paths, kCreate).at("valid") == json::value(true));
  const json::object again = world.structure(paths, kCreate);
  CHECK(again.at("valid") == json::value(true));
  CHECK(again.at("created").as_array().empty());
}

TEST_CASE("the folder above a missing file is not made for it") {
  World world;
  const json::object result = world.structure(R"(["conf/app.yaml"])", kCreate);
  CHECK(result.at("missing") == json_of(R"(["conf/app.yaml"])"));
  CHECK(world.files.tree("/p") == kBefore);
}

TEST_CASE("a file where a folder is required stays, and is an error of its own") {
  World world;
  const json::object result = world.structure(R"(["README.md/", "README.md/x/"])", kCreate);
  CHECK(result.at("valid") == json::value(false));
  CHECK(result.at("missing").as_array().empty());
  CHECK(result.at("errors").as_array().size() == 2);
  CHECK(result.at("errors").at(0).at("code") == json::value("structure.wrong_kind"));
  CHECK(world.files.tree("/p") == kBefore);
}

TEST_CASE("a dry run plans the folders and makes none; the plan can be approved") {
  World world;
  const std::string paths = R"(["docs/", "tests/"])";
  const json::object planned = world.structure(paths, kCreate + R"(,"dry_run":true)");
  CHECK(planned.at("dry_run") == json::value(true));
  CHECK(planned.at("valid") == json::value(false));
  CHECK(planned.at("created").as_array().empty());
  CHECK(planned.at("plan").as_array().size() == 2);
  CHECK(world.files.tree("/p") == kBefore);
  const std::string plan(planned.at("plan_sha256").as_string());
  CHECK(thrown_code([&] {
          static_cast<void>(
              world.structure(R"(["docs/"])", kCreate + R"(,"expect_plan":")" + plan + "\""));
        }) == "plan.changed");
  CHECK(world.files.tree("/p") == kBefore);
  const json::object done = world.structure(paths, kCreate + R"(,"expect_plan":")" + plan + "\"");
  CHECK(done.at("created") == json_of(R"(["docs/", "tests/"])"));
}

TEST_CASE("a disk that refuses the second folder leaves none") {
  World world;
  world.files.fail_nth(FileOperation::make_folder, 3, ENOSPC);
  const std::string code =
      thrown_code([&] { static_cast<void>(world.structure(R"(["docs/","tests/"])", kCreate)); });
  world.files.clear_faults();
  CHECK_FALSE(code.empty());
  const Tree after = world.files.tree("/p");
  CHECK(after.contains("docs/") == after.contains("tests/"));
  CHECK_FALSE(after.contains("docs/"));
}

TEST_CASE("requests that make no sense are refused") {
  struct Row {
    const char* request;
    const char* code;
  };
  const Row rows[] = {
      {R"({"required_paths":[]})", "request.missing_key"},
      {R"({"project_root":"p","required_paths":[]})", "project.relative_root"},
      {R"({"project_root":"/none","required_paths":[]})", "io.not_found"},
      {R"({"project_root":"/p","required_paths":[1]})", "request.wrong_type"},
      {R"({"project_root":"/p","required_paths":[{"kind":"file"}]})", "request.missing_key"},
      {R"({"project_root":"/p","required_paths":[{"path":"a","kind":"x"}]})", "request.constraint"},
      {R"({"project_root":"/p","required_paths":[{"path":"a","king":"x"}]})",
       "request.unknown_key"},
      {R"({"project_root":"/p","required_paths":[""]})", "path.invalid"},
      {R"({"project_root":"/p","required_paths":["../x"]})", "path.outside_root"},
  };
  World world;
  for (const Row& row : rows) {
    CAPTURE(row.request);
    CHECK(thrown_code([&] { static_cast<void>(world.call("validate.structure", row.request)); }) ==
          row.code);
  }
  world.environment.limits.structure_paths = 1;
  CHECK(thrown_code([&] { static_cast<void>(world.structure(R"(["a","b"])")); }) == "limit.items");
}

TEST_CASE("dependencies are asked for by kind and answered with kind:name") {
  World world;
  world.launcher.program(
      "git", [](const Command&) { return ScriptedLauncher::exited(0, "git version 2.39.5\n"); });
  const json::object result =
      world.call("validate.dependencies",
                 R"({"executables":["git>=2.30","a;b\u0027x"],"python":["requests"]})");
  CHECK(result.at("valid") == json::value(false));
  CHECK(result.at("missing") == json_of(R"(["executable:a;b'x"])"));
  CHECK(result.at("unchecked") == json_of(R"(["python:requests"])"));
  const json::object& found = result.at("found").at(0).as_object();
  CHECK(json::value(found) ==
        json_of(R"({"kind":"executable","name":"git","version":"2.39.5","path":"/scripted/git",
                    "required":">=2.30","compatible":true})"));
  CHECK(exit_code_of_result(result) == kExitVerdictInvalid);
}

TEST_CASE("could not check is no verdict") {
  World world;
  const json::object result = world.call("validate.dependencies", R"({"python":["requests"]})");
  CHECK_FALSE(result.contains("valid"));
  CHECK(result.at("warnings").at(0).at("hint").as_string().find("Python, 3.8") !=
        std::string::npos);
}

TEST_CASE("requests for dependencies that make no sense are refused") {
  struct Row {
    const char* request;
    const char* code;
  };
  const Row rows[] = {
      {R"({"pyton":[]})", "request.unknown_key"},
      {R"({"python":["a;b"]})", "dependency.invalid"},
      {R"({"npm":["a"],"project_root":"p"})", "project.relative_root"},
      {R"({"python":["a"],"python_interpreter":"bin/python"})", "request.constraint"},
  };
  World world;
  for (const Row& row : rows) {
    CAPTURE(row.request);
    CHECK(thrown_code([&] {
            static_cast<void>(world.call("validate.dependencies", row.request));
          }) == row.code);
  }
  world.environment.limits.dependencies = 1;
  CHECK(thrown_code([&] {
          static_cast<void>(world.call("validate.dependencies", R"({"npm":["a"],"go":["b"]})"));
        }) == "limit.items");
}
