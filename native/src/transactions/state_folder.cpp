#include "transactions/state_folder.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <utility>

#include "core/error.h"
#include "fs/file_error.h"
#include "fs/removal.h"

namespace ratchet {
namespace {

constexpr std::string_view kName = ".ratchet";
constexpr std::string_view kIgnoreName = ".gitignore";
constexpr std::string_view kIgnoreEverything = "*\n";
constexpr std::string_view kLockName = "lock";
constexpr std::string_view kTemporaryPrefix = ".tmp-";
constexpr std::size_t kRandomBytes = 8;
constexpr std::string_view kTransactions = "tx";
constexpr std::string_view kKept = "kept";
/// Folders that go with `.ratchet` when they are empty.
constexpr std::array<std::string_view, 3> kSubfolders{kTransactions, "runs", kKept};
constexpr std::uint32_t kFolderMode = 0700;
constexpr std::uint32_t kFileMode = 0600;
constexpr std::uint64_t kMostNoteBytes = 4096;
/// How often others may prune between two steps of ours before it is called a failure.
constexpr int kMostTries = 16;

/// Makes a folder; false where it is there already.
bool make_where_absent(Folder& parent, std::string_view name) {
  try {
    parent.make_folder(name, kFolderMode);
    return true;
  } catch (const Error& error) {
    if (!is(error, "transaction.exists")) throw;
    return false;
  }
}

/// False when it holds something.
bool remove_empty_folder(Folder& parent, std::string_view name) {
  try {
    parent.remove_folder(name);
  } catch (const Error& error) {
    if (is(error, "io.not_empty")) return false;
    if (!is(error, "io.not_found")) throw;
  }
  return true;
}

/// Tidies up after a failure, which is what the caller has to hear of.
template <typename Work>
void quietly(Work work) {
  try {
    work();
  } catch (const Error&) {
    return;
  }
}

}  // namespace

/// Runs `work` with an open `.ratchet`, made anew where another process has pruned it meanwhile.
template <typename Work>
auto StateFolder::while_others_prune(Work work) {
  for (int tries = 1;; ++tries) {
    try {
      if (!folder_) open_or_make();
      return work();
    } catch (const Error& error) {
      if (!is(error, "io.not_found") || tries == kMostTries) throw;
      folder_.reset();
    }
  }
}

StateFolder::StateFolder(FileSystem& files, const std::filesystem::path& root, Random& random)
    : root_(files.open_folder(root)),
      random_(&random),
      owners_{files.user(), root_->status("")->owner} {
}

std::optional<StateFolder> StateFolder::find(FileSystem& files, const std::filesystem::path& root,
                                             Random& random) {
  StateFolder state(files, root, random);
  if (!state.root_->status(kName)) return std::nullopt;
  state.folder_ = state.open_ours();
  return state;
}

StateFolder StateFolder::open(FileSystem& files, const std::filesystem::path& root,
                              Random& random) {
  StateFolder state(files, root, random);
  try {
    state.while_others_prune([] {});
  } catch (const Error&) {
    quietly([&] {
      if (state.folder_) state.prune(nullptr);
    });
    quietly([&] {
      if (state.made_) remove_empty_folder(*state.root_, kName);
    });
    throw;
  }
  return state;
}

void StateFolder::open_or_make() {
  made_ = make_where_absent(*root_, kName);
  folder_ = open_ours();
  write_ignore_file();
}

std::unique_ptr<Folder> StateFolder::open_ours() {
  auto folder = root_->open(kName, Links::none);
  const std::uint32_t owner = folder->status("")->owner;
  if (owner == owners_.first || owner == owners_.second) return folder;
  throw Error("transaction.foreign_state", "folder \".ratchet\" belongs to another user")
      .at(std::string(kName))
      .hint("remove it, or run as its owner");
}

/// One that a power loss has emptied is written anew.
void StateFolder::write_ignore_file() {
  const auto is_missing = [this] {
    const auto there = folder_->status(kIgnoreName);
    return !there || (there->kind == FileKind::file && there->size == 0);
  };
  if (!is_missing()) return;
  try {
    write_in(*folder_, kIgnoreName, kIgnoreEverything, Durability::none);
  } catch (const Error&) {
    // Where a file that is open is not replaced, somebody's who is just as new keeps ours away.
    if (is_missing()) throw;
  }
}

bool StateFolder::is_temporary(std::string_view name) {
  return name.size() == kTemporaryPrefix.size() + 2 * kRandomBytes &&
         name.starts_with(kTemporaryPrefix);
}

std::string StateFolder::temporary_name() {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::array<std::byte, kRandomBytes> bytes{};
  random_->fill(bytes);
  std::string name(kTemporaryPrefix);
  for (const std::byte byte : bytes) {
    name += kDigits[std::to_integer<std::size_t>(byte >> 4)];
    name += kDigits[std::to_integer<std::size_t>(byte & std::byte{0x0f})];
  }
  return name;
}

void StateFolder::write_in(Folder& folder, std::string_view name, std::string_view content,
                           Durability durability) {
  const std::string temporary = temporary_name();
  try {
    const auto file = folder.create(temporary, kFileMode);
    file->write(content);
    if (durability != Durability::none) file->sync();
    folder.rename(temporary, folder, name, RenameMode::replace);
  } catch (...) {
    quietly([&] { remove_file_if_there(folder, temporary); });
    throw;
  }
}

std::vector<std::unique_ptr<Folder>> StateFolder::make_chain(std::string_view path) {
  std::vector<std::unique_ptr<Folder>> chain;
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    const std::string_view name = path.substr(0, slash);
    Folder& parent = chain.empty() ? *folder_ : *chain.back();
    make_where_absent(parent, name);
    chain.push_back(parent.open(name, Links::none));
    path = slash == std::string_view::npos ? std::string_view{} : path.substr(slash + 1);
  }
  return chain;
}

