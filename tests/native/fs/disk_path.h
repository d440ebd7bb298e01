// Paths as the standard library takes them for the machine's disk.
#pragma once

#include <filesystem>
#include <string>

namespace ratchet::test {

/// Of a path as the engine has it, made from UTF-8.
[[nodiscard]] std::filesystem::path disk_path(const std::filesystem::path& path);
/// The reverse, as UTF-8 with `/`.
[[nodiscard]] std::string disk_text(const std::filesystem::path& path);

}  // namespace ratchet::test
