#include "core/csv.h"

#include <set>
#include <utility>

#include "core/error.h"
#include "core/text.h"
#include "core/utf8.h"

namespace ratchet {
namespace {

class CsvReader {
 public:
  CsvReader(std::string_view text, const std::string& name) : text_(text), name_(name) {
    if (text_.starts_with(kUtf8ByteOrderMark)) at_ = kUtf8ByteOrderMark.size();
  }

  CsvTable run() {
    CsvTable table;
    bool has_names = false;
    while (skip_empty_lines()) {
      const std::size_t start = at_;
      CsvTable::Row row{line_, {}};
      read_row(row.cells);
      if (!has_names) {
        require_names(row.cells, start);
        table.columns = std::move(row.cells);
        has_names = true;
        continue;
      }
      if (row.cells.size() != table.columns.size()) {
        throw fault(start, "a row has " + std::to_string(row.cells.size()) +
                               " cells, and there are " + std::to_string(table.columns.size()) +
                               " columns");
      }
      table.rows.push_back(std::move(row));
    }
    if (!has_names) throw fault(0, "there is no line that names the columns");
    return table;
  }

 private:
  [[nodiscard]] bool at_line_end() const {
    return at_ == text_.size() || text_[at_] == '\n' || text_.substr(at_).starts_with("\r\n");
  }

  void pass_line_end() {
    if (at_ == text_.size()) return;
    at_ += text_[at_] == '\r' ? 2 : 1;
    ++line_;
  }

  /// False at the end of the text.
  bool skip_empty_lines() {
    while (at_ < text_.size() && at_line_end())
      pass_line_end();
    return at_ < text_.size();
  }

  void read_row(std::vector<std::string>& cells) {
    for (;;) {
      cells.push_back(text_.substr(at_).starts_with('"') ? quoted_cell() : plain_cell());
      if (at_line_end()) return pass_line_end();
      ++at_;  // the comma
    }
  }

  std::string plain_cell() {
    const std::size_t start = at_;
    while (!at_line_end() && text_[at_] != ',') {
      if (text_[at_] == '"') {
        throw fault(at_, "a quote stands inside of a cell that is not in quotes");
      }
      ++at_;
    }
    return std::string(text_.substr(start, at_ - start));
  }

  std::string quoted_cell() {
    const std::size_t start = at_++;
    std::string cell;
    while (at_ < text_.size()) {
      const char letter = text_[at_++];
      if (letter == '\n') ++line_;
      if (letter != '"') {
        cell += letter;
      } else if (text_.substr(at_).starts_with('"')) {
        cell += text_[at_++];
      } else if (at_line_end() || text_[at_] == ',') {
        return cell;
      } else {
        throw fault(at_, "a cell goes on behind its closing quote");
      }
    }
    throw fault(start, "the quote is never closed");
  }

  void require_names(const std::vector<std::string>& names, std::size_t start) const {
    std::set<std::string_view> seen;
    for (const std::string& name : names) {
      if (name.empty()) throw fault(start, "a column has no name");
      if (!seen.insert(name).second) {
        throw fault(start, "two columns are named " + in_quotes(std::string_view(name)));
      }
    }
  }

  [[nodiscard]] Error fault(std::size_t offset, const std::string& what) const {
    const Position position = position_in(text_, offset);
    std::string message = name_ + ':' + std::to_string(position.line) + ':';
    message += std::to_string(position.column) + ": " + what;
    return Error("csv.invalid", std::move(message)).at(name_, position);
  }

  std::string_view text_;
  const std::string& name_;
  std::size_t at_ = 0;
  std::int64_t line_ = 1;
};

}  // namespace

CsvTable read_csv(std::string_view text, const std::string& name, const Limits& limits) {
  if (std::cmp_greater(text.size(), limits.input_bytes)) {
    throw Error("limit.input_size",
                name + " is larger than " + std::to_string(limits.input_bytes) + " bytes")
        .at(name);
  }
  if (const auto invalid = first_invalid_utf8(text)) {
    throw Error("text.invalid_utf8", name + ": the text is not UTF-8")
        .at(name, position_in(text, *invalid));
  }
  return CsvReader(text, name).run();
}

}  // namespace ratchet
