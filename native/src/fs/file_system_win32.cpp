#include <windows.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>
#include <utility>

#include "core/clock.h"
#include "core/text.h"
#include "core/utf16_win32.h"
#include "fs/attributes_win32.h"
#include "fs/file_error.h"
#include "fs/file_system.h"
#include "fs/lock_win32.h"
#include "fs/name_win32.h"
#include "fs/nt_file_win32.h"
#include "fs/reading_win32.h"
#include "fs/resolve_win32.h"

namespace ratchet {
namespace {

constexpr ACCESS_MASK kWritesFile =
    FILE_READ_DATA | FILE_WRITE_DATA | FILE_APPEND_DATA | kReadsAttributes | FILE_WRITE_ATTRIBUTES;

DWORD flags_for(std::uint32_t mode) {
  return (mode & kOwnerWrites) == 0 ? FILE_ATTRIBUTE_READONLY : FILE_ATTRIBUTE_NORMAL;
}

void write_all(HANDLE file, std::string_view bytes, std::string_view path) {
  constexpr std::size_t kMostAtOnce = std::size_t{1} << 30;
  while (!bytes.empty()) {
    DWORD written = 0;
    const auto piece = static_cast<DWORD>(std::min(bytes.size(), kMostAtOnce));
    if (WriteFile(file, bytes.data(), piece, &written, nullptr) == FALSE) {
      throw last_error("write", path);
    }
    bytes.remove_prefix(written);
  }
}

void flush(HANDLE file, std::string_view path) {
  if (FlushFileBuffers(file) == FALSE) throw last_error("flush", path);
}

class Win32File final : public WritableFile {
 public:
  Win32File(Handle file, std::string path) : file_(std::move(file)), path_(std::move(path)) {}

  void write(std::string_view bytes) override { write_all(file_.get(), bytes, path_); }
  void start_sync() override {}  // Windows takes no such hint
  void sync() override { flush(file_.get(), path_); }
  void set_mode(std::uint32_t mode) override {
    set_read_only(file_.get(), (mode & kOwnerWrites) == 0, path_);
  }
  FileStatus status() override { return status_of(file_.get(), path_); }

 private:
  Handle file_;
  std::string path_;
};

class Win32Lock final : public FileLock {
 public:
  explicit Win32Lock(Handle file) : file_(std::move(file)) {}
  ~Win32Lock() override { unlock(file_.get()); }
  Win32Lock(const Win32Lock&) = delete;
  Win32Lock& operator=(const Win32Lock&) = delete;

 private:
  Handle file_;
};

class Win32Folder final : public Folder {
 public:
  Win32Folder(Handle folder, Clock& clock, std::string_view path)
      : folder_(std::move(folder)), clock_(&clock), path_(path) {}

  std::optional<FileStatus> status(std::string_view path) override {
    if (path.empty()) return status_of(folder_.get(), path);
    const Handle there = look_at(path);
    if (!there.is_open()) return std::nullopt;
    return status_of(there.get(), path);
  }

  std::string read(std::string_view path, std::uint64_t most_bytes) override {
    return read_all(open_file(path, 0).get(), most_bytes, path);
  }

  std::optional<FileDigest> digest(std::string_view path) override {
    if (path.empty()) return FileDigest{status_of(folder_.get(), path)};
    const Handle there = look_at(path);
    if (!there.is_open()) return std::nullopt;
    const FileStatus status = status_of(there.get(), path);
    if (status.kind == FileKind::link) {
      return FileDigest{status, sha256(ratchet::read_link(there.get(), path))};
    }
    if (status.kind != FileKind::file) return FileDigest{status};
    return digest_of(open_file(path, 0).get(), path);
  }

  std::string read_link(std::string_view path) override {
    const Place place = find(path);
    return ratchet::read_link(
        open_there(place, {.access = kReadsAttributes}, call("read link", path)).get(), path);
  }

  void copy_to(std::string_view path, WritableFile& file) override {
    read_pieces(open_file(path, 0).get(), path,
                [&file](std::string_view piece) { file.write(piece); });
  }

  std::string resolve(std::string_view path) override {
    check_folder_path(path);
    return resolve_beneath(folder_.get(), path, *clock_);
  }

