#include "transactions/records.h"

#include <algorithm>
#include <limits>

#include "core/error.h"
#include "core/text.h"
#include "fs/contained_path.h"

namespace ratchet {
namespace {

constexpr std::uint32_t kMostMode = 07777;
constexpr int kOctal = 8;

[[noreturn]] void refuse(const std::string& what) {
  throw Error("transaction.journal", "a record of a transaction " + what);
}

std::string contained(const std::string& path) {
  try {
    return RelativePath::parse(path).text();
  } catch (const Error& error) {
    refuse("names a place that none may name: " + error.message());
  }
}

}  // namespace

std::string mode_text(std::uint32_t mode) {
  constexpr int kDigits = 4;
  constexpr unsigned kBits = 3;
  constexpr std::uint32_t kDigitMask = 07;
  std::string text(kDigits, '0');
  for (auto digit = text.rbegin(); digit != text.rend(); ++digit, mode >>= kBits)
    *digit = static_cast<char>('0' + (mode & kDigitMask));
  return text;
}

std::optional<std::uint32_t> mode_from(std::string_view text) {
  constexpr std::size_t kShortest = 3;
  constexpr std::size_t kLongest = 4;
  const bool octal = text.find_first_not_of("01234567") == std::string_view::npos;
  if (!octal || text.size() < kShortest || text.size() > kLongest) return std::nullopt;
  std::uint32_t mode = 0;
  for (const char digit : text)
    mode = mode * kOctal + static_cast<std::uint32_t>(digit - '0');
  return mode;
}

StateRecord record_of(const FileState& state) {
  StateRecord record{.kind = state.kind, .mode = {}, .size = {}, .sha256 = {}};
  if (state.kind == StateKind::file) {
    record.mode = mode_text(state.mode);
    record.size = static_cast<std::int64_t>(state.size);
  }
  if (state.has_content()) record.sha256 = to_hex(state.hash);
  return record;
}

FileState state_from(const StateRecord& record) {
  FileState state{.kind = record.kind};
  if (state.kind == StateKind::file) {
    const auto mode = mode_from(record.mode.value_or(""));
    if (!mode || *mode > kMostMode || !record.size) refuse("has a file without mode or size");
    state.mode = *mode;
    state.size = static_cast<std::uint64_t>(*record.size);
  }
  if (state.has_content()) {
    const auto hash = sha256_from_hex(record.sha256.value_or(""));
    if (!hash) refuse("has a file without a hash");
    state.hash = *hash;
  }
  return state;
}

EntryRecord record_of(const Entry& entry) {
  EntryRecord record{.operation = entry.kind,
                     .path = entry.path,
                     .from = {},
                     .before = record_of(entry.pre),
                     .after = record_of(entry.post),
                     .slot = entry.slot,
                     .beside = entry.beside};
  if (entry.kind == EntryKind::move) record.from = entry.from;
  return record;
}

Entry entry_from(const EntryRecord& record) {
  if (record.slot > std::numeric_limits<std::uint32_t>::max()) refuse("has a slot out of range");
  if ((record.operation == EntryKind::move) != record.from.has_value()) {
    refuse("has a move without a source, or a source without a move");
  }
  return {.kind = record.operation,
          .path = contained(record.path),
          .from = record.from ? contained(*record.from) : std::string(),
          .pre = state_from(record.before),
          .post = state_from(record.after),
          .slot = static_cast<std::uint32_t>(record.slot),
          .beside =
              record.beside && !record.beside->empty() ? contained(*record.beside) : record.beside};
}

}  // namespace ratchet
