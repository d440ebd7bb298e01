// Where the dependencies of one kind are looked up. For sources of this room only.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "validation/dependencies/requirement.h"
#include "validation/dependencies/tool_questions.h"

namespace ratchet {

/// Something that is installed under a required name.
struct Installed {
  std::string name;                    ///< as the package calls itself
  std::optional<std::string> version;  ///< as it is written there
  std::optional<std::string> path;     ///< absolute
  std::optional<Version> read{};       ///< where the text alone does not tell it
};

/// What became of looking a requirement up.
struct LookedUp {
  enum class State { found, missing, unchecked };
  State state = State::missing;
  /// Those found, the ones that go first first.
  std::vector<Installed> installed{};
  std::string reason{};  ///< one line: why it is missing, was not checked, or has no known version
  std::string hint{};    ///< what to do then

  [[nodiscard]] static LookedUp found(Installed installed);
  [[nodiscard]] static LookedUp missing(std::string reason, std::string hint);
  [[nodiscard]] static LookedUp unchecked(std::string reason, std::string hint);
};

/// What is looked up where.
struct LookUpPlace {
  std::optional<std::filesystem::path> project_root;  ///< absolute
  std::optional<std::string> python;                  ///< an interpreter's name or absolute path
};

/// Made with the requirements of one kind; asked for its questions, then, with the answers to them
/// in their order, for what it found, in the order of the requirements.
class DependencySource {
 public:
  virtual ~DependencySource() = default;
  [[nodiscard]] virtual std::vector<ToolQuestion> questions() = 0;
  [[nodiscard]] virtual std::vector<LookedUp> look_up(std::span<const ToolAnswer> answers) = 0;
};

using Requirements = std::vector<Requirement>;

/// Distributions by the metadata of the interpreter's folders and of the project's `.venv` or
/// `venv`, all in one child, which imports none of them.
[[nodiscard]] std::unique_ptr<DependencySource> python_source(const Requirements& requirements,
                                                              const LookUpPlace& place,
                                                              const DependencySeams& seams);
/// `node_modules` of the project and of the folders above it, as node looks them up; no child.
[[nodiscard]] std::unique_ptr<DependencySource> npm_source(const Requirements& requirements,
                                                           const LookUpPlace& place,
                                                           const DependencySeams& seams);
/// The folder that `npm root -g` names.
[[nodiscard]] std::unique_ptr<DependencySource> npm_global_source(const Requirements& requirements,
                                                                  const DependencySeams& seams);
/// PATH, and what the programs say of their version.
[[nodiscard]] std::unique_ptr<DependencySource> executable_source(const Requirements& requirements,
                                                                  const DependencySeams& seams);
/// `sdk` and runtimes (`Microsoft.NETCore.App`, short `runtime`; `Microsoft.AspNetCore.App`, short
/// `aspnetcore`) by `dotnet --list-…`; all others are packages, by `obj/project.assets.json`.
[[nodiscard]] std::unique_ptr<DependencySource> dotnet_source(const Requirements& requirements,
                                                              const LookUpPlace& place,
                                                              const DependencySeams& seams);
/// Modules by the project's go.mod, and whether they are in `vendor` or the module cache; `go`
/// itself by what it says of its version.
[[nodiscard]] std::unique_ptr<DependencySource> go_source(const Requirements& requirements,
                                                          const LookUpPlace& place,
                                                          const DependencySeams& seams);
/// Crates by the Cargo.lock of the project or of a folder above it, else by `cargo install --list`.
[[nodiscard]] std::unique_ptr<DependencySource> cargo_source(const Requirements& requirements,
                                                             const LookUpPlace& place,
                                                             const DependencySeams& seams);

/// A file's text; nothing where no file is. Throws Error: io.*, limit.input_size.
[[nodiscard]] std::optional<std::string> read_if_there(const std::filesystem::path& path,
                                                       const DependencySeams& seams);
/// Lines without their ends, empty ones left out.
[[nodiscard]] std::vector<std::string_view> filled_lines(std::string_view text);
/// The words of a line, separated by spaces and tabs.
[[nodiscard]] std::vector<std::string_view> words_of_line(std::string_view line);

}  // namespace ratchet
