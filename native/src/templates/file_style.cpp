#include "templates/file_style.h"

#include <algorithm>
#include <utility>

#include "core/error.h"
#include "core/utf8.h"
#include "fs/file_error.h"
#include "templates/editorconfig.h"
#include "templates/git_attributes.h"

namespace ratchet {
namespace {

using Charset = FileStyle::Charset;

template <class Value>
struct Word {
  std::string_view name;
  Value value;
};

constexpr Word<LineEnd> kLineEnds[] = {
    {"lf", LineEnd::lf}, {"crlf", LineEnd::crlf}, {"cr", LineEnd::cr}};
constexpr Word<Charset> kCharsets[] = {{"utf-8", Charset::utf8},
                                       {"utf-8-bom", Charset::utf8_bom},
                                       {"utf-16le", Charset::utf16_le},
                                       {"utf-16be", Charset::utf16_be},
                                       {"latin1", Charset::latin1}};

template <class Value, std::size_t kCount>
std::optional<Value> meaning(const Word<Value> (&words)[kCount], std::string_view text) {
  for (const Word<Value>& word : words) {
    if (word.name == text) return word.value;
  }
  return std::nullopt;
}

/// What a map says of a name; empty for nothing.
template <class Map>
std::string_view said(const Map& map, std::string_view name) {
  const auto found = map.find(name);
  return found == map.end() ? std::string_view{} : std::string_view(found->second);
}

/// Git says something about line ends only where it converts them: `eol` means text, unless the
/// file is said to be none.
LineEnd line_end_of(const GitAttributes::States& states) {
  if (said(states, "text") == "false") return LineEnd::none;
  return meaning(kLineEnds, said(states, "eol")).value_or(LineEnd::none);
}

/// Each charset but latin1, which no text is read in, is an encoding.
constexpr std::pair<Charset, Encoding> kEncodings[] = {{Charset::utf8, Encoding::utf8},
                                                       {Charset::utf8_bom, Encoding::utf8_bom},
                                                       {Charset::utf16_le, Encoding::utf16_le},
                                                       {Charset::utf16_be, Encoding::utf16_be}};

Encoding encoding_of(Charset charset) {
  return std::find_if(std::begin(kEncodings), std::end(kEncodings),
                      [&](const auto& row) { return row.first == charset; })
      ->second;
}

Charset charset_of(Encoding encoding) {
  return std::find_if(std::begin(kEncodings), std::end(kEncodings),
                      [&](const auto& row) { return row.second == encoding; })
      ->first;
}

std::string in_latin1(std::string_view text, const std::string& path) {
  constexpr char32_t kLatin1End = 0x100;
  std::string bytes;
  bytes.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    if (point.value >= kLatin1End) {
      throw Error("text.not_latin1", path + ": .editorconfig asks for latin1, which has no " +
                                         in_quotes(text.substr(at, point.size)))
          .at(path, position_in(text, at))
          .hint("ask for charset = utf-8, or leave the character out");
    }
    bytes += static_cast<char>(static_cast<unsigned char>(point.value));
    at += point.size;
  }
  return bytes;
}

/// `path` without the folder it begins with; both relative to the same one.
std::string_view beneath(std::string_view path, std::string_view folder) {
  return folder.empty() ? path : path.substr(folder.size() + 1);
}

}  // namespace

struct FileStyles::Speaker {
  EditorConfig editors;
  GitAttributes git;
};

FileStyle style_of_content(std::string_view bytes) {
  const TextShape shape = shape_of(bytes);
  FileStyle style;
  if (shape.encoding == Encoding::binary) return style;
  style.line_end = shape.line_end == LineEnd::mixed ? LineEnd::none : shape.line_end;
  style.charset = charset_of(shape.encoding);
  return style;
}

std::string in_style(std::string content, const FileStyle& style, const std::string& path) {
  if (style == FileStyle{}) return content;
  const TextShape shape = shape_of(content);
  std::optional<std::string> text = decode_text(content, shape.encoding);
  if (!text) return content;
  const LineEnd line_end = style.line_end == LineEnd::none ? shape.line_end : style.line_end;
  if (style.line_end != LineEnd::none) *text = with_line_ends(*text, style.line_end);
  const bool ends = text->empty() || text->ends_with('\n') || text->ends_with('\r');
  if (style.final_newline && !ends) text->append(spelling(line_end));
  if (!style.charset) return encode_text(*text, shape.encoding);
  if (*style.charset == Charset::latin1) return in_latin1(*text, path);
  return encode_text(*text, encoding_of(*style.charset));
}

FileStyles::FileStyles(FileSystem& files, std::filesystem::path top, std::string base,
                       const Limits& limits)
    : files_(files), top_(std::move(top)), base_(std::move(base)), limits_(limits) {
}

FileStyles::~FileStyles() = default;

FileStyle FileStyles::of(const RelativePath& path) {
  const std::string whole = base_.empty() ? path.text() : base_ + "/" + path.text();
  GitAttributes::States states;
  std::vector<std::pair<const EditorConfig*, std::string>> editors;
  for (std::size_t end = 0; end != std::string::npos; end = whole.find('/', end + 1)) {
    const std::string folder = whole.substr(0, end);
    const Speaker& said_here = speaker(folder);
    said_here.git.apply(beneath(whole, folder), states);
    if (said_here.editors.is_root) editors.clear();
    editors.emplace_back(&said_here.editors, folder);
  }
  EditorConfig::Properties properties;
  for (const auto& [editor, folder] : editors)
    editor->apply(beneath(whole, folder), properties);
  FileStyle style;
  style.line_end = line_end_of(states);
  if (style.line_end == LineEnd::none) {
    style.line_end = meaning(kLineEnds, said(properties, "end_of_line")).value_or(LineEnd::none);
  }
  style.charset = meaning(kCharsets, said(properties, "charset"));
  style.final_newline = said(properties, "insert_final_newline") == "true";
  return style;
}

const FileStyles::Speaker& FileStyles::speaker(const std::string& folder) {
  std::unique_ptr<const Speaker>& known = speakers_[folder];
  if (known) return *known;
  auto made = std::make_unique<Speaker>();
  if (const auto text = read(folder, ".editorconfig")) made->editors = EditorConfig::parse(*text);
  if (const auto text = read(folder, ".gitattributes")) {
    made->git = GitAttributes::parse(*text, macros_);
  }
  known = std::move(made);
  return *known;
}

std::optional<std::string> FileStyles::read(const std::string& folder, std::string_view name) {
  if (!folder_) folder_ = files_.open_folder(top_);
  const std::string path =
      folder.empty() ? std::string(name) : std::string(folder).append("/").append(name);
  try {
    const std::optional<FileStatus> status = folder_->status(path);
    if (!status || status->kind != FileKind::file) return std::nullopt;
  } catch (const Error& error) {
    // A folder that is no folder yet, or a link that leads out: the change itself will say so.
    const bool says_nothing =
        is(error, "io.not_a_folder") || is(error, "path.outside_root") || is(error, "io.not_found");
    if (says_nothing) return std::nullopt;
    throw;
  }
  return folder_->read(path, static_cast<std::uint64_t>(limits_.input_bytes));
}

}  // namespace ratchet
