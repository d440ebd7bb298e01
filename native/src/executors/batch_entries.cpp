#include "executors/batch_entries.h"

#include <iterator>
#include <unordered_map>
#include <unordered_set>

#include "core/text.h"
#include "fs/path_claims.h"
#include "validation/syntax/language.h"

namespace ratchet {
namespace {

std::string text_of(const json::object& object, std::string_view key, std::string_view fallback) {
  const json::value* value = object.if_contains(key);
  if (value == nullptr || !value->is_string()) return std::string(fallback);
  return {value->get_string().data(), value->get_string().size()};
}

Finding finding_of(const Error& error) {
  Finding finding = make_finding(error.code(), Severity::error, error.message(), "batch_create");
  if (!error.hint().empty()) finding.hint = error.hint();
  return finding;
}

/// The name that stands for custom_template.
constexpr std::string_view kCustom = "custom";
constexpr std::string_view kCustomKey = "custom_template";

/// Finds templates and compiles their variable schemas once for the whole batch.
class EntryReader {
 public:
  EntryReader(const Instance& instance, TemplateCatalog& catalog, std::filesystem::path base,
              const Environment& environment)
      : instance_(instance),
        catalog_(catalog),
        base_(std::move(base)),
        environment_(environment),
        default_template_(instance.text("template_type").value_or("")),
        default_language_(instance.text("language").value_or("")),
        with_tests_(instance.flag("test_files", true)) {}

  void read_files(const json::array& files, BatchEntries& out) {
    require_bound(files.size());
    out.entries.reserve(files.size());
    for (std::size_t i = 0; i < files.size(); ++i)
      read_file(files[i].get_object(), "/files_to_create/" + std::to_string(i), out);
  }

  /// Each row of a table is a file; its path is a template over the row.
  void read_items(const json::object& items, BatchEntries& out) {
    const std::string path_text = text_of(items, "path", "");
    const Template path = path_template(path_text);
    const std::string language = language_of("", path_text);
    std::shared_ptr<const LoadedTemplate> source;
    attempt(in_instance("/template_type"), out,
            [&] { source = find(default_template_, language); });
    if (!source) return;
    const auto file = std::make_shared<const VariableFile>(VariableFile::read(
        environment_.files, own_path(text_of(items, "file", ""), "/items_from/file"),
        source->variables().schema(), environment_.limits, format_of(items)));
    require_bound(file->sets().size());
    out.entries.reserve(file->sets().size());
    for (std::size_t row = 0; row < file->sets().size(); ++row) {
      const PlaceFinding place = [file, row](Finding& finding, const std::string& pointer,
                                             bool at_key) {
        const bool in_row = pointer.starts_with(kVariablesPointer);
        file->locate(finding, row, in_row ? pointer.substr(kVariablesPointer.size()) : "", at_key);
      };
      read_item(path, source, file->sets()[row], place, out);
    }
    out.table = file;
  }

  /// Adds the tests that templates want beside what they render, but where the batch has its own.
  void add_companions(BatchEntries& out) {
    std::unordered_set<std::string> taken;
    for (const BatchEntry& entry : out.entries)
      taken.insert(entry.path.text());
    with_tests_ = false;  // a test needs no test
    for (Companion& companion : companions_) {
      if (!taken.insert(companion.test.path).second) continue;
      attempt(companion.place, out, [&] {
        RelativePath path = RelativePath::parse_new(companion.test.path);
        const auto source = find(companion.test.template_name, companion.language);
        add(std::move(path), companion.language, source, std::move(companion.test.variables),
            companion.place, out);
      });
    }
  }

 private:
  struct Companion {
    LoadedTemplate::Companion test;
    std::string language;
    PlaceFinding place;
  };
  static constexpr std::string_view kVariablesPointer = "/template_vars";

  void require_bound(std::size_t files) const {
    const auto most = static_cast<std::size_t>(environment_.limits.batch_files);
    if (files <= most) return;
    throw Error("limit.input_size", "the batch has " + std::to_string(files) +
                                        " files; the limit is " + std::to_string(most));
  }

