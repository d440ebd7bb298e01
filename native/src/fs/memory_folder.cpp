// Folders, files and locks on a disk in memory.
#include <cerrno>
#include <optional>
#include <utility>

#include "core/text.h"
#include "fs/contained_path.h"
#include "fs/memory_disks.h"

namespace ratchet {
namespace {

constexpr std::uint32_t kUmask = 022;
constexpr std::uint32_t kGivesGroup = 02000;
constexpr std::uint32_t kOwnerWrites = 0200;

}  // namespace

std::string joined_path(const std::string& folder, std::string_view path) {
  if (path.empty()) return folder;
  return (folder == "/" ? folder : folder + "/") + std::string(path);
}

std::string bounded_data(const std::string& data, std::uint64_t most_bytes, std::string_view path) {
  if (data.size() <= most_bytes) return data;
  throw Error("limit.input_size", "file " + in_quotes(path) + " is larger than the limit")
      .at(std::string(path));
}

/// Counts what is open.
class MemoryHandle {
 public:
  explicit MemoryHandle(std::atomic<std::size_t>& count) : count_(&count) { ++*count_; }
  ~MemoryHandle() { --*count_; }
  MemoryHandle(const MemoryHandle&) = delete;
  MemoryHandle& operator=(const MemoryHandle&) = delete;

 private:
  std::atomic<std::size_t>* count_;
};

class MemoryFile final : public WritableFile {
 public:
  MemoryFile(std::shared_ptr<MemoryFileSystem::Disks> disks, MemoryDisk::Node node,
             std::string path)
      : disks_(std::move(disks)), node_(node), path_(std::move(path)), handle_(disks_->handles) {}

  void write(std::string_view bytes) override {
    const int error_number = disks_->begin(FileOperation::write, path_);
    const std::scoped_lock lock(disks_->mutex);
    // A disk that fills up takes what still fits.
    disks_->disk.content(node_).data +=
        error_number == 0 ? bytes : bytes.substr(0, bytes.size() / 2);
    if (error_number != 0) throw file_error(error_number, "write", path_);
  }

  void start_sync() override {
    static_cast<void>(disks_->begin(FileOperation::start_sync, path_));  // a hint cannot fail
  }

  void sync() override {
    const int error_number = disks_->begin(FileOperation::sync_file, path_);
    const std::scoped_lock lock(disks_->mutex);
    MemoryDisk::Content& content = disks_->disk.content(node_);
    // The kernel reports a failed flush once and forgets the data: a second try lies.
    if (error_number != 0) content.lost = true;
    if (error_number != 0) throw file_error(error_number, "flush", path_);
    if (!content.lost) content.durable_data = content.data;
  }

  void set_mode(std::uint32_t mode) override {
    disks_->require(FileOperation::set_mode, path_);
    const std::scoped_lock lock(disks_->mutex);
    disks_->disk.content(node_).mode = mode;
  }

  FileStatus status() override {
    disks_->require(FileOperation::status, path_);
    const std::scoped_lock lock(disks_->mutex);
    return disks_->disk.status(node_);
  }

 private:
  std::shared_ptr<MemoryFileSystem::Disks> disks_;
  MemoryDisk::Node node_;
  std::string path_;
  MemoryHandle handle_;
};

class MemoryLock final : public FileLock {
 public:
  MemoryLock(std::shared_ptr<MemoryFileSystem::Disks> disks, MemoryDisk::Node node)
      : disks_(std::move(disks)), node_(node), handle_(disks_->handles) {}
  ~MemoryLock() override {
    const std::scoped_lock lock(disks_->mutex);
    disks_->locked.erase(node_);
  }

 private:
  std::shared_ptr<MemoryFileSystem::Disks> disks_;
  MemoryDisk::Node node_;
  MemoryHandle handle_;
};

class MemoryFolder final : public Folder {
 public:
  MemoryFolder(std::shared_ptr<MemoryFileSystem::Disks> disks, MemoryDisk::Node node,
               std::string path)
      : disks_(std::move(disks)), node_(node), path_(std::move(path)), handle_(disks_->handles) {}

  std::optional<FileStatus> status(std::string_view path) override {
    check_folder_path(path);
    disks_->require(FileOperation::status, joined_path(path_, path));
    const std::scoped_lock lock(disks_->mutex);
    if (path.empty()) return disks_->disk.status(node_);
    try {
      const Place place = find(path);
      const MemoryDisk::Node node = disks_->disk.look_up(place.folder, place.name);
      return node == 0 ? std::nullopt : std::optional(disks_->disk.status(node));
    } catch (const Error& error) {
      if (is(error, "io.not_found") || is(error, "io.not_a_folder")) return std::nullopt;
      throw;
    }
  }

