// validate.dependencies.
#include <filesystem>

#include "core/records.h"
#include "core/text.h"
#include "operations/operation_row.h"
#include "operations/project_root.h"
#include "operations/rows.h"
#include "validation/dependencies/dependency_check.h"

namespace ratchet {
namespace {

struct DependencyRequest {
  std::vector<std::string> python;
  std::vector<std::string> npm;
  std::vector<std::string> npm_global;
  std::vector<std::string> executables;
  std::vector<std::string> dotnet;
  std::vector<std::string> go;
  std::vector<std::string> cargo;
  std::optional<std::string> project_root;
  std::optional<std::string> python_interpreter;
};

Requirements read_requirements(const DependencyRequest& request, const Limits& limits) {
  using Kind = DependencyKind;
  Requirements requirements;
  const auto read = [&](Kind kind, const std::vector<std::string>& texts) {
    if (requirements.size() + texts.size() > static_cast<std::size_t>(limits.dependencies)) {
      throw Error("limit.items", "more dependencies are asked for than the limit of " +
                                     std::to_string(limits.dependencies))
          .hint("raise the limit dependencies");
    }
    for (const std::string& text : texts)
      requirements.push_back(Requirement::parse(kind, text));
  };
  read(Kind::python, request.python);
  read(Kind::npm, request.npm);
  read(Kind::npm_global, request.npm_global);
  read(Kind::executable, request.executables);
  read(Kind::dotnet, request.dotnet);
  read(Kind::go, request.go);
  read(Kind::cargo, request.cargo);
  return requirements;
}

DependencyReport check(const DependencyRequest& request, OperationContext& context) {
  const Environment& environment = context.environment;
  const Requirements requirements = read_requirements(request, environment.limits);
  LookUpPlace place;
  if (request.project_root) place.project_root = project_root(*request.project_root, context);
  place.python = request.python_interpreter;
  const bool is_path = place.python && std::filesystem::path(*place.python).has_parent_path();
  if (is_path && !context.environment.files.is_absolute(*place.python)) {
    throw Error("request.constraint", "python_interpreter " + in_quotes(*place.python, 200) +
                                          " must be a name or an absolute path");
  }
  const DependencySeams seams{environment.files,        environment.launcher, environment.clock,
                              environment.random,       environment.limits,   environment.threads,
                              *environment.kept_answers};
  return check_dependencies(requirements, place, seams, context.cancellation);
}

}  // namespace

template <>
struct Choice<DependencyKind> {
  static constexpr std::string_view name = "DependencyKind";
  static constexpr auto values = std::to_array<ChoiceValue<DependencyKind>>({
      {DependencyKind::python, "python", "A Python package, or a module by its name."},
      {DependencyKind::npm, "npm", "A package in the project's node_modules."},
      {DependencyKind::npm_global, "npm_global", "A package that npm installed for all."},
      {DependencyKind::executable, "executable", "A program on PATH."},
      {DependencyKind::dotnet, "dotnet", "sdk, a runtime, or a package of the project."},
      {DependencyKind::go, "go", "A module of the project's go.mod, or go itself."},
      {DependencyKind::cargo, "cargo", "A crate in Cargo.lock, or installed by cargo."},
  });
};

template <>
struct Record<DependencyRequest> {
  using R = DependencyRequest;
  static constexpr std::string_view name = "DependencyRequest";
  static constexpr std::string_view sentence =
      "What must be installed: names, with versions behind them where those matter.";
  static constexpr auto fields = std::make_tuple(
      field("python", &R::python, "Packages or modules: requests>=2.28,<3."),
      field("npm", &R::npm, "Packages of the project: react@^18."),
      field("npm_global", &R::npm_global, "Packages that npm installed for all: typescript>=5."),
      field("executables", &R::executables, "Programs on PATH: git>=2.30."),
      field("dotnet", &R::dotnet,
            "sdk, runtime, aspnetcore, a runtime by its whole name, or a package of the project."),
      field("go", &R::go, "Modules of the project's go.mod, or go itself."),
      field("cargo", &R::cargo, "Crates of the project's Cargo.lock, or installed by cargo."),
      field("project_root", &R::project_root,
            "Absolute; where node_modules, a virtual environment, go.mod and the like are looked "
            "for."),
      field("python_interpreter", &R::python_interpreter,
            "A name on PATH or an absolute path; python3 when absent."));
};

template <>
struct Record<FoundDependency> {
  using R = FoundDependency;
  static constexpr std::string_view name = "FoundDependency";
  static constexpr std::string_view sentence = "A dependency that is installed.";
  static constexpr auto fields = std::make_tuple(
      field("kind", &R::kind, "What it is."), field("name", &R::name, "As it was asked for."),
      field("version", &R::version, "As it says itself; absent where it could not be told."),
      field("path", &R::path, "Where it was found."),
      field("required", &R::required, "The versions asked for."),
      field("compatible", &R::compatible, "Absent where that could not be told."));
};

template <>
struct Record<DependencyReport> {
  using R = DependencyReport;
  static constexpr std::string_view name = "DependencyReport";
  static constexpr std::string_view sentence = "Whether dependencies are installed.";
  static constexpr auto fields = std::make_tuple(
      field("valid", &R::valid,
            "False when one is missing or not compatible; absent when none is and some could not "
            "be checked."),
      field("missing", &R::missing, "Those not installed, as kind:name."),
      field("unchecked", &R::unchecked, "Those of which that is not known, as kind:name."),
      field("found", &R::found, "Those installed, compatible or not."),
      field("errors", &R::errors, "What is missing or not compatible, and what to do."),
      field("warnings", &R::warnings, "What could not be checked, and what to install for it."));
};

Operation rows::validate_dependencies() {
  return operation<DependencyRequest, DependencyReport, check>(
      "validate.dependencies", "Checks that packages and programs are installed.", "0.1.0");
}

}  // namespace ratchet