void StateFolder::write(const RelativePath& path, std::string_view content, Durability durability) {
  const NamedContent file{std::string(path.name()), std::string(content)};
  try {
    while_others_prune([&] { write_once(path.parent(), {&file, 1}, durability); });
  } catch (const Error&) {
    quietly([&] {
      if (folder_) remove_empty_parents(path);
    });
    throw;
  }
}

void StateFolder::write_files(const RelativePath& folder, std::span<const NamedContent> files,
                              Durability durability) {
  while_others_prune([&] { write_once(folder.text(), files, durability); });
}

void StateFolder::write_once(std::string_view folder, std::span<const NamedContent> files,
                             Durability durability) {
  const auto chain = make_chain(folder);
  for (const NamedContent& file : files) {
    write_in(chain.empty() ? *folder_ : *chain.back(), file.name, file.content, durability);
  }
  if (durability == Durability::none) return;
  // Whoever made the folders above need not have flushed them.
  for (auto each = chain.rbegin(); each != chain.rend(); ++each)
    (*each)->sync();
  folder_->sync();
  root_->sync();
}

void StateFolder::remove(const RelativePath& path) {
  if (!root_->status(kName)) return;
  if (!folder_) folder_ = open_ours();
  remove_file_if_there(*folder_, path.text());
  remove_empty_parents(path);
}

void StateFolder::remove_empty_parents(const RelativePath& path) {
  std::string_view parent = path.parent();
  while (!parent.empty() && remove_empty_folder(*folder_, parent)) {
    parent = split_path(parent).parent;
  }
  prune(nullptr);
}

std::unique_ptr<Folder> StateFolder::make_folder(const RelativePath& path) {
  return while_others_prune([&] { return std::move(make_chain(path.text()).back()); });
}

std::unique_ptr<Folder> StateFolder::make_new_folder(const RelativePath& path) {
  return while_others_prune([&] {
    const auto chain = make_chain(path.parent());
    Folder& parent = chain.empty() ? *folder_ : *chain.back();
    parent.make_folder(path.name(), kFolderMode);
    try {
      return parent.open(path.name(), Links::none);
    } catch (const Error&) {
      quietly([&] { remove_empty_folder(parent, path.name()); });
      throw;
    }
  });
}

