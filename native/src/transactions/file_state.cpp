#include "transactions/file_state.h"

namespace ratchet {
namespace {

StateKind kind_of(FileKind kind) {
  switch (kind) {
    case FileKind::file:
      return StateKind::file;
    case FileKind::folder:
      return StateKind::folder;
    case FileKind::link:
      return StateKind::link;
    case FileKind::other:
      break;
  }
  return StateKind::other;
}

}  // namespace

bool operator==(const FileState& a, const FileState& b) {
  if (a.kind != b.kind) return false;
  switch (a.kind) {
    case StateKind::file:
      return a.mode == b.mode && a.size == b.size && a.hash == b.hash;
    case StateKind::link:
      return a.hash == b.hash;
    case StateKind::absent:
    case StateKind::folder:
      return true;
    case StateKind::other:
      break;
  }
  return false;
}

FileState state_of(const std::optional<FileDigest>& digest) {
  FileState state;
  if (!digest) return state;
  state.kind = kind_of(digest->status.kind);
  if (state.kind == StateKind::file) {
    state.mode = digest->status.mode;
    state.size = digest->status.size;
  }
  if (state.has_content()) state.hash = digest->hash;
  return state;
}

FileState look_at(Folder& folder, std::string_view path) {
  return state_of(folder.digest(path));
}

std::string in_words(const FileState& state) {
  constexpr std::size_t kShownDigits = 12;
  switch (state.kind) {
    case StateKind::absent:
      return "absent";
    case StateKind::folder:
      return "a folder";
    case StateKind::link:
      return "a link";
    case StateKind::other:
      return "neither file, folder nor link";
    case StateKind::file:
      break;
  }
  return "a file with SHA-256 " + to_hex(state.hash).substr(0, kShownDigits) + "…";
}

}  // namespace ratchet