  PlaceFinding in_instance(std::string pointer) const {
    return [&instance = instance_, base = std::move(pointer)](
               Finding& finding, const std::string& pointer_in, bool at_key) {
      instance.locate(finding, base + pointer_in, at_key);
    };
  }

  /// What `work` throws is a finding at the place.
  template <class Work>
  static void attempt(const PlaceFinding& place, BatchEntries& out, const Work& work) {
    try {
      work();
    } catch (const Error& error) {
      Finding finding = finding_of(error);
      place(finding, "", false);
      out.findings.push_back(std::move(finding));
    }
  }

  void read_file(const json::object& written, const std::string& pointer, BatchEntries& out) {
    std::optional<RelativePath> path;
    attempt(in_instance(pointer + "/path"), out,
            [&] { path = RelativePath::parse_new(text_of(written, "path", "")); });
    if (!path) return;
    const bool names_template = written.contains("template_type");
    attempt(in_instance(names_template ? pointer + "/template_type" : "/template_type"), out, [&] {
      const std::string language = language_of(text_of(written, "language", ""), path->text());
      const auto source = find(text_of(written, "template_type", default_template_), language);
      json::object variables;
      if (const json::value* given = written.if_contains("template_vars"))
        variables = given->get_object();
      add(std::move(*path), language, source, std::move(variables), in_instance(pointer), out);
    });
  }

  void read_item(const Template& path, const std::shared_ptr<const LoadedTemplate>& source,
                 json::object variables, const PlaceFinding& place, BatchEntries& out) {
    attempt(place, out, [&] {
      if (!fits(*source, variables, place, out)) return;
      RenderOptions options;
      options.limits = environment_.limits;
      RelativePath rendered = RelativePath::parse_new(path.render(variables, options));
      const std::string language = language_of("", rendered.text());
      add_fitting(std::move(rendered), language, source, std::move(variables), place, out);
    });
  }

  void add(RelativePath path, const std::string& language,
           const std::shared_ptr<const LoadedTemplate>& source, json::object variables,
           const PlaceFinding& place, BatchEntries& out) {
    if (!fits(*source, variables, place, out)) return;
    add_fitting(std::move(path), language, source, std::move(variables), place, out);
  }

  /// Whether the variables fit the template, which then adds its defaults.
  bool fits(const LoadedTemplate& source, json::object& variables, const PlaceFinding& place,
            BatchEntries& out) const {
    const PlaceFinding in_variables = [&](Finding& finding, const std::string& pointer,
                                          bool at_key) {
      place(finding, std::string(kVariablesPointer) + pointer, at_key);
    };
    std::vector<Finding> faults = to_findings(source.variables().fit(variables, "template_vars"),
                                              in_variables, environment_.limits);
    const bool fit = faults.empty();
    std::move(faults.begin(), faults.end(), std::back_inserter(out.findings));
    return fit;
  }

  void add_fitting(RelativePath path, std::string language,
                   std::shared_ptr<const LoadedTemplate> source, json::object variables,
                   const PlaceFinding& place, BatchEntries& out) {
    if (!source->language().empty()) language = source->language();
    BatchEntry entry{std::move(path), std::move(language), std::move(source), std::move(variables),
                     place};
    if (with_tests_) {
      if (auto test = entry.source->companion(entry.variables))
        companions_.push_back({std::move(*test), entry.language, place});
    }
    out.entries.push_back(std::move(entry));
  }

  std::string language_of(std::string written, std::string_view path) const {
    if (!written.empty()) return written;
    const Language* by_extension = detect_language(path, {});
    return by_extension == nullptr ? default_language_ : std::string(by_extension->name);
  }

  std::shared_ptr<const LoadedTemplate> find(const std::string& name, const std::string& language) {
    std::shared_ptr<const LoadedTemplate>& known = known_[language + "/" + name];
    if (!known) known = name == kCustom ? custom_template(language) : catalog_.find(name, language);
    return known;
  }

