#include "parallel/spill_folder.h"

#include <utility>

#include "core/error.h"

namespace ratchet {
namespace {

constexpr std::uint32_t kPrivateMode = 0600;

class SpillFile final : public StreamSpill {
 public:
  SpillFile(std::shared_ptr<Folder> folder, const std::string& name, std::uint64_t most_bytes)
      : folder_(std::move(folder)), file_(folder_->create(name, kPrivateMode)), left_(most_bytes) {}

  void write(std::string_view bytes) override {
    if (bytes.size() > left_) {
      throw Error("limit.output_size", "a stream is longer than what is kept of it on disk")
          .hint("raise limits.spill_bytes");
    }
    left_ -= bytes.size();
    file_->write(bytes);
  }

 private:
  std::shared_ptr<Folder> folder_;  // outlives its file
  std::unique_ptr<WritableFile> file_;
  std::uint64_t left_;
};

}  // namespace

SpillFolder::SpillFolder(FileSystem& files, const std::filesystem::path& folder,
                         std::uint64_t most_bytes)
    : folder_(files.open_folder(folder)), most_bytes_(most_bytes) {
}

std::unique_ptr<StreamSpill> SpillFolder::open(const std::string& name) const {
  return std::make_unique<SpillFile>(folder_, name, most_bytes_);
}

}  // namespace ratchet