  std::vector<FolderEntry> list(std::string_view path) override {
    check_folder_path(path);
    return list_folder(open_beneath(folder_.get(), path, Links::none, *clock_).get(), path);
  }

  std::unique_ptr<Folder> open(std::string_view path, Links links) override {
    check_folder_path(path);
    return std::make_unique<Win32Folder>(open_beneath(folder_.get(), path, links, *clock_), *clock_,
                                         path);
  }

  void make_folder(std::string_view path, std::uint32_t /*mode*/) override {
    const Place place = find(path);
    static_cast<void>(open_at(place.folder(), place.name,
                              {.access = FILE_READ_ATTRIBUTES,
                               .disposition = FILE_CREATE,
                               .options = FILE_DIRECTORY_FILE},
                              call("make folder", path)));
  }

  std::unique_ptr<WritableFile> create(std::string_view path, std::uint32_t mode) override {
    const Place place = find(path);
    const OpenRequest request{.access = kWritesFile,
                              .disposition = FILE_CREATE,
                              .options = FILE_NON_DIRECTORY_FILE,
                              .attributes = flags_for(mode)};
    return std::make_unique<Win32File>(
        open_at(place.folder(), place.name, request, call("create", path)), std::string(path));
  }

  void make_link(std::string_view path, std::string_view /*target*/) override {
    throw Error("io.unsupported", "cannot make link " + in_quotes(path) + " on Windows")
        .at(std::string(path));
  }

  void add_name(std::string_view path, Folder& to_folder, std::string_view to) override {
    const Place target = dynamic_cast<Win32Folder&>(to_folder).find(to);
    const auto there = status(path);
    if (there && there->kind == FileKind::link) throw file_error(EOPNOTSUPP, "add name", to);
    const Handle file = open_file(path, FILE_WRITE_ATTRIBUTES);
    link_to(file.get(), target.folder(), target.name, call("add name", to));
  }

  void copy_attributes(std::string_view path, Folder& from_folder, std::string_view from) override {
    const Handle old =
        dynamic_cast<Win32Folder&>(from_folder).open_for_attributes(from, kReadsAttributes);
    const Handle taken = open_for_attributes(path, kReadsAttributes | kGivesAttributes);
    ratchet::copy_attributes(old.get(), taken.get(), path);
  }

  bool gives_attributes() override { return ratchet::gives_attributes(folder_.get()); }

  void inherit_attributes(std::string_view path, Folder& parent) override {
    const Handle taken = open_for_attributes(path, kReadsAttributes | kGivesAttributes);
    ratchet::inherit_attributes(dynamic_cast<Win32Folder&>(parent).folder_.get(), taken.get(),
                                path);
  }

  void sync_file(std::string_view path) override {
    const Handle file = open_file(path, FILE_WRITE_ATTRIBUTES);
    const bool is_read_only = (status_of(file.get(), path).mode & kOwnerWrites) == 0;
    // Only what may be written may be flushed; once it is open for that, the flag is no matter.
    if (is_read_only) set_read_only(file.get(), false, path);
    const NtCall flushing = call("flush", path);
    const Attempt writable = try_open_there(find(path), {.access = FILE_WRITE_DATA}, flushing);
    if (is_read_only) set_read_only(file.get(), true, path);
    if (!writable.handle.is_open()) throw file_error(writable.error_number, "flush", path);
    flush(writable.handle.get(), path);
  }

  void rename(std::string_view from, Folder& to_folder, std::string_view to,
              RenameMode mode) override {
    const Place target = dynamic_cast<Win32Folder&>(to_folder).find(to);
    const Place source = find(from);
    const Handle file =
        open_there(source, {.access = DELETE | kReadsAttributes}, call("rename", from));
    if (mode == RenameMode::exchange) throw file_error(EOPNOTSUPP, "exchange", to);
    rename_to(file.get(), target.folder(), target.name, mode == RenameMode::replace,
              call("rename to", to));
  }

  bool is_in_use(std::string_view path) override {
    try {
      static_cast<void>(look_at(path, DELETE | kReadsAttributes, {nullptr, "change", path}));
    } catch (const Error& error) {
      if (!is(error, "io.in_use")) throw;
      return true;
    }
    return false;
  }

  void remove_file(std::string_view path) override { remove(path, false, call("remove", path)); }
  void remove_folder(std::string_view path) override {
    remove(path, true, call("remove folder", path));
  }

