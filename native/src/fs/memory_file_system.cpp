#include "fs/memory_file_system.h"

#include <array>
#include <cerrno>
#include <utility>

#include "core/text.h"
#include "fs/contained_path.h"
#include "fs/memory_disks.h"

namespace ratchet {
namespace {

constexpr std::uint32_t kFolderMode = 0755;
constexpr std::uint32_t kFileMode = 0644;

}  // namespace

std::string_view to_string(FileOperation operation) {
  static constexpr std::array<std::string_view, 22> kNames{
      "status",      "read",          "digest",     "read_link",  "list",       "resolve",
      "open_folder", "make_folder",   "create",     "write",      "start_sync", "make_link",
      "add_name",    "set_mode",      "attributes", "sync_file",  "rename",     "in_use",
      "remove_file", "remove_folder", "lock",       "sync_folder"};
  return kNames[static_cast<std::size_t>(operation)];
}

MemoryFileSystem::MemoryFileSystem() : disks_(std::make_shared<Disks>()) {
}
MemoryFileSystem::~MemoryFileSystem() = default;

std::unique_ptr<Folder> MemoryFileSystem::open_folder(const std::filesystem::path& path) {
  const std::string text = path.generic_string();
  disks_->require(FileOperation::open_folder, text);
  const std::scoped_lock lock(disks_->mutex);
  const auto node = disks_->disk.resolve(disks_->disk.root(), text, MemoryDisk::Bound::none, text);
  return make_memory_folder(disks_, node, text);
}

std::optional<FileStatus> MemoryFileSystem::status(const std::filesystem::path& path) {
  const std::string text = path.generic_string();
  disks_->require(FileOperation::status, text);
  const std::scoped_lock lock(disks_->mutex);
  const auto node = disks_->disk.look_up_path(text);
  return node == 0 ? std::nullopt : std::optional(disks_->disk.status(node));
}

std::string MemoryFileSystem::read(const std::filesystem::path& path, std::uint64_t most_bytes) {
  const std::string text = path.generic_string();
  disks_->require(FileOperation::read, text);
  const std::scoped_lock lock(disks_->mutex);
  const auto node = disks_->disk.look_up_path(text);
  if (node == 0) throw file_error(ENOENT, "read", text);
  const MemoryDisk::Content& content = disks_->disk.content(node);
  if (content.kind != FileKind::file) throw file_error(EISDIR, "read", text);
  return bounded_data(content.data, most_bytes, text);
}

std::vector<FolderEntry> MemoryFileSystem::list(const std::filesystem::path& path) {
  return open_folder(path)->list("");
}

std::filesystem::path MemoryFileSystem::canonical(const std::filesystem::path& path) {
  const std::string text = path.generic_string();
  disks_->require(FileOperation::resolve, text);
  const std::scoped_lock lock(disks_->mutex);
  return "/" + disks_->disk.resolved_path(disks_->disk.root(), text, MemoryDisk::Bound::none, text);
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
  found->disks_->keeps_read_only = disks_->keeps_read_only;
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

void MemoryFileSystem::hold(std::string_view path) {
  const std::scoped_lock lock(disks_->mutex);
  disks_->held.insert(disks_->disk.look_up_path(path));
}

void MemoryFileSystem::release() {
  const std::scoped_lock lock(disks_->mutex);
  disks_->held.clear();
}

void MemoryFileSystem::keep_read_only() {
  const std::scoped_lock lock(disks_->mutex);
  disks_->keeps_read_only = true;
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
