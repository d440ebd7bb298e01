#include "templates/template_manifest.h"

#include <algorithm>
#include <initializer_list>
#include <tuple>
#include <utility>

#include "core/nearest.h"
#include "core/text.h"

namespace ratchet {
namespace {

/// The line that a head begins and ends with.
constexpr std::string_view kHeadMark = "---";

/// The text of a line without its end, and where the next one begins.
std::pair<std::string_view, std::size_t> line_at(std::string_view text, std::size_t start) {
  const std::size_t newline = text.find('\n', start);
  const std::size_t next = newline == std::string_view::npos ? text.size() : newline + 1;
  std::string_view line = text.substr(start, next - start);
  while (line.ends_with('\n') || line.ends_with('\r'))
    line.remove_suffix(1);
  return {line, next};
}

/// Reads the parts of one description, each by its JSON pointer.
class ManifestReader {
 public:
  ManifestReader(TemplateSource source, const Limits& limits)
      : source_(std::move(source)),
        document_(std::make_shared<Document>(read_yaml(source_.text, source_.path, limits))) {
    if (document_->findings().empty()) return;
    const Finding& finding = document_->findings().front();
    throw fault_at(static_cast<std::size_t>(finding.byte_offset.value_or(0)), finding.message);
  }

  TemplateManifest folder(const TemplateFolder& folder) {
    const json::object& root = object(document_->value(), "");
    known_keys(root, "", {"name", "description", "language", "variables", "files", "test"});
    TemplateManifest manifest = common(root);
    manifest.name = required_text(root, "", "name");
    if (manifest.name != folder.name) {
      throw fault("/name", "the name is " + in_quotes(manifest.name) + ", but the folder's is " +
                               in_quotes(folder.name));
    }
    manifest.description = required_text(root, "", "description");
    manifest.files =
        root.contains("files") ? listed_files(root.at("files"), folder) : all_files(folder);
    return manifest;
  }

  TemplateManifest head(std::string source) {
    static const json::object kNothing;
    const json::value& value = document_->value();
    const json::object& root = value.is_null() ? kNothing : object(value, "");
    known_keys(root, "",
               {"name", "description", "language", "variables", "path", "executable", "test"});
    TemplateManifest manifest = common(root);
    manifest.name = text(root, "", "name").value_or(source_.name);
    manifest.description = text(root, "", "description").value_or("");
    if (!root.contains("variables")) manifest.variables = {{"type", "object"}};
    TemplateManifest::File file;
    file.source = std::move(source);
    file.path = text(root, "", "path");
    file.executable = flag(root, "", "executable");
    manifest.files.push_back(std::move(file));
    return manifest;
  }

 private:
  [[nodiscard]] Error fault_at(std::size_t offset, const std::string& what,
                               const std::string& suggestion = {}) const {
    return source_.error("template.invalid", offset, what, suggestion);
  }

  [[nodiscard]] Error fault(const std::string& pointer, const std::string& what) const {
    return fault_at(offset_of(pointer), what);
  }

  [[nodiscard]] std::size_t offset_of(const std::string& pointer) const {
    return static_cast<std::size_t>(document_->locate(pointer).byte_offset);
  }

  const json::object& object(const json::value& value, const std::string& pointer) const {
    if (const json::object* found = value.if_object()) return *found;
    throw fault(pointer, in_quotes(pointer.empty() ? kManifestName : pointer.substr(1)) +
                             " must be an object");
  }

  void known_keys(const json::object& value, const std::string& pointer,
                  std::initializer_list<std::string> keys) const {
    for (const auto& member : value) {
      if (std::find(keys.begin(), keys.end(), member.key()) != keys.end()) continue;
      std::string place = pointer;
      append_token(place, member.key());
      throw fault_at(static_cast<std::size_t>(document_->locate_key(place).byte_offset),
                     "unknown key " + in_quotes(member.key()),
                     did_you_mean(member.key(), std::vector<std::string>(keys)));
    }
  }

  std::optional<std::string> text(const json::object& value, const std::string& pointer,
                                  const std::string& key) const {
    const json::value* found = value.if_contains(key);
    if (found == nullptr) return std::nullopt;
    if (const json::string* inside = found->if_string()) return std::string(*inside);
    throw fault(pointer + "/" + key, in_quotes(key) + " must be a text");
  }

  std::string required_text(const json::object& value, const std::string& pointer,
                            const std::string& key) const {
    std::optional<std::string> found = text(value, pointer, key);
    if (!found) throw fault(pointer, "key " + in_quotes(key) + " is missing");
    return *std::move(found);
  }

  json::object variables(const json::object& root) const {
    json::object schema;
    if (const json::value* found = root.if_contains("variables")) {
      schema = object(*found, "/variables");
    }
    if (const json::value* properties = schema.if_contains("properties")) {
      for (const auto& property : object(*properties, "/variables/properties")) {
        std::string pointer = "/variables/properties";
        append_token(pointer, property.key());
        object(property.value(), pointer);
      }
    }
    if (!schema.contains("type")) schema["type"] = "object";
    if (!schema.contains("additionalProperties")) schema["additionalProperties"] = false;
    return schema;
  }

  std::optional<bool> flag(const json::object& value, const std::string& pointer,
                           const std::string& key) const {
    const json::value* found = value.if_contains(key);
    if (found == nullptr) return std::nullopt;
    if (const bool* inside = found->if_bool()) return *inside;
    throw fault(pointer + "/" + key, in_quotes(key) + " must be true or false");
  }