  std::unique_ptr<FileLock> try_lock(std::string_view path, std::string_view note) override {
    const Place place = find(path);
    const NtCall lock_call = call("open lock", path);
    Handle file = open_there(
        place,
        {.access = kWritesFile, .disposition = FILE_OPEN_IF, .options = FILE_NON_DIRECTORY_FILE},
        lock_call);
    if (status_of(file.get(), path).kind == FileKind::link) {
      throw file_error(ELOOP, lock_call.what, path);
    }
    if (!lock_named(file.get(), place, lock_call)) return nullptr;
    write_note(file.get(), note, path);
    return std::make_unique<Win32Lock>(std::move(file));
  }

  bool is_locked(std::string_view path) override {
    const Attempt attempt = try_open_there(
        find(path), {.access = FILE_READ_DATA | kReadsAttributes}, call("open lock", path));
    if (attempt.handle.is_open()) return is_lock_held(attempt.handle.get(), path);
    if (attempt.error_number == ENOENT) return false;
    throw file_error(attempt.error_number, "open lock", path);
  }

  void sync() override {
    // Names stand in the file system's own journal. Where it lets a folder be flushed, that is
    // asked for; where it does not, there is nothing to do.
    const Handle writable(ReOpenFile(folder_.get(), FILE_ADD_FILE | SYNCHRONIZE, kShareAll,
                                     FILE_FLAG_BACKUP_SEMANTICS));
    if (writable.is_open()) FlushFileBuffers(writable.get());
  }

 private:
  [[nodiscard]] NtCall call(std::string_view what, std::string_view path) const {
    return {clock_, what, path};
  }

  [[nodiscard]] Place find(std::string_view path) const {
    return find_place(folder_.get(), path, *clock_);
  }

  [[nodiscard]] Handle look_at(std::string_view path) const {
    return look_at(path, kReadsAttributes, call("look at", path));
  }

  /// Unopened where nothing stands.
  [[nodiscard]] Handle look_at(std::string_view path, ACCESS_MASK access,
                               const NtCall& looking) const {
    try {
      Attempt attempt = try_open_there(find(path), {.access = access}, looking);
      if (attempt.handle.is_open()) return std::move(attempt.handle);
      if (attempt.error_number == ENOENT || attempt.error_number == ENOTDIR) return {};
      throw file_error(attempt.error_number, looking.what, path);
    } catch (const Error& error) {
      if (is(error, "io.not_found") || is(error, "io.not_a_folder")) return {};
      throw;
    }
  }

  /// A regular file that is read, and what else is asked for. The kind is looked at first, because
  /// opening a device has effects of its own.
  [[nodiscard]] Handle open_file(std::string_view path, ACCESS_MASK more) const {
    const Place place = find(path);
    const NtCall reading = call("read", path);
    const Handle before = open_there(place, {.access = kReadsAttributes}, reading);
    if (status_of(before.get(), path).kind != FileKind::file) refuse_kind(path);
    Handle file = open_there(place, {.access = FILE_READ_DATA | kReadsAttributes | more}, reading);
    if (status_of(file.get(), path).kind != FileKind::file) refuse_kind(path);
    return file;
  }

  [[nodiscard]] Handle open_for_attributes(std::string_view path, ACCESS_MASK access) const {
    Handle file = open_there(find(path), {.access = access}, call("open", path));
    const FileKind kind = status_of(file.get(), path).kind;
    if (kind != FileKind::file && kind != FileKind::folder) refuse_kind(path);
    return file;
  }

  static FileDigest digest_of(HANDLE file, std::string_view path) {
    Sha256Stream stream;
    FileDigest digest{status_of(file, path)};
    digest.status.size = 0;  // what was read, not what was there when it was opened
    read_pieces(file, path, [&](std::string_view piece) {
      stream.update(piece);
      digest.status.size += piece.size();
    });
    digest.hash = stream.finish();
    return digest;
  }

  void remove(std::string_view path, bool wants_folder, const NtCall& removing) const {
    const Handle there = open_there(
        find(path), {.access = DELETE | kReadsAttributes | FILE_WRITE_ATTRIBUTES}, removing);
    const bool is_folder = status_of(there.get(), path).kind == FileKind::folder;
    if (is_folder != wants_folder) {
      throw file_error(is_folder ? EISDIR : ENOTDIR, removing.what, path);
    }
    remove_open(there.get(), removing);
  }

