#include "validation/structure/structure_check.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>

#include "core/text.h"
#include "fs/contained_path.h"
#include "fs/file_error.h"
#include "validation/structure/glob.h"

namespace ratchet {
namespace {

/// One way to fulfil a requirement, and how far it has been followed.
struct Way {
  std::size_t path = 0;
  const std::vector<std::string>* components = nullptr;
  std::size_t next = 0;

  [[nodiscard]] const std::string& component() const { return (*components)[next]; }
  [[nodiscard]] bool is_last() const { return next + 1 == components->size(); }
  [[nodiscard]] bool is_any_depth() const { return component() == "**"; }
  [[nodiscard]] Way ahead() const { return {path, components, next + 1}; }

  friend bool operator==(const Way&, const Way&) = default;
  friend bool operator<(const Way& one, const Way& other) {
    return std::tie(one.path, one.components, one.next) <
           std::tie(other.path, other.components, other.next);
  }
};

/// A folder that some ways lead into.
struct Visit {
  std::string folder;  ///< relative to the root, empty for the root itself
  std::vector<Way> ways;
};

/// What an entry is behind its links.
enum class Target { file, folder, nothing, outside };

class Check {
 public:
  Check(Folder& root, std::span<const RequiredPath> paths, const Limits& limits)
      : root_(root), paths_(paths), limits_(limits), verdicts_(paths.size()) {}

  std::vector<StructureVerdict> run(const Cancellation& cancellation) {
    Visit first;
    for (std::size_t path = 0; path < paths_.size(); ++path) {
      verdicts_[path].reason = paths_[path].is_pattern() ? "nothing matches" : "nothing is there";
      for (const std::vector<std::string>& choice : paths_[path].choices())
        first.ways.push_back({path, &choice, 0});
    }
    to_visit_.push_back(std::move(first));
    while (!to_visit_.empty()) {
      cancellation.check();
      Visit visit = std::move(to_visit_.back());
      to_visit_.pop_back();
      std::erase_if(visit.ways, [this](const Way& way) { return is_present(way.path); });
      if (!visit.ways.empty()) look(std::move(visit));
    }
    return std::move(verdicts_);
  }

 private:
  /// The ways of a visit by what they ask of a name.
  struct Questions {
    std::unordered_map<std::string_view, std::vector<Way>> names;
    std::vector<std::pair<NamePattern, std::vector<Way>>> patterns;
    std::vector<Way> any_depth;
  };

  [[nodiscard]] bool is_present(std::size_t path) const {
    return verdicts_[path].state == StructureVerdict::State::present;
  }

  /// `**` asks for a folder below, and, taking no folder, for what stands behind it.
  static Questions sorted(std::vector<Way> ways) {
    Questions questions;
    std::map<std::string_view, std::vector<Way>> patterns;
    while (!ways.empty()) {
      const Way way = ways.back();
      ways.pop_back();
      if (way.is_any_depth()) {
        questions.any_depth.push_back(way);
        if (!way.is_last()) ways.push_back(way.ahead());
      } else if (is_glob(way.component())) {
        patterns[way.component()].push_back(way);
      } else {
        questions.names[way.component()].push_back(way);
      }
    }
    for (auto& [text, asking] : patterns)
      questions.patterns.emplace_back(NamePattern(std::string(text)), std::move(asking));
    return questions;
  }

  void look(Visit visit) {
    std::vector<FolderEntry> entries;
    try {
      entries = root_.list(visit.folder);
    } catch (const Error& error) {
      return could_not_list(visit, error);
    }
    seen_ += entries.size();
    if (seen_ > static_cast<std::size_t>(limits_.structure_entries)) {
      throw Error("limit.tree_size", "the project has more than " +
                                         std::to_string(limits_.structure_entries) +
                                         " names where the patterns look")
          .hint("write narrower patterns, or raise the limit structure_entries");
    }
    Questions questions = sorted(std::move(visit.ways));
    for (const FolderEntry& entry : entries) {
      std::vector<Way> beneath;
      ask(questions, visit.folder, entry, beneath);
      if (beneath.empty()) continue;
      std::sort(beneath.begin(), beneath.end());
      beneath.erase(std::unique(beneath.begin(), beneath.end()), beneath.end());
      to_visit_.push_back({inside_.value_or(joined(visit.folder, entry.name)), beneath});
    }
    note_other_case(questions, entries);
  }

  void could_not_list(const Visit& visit, const Error& error) {
    if (visit.folder.empty()) throw error;
    if (is(error, "io.not_found") || is(error, "io.not_a_folder")) return;  // it went meanwhile
    for (const Way& way : visit.ways) {
      StructureVerdict& verdict = verdicts_[way.path];
      if (is_present(way.path)) continue;
      verdict.state = StructureVerdict::State::unchecked;
      verdict.reason = error.message();
    }
  }

