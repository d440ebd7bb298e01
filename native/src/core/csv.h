// Tables as text: RFC 4180.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/limits.h"

namespace ratchet {

/// A table whose first line names its columns.
struct CsvTable {
  struct Row {
    std::int64_t line = 0;           ///< on which it begins, from 1
    std::vector<std::string> cells;  ///< one a column
  };
  std::vector<std::string> columns;
  std::vector<Row> rows;
};

/// Reads UTF-8 with or without a byte order mark. Cells stand between commas; one in double quotes
/// may hold commas, line ends and, doubled, quotes. Lines end with LF or CRLF; empty ones are
/// passed over. `name` is what messages call it. Throws Error: csv.invalid (no line of names, a
/// name that is empty or stands twice, a row with more or fewer cells than names, a quote inside of
/// a cell or never closed), text.invalid_utf8, limit.input_size, each with its place.
[[nodiscard]] CsvTable read_csv(std::string_view text, const std::string& name,
                                const Limits& limits);

}  // namespace ratchet
