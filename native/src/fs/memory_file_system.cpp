#include "fs/memory_file_system.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <optional>
#include <utility>

#include "core/text.h"
#include "fs/contained_path.h"
#include "fs/file_error.h"
#include "fs/memory_disk.h"

namespace ratchet {
namespace {

constexpr std::uint32_t kUmask = 022;
constexpr std::uint32_t kFolderMode = 0755;
constexpr std::uint32_t kFileMode = 0644;
constexpr std::uint32_t kGivesGroup = 02000;

std::string joined(const std::string& folder, std::string_view path) {
  if (path.empty()) return folder;
  return (folder == "/" ? folder : folder + "/") + std::string(path);
}

std::string bounded(const std::string& data, std::uint64_t most_bytes, std::string_view path) {
  if (data.size() <= most_bytes) return data;
  throw Error("limit.input_size", "file " + in_quotes(path) + " is larger than the limit")
      .at(std::string(path));
}

}  // namespace

std::string_view to_string(FileOperation operation) {
  static constexpr std::array<std::string_view, 21> kNames{
      "status",        "read",        "digest",     "read_link", "list",       "resolve",
      "open_folder",   "make_folder", "create",     "write",     "start_sync", "make_link",
      "add_name",      "set_mode",    "attributes", "sync_file", "rename",     "remove_file",
      "remove_folder", "lock",        "sync_folder"};
  return kNames[static_cast<std::size_t>(operation)];
}

/// All that a MemoryFileSystem and its open files share.
struct MemoryFileSystem::Disks {
  struct NthFault {
    FileOperation operation;
    std::size_t left;
    int error_number;
  };

  mutable std::mutex mutex;
  MemoryDisk disk;
  std::set<MemoryDisk::Node> locked;
  std::vector<RecordedOperation> operations;
  std::map<std::size_t, int> faults;
  std::map<std::size_t, int> lasting_faults;
  std::map<FileOperation, int> broken;
  std::vector<NthFault> nth_faults;
  std::set<std::pair<FileOperation, RenameMode>> forbidden;
  Hook hook;
  std::atomic<std::size_t> handles = 0;  ///< open folders, files and locks

  /// Records the operation and calls the hook; the errno with which it has to fail, or 0.
  int begin(FileOperation operation, std::string path, std::string target = {}) {
    std::size_t index = 0;
    Hook called;
    RecordedOperation recorded{operation, std::move(path), std::move(target)};
    {
      const std::scoped_lock lock(mutex);
      index = operations.size();
      operations.push_back(recorded);
      called = hook;
    }
    if (called) called(index, recorded);
    const std::scoped_lock lock(mutex);
    return fault_of(index, operation);
  }

  /// As begin(), throwing what has to fail.
  void require(FileOperation operation, const std::string& path, std::string target = {}) {
    const int error_number = begin(operation, path, std::move(target));
    if (error_number != 0) throw file_error(error_number, to_string(operation), path);
  }