  static void write_note(HANDLE file, std::string_view note, std::string_view path) {
    try {
      if (SetEndOfFile(file) == FALSE) return;  // it stands at its beginning
      write_all(file,
                "pid " + std::to_string(GetCurrentProcessId()) + " " + std::string(note) + "\n",
                path);
    } catch (const Error&) {
      return;  // on a full disk the lock is as good without its note
    }
  }

  Handle folder_;
  Clock* clock_;
  std::string path_;  // for messages
};

class Win32FileSystem final : public FileSystem {
 public:
  explicit Win32FileSystem(Clock& clock) : clock_(&clock) {}

  std::unique_ptr<Folder> open_folder(const std::filesystem::path& path) override {
    const std::string text = path.string();
    return std::make_unique<Win32Folder>(open_folder_by_user(text, "open folder"), *clock_, text);
  }

  std::optional<FileStatus> status(const std::filesystem::path& path) override {
    const std::string text = path.string();
    const Attempt attempt =
        try_open_at(nullptr, kernel_path(text), {.access = kReadsAttributes, .follows_link = true},
                    {clock_, "look at", text});
    if (attempt.handle.is_open()) return status_of(attempt.handle.get(), text);
    if (attempt.error_number == ENOENT || attempt.error_number == ENOTDIR) return std::nullopt;
    throw file_error(attempt.error_number, "look at", text);
  }

  std::string read(const std::filesystem::path& path, std::uint64_t most_bytes) override {
    const std::string text = path.string();
    const auto before = status(path);
    if (!before) throw file_error(ENOENT, "read", text);
    if (before->kind != FileKind::file) refuse_kind(text);
    const Handle file = open_at(nullptr, kernel_path(text),
                                {.access = FILE_READ_DATA | kReadsAttributes, .follows_link = true},
                                {clock_, "read", text});
    if (status_of(file.get(), text).kind != FileKind::file) refuse_kind(text);
    return read_all(file.get(), most_bytes, text);
  }

  std::vector<FolderEntry> list(const std::filesystem::path& path) override {
    const std::string text = path.string();
    return list_folder(open_folder_by_user(text, "list folder").get(), text);
  }

  std::uint32_t umask() override { return kWindowsUmask; }
  std::uint32_t user() override { return this_user(); }

  std::filesystem::path canonical(const std::filesystem::path& path) override {
    const std::string text = path.string();
    const Handle file =
        open_at(nullptr, kernel_path(text), {.access = kReadsAttributes, .follows_link = true},
                {clock_, "resolve", text});
    const std::wstring location = location_of(file.get(), text);
    if (!to_utf8(location)) refuse_surrogate(text);
    return location;
  }

  std::string host() override {
    constexpr std::size_t kMostUnits = 64;  // a GUID's text
    std::array<wchar_t, kMostUnits> id{};
    DWORD size = sizeof id;
    if (RegGetValueW(HKEY_LOCAL_MACHINE, L"SOFTWARE\\Microsoft\\Cryptography", L"MachineGuid",
                     RRF_RT_REG_SZ, nullptr, id.data(), &size) != ERROR_SUCCESS) {
      auto units = static_cast<DWORD>(id.size());
      if (GetComputerNameW(id.data(), &units) == FALSE) return {};
    }
    // The id of a machine is meant to be kept from others; its hash with a word of ours is not it.
    return to_hex(sha256("ratchet host " + to_utf8(id.data()).value_or("")));
  }

 private:
  [[nodiscard]] Handle open_folder_by_user(std::string_view path, std::string_view what) const {
    return open_at(nullptr, kernel_path(path),
                   {.access = kHoldsFolder, .options = FILE_DIRECTORY_FILE, .follows_link = true},
                   {clock_, what, path});
  }

  Clock* clock_;
};

}  // namespace

std::unique_ptr<FileSystem> make_win32_files(Clock& clock) {
  return std::make_unique<Win32FileSystem>(clock);
}

FileSystem& system_files() {
  static Win32FileSystem files(system_clock());
  return files;
}

}  // namespace ratchet