  /// A text with a tag or a line end is the template itself; any other is its path, or its name.
  std::shared_ptr<const LoadedTemplate> custom_template(const std::string& language) {
    const std::string written = instance_.text(kCustomKey).value_or("");
    if (written.find("{{") != std::string::npos || written.find('\n') != std::string::npos) {
      return std::make_shared<const LoadedTemplate>(
          LoadedTemplate::of_text(source_at("/custom_template", written), environment_.limits));
    }
    return catalog_.find(TemplateCatalog::names_path(written)
                             ? own_path(written, "/custom_template").string()
                             : written,
                         language);
  }

  Finding place_of(const std::string& pointer) const {
    Finding there;
    instance_.locate(there, pointer, false);
    return there;
  }

  Template path_template(const std::string& text) const {
    return Template::compile(source_at("/items_from/path", text), environment_.limits);
  }

  TemplateSource source_at(const std::string& pointer, const std::string& text) const {
    const Finding there = place_of(pointer);
    Position start{1, 1, 0};
    if (there.line) start = {*there.line, there.column.value_or(1), there.byte_offset.value_or(0)};
    return {std::string(pointer.substr(1)), there.path.value_or(instance_.name()), text, start};
  }

  /// A path that the instance names, from where its relative ones begin.
  std::filesystem::path own_path(const std::string& written, const std::string& pointer) const {
    std::filesystem::path path(written);
    if (environment_.files.is_absolute(path)) return path;
    if (base_.empty()) {
      const Finding there = place_of(pointer);
      throw Error("batch.no_base", in_quotes(written, 200) +
                                       " is relative, and no folder is known that it could be "
                                       "taken from")
          .hint("write an absolute path, or give a base_folder")
          .at(there.path.value_or(instance_.name()),
              {there.line.value_or(0), there.column.value_or(0), 0});
    }
    return (base_ / path).lexically_normal();
  }

  static VariableFormat format_of(const json::object& items) {
    const std::string format = text_of(items, "format", "");
    if (format == "csv") return VariableFormat::csv;
    if (format == "json") return VariableFormat::json;
    return format == "yaml" ? VariableFormat::yaml : VariableFormat::by_name;
  }

  const Instance& instance_;
  TemplateCatalog& catalog_;
  const std::filesystem::path base_;
  const Environment& environment_;
  const std::string default_template_;
  const std::string default_language_;
  bool with_tests_;
  std::vector<Companion> companions_;
  std::unordered_map<std::string, std::shared_ptr<const LoadedTemplate>> known_;
};

}  // namespace

BatchEntries read_batch_entries(const Instance& instance, TemplateCatalog& catalog,
                                const std::filesystem::path& base, const Environment& environment) {
  if (instance.flag("single_commit", false)) {
    throw Error("pattern.unsupported", "single_commit of batch_create is not implemented yet")
        .hint("leave it out and commit the files yourself");
  }
  BatchEntries batch;
  EntryReader reader(instance, catalog, base, environment);
  if (const json::value* items = instance.values().if_contains("items_from")) {
    reader.read_items(items->get_object(), batch);
  } else {
    reader.read_files(instance.values().at("files_to_create").get_array(), batch);
  }
  reader.add_companions(batch);
  return batch;
}

std::vector<Finding> path_clashes(const std::vector<BatchEntry>& entries) {
  std::vector<Finding> findings;
  PathClaims claims;
  for (const BatchEntry& entry : entries) {
    const std::optional<PathClash> clash = claims.claim(entry.path);
    if (!clash) continue;
    const bool is_case = clash->kind == PathClash::Kind::case_only;
    Finding finding =
        make_finding(is_case ? Code("batch.case_clash") : Code("batch.duplicate_path"),
                     Severity::error, clash->sentence(), "batch_create");
    finding.hint = is_case ? "many file systems take the two for one; rename one"
                           : "give each file its own path";
    entry.place(finding, "/path", false);
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace ratchet
