#include "validation/syntax/private_folder.h"

#include <array>
#include <system_error>

#include "core/error.h"
#include "fs/removal.h"

namespace ratchet {
namespace {

constexpr std::size_t kRandomBytes = 16;
constexpr std::uint32_t kOwnerAlone = 0700;
constexpr std::uint32_t kOwnersFile = 0600;

std::filesystem::path folder_for_temporary_files() {
  std::error_code failed;
  std::filesystem::path path = std::filesystem::temp_directory_path(failed);
  if (!failed) return path;
  throw Error("io.not_found", "the folder for temporary files (TMPDIR) is no folder");
}

std::string random_name(Random& random) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  constexpr unsigned kBitsOfDigit = 4;
  std::array<std::byte, kRandomBytes> bytes{};
  random.fill(bytes);
  std::string name = "ratchet-syntax-";
  for (const std::byte byte : bytes) {
    const auto number = std::to_integer<unsigned>(byte);
    name += kDigits[number >> kBitsOfDigit];
    name += kDigits[number % kDigits.size()];
  }
  return name;
}

}  // namespace

PrivateFolder::PrivateFolder(FileSystem& files, Random& random) : name_(random_name(random)) {
  const std::filesystem::path parent = files.canonical(folder_for_temporary_files());
  parent_ = files.open_folder(parent);
  parent_->make_folder(name_, kOwnerAlone);
  folder_ = parent_->open(name_, Links::none);
  path_ = parent / name_;
}

PrivateFolder::~PrivateFolder() {
  try {
    for (const std::string& name : written_)
      remove_file_if_there(*folder_, name);
    parent_->remove_folder(name_);
  } catch (const Error&) {  // NOLINT(bugprone-empty-catch): the system clears this folder, too
  }
}

void PrivateFolder::write(const std::string& name, std::string_view bytes) {
  const std::unique_ptr<WritableFile> file = folder_->create(name, kOwnersFile);
  written_.push_back(name);
  file->write(bytes);
}

}  // namespace ratchet
