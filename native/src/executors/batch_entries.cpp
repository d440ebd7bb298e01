#include "executors/batch_entries.h"

#include <iterator>
#include <unordered_map>
#include <unordered_set>

#include "core/text.h"
#include "validation/syntax/language.h"

namespace ratchet {
namespace {

std::string text_of(const json::object& object, std::string_view key, std::string_view fallback) {
  const json::value* value = object.if_contains(key);
  if (value == nullptr || !value->is_string()) return std::string(fallback);
  return {value->get_string().data(), value->get_string().size()};
}

Finding finding_of(const Error& error, const Instance& instance, const std::string& pointer) {
  Finding finding = make_finding(error.code(), Severity::error, error.message(), "batch_create");
  if (!error.hint().empty()) finding.hint = error.hint();
  instance.locate(finding, pointer, false);
  return finding;
}

/// Finds templates and compiles their variable schemas once for the whole batch.
class EntryReader {
 public:
  EntryReader(const Instance& instance, TemplateCatalog& catalog, const Limits& limits)
      : instance_(instance),
        catalog_(catalog),
        limits_(limits),
        default_template_(instance.text("template_type").value_or("")),
        default_language_(instance.text("language").value_or("")),
        with_tests_(instance.flag("test_files", true)) {}

  void read(const json::object& written, const std::string& pointer, BatchEntries& out) {
    std::string place = pointer + "/path";
    try {
      RelativePath path = RelativePath::parse(text_of(written, "path", ""));
      const std::string name = text_of(written, "template_type", default_template_);
      place = written.contains("template_type") ? pointer + "/template_type" : "/template_type";
      std::string language = language_of(written, path);
      std::shared_ptr<const LoadedTemplate> source = find(name, language);
      if (!source->language().empty()) language = source->language();
      BatchEntry entry{std::move(path), std::move(language), std::move(source), json::object(),
                       pointer};
      if (const json::value* variables = written.if_contains("template_vars")) {
        entry.variables = variables->get_object();
      }
      std::vector<Finding> faults = instance_.findings_of(
          entry.source->variables().fit(entry.variables.get_object(), "template_vars"),
          pointer + "/template_vars", limits_);
      if (!faults.empty()) {
        std::move(faults.begin(), faults.end(), std::back_inserter(out.findings));
        return;
      }
      if (with_tests_) note_companion(entry);
      out.entries.push_back(std::move(entry));
    } catch (const Error& error) {
      out.findings.push_back(finding_of(error, instance_, place));
    }
  }

  /// Adds the tests that templates want beside what they render, but where the batch has its own.
  void add_companions(BatchEntries& out) {
    std::unordered_set<std::string> taken;
    for (const BatchEntry& entry : out.entries)
      taken.insert(entry.path.text());
    for (Wanted& wanted : companions_) {
      if (!taken.insert(wanted.test.path).second) continue;
      const json::object entry{{"path", wanted.test.path},
                               {"template_type", wanted.test.template_name},
                               {"language", wanted.language},
                               {"template_vars", std::move(wanted.test.variables)}};
      with_tests_ = false;  // a test needs no test
      read(entry, wanted.pointer, out);
    }
  }

 private:
  struct Wanted {
    LoadedTemplate::Companion test;
    std::string language;
    std::string pointer;
  };

  void note_companion(const BatchEntry& entry) {
    std::optional<LoadedTemplate::Companion> test = entry.source->companion(entry.variables);
    if (test) companions_.push_back({std::move(*test), entry.language, entry.pointer});
  }

  std::string language_of(const json::object& written, const RelativePath& path) const {
    const Language* by_extension = detect_language(path.text(), {});
    return text_of(written, "language",
                   by_extension == nullptr ? default_language_ : std::string(by_extension->name));
  }

  std::shared_ptr<const LoadedTemplate> find(const std::string& name, const std::string& language) {
    std::shared_ptr<const LoadedTemplate>& known = known_[language + "/" + name];
    if (!known) known = catalog_.find(name, language);
    return known;
  }

  const Instance& instance_;
  TemplateCatalog& catalog_;
  const Limits& limits_;
  const std::string default_template_;
  const std::string default_language_;
  bool with_tests_;
  std::vector<Wanted> companions_;
  std::unordered_map<std::string, std::shared_ptr<const LoadedTemplate>> known_;
};

void refuse_what_is_not_there_yet(const Instance& instance) {
  for (const std::string_view key : {"items_from", "custom_template"}) {
    if (!instance.values().contains(key)) continue;
    throw Error("pattern.unsupported", std::string(key) + " of batch_create is not implemented yet")
        .hint("list the files in files_to_create, each with a template by name");
  }
  if (instance.flag("single_commit", false)) {
    throw Error("pattern.unsupported", "single_commit of batch_create is not implemented yet")
        .hint("leave it out and commit the files yourself");
  }
}

}  // namespace

BatchEntries read_batch_entries(const Instance& instance, TemplateCatalog& catalog,
                                const Environment& environment) {
  refuse_what_is_not_there_yet(instance);
  const json::array& files = instance.values().at("files_to_create").get_array();
  const auto most = static_cast<std::size_t>(environment.limits.batch_files);
  if (files.size() > most) {
    throw Error("limit.input_size", "the batch has " + std::to_string(files.size()) +
                                        " files; the limit is " + std::to_string(most));
  }
  BatchEntries batch;
  batch.entries.reserve(files.size());
  EntryReader reader(instance, catalog, environment.limits);
  for (std::size_t i = 0; i < files.size(); ++i) {
    reader.read(files[i].get_object(), "/files_to_create/" + std::to_string(i), batch);
  }
  reader.add_companions(batch);
  return batch;
}

std::vector<Finding> path_clashes(const std::vector<BatchEntry>& entries,
                                  const Instance& instance) {
  std::vector<Finding> findings;
  std::unordered_map<std::string, const BatchEntry*> by_folded_path;
  by_folded_path.reserve(entries.size());
  for (const BatchEntry& entry : entries) {
    const auto [other, is_new] = by_folded_path.emplace(entry.path.folded(), &entry);
    if (is_new) continue;
    const bool is_same = other->second->path == entry.path;
    Finding finding = make_finding(
        is_same ? Code("batch.duplicate_path") : Code("batch.case_clash"), Severity::error,
        is_same ? in_quotes(entry.path.text(), 200) + " stands twice in the batch"
                : in_quotes(entry.path.text(), 200) + " differs from " +
                      in_quotes(other->second->path.text(), 200) + " in case alone",
        "batch_create");
    finding.hint = is_same ? "give each file its own path"
                           : "many file systems take the two for one; rename one";
    instance.locate(finding, entry.pointer + "/path", false);
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace ratchet
