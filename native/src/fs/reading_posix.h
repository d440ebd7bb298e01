// Looking at files and folders through open folders.
#pragma once

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/descriptor_posix.h"
#include "fs/file_system.h"
#include "fs/whole_file.h"

namespace ratchet {

// `path` is for messages everywhere. Errors: io.*.

inline constexpr std::uint32_t kPermissionBits = 07777;

/// Repeats a call while a signal interrupts it.
template <typename Call>
auto uninterrupted(Call call) {
  auto result = call();
  while (result < 0 && errno == EINTR)
    result = call();
  return result;
}

[[nodiscard]] FileStatus status_of(int descriptor, std::string_view path);
/// Follows what fstatat follows by `flags`; nothing where nothing stands.
[[nodiscard]] std::optional<FileStatus> status_at(int folder, const std::string& name, int flags,
                                                  std::string_view path);

/// A regular file that is read. The kind is asked before the open, because opening a FIFO or a
/// device has effects of its own, and once more after it, because somebody may have swapped it.
class OpenedFile {
 public:
  /// `follow`: also where `name` is a link. Error: io.not_found, io.not_a_file, io.*.
  OpenedFile(int folder, const std::string& name, bool follow, std::string_view path);
  /// `before` is its status as it was seen just now; a link is not followed.
  OpenedFile(int folder, const std::string& name, std::string_view path,
             const std::optional<FileStatus>& before);

  [[nodiscard]] const FileStatus& status() const { return status_; }
  [[nodiscard]] int descriptor() const { return file_.get(); }
  /// How much came; 0 at the end.
  [[nodiscard]] std::size_t read(char* to, std::size_t most) const;

 private:
  void open(int folder, const std::string& name, bool follow,
            const std::optional<FileStatus>& before);

  Descriptor file_;
  FileStatus status_;
  std::string_view path_;
};

/// Hands a file's bytes on, piece by piece.
void read_pieces(const OpenedFile& file, const std::function<void(std::string_view)>& take);

/// All of a regular file. Error: limit.input_size.
[[nodiscard]] std::string read_at(int folder, const std::string& name, bool follow,
                                  std::uint64_t most_bytes, std::string_view path);
[[nodiscard]] std::string read_link_at(int folder, const std::string& name, std::string_view path);
/// Sorted by name.
[[nodiscard]] std::vector<FolderEntry> list_folder(Descriptor folder, std::string_view path);

}  // namespace ratchet