 private:
  int fault_of(std::size_t index, FileOperation operation) {
    if (const auto found = lasting_faults.find(index); found != lasting_faults.end()) {
      broken[operation] = found->second;
    }
    if (const auto found = broken.find(operation); found != broken.end()) return found->second;
    if (const auto found = faults.find(index); found != faults.end()) return found->second;
    int error_number = 0;
    for (NthFault& fault : nth_faults) {
      if (fault.operation != operation) continue;
      if (fault.left == 0) error_number = fault.error_number;
      --fault.left;  // wraps to "never again" after its turn
    }
    return error_number;
  }
};

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
    disks_->require(FileOperation::status, joined(path_, path));
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
    disks_->require(FileOperation::read, joined(path_, path));
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
    return bounded(content.data, most_bytes, path);
  }

  std::optional<FileDigest> digest(std::string_view path) override {
    check_folder_path(path);
    disks_->require(FileOperation::digest, joined(path_, path));
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
    disks_->require(FileOperation::read_link, joined(path_, path));
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
    disks_->require(FileOperation::resolve, joined(path_, path));
    const std::scoped_lock lock(disks_->mutex);
    return disks_->disk.resolved_path(node_, path, MemoryDisk::Bound::inside, path);
  }

  std::vector<FolderEntry> list(std::string_view path) override {
    check_folder_path(path);
    disks_->require(FileOperation::list, joined(path_, path));
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
    std::string whole = joined(path_, path);
    disks_->require(FileOperation::open_folder, whole);
    const auto bound =
        links == Links::none ? MemoryDisk::Bound::no_links : MemoryDisk::Bound::inside;
    const std::scoped_lock lock(disks_->mutex);
    const auto folder = disks_->disk.resolve(node_, path, bound, path);
    return std::make_unique<MemoryFolder>(disks_, folder, std::move(whole));
  }

  void make_folder(std::string_view path, std::uint32_t mode) override {
    check_folder_path(path);
    disks_->require(FileOperation::make_folder, joined(path_, path));
    const std::scoped_lock lock(disks_->mutex);
    add(path, FileKind::folder, mode & ~kUmask);
  }

  std::unique_ptr<WritableFile> create(std::string_view path, std::uint32_t mode) override {
    check_folder_path(path);
    std::string whole = joined(path_, path);
    disks_->require(FileOperation::create, whole);
    const std::scoped_lock lock(disks_->mutex);
    const auto node = add(path, FileKind::file, mode & ~kUmask);
    return std::make_unique<MemoryFile>(disks_, node, std::move(whole));
  }

  void make_link(std::string_view path, std::string_view target) override {
    check_folder_path(path);
    disks_->require(FileOperation::make_link, joined(path_, path), std::string(target));
    const std::scoped_lock lock(disks_->mutex);
    constexpr std::uint32_t kLinkMode = 0777;
    disks_->disk.content(add(path, FileKind::link, kLinkMode)).data = target;
  }

  void add_name(std::string_view path, Folder& to_folder, std::string_view to) override {
    check_folder_path(path);
    check_folder_path(to);
    auto& target_folder = dynamic_cast<MemoryFolder&>(to_folder);
    disks_->require(FileOperation::add_name, joined(path_, path), joined(target_folder.path_, to));
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
    disks_->require(FileOperation::attributes, joined(path_, path),
                    joined(source_folder.path_, from));
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
    disks_->require(FileOperation::attributes, joined(path_, path), source.path_);
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
    const std::string whole = joined(path_, path);
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
    disks_->require(FileOperation::rename, joined(path_, from), joined(target_folder.path_, to));
    const std::scoped_lock lock(disks_->mutex);
    if (disks_->forbidden.contains({FileOperation::rename, mode})) {
      throw file_error(EOPNOTSUPP, "rename to", to);
    }
    const Place source = find(from);
    const Place target = target_folder.find(to);
    disks_->disk.rename(source.folder, source.name, target.folder, target.name, mode, to);
  }

  void remove_file(std::string_view path) override {
    remove(FileOperation::remove_file, path, FileKind::file);
  }
  void remove_folder(std::string_view path) override {
    remove(FileOperation::remove_folder, path, FileKind::folder);
  }

  std::unique_ptr<FileLock> try_lock(std::string_view path, std::string_view note) override {
    check_folder_path(path);
    disks_->require(FileOperation::lock, joined(path_, path));
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
    disks_->require(FileOperation::status, joined(path_, path));
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

  void remove(FileOperation operation, std::string_view path, FileKind kind) {
    check_folder_path(path);
    disks_->require(operation, joined(path_, path));
    const std::scoped_lock lock(disks_->mutex);
    const Place place = find(path);
    disks_->disk.remove(place.folder, place.name, kind, path);
  }

  std::shared_ptr<MemoryFileSystem::Disks> disks_;
  MemoryDisk::Node node_;
  std::string path_;
  MemoryHandle handle_;
};

MemoryFileSystem::MemoryFileSystem() : disks_(std::make_shared<Disks>()) {
}
MemoryFileSystem::~MemoryFileSystem() = default;

std::unique_ptr<Folder> MemoryFileSystem::open_folder(const std::filesystem::path& path) {
  disks_->require(FileOperation::open_folder, path.native());
  const std::scoped_lock lock(disks_->mutex);
  const auto node = disks_->disk.resolve(disks_->disk.root(), path.native(),
                                         MemoryDisk::Bound::none, path.native());
  return std::make_unique<MemoryFolder>(disks_, node, path.native());
}

