#include "templates/template_catalog.h"

#include <algorithm>
#include <array>
#include <set>

#include "core/nearest.h"
#include "core/text.h"

namespace ratchet {
namespace {

namespace paths = std::filesystem;

constexpr std::string_view kProjectTemplates = "ratchet/templates";

struct Alias {
  std::string_view old_name;
  std::string_view name;
};
constexpr std::array<Alias, 1> kAliases{{{"crud_endpoint", "crud"}}};

/// A built-in file's name, `<language>/<name>/<file>`, in its parts.
struct BuiltInName {
  std::string_view language;
  std::string_view name;
  std::string_view file;
};

std::optional<BuiltInName> split_name(std::string_view name) {
  const std::size_t first = name.find('/');
  const std::size_t second = first == name.npos ? name.npos : name.find('/', first + 1);
  if (second == name.npos) return std::nullopt;
  return BuiltInName{name.substr(0, first), name.substr(first + 1, second - first - 1),
                     name.substr(second + 1)};
}

std::string_view without_alias(std::string_view name) {
  for (const Alias& alias : kAliases) {
    if (alias.old_name == name) return alias.name;
  }
  return name;
}

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names)
    text.append(text.empty() ? "" : ", ").append(name);
  return text;
}

std::string child(std::string_view folder, std::string_view name) {
  std::string path(folder);
  if (!path.empty()) path += '/';
  return path.append(name);
}

bool is_executable(const FileStatus& status) {
  constexpr std::uint32_t kOwnerMayRun = 0100;
  return (status.mode & kOwnerMayRun) != 0;
}

/// Adds the files below `path` of the folder, links refused, until their bytes exceed `limits`.
class FolderReader {
 public:
  FolderReader(Folder& folder, const Limits& limits, TemplateFolder& result)
      : folder_(folder), left_(limits.input_bytes), result_(result) {}

  void add(const std::string& path) {
    for (const FolderEntry& entry : folder_.list(path)) {
      const std::string name = child(path, entry.name);
      if (entry.kind == FileKind::folder) {
        add(name);
      } else if (entry.kind == FileKind::file) {
        std::string bytes = folder_.read(name, static_cast<std::uint64_t>(left_));
        left_ -= static_cast<std::int64_t>(bytes.size());
        const std::optional<FileStatus> status = folder_.status(name);
        result_.files.push_back({name, std::move(bytes), status && is_executable(*status)});
      } else {
        throw Error("template.invalid", "template " + in_quotes(result_.name) + ": " +
                                            result_.path + name +
                                            " is a link or no regular file; use a copy")
            .at(result_.path + name);
      }
    }
  }

 private:
  Folder& folder_;
  std::int64_t left_;
  TemplateFolder& result_;
};

}  // namespace

TemplateCatalog::TemplateCatalog(FileSystem& files, std::optional<paths::path> project_root,
                                 const Limits& limits, std::span<const EmbeddedFile> built_in)
    : files_(files), project_root_(std::move(project_root)), limits_(limits), built_in_(built_in) {
}

bool TemplateCatalog::names_path(std::string_view name) {
  return name.find_first_of("/\\.") != std::string_view::npos;
}

std::shared_ptr<const LoadedTemplate> TemplateCatalog::find(std::string_view name,
                                                            std::string_view language) {
  const std::scoped_lock lock(mutex_);
  if (names_path(name)) return load_path(std::string(name));
  const std::string own_name(without_alias(name));
  for (const std::string& candidate : {std::string(name), own_name}) {
    if (!contains(project_names(), candidate)) continue;
    Loaded loaded = load_project(candidate);
    const bool fits =
        language.empty() || loaded->language().empty() || loaded->language() == language;
    if (fits) return loaded;
  }
  const std::vector<std::string> languages = built_in_languages(own_name);
  if (language.empty() && languages.size() == 1) return load_built_in(own_name, languages.front());
  if (contains(languages, language)) return load_built_in(own_name, std::string(language));
  throw unknown(name, language);
}

std::vector<TemplateSummary> TemplateCatalog::list() {
  const std::scoped_lock lock(mutex_);
  std::map<Key, TemplateSummary> found;
  const auto add = [&found](const LoadedTemplate& loaded) {
    std::vector<std::string> aliases;
    for (const Alias& alias : kAliases) {
      if (alias.name == loaded.name()) aliases.emplace_back(alias.old_name);
    }
    found[{loaded.language(), loaded.name()}] = {loaded.name(),        loaded.language(),
                                                 loaded.description(), loaded.origin(),
                                                 std::move(aliases),   ""};
  };
  for (const EmbeddedFile& file : built_in_) {
    const std::optional<BuiltInName> parts = split_name(file.name);
    if (!parts || parts->file != kManifestName) continue;
    add(*load_built_in(std::string(parts->name), std::string(parts->language)));
  }
  for (const std::string& name : project_names()) {
    try {
      add(*load_project(name));
    } catch (const Error& error) {
      found[{"", name}] = {name, "", "", TemplateOrigin::project, {}, error.message()};
    }
  }
  std::vector<TemplateSummary> result;
  result.reserve(found.size());
  for (auto& [key, summary] : found)
    result.push_back(std::move(summary));
  return result;
}

