#include "operations/schema_source.h"

#include <filesystem>

#include "core/error.h"
#include "core/text.h"
#include "core/uri_path.h"
#include "validation/document/document_check.h"
#include "validation/schema/uri.h"

namespace ratchet {
namespace {

std::string read_file(const std::string& path, const Environment& environment) {
  if (!environment.files.is_absolute(path)) {
    throw Error("request.constraint", "path " + in_quotes(path, 200) + " must be absolute");
  }
  return environment.files.read(path, static_cast<std::uint64_t>(environment.limits.input_bytes));
}

/// Which of two equal keys was meant nobody can tell.
void require_unique_keys(const Document& schema) {
  if (schema.findings().empty()) return;
  const Finding& twice = schema.findings().front();
  throw Error("schema.invalid", "the schema is none: " + twice.message)
      .at(schema.name(),
          {twice.line.value_or(0), twice.column.value_or(0), twice.byte_offset.value_or(0)});
}

json::value read_schema_file(const std::string& path, const Environment& environment) {
  Document document =
      read_named_document(read_file(path, environment), path, {}, environment.limits).document;
  require_unique_keys(document);
  return std::move(document).value();
}

Document read_source(const SchemaSource& source, const Environment& environment) {
  const int forms = static_cast<int>(source.schema.has_value()) +
                    static_cast<int>(source.schema_path.has_value()) +
                    static_cast<int>(source.schema_text.has_value());
  if (forms != 1) {
    throw Error("request.constraint", "give exactly one of schema, schema_path and schema_text");
  }
  if (source.schema_path) {
    return read_named_document(read_file(*source.schema_path, environment), *source.schema_path, {},
                               environment.limits)
        .document;
  }
  std::string text = source.schema_text ? *source.schema_text : write_json_pretty(*source.schema);
  return read_document(std::move(text), source.schema_name.value_or("schema"), environment.limits);
}

std::string_view authority_of(std::string_view uri) {
  return schema::split_uri(uri).authority.value_or("");
}

/// The path that a `file:` URI names; nothing for any other URI. A file on another machine is named
/// by what lies on that one alone: a schema from anywhere must not have one called that its reader
/// does not know.
std::optional<std::string> path_of_uri(std::string_view uri, std::string_view base,
                                       const FileSystem& files) {
  const schema::UriParts parts = schema::split_uri(uri);
  if (parts.scheme != "file" || parts.query) return std::nullopt;
  std::string_view machine = parts.authority.value_or("");
  if (machine == "localhost") machine = {};
  if (!machine.empty() && machine != authority_of(base)) return std::nullopt;
  // A system whose paths need more than a slash to be absolute has drives.
  const bool has_drives = !files.is_absolute("/");
  const std::string path = path_of_file_uri(machine, parts.path, has_drives);
  return files.is_absolute(path) ? std::optional(path) : std::nullopt;
}

/// Each under the URI of its file, and under its `$id` where that is absolute.
void add_reference(SchemaRegistry& registry, const std::string& path,
                   const Environment& environment) {
  const json::value schema = read_schema_file(path, environment);
  const json::object* object = schema.if_object();
  const json::value* identifier = object != nullptr ? object->if_contains("$id") : nullptr;
  if (identifier != nullptr && identifier->is_string() &&
      identifier->get_string().find(':') != json::string::npos) {
    registry.add(identifier->get_string(), schema);
  }
  registry.add(file_uri(path), schema);
}

}  // namespace

NamedSchema::NamedSchema(const SchemaSource& source, const Environment& environment)
    : files_(&environment.files), document_(read_source(source, environment)) {
  for (const std::string& path : source.references)
    add_reference(registry_, path, environment);
  registry_.load_by([this, &environment](std::string_view uri) -> std::optional<json::value> {
    const std::optional<std::string> path = path_of_uri(uri, options_.base_uri, environment.files);
    if (!path || !environment.files.status(*path)) return std::nullopt;
    return read_schema_file(*path, environment);
  });
  options_.registry = &registry_;
  options_.draft =
      source.draft == SchemaSource::Draft::draft7 ? SchemaDraft::draft7 : SchemaDraft::draft2020_12;
  if (source.schema_path) options_.base_uri = file_uri(*source.schema_path);
}

Schema NamedSchema::compile(bool assert_formats, const Limits& limits) const {
  require_unique_keys(document_);
  SchemaOptions options = options_;
  options.assert_formats = assert_formats;
  try {
    return Schema::compile(document_.value(), limits, options);
  } catch (Error& error) {
    const json::value* pointer = error.details().if_contains("pointer");
    if (error.path() || pointer == nullptr || !pointer->is_string()) throw;
    const std::string_view address = pointer->get_string();
    if (address.empty() || address.starts_with('/'))
      throw error.at(document_.name(), document_.locate(address));
    throw error.at(path_of_uri(address.substr(0, address.find('#')), options_.base_uri, *files_)
                       .value_or(document_.name()));
  }
}

}  // namespace ratchet
