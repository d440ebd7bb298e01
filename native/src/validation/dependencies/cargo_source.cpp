#include <algorithm>
#include <map>

#include "validation/dependencies/dependency_source.h"

namespace ratchet {
namespace {

namespace fs = std::filesystem;

using Crates = std::map<std::string, std::vector<Installed>>;

/// The value of `key = "value"`; nothing for any other line.
std::optional<std::string> value_of(std::string_view line, std::string_view key) {
  const auto words = words_of_line(line);
  if (words.size() != 3 || words[0] != key || words[1] != "=") return std::nullopt;
  const std::string_view value = words[2];
  if (value.size() < 2 || value.front() != '"' || value.back() != '"') return std::nullopt;
  return std::string(value.substr(1, value.size() - 2));
}

/// Cargo.lock is written by cargo, one key a line: that much of TOML is read here.
Crates read_lock(std::string_view text) {
  Crates crates;
  std::optional<std::string> name;
  for (const std::string_view line : filled_lines(text)) {
    if (line.starts_with('[')) name.reset();
    if (auto value = value_of(line, "name")) name = *std::move(value);
    const auto version = value_of(line, "version");
    if (name && version) crates[*name].push_back({*name, *version, std::nullopt});
  }
  return crates;
}

/// `ripgrep v13.0.0:`, or `tool v0.1.0 (/its/folder):`, and below it its programs, indented.
Crates read_installed(std::string_view text) {
  Crates crates;
  for (const std::string_view line : filled_lines(text)) {
    const auto words = words_of_line(line);
    if (words.size() < 2 || line.front() == ' ' || !words[1].starts_with('v')) continue;
    std::string_view version = words[1].substr(1);
    if (version.ends_with(':')) version.remove_suffix(1);
    crates[std::string(words[0])].push_back(
        {std::string(words[0]), std::string(version), std::nullopt});
  }
  return crates;
}

class CargoSource final : public DependencySource {
 public:
  CargoSource(const Requirements& requirements, const LookUpPlace& place,
              const DependencySeams& seams)
      : requirements_(requirements), seams_(seams) {
    if (place.project_root) read_project(*place.project_root);
  }

  std::vector<ToolQuestion> questions() override {
    const bool all_locked =
        std::all_of(requirements_.begin(), requirements_.end(),
                    [&](const Requirement& each) { return locked_.contains(each.name); });
    const auto cargo = all_locked ? std::nullopt : seams_.launcher.find_program("cargo");
    if (!cargo) return {};
    return {{*cargo, {"install", "--list"}, {}, false}};
  }

  std::vector<LookedUp> look_up(std::span<const ToolAnswer> answers) override {
    std::optional<Crates> installed;
    std::string reason = "cargo is not on PATH";
    if (!answers.empty()) {
      reason = answers.front().reason;
      if (answers.front().is_given) installed = read_installed(answers.front().out);
    }
    std::vector<LookedUp> results;
    for (const Requirement& requirement : requirements_)
      results.push_back(result_of(requirement.name, installed, reason));
    return results;
  }

 private:
  /// A workspace has one lock, in its uppermost folder.
  void read_project(const fs::path& root) {
    try {
      for (fs::path folder = root;; folder = folder.parent_path()) {
        if (const auto text = read_if_there(folder / "Cargo.lock", seams_)) {
          locked_ = read_lock(*text);
          return;
        }
        if (folder == folder.parent_path()) return;
      }
    } catch (const Error& error) {
      why_not_ = error.message();
    }
  }

  [[nodiscard]] LookedUp result_of(const std::string& name, const std::optional<Crates>& installed,
                                   const std::string& reason) const {
    LookedUp result;
    result.state = LookedUp::State::found;
    if (const auto crate = locked_.find(name); crate != locked_.end()) {
      result.installed = crate->second;
      return result;
    }
    if (!why_not_.empty()) return LookedUp::unchecked(why_not_, "let this user read Cargo.lock");
    if (!installed) return LookedUp::unchecked(reason, "install cargo");
    if (const auto crate = installed->find(name); crate != installed->end()) {
      result.installed = crate->second;
      return result;
    }
    return LookedUp::missing("it is neither in a Cargo.lock nor installed by cargo",
                             "cargo add " + name + ", or cargo install " + name);
  }

  const Requirements& requirements_;
  const DependencySeams& seams_;
  Crates locked_;
  std::string why_not_;
};

}  // namespace

std::unique_ptr<DependencySource> cargo_source(const Requirements& requirements,
                                               const LookUpPlace& place,
                                               const DependencySeams& seams) {
  return std::make_unique<CargoSource>(requirements, place, seams);
}

}  // namespace ratchet
