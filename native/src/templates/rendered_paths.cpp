#include "templates/rendered_paths.h"

namespace ratchet {
namespace {

RelativePath parsed(const std::string& path, const Template& written) {
  try {
    return RelativePath::parse_new(path);
  } catch (const Error& error) {
    Error placed = written.source().error(error.code(), 0, error.message());
    placed.hint(error.hint());
    throw placed;  // NOLINT: the same fault, with its place
  }
}

}  // namespace

void RenderedPaths::add(const std::string& path, const Template& written) {
  const std::optional<PathClash> clash = claims_.claim(parsed(path, written));
  if (!clash) return;
  const bool is_case = clash->kind == PathClash::Kind::case_only;
  throw written.source().error(
      is_case ? Code("template.case_clash") : Code("template.duplicate_path"), 0,
      clash->sentence());
}

}  // namespace ratchet
