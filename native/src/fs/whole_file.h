// Reading an open file to its end, whatever the system reads it by.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace ratchet {

/// Throws Error{io.not_a_file}.
[[noreturn]] void refuse_kind(std::string_view path);

/// All that `read` gives: it puts at most so many bytes there, and says how many, 0 at the end.
/// `likely_size` is what the file's status said, and only where to begin: files grow, and those of
/// /proc have no size. `path` is for the message. Throws Error{limit.input_size} past `most_bytes`,
/// and what `read` throws.
[[nodiscard]] std::string read_whole(std::uint64_t likely_size, std::uint64_t most_bytes,
                                     std::string_view path,
                                     const std::function<std::size_t(char*, std::size_t)>& read);

}  // namespace ratchet
