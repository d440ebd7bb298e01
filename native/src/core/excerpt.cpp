#include "core/excerpt.h"

#include <utf8proc.h>

#include <algorithm>
#include <optional>

#include "core/text.h"
#include "core/utf8.h"

namespace ratchet {
namespace {

/// Bytes looked at on either side of a column: enough for all cells with a mark or two each, and a
/// bound for texts that heap marks without width on one character.
constexpr std::size_t kReach = kExcerptCells * 16;

constexpr std::string_view kCut = "…";
constexpr std::size_t kCutCells = 1;

/// A character with the marks that stand on it.
struct Glyph {
  std::size_t begin = 0;  ///< byte offset in the line
  std::size_t cells = 0;
  std::string text;
};

/// Column after column through one line, forwards alone. Columns are those of LineIndex: every
/// byte but continuations begins one.
class ColumnWalk {
 public:
  explicit ColumnWalk(std::string_view line) : line_(line) {}

  std::size_t offset_of(std::int64_t column) {
    for (; column_ < column && offset_ < line_.size(); ++column_) {
      do {
        ++offset_;
      } while (offset_ < line_.size() && is_continuation(line_[offset_]));
    }
    return offset_;
  }

 private:
  std::string_view line_;
  std::size_t offset_ = 0;
  std::int64_t column_ = 1;
};

std::vector<Glyph> glyphs_between(std::string_view line, std::size_t begin, std::size_t end) {
  std::vector<Glyph> glyphs;
  for (std::size_t offset = begin; offset < end;) {
    const CodePoint point = code_point_at(line.substr(0, end), offset);
    const char32_t shown = disturbs_a_line(point.value) ? U' ' : point.value;
    const int width = utf8proc_charwidth(static_cast<utf8proc_int32_t>(shown));
    if (width > 0 || glyphs.empty()) {
      glyphs.push_back({offset, static_cast<std::size_t>(std::max(width, 0)), {}});
    }
    append_code_point(glyphs.back().text, shown);
    offset += point.size;
  }
  return glyphs;
}

std::size_t window_begin(std::string_view line, std::size_t at) {
  std::size_t begin = at > kReach ? at - kReach : 0;
  while (begin < at && is_continuation(line[begin]))
    ++begin;
  return begin;
}

std::size_t window_end(std::string_view line, std::size_t at) {
  if (line.size() - at <= kReach) return line.size();
  std::size_t end = at + kReach;
  while (end > at && is_continuation(line[end]))
    --end;
  return end;
}

/// Which glyphs are shown: all from `first` to before `last`.
struct Window {
  std::size_t first = 0;
  std::size_t last = 0;
};

Window around(const std::vector<Glyph>& glyphs, std::size_t index, bool is_whole) {
  std::size_t cells = 0;
  for (const Glyph& glyph : glyphs)
    cells += glyph.cells;
  if (is_whole && cells <= kExcerptCells) return {0, glyphs.size()};
  const std::size_t room = kExcerptCells - 2 * kCutCells;
  Window window{index, index};
  std::size_t used = 0;
  const auto grow_left = [&](std::size_t most) {
    while (window.first > 0 && used + glyphs[window.first - 1].cells <= most)
      used += glyphs[--window.first].cells;
  };
  grow_left(room / 2);
  while (window.last < glyphs.size() && used + glyphs[window.last].cells <= room)
    used += glyphs[window.last++].cells;
  grow_left(room);
  return window;
}

/// `at` is the byte offset of the column in the line, nothing where no column is known.
void add_excerpt(Finding& finding, std::string_view line, std::optional<std::size_t> at) {
  const std::size_t begin = window_begin(line, at.value_or(0));
  const std::size_t end = window_end(line, at.value_or(0));
  const std::vector<Glyph> glyphs = glyphs_between(line, begin, end);
  std::size_t index = at == line.size() ? glyphs.size() : 0;
  while (at && index < glyphs.size() && index + 1 < glyphs.size() && glyphs[index + 1].begin <= *at)
    ++index;
  const Window window = around(glyphs, index, begin == 0 && end == line.size());
  std::string excerpt;
  std::size_t caret = 0;
  if (begin > 0 || window.first > 0) {
    excerpt += kCut;
    caret += kCutCells;
  }
  for (std::size_t i = window.first; i < window.last; ++i) {
    excerpt += glyphs[i].text;
    if (i < index) caret += glyphs[i].cells;
  }
  if (end < line.size() || window.last < glyphs.size()) excerpt += kCut;
  if (excerpt.find_first_not_of(' ') == std::string::npos) return;
  finding.excerpt = std::move(excerpt);
  if (at) finding.excerpt_caret = static_cast<std::int64_t>(caret);
}

void add_excerpts_of_utf8(std::vector<Finding*>& findings, std::string_view text) {
  const LineIndex index(text);
  std::int64_t number = 0;
  std::string_view line;
  ColumnWalk walk(line);
  for (Finding* finding : findings) {
    if (*finding->line != number) {
      number = *finding->line;
      line = index.line(static_cast<std::size_t>(number));
      if (number == 1 && line.starts_with(kUtf8ByteOrderMark)) {
        line.remove_prefix(kUtf8ByteOrderMark.size());
      }
      walk = ColumnWalk(line);
    }
    std::optional<std::size_t> at;
    if (finding->column) at = walk.offset_of(*finding->column);
    add_excerpt(*finding, line, at);
  }
}

void add_to_placed(std::vector<Finding*> placed, std::string_view text) {
  std::erase_if(placed, [](const Finding* finding) { return finding->line.value_or(0) <= 0; });
  if (placed.empty()) return;
  // In the order of the text, so that one walk through it meets all of them.
  std::stable_sort(placed.begin(), placed.end(), [](const Finding* left, const Finding* right) {
    return std::pair(*left->line, left->column.value_or(0)) <
           std::pair(*right->line, right->column.value_or(0));
  });
  if (!text.starts_with("\xFF\xFE") && !text.starts_with("\xFE\xFF")) {
    return add_excerpts_of_utf8(placed, text);
  }
  const Encoding encoding = text.front() == '\xFF' ? Encoding::utf16_le : Encoding::utf16_be;
  const std::optional<std::string> decoded = decode_text(text, encoding);
  if (decoded) add_excerpts_of_utf8(placed, *decoded);
}

}  // namespace

void add_excerpts(std::vector<Finding>& findings, std::string_view text) {
  std::vector<Finding*> placed;
  placed.reserve(findings.size());
  for (Finding& finding : findings)
    placed.push_back(&finding);
  add_to_placed(std::move(placed), text);
}

void add_excerpts(std::vector<Finding>& findings, std::string_view text, std::string_view path) {
  std::vector<Finding*> placed;
  for (Finding& finding : findings) {
    if (finding.path == path) placed.push_back(&finding);
  }
  add_to_placed(std::move(placed), text);
}

}  // namespace ratchet
