#include "core/base64.h"

#include "core/base64_block.h"

namespace ratchet {
namespace {

constexpr std::size_t kLetters = 4;  // stand for three bytes
constexpr std::size_t kBytes = 3;

}  // namespace

std::optional<std::string> base64_decode(std::string_view text) {
  // Platforms skip white space or take texts without padding; the form is checked here.
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  if (text.empty()) return std::string();
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  const bool is_base64 =
      text.size() % kLetters == 0 &&
      text.substr(0, text.size() - padding).find_first_not_of(kAlphabet) == std::string_view::npos;
  if (!is_base64) return std::nullopt;
  std::string bytes(text.size() / kLetters * kBytes, '\0');
  if (!decode_base64_block(text, bytes.data())) return std::nullopt;
  bytes.resize(bytes.size() - padding);
  return bytes;
}

std::string base64_encode(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() + kBytes - 1) / kBytes * kLetters);
  for (std::size_t begin = 0; begin < bytes.size(); begin += kBase64Block) {
    const std::string_view block = bytes.substr(begin, kBase64Block);
    const std::size_t old_size = text.size();
    const std::size_t letters = (block.size() + kBytes - 1) / kBytes * kLetters;
    text.resize(old_size + letters + 1);  // and a NUL
    encode_base64_block(block, text.data() + old_size);
    text.resize(old_size + letters);
  }
  return text;
}

}  // namespace ratchet
