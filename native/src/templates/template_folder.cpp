#include "templates/template_folder.h"

#include <algorithm>
#include <initializer_list>

#include "core/document.h"
#include "core/nearest.h"
#include "core/text.h"
#include "templates/source.h"

namespace ratchet {
namespace {

/// Reads the parts of one template.yaml, each by its JSON pointer.
class ManifestReader {
 public:
  ManifestReader(const TemplateFolder& folder, const TemplateFolder::File& file,
                 const Limits& limits)
      : folder_(folder),
        source_{folder.name, folder.path + file.name, file.bytes},
        document_(read_yaml(file.bytes, source_.path, limits)) {}

  TemplateManifest run() {
    if (!document_.findings().empty()) {
      const Finding& finding = document_.findings().front();
      throw fault_at(static_cast<std::size_t>(finding.byte_offset.value_or(0)), finding.message);
    }
    const json::object& root = object(document_.value(), "");
    known_keys(root, "", {"name", "description", "language", "variables", "files", "test"});
    TemplateManifest manifest;
    manifest.name = required_text(root, "", "name");
    if (manifest.name != folder_.name) {
      throw fault("/name", "the name is " + in_quotes(manifest.name) + ", but the folder's is " +
                               in_quotes(folder_.name));
    }
    manifest.description = required_text(root, "", "description");
    manifest.language = text(root, "", "language").value_or("");
    manifest.variables = variables(root);
    manifest.files = root.contains("files") ? listed_files(root.at("files")) : all_files();
    if (root.contains("test")) manifest.test = companion(root.at("test"));
    return manifest;
  }

 private:
  [[nodiscard]] Error fault_at(std::size_t offset, const std::string& what,
                               const std::string& suggestion = {}) const {
    return source_.error("template.invalid", offset, what, suggestion);
  }

  [[nodiscard]] Error fault(const std::string& pointer, const std::string& what) const {
    return fault_at(static_cast<std::size_t>(document_.locate(pointer).byte_offset), what);
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
      throw fault_at(static_cast<std::size_t>(document_.locate_key(place).byte_offset),
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

  std::vector<TemplateManifest::File> listed_files(const json::value& value) const {
    const json::array* items = value.if_array();
    if (items == nullptr || items->empty()) {
      throw fault("/files", "\"files\" must be a list of at least one file");
    }
    std::vector<TemplateManifest::File> files;
    for (std::size_t i = 0; i < items->size(); ++i) {
      const std::string pointer = "/files/" + std::to_string(i);
      const json::object& item = object((*items)[i], pointer);
      known_keys(item, pointer, {"source", "path"});
      TemplateManifest::File file{required_text(item, pointer, "source"),
                                  text(item, pointer, "path")};
      if (folder_.find(file.source) == nullptr) {
        throw fault(pointer + "/source", "there is no file " + in_quotes(file.source));
      }
      files.push_back(std::move(file));
    }
    return files;
  }

  std::vector<TemplateManifest::File> all_files() const {
    std::vector<TemplateManifest::File> files;
    for (const TemplateFolder::File& file : folder_.files) {
      const bool partial = file.name.substr(file.name.rfind('/') + 1).starts_with('_');
      if (!partial && file.name != kManifestName) files.push_back({file.name, std::nullopt});
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

  const TemplateFolder& folder_;
  TemplateSource source_;
  Document document_;
};

}  // namespace

const TemplateFolder::File* TemplateFolder::find(std::string_view file) const {
  const auto found = std::find_if(files.begin(), files.end(),
                                  [&](const File& candidate) { return candidate.name == file; });
  return found == files.end() ? nullptr : &*found;
}

TemplateManifest read_manifest(const TemplateFolder& folder, const Limits& limits) {
  const TemplateFolder::File* file = folder.find(kManifestName);
  if (file == nullptr) {
    throw Error("template.invalid", "template " + in_quotes(folder.name) + ": there is no " +
                                        folder.path + std::string(kManifestName))
        .at(folder.path + std::string(kManifestName));
  }
  return ManifestReader(folder, *file, limits).run();
}

}  // namespace ratchet
