#include "fs/whole_file.h"

#include "core/error.h"
#include "core/text.h"

namespace ratchet {
namespace {

constexpr std::size_t kPiece = std::size_t{64} << 10;

}  // namespace

void refuse_kind(std::string_view path) {
  throw Error("io.not_a_file", "cannot read " + in_quotes(path) + ": a regular file is needed here")
      .at(std::string(path));
}

std::string read_whole(std::uint64_t likely_size, std::uint64_t most_bytes, std::string_view path,
                       const std::function<std::size_t(char*, std::size_t)>& read) {
  std::string bytes;
  for (std::size_t filled = 0;;) {
    if (filled == 0 && likely_size <= most_bytes) bytes.resize(likely_size + 1);
    if (bytes.size() == filled) bytes.resize(filled + kPiece);
    const std::size_t got = read(bytes.data() + filled, bytes.size() - filled);
    if (got == 0) {
      bytes.resize(filled);
      return bytes;
    }
    filled += got;
    if (filled > most_bytes) {
      throw Error("limit.input_size", "file " + in_quotes(path) + " is larger than the limit of " +
                                          std::to_string(most_bytes) + " bytes")
          .at(std::string(path));
    }
  }
}

}  // namespace ratchet
