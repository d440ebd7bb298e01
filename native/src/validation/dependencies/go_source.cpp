#include <algorithm>
#include <set>

#include "core/text.h"
#include "validation/dependencies/dependency_source.h"
#include "validation/dependencies/go_module_file.h"
#include "validation/dependencies/tool_version.h"

namespace ratchet {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kGoItself = "go";

class GoSource final : public DependencySource {
 public:
  GoSource(const Requirements& requirements, const LookUpPlace& place, const DependencySeams& seams)
      : requirements_(requirements), place_(place), seams_(seams) {}

  std::vector<ToolQuestion> questions() override {
    go_ = seams_.launcher.find_program(kGoItself);
    if (!go_) return {};
    return {{*go_, version_arguments(kGoItself), {}, true},
            {*go_, {"env", "GOMODCACHE"}, {}, false}};
  }

  std::vector<LookedUp> look_up(std::span<const ToolAnswer> answers) override {
    read_project();
    if (answers.size() == 2 && answers[1].is_given) {
      const auto lines = filled_lines(answers[1].out);
      if (lines.size() == 1 && seams_.files.is_absolute(lines.front())) cache_ = lines.front();
    }
    std::vector<LookedUp> results;
    for (const Requirement& requirement : requirements_) {
      results.push_back(requirement.name == kGoItself ? itself(answers)
                                                      : module_of(requirement.name));
    }
    return results;
  }

 private:
  void read_project() {
    if (!place_.project_root) {
      why_not_ = "no project is given";
      return;
    }
    try {
      const auto text = read_if_there(*place_.project_root / "go.mod", seams_);
      if (!text) {
        why_not_ = "the project has no go.mod";
        return;
      }
      modules_ = read_go_modules(*text);
      const std::string vendored =
          read_if_there(*place_.project_root / "vendor" / "modules.txt", seams_).value_or("");
      for (const std::string_view line : filled_lines(vendored)) {
        const auto words = words_of_line(line);
        if (words.size() >= 2 && words[0] == "#") vendored_.emplace(words[1]);
      }
    } catch (const Error& error) {
      why_not_ = error.message();
    }
  }

  [[nodiscard]] LookedUp itself(std::span<const ToolAnswer> answers) const {
    if (!go_) return LookedUp::missing("it is not on PATH", "install go");
    LookedUp result = LookedUp::found({std::string(kGoItself), std::nullopt, go_});
    const ToolAnswer& answer = answers.front();
    auto version =
        answer.is_given ? read_tool_version(kGoItself, repaired_utf8(answer.out)) : std::nullopt;
    result.reason = answer.is_given ? "what it says holds no version" : answer.reason;
    if (version) {
      result.installed.front().version = std::move(version->text);
      result.installed.front().read = std::move(version->version);
    }
    return result;
  }

  [[nodiscard]] LookedUp module_of(const std::string& name) const {
    if (!why_not_.empty()) {
      return LookedUp::unchecked(why_not_, "give the project_root of a Go module");
    }
    const auto required = modules_.find(name);
    if (required == modules_.end()) {
      return LookedUp::missing("go.mod does not require it", "go get " + name);
    }
    const GoModule& module = required->second;
    const std::optional<std::string> version =
        module.version.empty() ? std::nullopt : std::optional(module.version);
    const std::string download = "go mod download " + module.path;
    try {
      if (module.version.empty()) return replaced_by_folder(name, module.path);
      if (vendored_.contains(name)) {
        return LookedUp::found({name, version, (*place_.project_root / "vendor" / name).string()});
      }
      if (!cache_) {
        return LookedUp::unchecked("where go keeps its modules is not known", "install go");
      }
      const fs::path folder =
          *cache_ / (escaped_go_path(module.path) + "@" + escaped_go_path(module.version));
      if (!seams_.files.status(folder)) {
        return LookedUp::missing("go.mod requires " + module.version + ", which is not downloaded",
                                 download);
      }
      return LookedUp::found({name, version, folder.string()});
    } catch (const Error& error) {
      return LookedUp::unchecked(error.message(), "let this user read it");
    }
  }

  [[nodiscard]] LookedUp replaced_by_folder(const std::string& name, const std::string& to) const {
    const fs::path folder = (*place_.project_root / to).lexically_normal();
    if (!seams_.files.status(folder)) {
      return LookedUp::missing("the folder that replaces it in go.mod is not there",
                               "correct the replace line of go.mod");
    }
    LookedUp result = LookedUp::found({name, std::nullopt, folder.string()});
    result.reason = "a folder that replaces it in go.mod has no version";
    return result;
  }

  const Requirements& requirements_;
  const LookUpPlace& place_;
  const DependencySeams& seams_;
  std::optional<std::string> go_;
  std::optional<fs::path> cache_;
  std::string why_not_;
  std::map<std::string, GoModule> modules_;
  std::set<std::string, std::less<>> vendored_;
};

}  // namespace

std::unique_ptr<DependencySource> go_source(const Requirements& requirements,
                                            const LookUpPlace& place,
                                            const DependencySeams& seams) {
  return std::make_unique<GoSource>(requirements, place, seams);
}

}  // namespace ratchet
