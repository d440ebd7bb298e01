// What a MemoryFileSystem and its open files share. For the sources of it only.
#pragma once

#include <atomic>
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fs/file_error.h"
#include "fs/memory_disk.h"
#include "fs/memory_file_system.h"

namespace ratchet {

/// The disks, the faults that they are to have, and what was asked of them. Thread-safe by `mutex`.
struct MemoryFileSystem::Disks {
  struct NthFault {
    FileOperation operation;
    std::size_t left;
    int error_number;
  };

  mutable std::mutex mutex;
  MemoryDisk disk;
  std::set<MemoryDisk::Node> locked;
  std::set<MemoryDisk::Node> held;  ///< open in somebody's hand
  bool keeps_read_only = false;
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

/// `folder` is absolute.
[[nodiscard]] std::string joined_path(const std::string& folder, std::string_view path);
/// The data. Error: limit.input_size.
[[nodiscard]] std::string bounded_data(const std::string& data, std::uint64_t most_bytes,
                                       std::string_view path);
/// An open folder.
[[nodiscard]] std::unique_ptr<Folder> make_memory_folder(
    std::shared_ptr<MemoryFileSystem::Disks> disks, MemoryDisk::Node node, std::string path);

}  // namespace ratchet
