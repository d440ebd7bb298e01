#include "fs/path_claims.h"

#include "core/text.h"

namespace ratchet {
namespace {

constexpr std::size_t kShownPath = 200;

}  // namespace

std::string PathClash::sentence() const {
  std::string text = in_quotes(path, kShownPath);
  const std::string second = in_quotes(other, kShownPath);
  if (kind == Kind::same) return text.append(" is the path of two files");
  if (kind == Kind::case_only) {
    return text.append(" differs from ").append(second).append(" in case alone");
  }
  return text.append(" needs a folder where ").append(second).append(" is a file");
}

std::optional<PathClash> PathClaims::claim(const RelativePath& path) {
  const std::string folded = path.folded();
  if (const auto other = by_folded_path_.find(folded); other != by_folded_path_.end()) {
    const Claim& known = other->second;
    if (known.is_folder) return PathClash{PathClash::Kind::folder, known.path, path.text()};
    const bool is_same = known.path == path.text();
    return PathClash{is_same ? PathClash::Kind::same : PathClash::Kind::case_only, path.text(),
                     known.path};
  }
  for (std::size_t slash = folded.find('/'); slash != std::string::npos;
       slash = folded.find('/', slash + 1)) {
    const auto above = by_folded_path_.find(folded.substr(0, slash));
    if (above == by_folded_path_.end() || above->second.is_folder) continue;
    return PathClash{PathClash::Kind::folder, path.text(), above->second.path};
  }
  for (std::size_t slash = folded.find('/'); slash != std::string::npos;
       slash = folded.find('/', slash + 1)) {
    by_folded_path_.try_emplace(folded.substr(0, slash), Claim{path.text(), true});
  }
  by_folded_path_.emplace(folded, Claim{path.text(), false});
  return std::nullopt;
}

}  // namespace ratchet
