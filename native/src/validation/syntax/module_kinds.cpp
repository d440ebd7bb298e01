#include "validation/syntax/module_kinds.h"

#include <optional>

#include "core/error.h"
#include "core/json.h"

namespace ratchet {
namespace {

constexpr std::string_view kPackage = "package.json";
constexpr std::string_view kEither = "either";
constexpr std::uint64_t kLargestPackage = 1U << 20U;

std::string_view kind_said_by(std::string_view package) {
  json::error_code failed;
  const json::value value = json::parse(package, failed);
  if (failed || !value.is_object()) return kEither;
  const json::value* type = value.get_object().if_contains("type");
  if (type == nullptr || !type->is_string()) return kEither;
  if (type->get_string() == "module") return "module";
  return type->get_string() == "commonjs" ? "commonjs" : kEither;
}

}  // namespace

ModuleKinds::ModuleKinds(FileSystem& files, std::span<const SourceText> sources) : files_(files) {
  for (const SourceText& source : sources) {
    const std::filesystem::path path(source.path);
    if (path.filename() == kPackage) {
      packages_.insert_or_assign(path.lexically_normal().string(), source.content);
    }
  }
}

std::string_view ModuleKinds::of(std::string_view path) {
  if (path.ends_with(".mjs")) return "module";
  if (path.ends_with(".cjs")) return "commonjs";
  return of_folder(std::filesystem::path(path).lexically_normal().parent_path());
}

std::string_view ModuleKinds::of_folder(const std::filesystem::path& folder) {
  const auto known = kinds_.find(folder);
  if (known != kinds_.end()) return known->second;
  std::string_view kind = said_in(folder);
  if (kind.empty()) {
    // Packages end where those of others are kept.
    const bool is_last = folder == folder.root_path() || folder.filename() == "node_modules";
    kind = is_last ? kEither : of_folder(folder.parent_path());
  }
  kinds_.emplace(folder, kind);
  return kind;
}

std::string_view ModuleKinds::said_in(const std::filesystem::path& folder) {
  const std::filesystem::path path = folder / kPackage;
  const auto among_texts = packages_.find(path.string());
  if (among_texts != packages_.end()) return kind_said_by(among_texts->second);
  if (!files_.is_absolute(folder)) return {};
  try {
    return kind_said_by(files_.read(path, kLargestPackage));
  } catch (const Error& error) {
    return error.code().name() == "io.not_found" ? std::string_view() : kEither;
  }
}

}  // namespace ratchet