std::unique_ptr<Folder> StateFolder::open_if_there(const RelativePath& path) {
  if (!folder_) return nullptr;
  std::unique_ptr<Folder> folder;
  for (const std::string_view name : path.components()) {
    try {
      folder = (folder ? *folder : *folder_).open(name, Links::none);
    } catch (const Error& error) {
      if (!is(error, "io.not_found")) throw;
      return nullptr;
    }
  }
  return folder;
}

void StateFolder::sync_transactions() {
  folder_->open(kTransactions, Links::none)->sync();
  // Whoever made these need not have flushed them.
  folder_->sync();
  root_->sync();
}

std::string StateFolder::keep(Folder& folder, std::string_view name, const std::string& kept_name,
                              bool durable) {
  const auto kept = make_folder(RelativePath::parse(kKept));
  if (durable) {
    // What is moved into it must not get lost with it.
    folder_->sync();
    root_->sync();
  }
  std::string free_name = kept_name;
  for (int tries = 2;; ++tries) {
    try {
      folder.rename(name, *kept, free_name, RenameMode::no_replace);
      break;
    } catch (const Error& error) {
      if (!is(error, "transaction.exists") || tries > kMostTries) throw;
      free_name = kept_name + "." + std::to_string(tries);
    }
  }
  if (durable) kept->sync();
  return std::string(kName) + "/" + std::string(kKept) + "/" + free_name;
}

std::string StateFolder::set_aside(const std::string& transaction_id) {
  const auto from = folder_->open(kTransactions, Links::none);
  std::string path = keep(*from, transaction_id, transaction_id, true);
  from->sync();
  return path;
}

std::uint64_t StateFolder::home_inode() {
  return root_->status("")->inode;
}

bool StateFolder::remove_folder(const RelativePath& path) {
  return !folder_ || remove_empty_folder(*folder_, path.text());
}

std::unique_ptr<FileLock> StateFolder::try_lock(std::string_view note) {
  return while_others_prune([&] { return folder_->try_lock(kLockName, note); });
}

std::string StateFolder::lock_note() {
  try {
    return folder_ ? folder_->read(kLockName, kMostNoteBytes) : std::string();
  } catch (const Error&) {
    return {};
  }
}

/// Nothing where something of others is there too.
std::optional<std::vector<std::string>> StateFolder::own_files() {
  std::vector<std::string> names;
  for (FolderEntry& entry : folder_->list("")) {
    const bool ours =
        entry.name == kIgnoreName || entry.name == kLockName || is_temporary(entry.name);
    if (!ours) return std::nullopt;
    if (entry.name != kLockName) names.push_back(std::move(entry.name));
  }
  if (std::find(names.begin(), names.end(), kIgnoreName) == names.end()) return names;
  // Somebody may have put rules of his own there; power loss empties ours.
  const std::string rules = folder_->read(kIgnoreName, kMostNoteBytes);
  if (!rules.empty() && rules != kIgnoreEverything) return std::nullopt;
  return names;
}

void StateFolder::prune_quietly(const FileLock* held) noexcept {
  constexpr int kPasses = 2;  // what failed for a passing reason gets a second chance
  for (int pass = 1; pass <= kPasses; ++pass) {
    try {
      return prune(held);
    } catch (...) {
      continue;
    }
  }
}

void StateFolder::prune(const FileLock* held) {
  if (!folder_) return;
  for (const std::string_view name : kSubfolders)
    remove_empty_folder(*folder_, name);
  const auto own = own_files();
  if (!own) return;
  std::unique_ptr<FileLock> lock;
  if (held == nullptr) {
    lock = folder_->try_lock(kLockName, "prunes");
    if (!lock) return;
  }
  // Whoever is just writing one of them tries again.
  for (const std::string& name : *own)
    remove_file_if_there(*folder_, name);
  remove_file_if_there(*folder_, kLockName);
  if (remove_empty_folder(*root_, kName)) {
    folder_.reset();
  } else {
    write_ignore_file();  // somebody began anew in it
  }
}

}  // namespace ratchet
