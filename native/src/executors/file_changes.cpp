#include "executors/file_changes.h"

#include "core/base64.h"
#include "core/text.h"
#include "transactions/records.h"

namespace ratchet {
namespace {

[[nodiscard]] Error bad_request(std::string message) {
  return {"request.constraint", std::move(message)};
}

bool needs_content(FileOperationKind kind) {
  return kind == FileOperationKind::create || kind == FileOperationKind::update ||
         kind == FileOperationKind::write;
}

/// What does not go together, before anything is looked at.
void check(const FileChangeRequest& change) {
  const int contents =
      (change.content ? 1 : 0) + (change.content_base64 ? 1 : 0) + (change.content_path ? 1 : 0);
  const bool wants_content = needs_content(change.operation);
  if (contents > 1) {
    throw bad_request("give one of content, content_base64 and content_path, not several");
  }
  if (wants_content && contents == 0) {
    throw bad_request("content, content_base64 or content_path is needed");
  }
  if (!wants_content && contents > 0) throw bad_request("this operation takes no content");
  if ((change.operation == FileOperationKind::move) != change.to.has_value()) {
    throw bad_request(change.to ? "only a move takes `to`" : "a move needs `to`");
  }
  if (!wants_content && change.mode) throw bad_request("this operation takes no mode");
}

std::string content_of(const FileChangeRequest& change, FileSystem& files, const Limits& limits) {
  if (change.content) return *change.content;
  if (change.content_base64) {
    if (auto bytes = base64_decode(*change.content_base64)) return std::move(*bytes);
    throw bad_request("content_base64 is not base64 (RFC 4648, with padding)");
  }
  const std::filesystem::path path(*change.content_path);
  if (!files.is_absolute(path)) {
    throw bad_request("content_path " + in_quotes(std::string_view(*change.content_path)) +
                      " must be absolute");
  }
  return files.read(path, static_cast<std::uint64_t>(limits.input_bytes));
}

std::uint32_t mode_of(const FileChangeRequest& change) {
  if (!change.mode) return 0;
  const auto mode = mode_from(*change.mode);
  // 0 stands for "not given", and a file that nobody may read could not be verified either.
  if (mode && *mode != 0) return *mode;
  throw bad_request("mode " + in_quotes(std::string_view(*change.mode)) +
                    " is not three or four octal digits such as 0644");
}

Expected expected_of(const FileChangeRequest& change) {
  Expected expected{.hash = {}, .follow_link = change.follow_link};
  if (!change.expected_sha256) return expected;
  expected.hash = sha256_from_hex(*change.expected_sha256);
  if (!expected.hash) throw bad_request("expected_sha256 is not 64 hexadecimal digits");
  return expected;
}

void add(Transaction& transaction, const FileChangeRequest& change, FileSystem& files,
         const Limits& limits) {
  check(change);
  const RelativePath path = RelativePath::parse(change.path);
  const Expected expected = expected_of(change);
  switch (change.operation) {
    case FileOperationKind::create:
      if (expected.hash) throw bad_request("nothing can be expected of a file that is created");
      transaction.create(path, content_of(change, files, limits), mode_of(change));
      return;
    case FileOperationKind::update:
      transaction.update(path, content_of(change, files, limits), mode_of(change), expected);
      return;
    case FileOperationKind::write:
      transaction.write(path, content_of(change, files, limits), mode_of(change), expected);
      return;
    case FileOperationKind::remove:
      transaction.remove(path, expected);
      return;
    case FileOperationKind::move:
      transaction.move(path, RelativePath::parse(*change.to), expected);
      return;
    case FileOperationKind::make_folder:
      transaction.make_folder(path);
      return;
    case FileOperationKind::remove_folder:
      transaction.remove_folder(path);
      return;
  }
}

}  // namespace

void add_changes(Transaction& transaction, std::span<const FileChangeRequest> changes,
                 FileSystem& files, const Limits& limits) {
  for (std::size_t index = 0; index < changes.size(); ++index) {
    try {
      add(transaction, changes[index], files, limits);
    } catch (Error& error) {
      json::object details{{"operation", index}};
      for (const auto& detail : error.details())
        details.insert(detail);
      const bool has_place = error.path().has_value();
      if (!has_place) error.at(changes[index].path);
      error.details(std::move(details));
      throw;
    }
  }
}

}  // namespace ratchet
