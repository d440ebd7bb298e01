#include "core/document.h"
#include "core/text.h"
#include "validation/dependencies/dependency_source.h"

namespace ratchet {
namespace {

namespace fs = std::filesystem;

/// What a folder of packages says of one; nothing where it is not in it.
std::optional<LookedUp> package_in(const fs::path& packages, const std::string& name,
                                   const DependencySeams& seams) {
  const fs::path folder = packages / name;
  try {
    auto text = read_if_there(folder / "package.json", seams);
    if (!text) return std::nullopt;
    LookedUp result = LookedUp::found({name, std::nullopt, folder.string()});
    try {
      const Document package = read_json(*std::move(text), "package.json", seams.limits);
      const json::value* version = package.value().is_object()
                                       ? package.value().get_object().if_contains("version")
                                       : nullptr;
      if (version != nullptr && version->is_string()) {
        result.installed.front().version = std::string(version->get_string());
      } else {
        result.reason = "its package.json names no version";
      }
    } catch (const Error& error) {
      result.reason = "its package.json cannot be read: " + error.message();
    }
    return result;
  } catch (const Error& error) {
    return LookedUp::unchecked(error.message(), "let this user read it");
  }
}

class NpmSource final : public DependencySource {
 public:
  NpmSource(const Requirements& requirements, const LookUpPlace& place,
            const DependencySeams& seams)
      : requirements_(requirements), place_(place), seams_(seams) {}

  std::vector<ToolQuestion> questions() override { return {}; }

  std::vector<LookedUp> look_up(std::span<const ToolAnswer> /*answers*/) override {
    std::vector<LookedUp> results;
    for (const Requirement& requirement : requirements_)
      results.push_back(result_of(requirement.name));
    return results;
  }

 private:
  [[nodiscard]] LookedUp result_of(const std::string& name) const {
    if (!place_.project_root) {
      return LookedUp::unchecked("no project is given", "give project_root");
    }
    for (fs::path folder = *place_.project_root;; folder = folder.parent_path()) {
      if (folder.filename() != "node_modules") {
        auto found = package_in(folder / "node_modules", name, seams_);
        if (found) return *std::move(found);
      }
      if (folder == folder.parent_path()) break;
    }
    return LookedUp::missing("it is in no node_modules of the project or above it",
                             "npm install " + name);
  }

  const Requirements& requirements_;
  const LookUpPlace& place_;
  const DependencySeams& seams_;
};

class NpmGlobalSource final : public DependencySource {
 public:
  NpmGlobalSource(const Requirements& requirements, const DependencySeams& seams)
      : requirements_(requirements), seams_(seams) {}

  std::vector<ToolQuestion> questions() override {
    const auto npm = seams_.launcher.find_program("npm");
    if (!npm) return {};
    return {{*npm, {"root", "-g"}, {}, true}};
  }

  std::vector<LookedUp> look_up(std::span<const ToolAnswer> answers) override {
    std::string reason = "npm is not on PATH";
    const std::optional<fs::path> packages = root_of(answers, reason);
    std::vector<LookedUp> results;
    for (const Requirement& requirement : requirements_) {
      if (!packages) {
        results.push_back(LookedUp::unchecked(reason, "install npm"));
        continue;
      }
      auto found = package_in(*packages, requirement.name, seams_);
      results.push_back(found ? *std::move(found)
                              : LookedUp::missing("it is not in " + in_quotes(packages->string()),
                                                  "npm install --global " + requirement.name));
    }
    return results;
  }

 private:
  [[nodiscard]] std::optional<fs::path> root_of(std::span<const ToolAnswer> answers,
                                                std::string& reason) {
    if (answers.empty()) return std::nullopt;
    if (!answers.front().is_given) {
      reason = answers.front().reason;
      return std::nullopt;
    }
    const auto lines = filled_lines(answers.front().out);
    if (lines.size() == 1 && seams_.files.is_absolute(lines.front())) return lines.front();
    reason = "npm does not say where its global packages are";
    return std::nullopt;
  }

  const Requirements& requirements_;
  const DependencySeams& seams_;
};

}  // namespace

std::unique_ptr<DependencySource> npm_source(const Requirements& requirements,
                                             const LookUpPlace& place,
                                             const DependencySeams& seams) {
  return std::make_unique<NpmSource>(requirements, place, seams);
}

std::unique_ptr<DependencySource> npm_global_source(const Requirements& requirements,
                                                    const DependencySeams& seams) {
  return std::make_unique<NpmGlobalSource>(requirements, seams);
}

}  // namespace ratchet
