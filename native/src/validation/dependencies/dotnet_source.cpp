#include <algorithm>
#include <map>

#include "core/ascii.h"
#include "core/document.h"
#include "validation/dependencies/dependency_source.h"

namespace ratchet {
namespace {

enum class DotnetThing { sdk, runtime, package };

/// A runtime's whole name, in lower case.
std::string whole_name(const std::string& name) {
  std::string small = lower(name);
  if (small == "runtime") return "microsoft.netcore.app";
  if (small == "aspnetcore") return "microsoft.aspnetcore.app";
  return small;
}

DotnetThing thing_of(const std::string& name) {
  const std::string whole = whole_name(name);
  if (whole == "sdk") return DotnetThing::sdk;
  const bool is_runtime = whole.starts_with("microsoft.") && whole.ends_with(".app");
  return is_runtime ? DotnetThing::runtime : DotnetThing::package;
}

/// By name in lower case, the newest first.
using Found = std::map<std::string, std::vector<Installed>>;

void newest_first(Found& found) {
  for (auto& [name, all] : found) {
    std::stable_sort(all.begin(), all.end(), [](const Installed& one, const Installed& other) {
      const auto first = Version::parse(one.version.value_or(""));
      const auto second = Version::parse(other.version.value_or(""));
      if (!first || !second) return first.has_value() && !second.has_value();
      return first->compare(*second) > 0;
    });
  }
}

/// `10.0.100 [/usr/share/dotnet/sdk]`, for runtimes with a name in front.
void read_list(std::string_view text, bool has_names, Found& found) {
  for (const std::string_view line : filled_lines(text)) {
    const auto words = words_of_line(line);
    const std::size_t at = has_names ? 1 : 0;
    const std::size_t open = line.find('[');
    const std::size_t close = line.rfind(']');
    if (words.size() < at + 2 || open == std::string_view::npos ||
        close == std::string_view::npos || close < open) {
      continue;
    }
    const std::string name = has_names ? std::string(words[0]) : "sdk";
    const std::string version(words[at]);
    std::string path(line.substr(open + 1, close - open - 1));
    path.append("/").append(version);
    found[lower(name)].push_back({name, version, path});
  }
}

class DotnetSource final : public DependencySource {
 public:
  DotnetSource(const Requirements& requirements, const LookUpPlace& place,
               const DependencySeams& seams)
      : requirements_(requirements), place_(place), seams_(seams) {}

  std::vector<ToolQuestion> questions() override {
    const auto dotnet = seams_.launcher.find_program("dotnet");
    std::vector<ToolQuestion> questions;
    for (const auto& [thing, argument] : {std::pair{DotnetThing::sdk, "--list-sdks"},
                                          std::pair{DotnetThing::runtime, "--list-runtimes"}}) {
      if (!dotnet || !asks_for(thing)) continue;
      asked_.push_back(thing);
      questions.push_back({*dotnet, {argument}, {}, false});
    }
    return questions;
  }

  std::vector<LookedUp> look_up(std::span<const ToolAnswer> answers) override {
    Found found;
    std::map<DotnetThing, std::string> why_not{{DotnetThing::sdk, "dotnet is not on PATH"},
                                               {DotnetThing::runtime, "dotnet is not on PATH"}};
    for (std::size_t i = 0; i < asked_.size(); ++i) {
      why_not[asked_[i]] = answers[i].reason;
      if (!answers[i].is_given) continue;
      why_not.erase(asked_[i]);
      read_list(answers[i].out, asked_[i] == DotnetThing::runtime, found);
    }
    if (asks_for(DotnetThing::package)) read_packages(found, why_not);
    newest_first(found);
    std::vector<LookedUp> results;
    for (const Requirement& requirement : requirements_)
      results.push_back(result_of(requirement.name, found, why_not));
    return results;
  }

 private:
  [[nodiscard]] bool asks_for(DotnetThing thing) const {
    return std::any_of(requirements_.begin(), requirements_.end(),
                       [&](const Requirement& each) { return thing_of(each.name) == thing; });
  }

  /// What the last restore has resolved: `{libraries: {"Name/1.2.3": {type: "package"}}}`.
  void read_packages(Found& found, std::map<DotnetThing, std::string>& why_not) const {
    std::string& reason = why_not[DotnetThing::package];
    if (!place_.project_root) {
      reason = "no project is given";
      return;
    }
    try {
      auto text = read_if_there(*place_.project_root / "obj" / "project.assets.json", seams_);
      if (!text) {
        reason = "the project has no obj/project.assets.json";
        return;
      }
      const Document assets = read_json(*std::move(text), "project.assets.json", seams_.limits);
      const json::value* libraries = assets.value().is_object()
                                         ? assets.value().get_object().if_contains("libraries")
                                         : nullptr;
      if (libraries == nullptr || !libraries->is_object()) {
        reason = "obj/project.assets.json lists no libraries";
        return;
      }
      for (const auto& library : libraries->get_object()) {
        const std::string_view key(library.key().data(), library.key().size());
        const std::size_t slash = key.find('/');
        if (slash == std::string_view::npos) continue;
        const std::string name(key.substr(0, slash));
        found[lower(name)].push_back({name, std::string(key.substr(slash + 1)), std::nullopt});
      }
      why_not.erase(DotnetThing::package);
    } catch (const Error& error) {
      reason = error.message();
    }
  }

  static LookedUp result_of(const std::string& name, const Found& found,
                            const std::map<DotnetThing, std::string>& why_not) {
    const DotnetThing thing = thing_of(name);
    const bool is_package = thing == DotnetThing::package;
    if (const auto reason = why_not.find(thing); reason != why_not.end()) {
      return LookedUp::unchecked(
          reason->second,
          is_package ? "give project_root, and run dotnet restore there" : "install dotnet");
    }
    const auto all = found.find(whole_name(name));
    if (all == found.end()) {
      return is_package ? LookedUp::missing("the project's last restore has no such package",
                                            "dotnet add package " + name)
                        : LookedUp::missing("dotnet lists no such thing", "install it");
    }
    LookedUp result;
    result.state = LookedUp::State::found;
    result.installed = all->second;
    return result;
  }

  const Requirements& requirements_;
  const LookUpPlace& place_;
  const DependencySeams& seams_;
  std::vector<DotnetThing> asked_;
};

}  // namespace

std::unique_ptr<DependencySource> dotnet_source(const Requirements& requirements,
                                                const LookUpPlace& place,
                                                const DependencySeams& seams) {
  return std::make_unique<DotnetSource>(requirements, place, seams);
}

}  // namespace ratchet