  std::string read(std::string_view path, std::uint64_t most_bytes) override {
    check_folder_path(path);
    disks_->require(FileOperation::read, joined_path(path_, path));
    const std::scoped_lock lock(disks_->mutex);
    const Place place = find(path);
    const MemoryDisk::Node node = disks_->disk.look_up(place.folder, place.name);
    if (node == 0) throw file_error(ENOENT, "read", path);
    const MemoryDisk::Content& content = disks_->disk.content(node);
    if (content.kind != FileKind::file) {
      throw Error("io.not_a_file",
                  "cannot read " + in_quotes(path) + ": a regular file is needed here")
          .at(std::string(path));
    }
    return bounded_data(content.data, most_bytes, path);
  }

  std::optional<FileDigest> digest(std::string_view path) override {
    check_folder_path(path);
    disks_->require(FileOperation::digest, joined_path(path_, path));
    const std::scoped_lock lock(disks_->mutex);
    try {
      const MemoryDisk::Node node = path.empty() ? node_ : look_up(path);
      if (node == 0) return std::nullopt;
      const MemoryDisk::Content& content = disks_->disk.content(node);
      FileDigest digest{disks_->disk.status(node)};
      const bool has_bytes = content.kind == FileKind::file || content.kind == FileKind::link;
      if (has_bytes) digest.hash = sha256(content.data);
      return digest;
    } catch (const Error& error) {
      if (is(error, "io.not_found") || is(error, "io.not_a_folder")) return std::nullopt;
      throw;
    }
  }

  std::string read_link(std::string_view path) override {
    check_folder_path(path);
    disks_->require(FileOperation::read_link, joined_path(path_, path));
    const std::scoped_lock lock(disks_->mutex);
    const MemoryDisk::Node node = look_up(path);
    if (node == 0) throw file_error(ENOENT, "read link", path);
    const MemoryDisk::Content& content = disks_->disk.content(node);
    if (content.kind != FileKind::link) throw file_error(EINVAL, "read link", path);
    return content.data;
  }

  void copy_to(std::string_view path, WritableFile& file) override {
    file.write(read(path, std::uint64_t{1} << 40));
  }

  std::string resolve(std::string_view path) override {
    check_folder_path(path);
    disks_->require(FileOperation::resolve, joined_path(path_, path));
    const std::scoped_lock lock(disks_->mutex);
    return disks_->disk.resolved_path(node_, path, MemoryDisk::Bound::inside, path);
  }

  std::vector<FolderEntry> list(std::string_view path) override {
    check_folder_path(path);
    disks_->require(FileOperation::list, joined_path(path_, path));
    const std::scoped_lock lock(disks_->mutex);
    const auto folder = disks_->disk.resolve(node_, path, MemoryDisk::Bound::no_links, path);
    std::vector<FolderEntry> entries;
    for (auto& [name, node] : disks_->disk.children(folder)) {
      entries.push_back({name, disks_->disk.content(node).kind});
    }
    return entries;
  }

  std::unique_ptr<Folder> open(std::string_view path, Links links) override {
    check_folder_path(path);
    std::string whole = joined_path(path_, path);
    disks_->require(FileOperation::open_folder, whole);
    const auto bound =
        links == Links::none ? MemoryDisk::Bound::no_links : MemoryDisk::Bound::inside;
    const std::scoped_lock lock(disks_->mutex);
    const auto folder = disks_->disk.resolve(node_, path, bound, path);
    return std::make_unique<MemoryFolder>(disks_, folder, std::move(whole));
  }

  void make_folder(std::string_view path, std::uint32_t mode) override {
    check_folder_path(path);
    disks_->require(FileOperation::make_folder, joined_path(path_, path));
    const std::scoped_lock lock(disks_->mutex);
    add(path, FileKind::folder, mode & ~kUmask);
  }

  std::unique_ptr<WritableFile> create(std::string_view path, std::uint32_t mode) override {
    check_folder_path(path);
    std::string whole = joined_path(path_, path);
    disks_->require(FileOperation::create, whole);
    const std::scoped_lock lock(disks_->mutex);
    const auto node = add(path, FileKind::file, mode & ~kUmask);
    return std::make_unique<MemoryFile>(disks_, node, std::move(whole));
  }