TemplateCatalog::Loaded TemplateCatalog::load_path(const std::string& name) {
  Loaded& loaded = loaded_[{"", name}];
  if (loaded) return loaded;
  paths::path path(name);
  if (path.is_relative()) {
    if (!project_root_) {
      throw Error("project.missing_root", "template path " + in_quotes(name) +
                                              " is relative, and no project_root is given");
    }
    path = *project_root_ / path;
  }
  const std::optional<FileStatus> status = files_.status(path);
  if (!status) {
    throw Error("template.unknown", "there is no template at the path " + in_quotes(name)).at(name);
  }
  const bool is_folder = status->kind == FileKind::folder;
  while (is_folder && path.filename().empty())
    path = path.parent_path();
  if (is_folder) {
    const TemplateFolder folder = read_folder(path, path.filename().string(), name);
    loaded = std::make_shared<LoadedTemplate>(
        LoadedTemplate::load(folder, TemplateOrigin::path, limits_));
  } else {
    std::string text = files_.read(path, static_cast<std::uint64_t>(limits_.input_bytes));
    loaded = std::make_shared<LoadedTemplate>(
        LoadedTemplate::single_file({path.filename().string(), name, std::move(text)},
                                    is_executable(*status), TemplateOrigin::path, limits_));
  }
  return loaded;
}

TemplateCatalog::Loaded TemplateCatalog::load_project(const std::string& name) {
  Loaded& loaded = loaded_[{"", child(kProjectTemplates, name)}];
  if (loaded) return loaded;
  const std::string shown = child(kProjectTemplates, name);
  const TemplateFolder folder = read_folder(*project_root_ / shown, name, shown);
  loaded = std::make_shared<LoadedTemplate>(
      LoadedTemplate::load(folder, TemplateOrigin::project, limits_));
  return loaded;
}

TemplateCatalog::Loaded TemplateCatalog::load_built_in(const std::string& name,
                                                       const std::string& language) {
  Loaded& loaded = loaded_[{language, name}];
  if (loaded) return loaded;
  TemplateFolder folder;
  folder.name = name;
  folder.path = "built-in:" + language + "/" + name + "/";
  for (const EmbeddedFile& file : built_in_) {
    const std::optional<BuiltInName> parts = split_name(file.name);
    if (!parts || parts->language != language || parts->name != name) continue;
    folder.files.push_back({std::string(parts->file), std::string(file.bytes), false});
  }
  loaded = std::make_shared<LoadedTemplate>(
      LoadedTemplate::load(folder, TemplateOrigin::built_in, limits_));
  return loaded;
}

std::vector<std::string> TemplateCatalog::project_names() {
  if (!project_root_) return {};
  const paths::path folder = *project_root_ / kProjectTemplates;
  const std::optional<FileStatus> status = files_.status(folder);
  if (!status || status->kind != FileKind::folder) return {};
  std::vector<std::string> names;
  for (const FolderEntry& entry : files_.list(folder)) {
    if (entry.kind == FileKind::folder) names.push_back(entry.name);
  }
  return names;
}

std::vector<std::string> TemplateCatalog::built_in_languages(std::string_view name) const {
  std::set<std::string> languages;
  for (const EmbeddedFile& file : built_in_) {
    const std::optional<BuiltInName> parts = split_name(file.name);
    if (parts && parts->name == name) languages.emplace(parts->language);
  }
  return {languages.begin(), languages.end()};
}

TemplateFolder TemplateCatalog::read_folder(const paths::path& path, std::string name,
                                            std::string shown) const {
  TemplateFolder result;
  result.name = std::move(name);
  result.path = std::move(shown);
  if (!result.path.ends_with('/')) result.path += '/';
  const std::unique_ptr<Folder> folder = files_.open_folder(path);
  FolderReader(*folder, limits_, result).add("");
  std::sort(result.files.begin(), result.files.end(),
            [](const auto& left, const auto& right) { return left.name < right.name; });
  return result;
}

Error TemplateCatalog::unknown(std::string_view name, std::string_view language) {
  std::string message = "template " + in_quotes(name) + " does not exist";
  if (!language.empty()) message.append(" for ").append(language);
  const std::vector<std::string> others = built_in_languages(without_alias(name));
  if (!others.empty()) {
    message += others.size() > 1 && language.empty() ? " without a language" : "";
    return Error("template.unknown", message + "; it is there for " + joined(others))
        .hint("name one of its languages");
  }
  std::set<std::string> known;
  for (const std::string& own : project_names())
    known.insert(own);
  for (const EmbeddedFile& file : built_in_) {
    const std::optional<BuiltInName> parts = split_name(file.name);
    if (parts && (language.empty() || parts->language == language)) known.emplace(parts->name);
  }
  const std::vector<std::string> names(known.begin(), known.end());
  Error error("template.unknown", message + did_you_mean(name, names));
  if (!names.empty()) error.hint("there are: " + joined(names));
  return error;
}

}  // namespace ratchet