std::optional<FileStatus> MemoryFileSystem::status(const std::filesystem::path& path) {
  disks_->require(FileOperation::status, path.native());
  const std::scoped_lock lock(disks_->mutex);
  const auto node = disks_->disk.look_up_path(path.native());
  return node == 0 ? std::nullopt : std::optional(disks_->disk.status(node));
}

std::string MemoryFileSystem::read(const std::filesystem::path& path, std::uint64_t most_bytes) {
  disks_->require(FileOperation::read, path.native());
  const std::scoped_lock lock(disks_->mutex);
  const auto node = disks_->disk.look_up_path(path.native());
  if (node == 0) throw file_error(ENOENT, "read", path.native());
  const MemoryDisk::Content& content = disks_->disk.content(node);
  if (content.kind != FileKind::file) throw file_error(EISDIR, "read", path.native());
  return bounded(content.data, most_bytes, path.native());
}

std::vector<FolderEntry> MemoryFileSystem::list(const std::filesystem::path& path) {
  return open_folder(path)->list("");
}

std::filesystem::path MemoryFileSystem::canonical(const std::filesystem::path& path) {
  disks_->require(FileOperation::resolve, path.native());
  const std::scoped_lock lock(disks_->mutex);
  return "/" + disks_->disk.resolved_path(disks_->disk.root(), path.native(),
                                          MemoryDisk::Bound::none, path.native());
}

void MemoryFileSystem::fail_at(std::size_t index, int error_number) {
  const std::scoped_lock lock(disks_->mutex);
  disks_->faults[index] = error_number;
}

void MemoryFileSystem::fail_from(std::size_t index, int error_number) {
  const std::scoped_lock lock(disks_->mutex);
  disks_->lasting_faults[index] = error_number;
}

void MemoryFileSystem::fail_nth(FileOperation operation, std::size_t nth, int error_number) {
  const std::scoped_lock lock(disks_->mutex);
  disks_->nth_faults.push_back({operation, nth, error_number});
}

void MemoryFileSystem::clear_faults() {
  const std::scoped_lock lock(disks_->mutex);
  disks_->faults.clear();
  disks_->lasting_faults.clear();
  disks_->broken.clear();
  disks_->nth_faults.clear();
}

void MemoryFileSystem::set_hook(Hook hook) {
  const std::scoped_lock lock(disks_->mutex);
  disks_->hook = std::move(hook);
}

std::vector<RecordedOperation> MemoryFileSystem::operations() const {
  const std::scoped_lock lock(disks_->mutex);
  return disks_->operations;
}

void MemoryFileSystem::forget_operations() {
  const std::scoped_lock lock(disks_->mutex);
  disks_->operations.clear();
}

std::unique_ptr<MemoryFileSystem> MemoryFileSystem::with_disk(MemoryDisk disk) const {
  auto found = std::make_unique<MemoryFileSystem>();
  found->disks_->disk = std::move(disk);
  found->disks_->forbidden = disks_->forbidden;
  found->host_ = host_;
  return found;
}

std::unique_ptr<MemoryFileSystem> MemoryFileSystem::after_crash(const Survives& survives,
                                                                bool data_survives) const {
  const std::scoped_lock lock(disks_->mutex);
  return with_disk(disks_->disk.after_crash(survives, data_survives));
}

std::unique_ptr<MemoryFileSystem> MemoryFileSystem::after_kill() const {
  const std::scoped_lock lock(disks_->mutex);
  return with_disk(disks_->disk);
}

std::size_t MemoryFileSystem::unflushed_names() const {
  const std::scoped_lock lock(disks_->mutex);
  return disks_->disk.unflushed_names();
}

std::string MemoryFileSystem::fingerprint() const {
  const std::scoped_lock lock(disks_->mutex);
  return disks_->disk.fingerprint();
}

std::size_t MemoryFileSystem::open_handles() const {
  return disks_->handles;
}