  /// Answers what one name answers, and gives the ways that go on beneath it.
  void ask(Questions& questions, const std::string& folder, const FolderEntry& entry,
           std::vector<Way>& beneath) {
    inside_.reset();
    std::optional<Target> target;
    const auto take = [&](const std::vector<Way>& ways) {
      for (const Way& way : ways) {
        if (is_present(way.path)) continue;
        if (!target) target = target_of(folder, entry);
        follow(way, *target, beneath);
      }
    };
    if (const auto found = questions.names.find(entry.name); found != questions.names.end()) {
      take(found->second);
      questions.names.erase(found);
    }
    for (const auto& [pattern, ways] : questions.patterns) {
      if (pattern.matches(entry.name)) take(ways);
    }
    if (entry.name.starts_with('.')) return;
    for (const Way& way : questions.any_depth) {
      if (is_present(way.path)) continue;
      if (way.is_last()) {  // `a/**` asks for anything beneath a
        if (!target) target = target_of(folder, entry);
        follow(way, *target, beneath);
      }
      if (entry.kind == FileKind::folder && !is_present(way.path)) beneath.push_back(way);
    }
  }

  void follow(const Way& way, Target target, std::vector<Way>& beneath) {
    if (target == Target::nothing) return;
    StructureVerdict& verdict = verdicts_[way.path];
    const auto is_wrong = [&](std::string reason) {
      verdict.state = StructureVerdict::State::wrong_kind;
      verdict.reason = std::move(reason);
    };
    if (target == Target::outside) return is_wrong("a link there leads out of the project");
    if (!way.is_last()) {
      if (target == Target::folder) {
        beneath.push_back(way.ahead());
      } else if (!paths_[way.path].is_pattern()) {
        is_wrong("a file is on the way to it");
      }
      return;
    }
    const RequiredKind kind = paths_[way.path].kind();
    // Of a pattern only what fits counts: another match may.
    const bool is_pattern = paths_[way.path].is_pattern();
    if (kind == RequiredKind::file && target == Target::folder) {
      return is_pattern ? void() : is_wrong("a folder is there");
    }
    if (kind == RequiredKind::folder && target == Target::file) {
      return is_pattern ? void() : is_wrong("a file is there");
    }
    verdict.state = StructureVerdict::State::present;
  }

  /// Of a link to a folder, `inside_` is where it leads.
  Target target_of(const std::string& folder, const FolderEntry& entry) {
    if (names_protected_folder(entry.name)) return Target::nothing;
    if (entry.kind == FileKind::folder) return Target::folder;
    if (entry.kind != FileKind::link) return Target::file;
    try {
      inside_ = root_.resolve(joined(folder, entry.name));
      return Target::folder;
    } catch (const Error& error) {
      if (is(error, "io.not_a_folder")) return Target::file;
      if (is(error, "path.outside_root")) return Target::outside;
      return Target::nothing;
    }
  }

  static std::string joined(const std::string& folder, const std::string& name) {
    return folder.empty() ? name : folder + "/" + name;
  }

  /// Names that are not there, but would be in other letters: the mistake that shows on another
  /// system only.
  void note_other_case(const Questions& questions, const std::vector<FolderEntry>& entries) {
    if (questions.names.empty()) return;
    std::unordered_map<std::string, const std::string*> folded;
    for (const FolderEntry& entry : entries) {
      if (const auto text = folded_name(entry.name)) folded.emplace(*text, &entry.name);
    }
    for (const auto& [name, ways] : questions.names) {
      const auto text = folded_name(name);
      const auto found = text ? folded.find(*text) : folded.end();
      if (found == folded.end()) continue;
      for (const Way& way : ways) {
        if (verdicts_[way.path].state != StructureVerdict::State::missing) continue;
        verdicts_[way.path].reason =
            "only " + in_quotes(*found->second) + " is there, which differs in case";
      }
    }
  }

  /// Nothing for a name that no RelativePath can hold.
  static std::optional<std::string> folded_name(std::string_view name) {
    try {
      return RelativePath::parse(name).folded();
    } catch (const Error&) {
      return std::nullopt;
    }
  }

  Folder& root_;
  std::span<const RequiredPath> paths_;
  const Limits& limits_;
  std::vector<StructureVerdict> verdicts_;
  std::vector<Visit> to_visit_;
  std::optional<std::string> inside_;
  std::size_t seen_ = 0;
};

}  // namespace

std::vector<StructureVerdict> check_structure(Folder& root, std::span<const RequiredPath> paths,
                                              const Limits& limits,
                                              const Cancellation& cancellation) {
  return Check(root, paths, limits).run(cancellation);
}

Finding finding_of(const RequiredPath& path, const StructureVerdict& verdict) {
  const bool is_folder = path.kind() == RequiredKind::folder;
  std::string what = is_folder ? "folder " : path.kind() == RequiredKind::file ? "file " : "";
  what += in_quotes(path.shown(), 200);
  const auto finding = [&](Code code, Severity severity, const std::string& says) {
    Finding made = make_finding(code, severity, what + says + ": " + verdict.reason, "structure");
    made.at(path.path());
    return made;
  };
  if (verdict.state == StructureVerdict::State::unchecked) {
    Finding made = finding("structure.unreadable", Severity::warning, " was not checked");
    made.hint = "let this user read the folder";
    return made;
  }
  if (verdict.state == StructureVerdict::State::wrong_kind) {
    return finding("structure.wrong_kind", Severity::error, " is required");
  }
  return finding("structure.missing", Severity::error, " is required");
}

}  // namespace ratchet
