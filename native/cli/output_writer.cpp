#include "output_writer.h"

#include <filesystem>
#include <fstream>
#include <vector>

namespace ratchet::cli {

void OutputWriter::write(std::string_view bytes) {
  while (!bytes.empty() && !is_broken()) {
    const std::size_t written = write_some(bytes);
    if (written == 0) return;
    at_line_begin_ = bytes[written - 1] == '\n';
    bytes.remove_prefix(written);
  }
}

bool OutputWriter::write_file(const std::string& path) {
  constexpr std::size_t kFilePiece = std::size_t{64} << 10;
  std::ifstream file(std::filesystem::path(path), std::ios::binary);
  if (!file) return false;
  std::vector<char> buffer(kFilePiece);
  while (!is_broken() && !file.eof()) {
    file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    if (file.bad()) return false;
    write({buffer.data(), static_cast<std::size_t>(file.gcount())});
  }
  return true;
}

}  // namespace ratchet::cli
