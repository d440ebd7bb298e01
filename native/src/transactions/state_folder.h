// `.ratchet/` of a project: the engine's own state, which no user's path may name.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/random.h"
#include "fs/contained_path.h"
#include "fs/file_system.h"
#include "transactions/durability.h"

namespace ratchet {

/// `.ratchet/` beneath a project's root: mode 0700, ignored by git through a `.gitignore` of its
/// own, never reached through a link, and refused when it belongs to neither this process's user
/// nor the owner of the root. Several processes may use it at once, and one of them may prune it:
/// what is asked for here is made again then. Errors: transaction.foreign_state, io.*. One owner at
/// a time.
class StateFolder {
 public:
  struct NamedContent {
    std::string name;
    std::string content;
  };

  /// Makes it where it is absent. Error: io.not_found and io.not_a_folder for the root.
  [[nodiscard]] static StateFolder open(FileSystem& files, const std::filesystem::path& root,
                                        Random& random);

  /// The one that is there; nothing where there is none.
  [[nodiscard]] static std::optional<StateFolder> find(FileSystem& files,
                                                       const std::filesystem::path& root,
                                                       Random& random);

  /// Writes a file whole or not at all: mode 0600, folders 0700, a temporary file renamed over the
  /// path. On return it is durable but for Durability::none. On an error the old file is as it was.
  void write(const RelativePath& path, std::string_view content, Durability durability);
  /// As write(), of several files in one folder, whose names are flushed once.
  void write_files(const RelativePath& folder, std::span<const NamedContent> files,
                   Durability durability);
  /// Removes a file, where there is one, and the folders above that are empty then, `.ratchet`
  /// included.
  void remove(const RelativePath& path);

  /// A folder beneath, made with its parents where absent.
  [[nodiscard]] std::unique_ptr<Folder> make_folder(const RelativePath& path);
  /// The one that is there; nothing where there is none.
  [[nodiscard]] std::unique_ptr<Folder> open_if_there(const RelativePath& path);
  /// As make_folder(), but the last one has to be new: Error{transaction.exists}.
  [[nodiscard]] std::unique_ptr<Folder> make_new_folder(const RelativePath& path);

  /// Removes an empty folder; false where it holds something.
  bool remove_folder(const RelativePath& path);

  /// The lock of the whole project; nothing when another holds it. `note` as in Folder::try_lock().
  [[nodiscard]] std::unique_ptr<FileLock> try_lock(std::string_view note);
  /// What the holder of the lock has noted; empty where that cannot be read.
  [[nodiscard]] std::string lock_note();

  /// Makes the names in `.ratchet/tx`, and of all folders above it, durable.
  void sync_transactions();
  /// Moves a file or folder to `.ratchet/kept/`, under a free name like the one given, durably if
  /// asked for; returns its path from the home.
  std::string keep(Folder& folder, std::string_view name, const std::string& kept_name,
                   bool durable);
  /// Moves a transaction's folder to `.ratchet/kept/`, durably; returns its new path there.
  std::string set_aside(const std::string& transaction_id);

  /// The folder in which `.ratchet` lies.
  [[nodiscard]] std::uint64_t home_inode();

  /// Whether write() gives such names while it works; a crash may leave one.
  [[nodiscard]] static bool is_temporary(std::string_view name);

  /// Removes `.ratchet` when nothing is left in it but what this class puts there itself. The lock
  /// file goes only under its lock: the one given, else one taken here without waiting (busy: all
  /// stays).
  void prune(const FileLock* held);
  /// As prune(), where a failure is nobody's concern any more: what stays, the next one prunes.
  void prune_quietly(const FileLock* held) noexcept;

 private:
  StateFolder(FileSystem& files, const std::filesystem::path& root, Random& random);

  void open_or_make();
  [[nodiscard]] std::unique_ptr<Folder> open_ours();
  void write_ignore_file();
  [[nodiscard]] std::vector<std::unique_ptr<Folder>> make_chain(std::string_view path);
  void write_once(std::string_view folder, std::span<const NamedContent> files,
                  Durability durability);
  void write_in(Folder& folder, std::string_view name, std::string_view content,
                Durability durability);
  [[nodiscard]] std::string temporary_name();
  void remove_empty_parents(const RelativePath& path);
  [[nodiscard]] std::optional<std::vector<std::string>> own_files();
  template <typename Work>
  auto while_others_prune(Work work);

  std::unique_ptr<Folder> root_;
  std::unique_ptr<Folder> folder_;
  bool made_ = false;  ///< `.ratchet` was absent when it was opened here
  Random* random_;
  std::pair<std::uint32_t, std::uint32_t> owners_;  ///< this process's user, and the root's owner
};

}  // namespace ratchet