  void make_link(std::string_view path, std::string_view target) override {
    check_folder_path(path);
    disks_->require(FileOperation::make_link, joined_path(path_, path), std::string(target));
    const std::scoped_lock lock(disks_->mutex);
    if (disks_->forbidden.contains({FileOperation::make_link, RenameMode::replace})) {
      throw file_error(EOPNOTSUPP, "make link", path);
    }
    constexpr std::uint32_t kLinkMode = 0777;
    disks_->disk.content(add(path, FileKind::link, kLinkMode)).data = target;
  }

  void add_name(std::string_view path, Folder& to_folder, std::string_view to) override {
    check_folder_path(path);
    check_folder_path(to);
    auto& target_folder = dynamic_cast<MemoryFolder&>(to_folder);
    disks_->require(FileOperation::add_name, joined_path(path_, path),
                    joined_path(target_folder.path_, to));
    const std::scoped_lock lock(disks_->mutex);
    if (disks_->forbidden.contains({FileOperation::add_name, RenameMode::replace})) {
      throw file_error(EOPNOTSUPP, "add name", to);
    }
    const Place target = target_folder.find(to);
    const MemoryDisk::Node node = look_up(path);
    if (node == 0) throw file_error(ENOENT, "add name", path);
    disks_->disk.add_name(node, target.folder, target.name, to);
  }

  void copy_attributes(std::string_view path, Folder& from_folder, std::string_view from) override {
    auto& source_folder = dynamic_cast<MemoryFolder&>(from_folder);
    disks_->require(FileOperation::attributes, joined_path(path_, path),
                    joined_path(source_folder.path_, from));
    const std::scoped_lock lock(disks_->mutex);
    const MemoryDisk::Node source = source_folder.look_up(from);
    const MemoryDisk::Node target = look_up(path);
    if (source == 0 || target == 0) throw file_error(ENOENT, "set attributes of", path);
    const MemoryDisk::Content& old = disks_->disk.content(source);
    MemoryDisk::Content& taken = disks_->disk.content(target);
    taken.owner = old.owner;
    taken.group = old.group;
    taken.attributes = old.attributes;
    if (old.kind == FileKind::folder) taken.mode = old.mode;
  }

  bool gives_attributes() override {
    disks_->require(FileOperation::attributes, path_);
    const std::scoped_lock lock(disks_->mutex);
    const MemoryDisk::Content& content = disks_->disk.content(node_);
    return (content.mode & kGivesGroup) != 0 || content.attributes.contains("default");
  }

  void inherit_attributes(std::string_view path, Folder& parent) override {
    auto& source = dynamic_cast<MemoryFolder&>(parent);
    disks_->require(FileOperation::attributes, joined_path(path_, path), source.path_);
    const std::scoped_lock lock(disks_->mutex);
    const MemoryDisk::Node target = look_up(path);
    if (target == 0) throw file_error(ENOENT, "set attributes of", path);
    const MemoryDisk::Content& from = disks_->disk.content(source.node_);
    MemoryDisk::Content& made = disks_->disk.content(target);
    if ((from.mode & kGivesGroup) != 0) made.group = from.group;
    if (const auto list = from.attributes.find("default"); list != from.attributes.end()) {
      made.attributes["access"] = list->second;
    }
  }

  void sync_file(std::string_view path) override {
    check_folder_path(path);
    const std::string whole = joined_path(path_, path);
    MemoryDisk::Node node = 0;
    {
      const std::scoped_lock lock(disks_->mutex);
      node = look_up(path);
    }
    if (node == 0) throw file_error(ENOENT, "flush", path);
    MemoryFile(disks_, node, whole).sync();
  }

  void rename(std::string_view from, Folder& to_folder, std::string_view to,
              RenameMode mode) override {
    check_folder_path(from);
    check_folder_path(to);
    auto& target_folder = dynamic_cast<MemoryFolder&>(to_folder);
    disks_->require(FileOperation::rename, joined_path(path_, from),
                    joined_path(target_folder.path_, to));
    const std::scoped_lock lock(disks_->mutex);
    if (disks_->forbidden.contains({FileOperation::rename, mode})) {
      throw file_error(EOPNOTSUPP, "rename to", to);
    }
    const Place source = find(from);
    const Place target = target_folder.find(to);
    refuse_held(source, "rename", from);
    refuse_held(target, "rename to", to);
    if (mode == RenameMode::replace) refuse_read_only(target, to);
    disks_->disk.rename(source.folder, source.name, target.folder, target.name, mode, to);
  }