  TemplateManifest common(const json::object& root) const {
    TemplateManifest manifest;
    manifest.path = source_.path;
    manifest.document = document_;
    manifest.language = text(root, "", "language").value_or("");
    manifest.variables = variables(root);
    if (root.contains("test")) manifest.test = companion(root.at("test"));
    return manifest;
  }

  std::vector<TemplateManifest::File> listed_files(const json::value& value,
                                                   const TemplateFolder& folder) const {
    const json::array* items = value.if_array();
    if (items == nullptr || items->empty()) {
      throw fault("/files", "\"files\" must be a list of at least one file");
    }
    std::vector<TemplateManifest::File> files;
    for (std::size_t i = 0; i < items->size(); ++i) {
      const std::string pointer = "/files/" + std::to_string(i);
      files.push_back(listed_file(object((*items)[i], pointer), pointer, folder));
    }
    return files;
  }

  TemplateManifest::File listed_file(const json::object& row, const std::string& pointer,
                                     const TemplateFolder& folder) const {
    known_keys(row, pointer, {"source", "path", "each", "as", "when", "executable"});
    TemplateManifest::File file;
    file.source = required_text(row, pointer, "source");
    file.pointer = pointer;
    if (folder.find(file.source) == nullptr) {
      std::vector<std::string> known;
      for (const TemplateFolder::File& each : folder.files)
        known.push_back(each.name);
      throw fault_at(offset_of(pointer + "/source"), "there is no file " + in_quotes(file.source),
                     did_you_mean(file.source, known));
    }
    file.path = text(row, pointer, "path");
    file.each = text(row, pointer, "each");
    if (row.contains("as") && !file.each) {
      throw fault(pointer + "/as", "\"as\" names the item of a list, and there is no \"each\"");
    }
    file.as = text(row, pointer, "as").value_or(std::string(kItemName));
    if (const json::value* when = row.if_contains("when")) file.when = *when;
    file.executable = flag(row, pointer, "executable");
    return file;
  }

  std::vector<TemplateManifest::File> all_files(const TemplateFolder& folder) const {
    std::vector<TemplateManifest::File> files;
    for (const TemplateFolder::File& file : folder.files) {
      const bool partial = file.name.substr(file.name.rfind('/') + 1).starts_with('_');
      if (partial || file.name == kManifestName) continue;
      files.emplace_back().source = file.name;
    }
    if (files.empty()) throw fault("", "the template has no files");
    return files;
  }

  TemplateManifest::Companion companion(const json::value& value) const {
    const json::object& test = object(value, "/test");
    known_keys(test, "/test", {"template", "path", "vars"});
    TemplateManifest::Companion result;
    result.template_name = required_text(test, "/test", "template");
    result.path = required_text(test, "/test", "path");
    if (const json::value* vars = test.if_contains("vars")) {
      result.variables = object(*vars, "/test/vars");
    }
    return result;
  }

  TemplateSource source_;
  std::shared_ptr<Document> document_;
};

}  // namespace

TemplateSource TemplateManifest::source_at(std::string_view pointer, std::string text) const {
  TemplateSource source{name, path, std::move(text), {1, 1, 0}};
  if (!document) return source;
  source.start = document->locate(pointer);
  const std::string& written = document->text();
  const auto offset = static_cast<std::size_t>(source.start.byte_offset);
  const bool is_quoted =
      offset < written.size() && (written[offset] == '"' || written[offset] == '\'');
  if (is_quoted) {
    ++source.start.column;
    ++source.start.byte_offset;
  }
  return source;
}

Position TemplateManifest::key_place(std::string_view pointer) const {
  return document ? document->locate_key(pointer) : Position{1, 1, 0};
}

TemplateManifest read_manifest(const TemplateFolder& folder, const Limits& limits) {
  const TemplateFolder::File* file = folder.find(kManifestName);
  if (file == nullptr) {
    throw Error("template.invalid", "template " + in_quotes(folder.name) + ": there is no " +
                                        folder.path + std::string(kManifestName))
        .at(folder.path + std::string(kManifestName));
  }
  return ManifestReader({folder.name, folder.path + file->name, file->bytes}, limits)
      .folder(folder);
}

std::size_t end_of_head(std::string_view text) {
  auto [line, next] = line_at(text, 0);
  if (line != kHeadMark) return 0;
  while (next < text.size()) {
    std::tie(line, next) = line_at(text, next);
    if (line == kHeadMark) return next;
  }
  return 0;
}

TemplateManifest read_head(const TemplateSource& file, std::size_t end, const Limits& limits) {
  std::string source = file.file_name();
  if (end == 0) {
    TemplateManifest manifest;
    manifest.name = file.name;
    manifest.path = file.path;
    manifest.variables = {{"type", "object"}};
    manifest.files.emplace_back().source = std::move(source);
    return manifest;
  }
  // Without its last line, which would begin another document.
  const std::size_t last = file.text.rfind(kHeadMark, end - kHeadMark.size());
  try {
    return ManifestReader({file.name, file.path, file.text.substr(0, last)}, limits)
        .head(std::move(source));
  } catch (Error& error) {
    if (error.hint().empty()) {
      error.hint("a file that is to begin with --- itself needs an empty head before");
    }
    throw;
  }
}

}  // namespace ratchet