void MemoryFileSystem::put(std::string_view path, FileKind kind, std::string_view data) {
  const std::scoped_lock lock(disks_->mutex);
  MemoryDisk::Content content;
  content.kind = kind;
  content.mode = kind == FileKind::folder ? kFolderMode : kFileMode;
  content.owner = kUser;
  content.data = data;
  content.durable_data = data;
  disks_->disk.put(path, std::move(content));
}

void MemoryFileSystem::put_file(std::string_view path, std::string_view content) {
  put(path, FileKind::file, content);
}
void MemoryFileSystem::put_folder(std::string_view path) {
  put(path, FileKind::folder, {});
}
void MemoryFileSystem::put_link(std::string_view path, std::string_view target) {
  put(path, FileKind::link, target);
}
void MemoryFileSystem::put_other(std::string_view path) {
  put(path, FileKind::other, {});
}

void MemoryFileSystem::add_mount(std::string_view path) {
  put_folder(path);
  const std::scoped_lock lock(disks_->mutex);
  const auto node = disks_->disk.look_up_path(path);
  disks_->disk.content(node).device = node + 1;  // the root's is 1, and no node is 0
}

void MemoryFileSystem::erase(std::string_view path) {
  const std::scoped_lock lock(disks_->mutex);
  disks_->disk.erase(path);
}

void MemoryFileSystem::move(std::string_view from, std::string_view to) {
  const std::scoped_lock lock(disks_->mutex);
  disks_->disk.move(from, to);
}

void MemoryFileSystem::set_owner(std::string_view path, std::uint32_t owner) {
  const std::scoped_lock lock(disks_->mutex);
  disks_->disk.content(disks_->disk.look_up_path(path)).owner = owner;
}

void MemoryFileSystem::set_mode(std::string_view path, std::uint32_t mode) {
  const std::scoped_lock lock(disks_->mutex);
  disks_->disk.content(disks_->disk.look_up_path(path)).mode = mode;
}

void MemoryFileSystem::set_group(std::string_view path, std::uint32_t group) {
  const std::scoped_lock lock(disks_->mutex);
  disks_->disk.content(disks_->disk.look_up_path(path)).group = group;
}

void MemoryFileSystem::set_attribute(std::string_view path, const std::string& name,
                                     std::string value) {
  const std::scoped_lock lock(disks_->mutex);
  disks_->disk.content(disks_->disk.look_up_path(path)).attributes[name] = std::move(value);
}

std::string MemoryFileSystem::attribute(std::string_view path, const std::string& name) const {
  const std::scoped_lock lock(disks_->mutex);
  const auto& attributes = disks_->disk.content(disks_->disk.look_up_path(path)).attributes;
  const auto found = attributes.find(name);
  return found == attributes.end() ? std::string() : found->second;
}

void MemoryFileSystem::write_into(std::string_view path, std::string_view content) {
  const std::scoped_lock lock(disks_->mutex);
  MemoryDisk::Content& file = disks_->disk.content(disks_->disk.look_up_path(path));
  file.data = content;
  file.durable_data = content;
}

void MemoryFileSystem::make_case_blind() {
  const std::scoped_lock lock(disks_->mutex);
  disks_->disk.make_case_blind();
}

void MemoryFileSystem::write_through(std::uint64_t inode, std::string_view content) {
  const std::scoped_lock lock(disks_->mutex);
  if (disks_->disk.status(inode).links == 0) return;
  MemoryDisk::Content& file = disks_->disk.content(inode);
  file.data = content;
  file.durable_data = content;
}

std::uint64_t MemoryFileSystem::inode(std::string_view path) const {
  const std::scoped_lock lock(disks_->mutex);
  const ParentAndName split = split_path(path);
  return disks_->disk.look_up(disks_->disk.look_up_path(split.parent), split.name);
}

void MemoryFileSystem::forbid(FileOperation operation, RenameMode mode) {
  const std::scoped_lock lock(disks_->mutex);
  disks_->forbidden.insert({operation, mode});
}

std::map<std::string, std::string> MemoryFileSystem::tree(std::string_view path) const {
  const std::scoped_lock lock(disks_->mutex);
  return disks_->disk.tree(path);
}

std::map<std::string, std::string> MemoryFileSystem::described(std::string_view path) const {
  const std::scoped_lock lock(disks_->mutex);
  return disks_->disk.described(path);
}

}  // namespace ratchet