  bool is_in_use(std::string_view path) override {
    check_folder_path(path);
    disks_->require(FileOperation::in_use, joined_path(path_, path));
    const std::scoped_lock lock(disks_->mutex);
    try {
      return disks_->held.contains(look_up(path));
    } catch (const Error& error) {
      if (is(error, "io.not_found") || is(error, "io.not_a_folder")) return false;
      throw;
    }
  }

  void remove_file(std::string_view path) override {
    remove(FileOperation::remove_file, path, FileKind::file);
  }
  void remove_folder(std::string_view path) override {
    remove(FileOperation::remove_folder, path, FileKind::folder);
  }

  std::unique_ptr<FileLock> try_lock(std::string_view path, std::string_view note) override {
    check_folder_path(path);
    disks_->require(FileOperation::lock, joined_path(path_, path));
    const std::scoped_lock lock(disks_->mutex);
    const Place place = find(path);
    constexpr std::uint32_t kLockMode = 0600;
    auto node = disks_->disk.look_up(place.folder, place.name);
    if (node == 0) node = add(path, FileKind::file, kLockMode);
    MemoryDisk::Content& content = disks_->disk.content(node);
    if (content.kind != FileKind::file) throw file_error(ELOOP, "open lock", path);
    if (!disks_->locked.insert(node).second) return nullptr;
    content.data = "pid 1 " + std::string(note) + "\n";
    return std::make_unique<MemoryLock>(disks_, node);
  }

  bool is_locked(std::string_view path) override {
    check_folder_path(path);
    disks_->require(FileOperation::status, joined_path(path_, path));
    const std::scoped_lock lock(disks_->mutex);
    return disks_->locked.contains(look_up(path));
  }

  void sync() override {
    const int error_number = disks_->begin(FileOperation::sync_folder, path_);
    const std::scoped_lock lock(disks_->mutex);
    if (error_number == 0) return disks_->disk.sync_folder(node_);
    disks_->disk.lose_folder(node_);
    throw file_error(error_number, "flush", path_);
  }

 private:
  struct Place {
    MemoryDisk::Node folder;
    std::string name;
  };

  [[nodiscard]] Place find(std::string_view path) const {
    const ParentAndName split = split_path(path);
    if (split.name.empty()) throw file_error(EISDIR, "use as a file's name", path);
    return {disks_->disk.resolve(node_, split.parent, MemoryDisk::Bound::inside, path),
            std::string(split.name)};
  }

  [[nodiscard]] MemoryDisk::Node look_up(std::string_view path) const {
    const Place place = find(path);
    return disks_->disk.look_up(place.folder, place.name);
  }

  MemoryDisk::Node add(std::string_view path, FileKind kind, std::uint32_t mode) {
    const Place place = find(path);
    MemoryDisk::Content content;
    content.kind = kind;
    content.mode = mode;
    content.owner = MemoryFileSystem::kUser;
    return disks_->disk.add(place.folder, place.name, std::move(content), path);
  }

  void refuse_held(const Place& place, std::string_view what, std::string_view path) const {
    const MemoryDisk::Node node = disks_->disk.look_up(place.folder, place.name);
    if (disks_->held.contains(node)) throw file_error(EBUSY, what, path);
  }

  void refuse_read_only(const Place& target, std::string_view path) const {
    const MemoryDisk::Node node = disks_->disk.look_up(target.folder, target.name);
    if (!disks_->keeps_read_only || node == 0) return;
    const bool is_writable = (disks_->disk.content(node).mode & kOwnerWrites) != 0;
    if (!is_writable) throw file_error(EACCES, "rename to", path);
  }

  void remove(FileOperation operation, std::string_view path, FileKind kind) {
    check_folder_path(path);
    disks_->require(operation, joined_path(path_, path));
    const std::scoped_lock lock(disks_->mutex);
    const Place place = find(path);
    refuse_held(place, "remove", path);
    disks_->disk.remove(place.folder, place.name, kind, path);
  }

  std::shared_ptr<MemoryFileSystem::Disks> disks_;
  MemoryDisk::Node node_;
  std::string path_;
  MemoryHandle handle_;
};

std::unique_ptr<Folder> make_memory_folder(std::shared_ptr<MemoryFileSystem::Disks> disks,
                                           MemoryDisk::Node node, std::string path) {
  return std::make_unique<MemoryFolder>(std::move(disks), node, std::move(path));
}

}  // namespace ratchet
