#include "reporting/unified_diff.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "core/hash.h"
#include "core/text.h"
#include "reporting/changed_lines.h"
#include "reporting/git_path.h"
#include "reporting/similarity.h"

namespace ratchet {
namespace {

using Lines = std::vector<std::string_view>;

constexpr std::size_t kContextLines = 3;
constexpr std::size_t kLongestHeading = 80;
constexpr std::uint32_t kOwnerExecutes = 0100;
constexpr std::string_view kNowhere = "/dev/null";

bool is_text(std::string_view content) {
  return content.find('\0') == std::string_view::npos && !first_invalid_utf8(content);
}

bool has_diff(const FileVersion& version) {
  return version.kind == FileKind::file || version.kind == FileKind::link;
}

/// The three modes that git knows.
std::string_view mode_text(const FileVersion& version) {
  if (version.kind == FileKind::link) return "120000";
  return (version.mode & kOwnerExecutes) != 0 ? "100755" : "100644";
}

std::string size_and_hash(const FileVersion& version) {
  return std::to_string(version.content.size()) + " bytes, sha256 " +
         to_hex(sha256(version.content));
}

/// The side's name in the `---` and `+++` lines; a tab ends one with a space in it.
void append_name(std::string& diff, std::string_view mark, const std::string& name) {
  diff.append(mark).append(name);
  if (name.find(' ') != std::string::npos) diff += '\t';
  diff += '\n';
}

void append_line(std::string& diff, char mark, std::string_view line) {
  diff += mark;
  diff += line;
  if (!line.ends_with('\n')) diff += "\n\\ No newline at end of file\n";
}

void append_range(std::string& diff, char mark, std::size_t begin, std::size_t count) {
  diff += mark;
  diff += std::to_string(count == 0 ? begin : begin + 1);
  if (count != 1) diff.append(",").append(std::to_string(count));
}

/// Lines that a hunk may be headed by: those that begin with a word.
bool heads(std::string_view line) {
  const char first = line.front();
  return (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z') || first == '_' ||
         first == '$';
}

std::string_view heading_of(std::string_view line) {
  line = line.substr(0, kLongestHeading);
  line = line.substr(0, first_invalid_utf8(line).value_or(line.size()));
  return line.substr(0, line.find_last_not_of(" \t\n\v\f\r") + 1);
}

/// Writes the hunks of one text, from its first to its last.
class HunkWriter {
 public:
  HunkWriter(const Lines& before, const Lines& after, std::string& diff)
      : before_(before), after_(after), diff_(diff) {}

  void write(std::span<const LineChange> changes) {
    while (!changes.empty()) {
      std::size_t count = 1;
      while (count < changes.size() && changes[count].old_begin - changes[count - 1].old_begin -
                                               changes[count - 1].old_count <=
                                           2 * kContextLines) {
        ++count;
      }
      write_hunk(changes.first(count));
      changes = changes.subspan(count);
    }
  }

 private:
  void write_hunk(std::span<const LineChange> changes) {
    const LineChange& first = changes.front();
    const LineChange& last = changes.back();
    const std::size_t lead = std::min(kContextLines, first.old_begin);
    const std::size_t begin = first.old_begin - lead;
    const std::size_t changed_end = last.old_begin + last.old_count;
    const std::size_t end = std::min(changed_end + kContextLines, before_.size());
    const std::size_t new_begin = first.new_begin - lead;
    const std::size_t new_end = last.new_begin + last.new_count + (end - changed_end);
    diff_ += "@@ ";
    append_range(diff_, '-', begin, end - begin);
    append_range(diff_ += ' ', '+', new_begin, new_end - new_begin);
    diff_ += " @@";
    if (const auto heading = heading_above(begin); !heading.empty()) {
      diff_.append(" ").append(heading);
    }
    diff_ += '\n';
    std::size_t next = begin;
    for (const LineChange& change : changes) {
      append_all(' ', before_, next, change.old_begin);
      next = change.old_begin + change.old_count;
      append_all('-', before_, change.old_begin, next);
      append_all('+', after_, change.new_begin, change.new_begin + change.new_count);
    }
    append_all(' ', before_, next, end);
  }

  void append_all(char mark, const Lines& lines, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i)
      append_line(diff_, mark, lines[i]);
  }

  /// The last line above a hunk that heads; looks at no line twice.
  std::string_view heading_above(std::size_t begin) {
    for (std::size_t i = begin; i > looked_at_; --i) {
      if (!heads(before_[i - 1])) continue;
      heading_ = heading_of(before_[i - 1]);
      break;
    }
    looked_at_ = begin;
    return heading_;
  }

  const Lines& before_;
  const Lines& after_;
  std::string& diff_;
  std::string_view heading_;
  std::size_t looked_at_ = 0;
};

/// What differs between two contents, under the names of their sides.
void append_content(std::string& diff, const std::string& old_name, std::string_view before,
                    const std::string& new_name, std::string_view after) {
  append_name(diff, "--- ", old_name);
  append_name(diff, "+++ ", new_name);
  const Lines old_lines = lines_of(before);
  const Lines new_lines = lines_of(after);
  HunkWriter(old_lines, new_lines, diff).write(changed_lines(old_lines, new_lines));
}

std::string side(char mark, std::string_view path) {
  return git_path(std::string{mark, '/'}.append(path));
}

void append_title(std::string& diff, std::string_view old_path, std::string_view new_path) {
  diff += "diff --git " + side('a', old_path) + " " + side('b', new_path) + "\n";
}

std::string made(std::string_view path, const FileVersion& version) {
  std::string diff;
  append_title(diff, path, path);
  diff.append("new file mode ").append(mode_text(version)).append("\n");
  const std::string name = side('b', path);
  if (!is_text(version.content)) {
    return diff + "Binary file " + name + " added: " + size_and_hash(version) + "\n";
  }
  if (!version.content.empty()) {
    append_content(diff, std::string(kNowhere), {}, name, version.content);
  }
  return diff;
}

std::string removed(std::string_view path, const FileVersion& version) {
  std::string diff;
  append_title(diff, path, path);
  diff.append("deleted file mode ").append(mode_text(version)).append("\n");
  const std::string name = side('a', path);
  if (!is_text(version.content)) {
    return diff + "Binary file " + name + " deleted: " + size_and_hash(version) + "\n";
  }
  if (!version.content.empty()) {
    append_content(diff, name, version.content, std::string(kNowhere), {});
  }
  return diff;
}

std::string altered(std::string_view old_path, const FileVersion& before, std::string_view new_path,
                    const FileVersion& after) {
  const bool moved = old_path != new_path;
  const bool same_content = before.content == after.content;
  const std::string_view old_mode = mode_text(before);
  const std::string_view new_mode = mode_text(after);
  if (!moved && same_content && old_mode == new_mode) return {};

  const bool text = is_text(before.content) && is_text(after.content);
  std::string diff;
  append_title(diff, old_path, new_path);
  if (old_mode != new_mode) {
    diff.append("old mode ").append(old_mode).append("\nnew mode ").append(new_mode).append("\n");
  }
  if (moved) {
    diff += "similarity index " +
            std::to_string(similarity_percent(before.content, after.content, text)) +
            "%\nrename from " + git_path(old_path) + "\nrename to " + git_path(new_path) + "\n";
  }
  if (same_content) return diff;
  const std::string old_name = side('a', old_path);
  const std::string new_name = side('b', new_path);
  if (text) {
    append_content(diff, old_name, before.content, new_name, after.content);
  } else {
    // `git apply` refuses what begins and ends so; other words it takes for no change of content.
    diff += "Binary files " + old_name + " (" + size_and_hash(before) + ") and " + new_name + " (" +
            size_and_hash(after) + ") differ\n";
  }
  return diff;
}

}  // namespace

std::string file_diff(const FileChange& change) {
  const FileVersion* before = change.before && has_diff(*change.before) ? &*change.before : nullptr;
  const FileVersion* after = change.after && has_diff(*change.after) ? &*change.after : nullptr;
  if (before == nullptr && after == nullptr) return {};
  if (before == nullptr) return made(change.new_path, *after);
  if (after == nullptr) return removed(change.old_path, *before);
  const bool new_link = after->kind == FileKind::link && before->content != after->content;
  const bool moved = change.old_path != change.new_path;
  if (before->kind != after->kind || (moved && new_link)) {
    return removed(change.old_path, *before) + made(change.new_path, *after);
  }
  return altered(change.old_path, *before, change.new_path, *after);
}

}  // namespace ratchet
