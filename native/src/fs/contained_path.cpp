#include "fs/contained_path.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <optional>

#include "core/ascii.h"
#include "core/error.h"
#include "core/text.h"

namespace ratchet {
namespace {

/// The longest name that ext4, APFS, NTFS and their like can hold.
constexpr std::size_t kLongestName = 255;
/// The longest path that Windows can take, in characters; others can take less.
constexpr std::size_t kLongestPath = 32'767;

struct FreeMemory {
  void operator()(void* memory) const { std::free(memory); }  // utf8proc allocates with malloc
};

/// Case-folded NFC without ignorable code points; nothing where the text is no UTF-8.
std::optional<std::string> fold(std::string_view text) {
  utf8proc_uint8_t* raw = nullptr;
  const auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE |
                                                      UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
  const utf8proc_ssize_t size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                   static_cast<utf8proc_ssize_t>(text.size()), &raw, options);
  const std::unique_ptr<utf8proc_uint8_t, FreeMemory> owner(raw);
  if (size < 0) return std::nullopt;
  return std::string(reinterpret_cast<const char*>(raw), static_cast<std::size_t>(size));
}

/// `stem~1`: what Windows calls a file by where long names are not to be had.
bool is_short_name(std::string_view name, std::string_view stem) {
  if (!name.starts_with(stem)) return false;
  name.remove_prefix(stem.size());
  return name.size() >= 2 && name.front() == '~' &&
         std::all_of(name.begin() + 1, name.end(), is_digit);
}

std::string_view without_trailing(std::string_view name, std::string_view characters) {
  const std::size_t last = name.find_last_not_of(characters);
  return last == std::string_view::npos ? std::string_view{} : name.substr(0, last + 1);
}

bool holds_control_character(std::string_view text) {
  const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  auto left = static_cast<utf8proc_ssize_t>(text.size());
  while (left > 0) {
    utf8proc_int32_t code_point = 0;
    const utf8proc_ssize_t taken = utf8proc_iterate(at, left, &code_point);
    if (taken <= 0 || utf8proc_category(code_point) == UTF8PROC_CATEGORY_CC) return true;
    at += taken;
    left -= taken;
  }
  return false;
}

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t slash = text.find('/');
    parts.push_back(text.substr(0, slash));
    if (slash == std::string_view::npos) return parts;
    text.remove_prefix(slash + 1);
  }
}

[[noreturn]] void refuse(Code code, std::string_view text, std::string_view why) {
  Error error(code, "path " + in_quotes(text) + " " + std::string(why));
  // What is no UTF-8 or would break the line stands in the message alone, escaped.
  if (!first_invalid_utf8(text) && !holds_control_character(text)) error.at(std::string(text));
  throw error;
}

void check_text(std::string_view text) {
  if (text.empty()) refuse("path.invalid", text, "is empty");
  if (text.size() > kLongestPath) refuse("path.invalid", text, "is longer than 32,767 bytes");
  if (first_invalid_utf8(text)) refuse("path.invalid", text, "is not UTF-8");
  if (holds_control_character(text)) refuse("path.invalid", text, "holds a control character");
  const bool has_drive = text.size() >= 2 && is_letter(text[0]) && text[1] == ':';
  if (text.front() == '/' || has_drive || text.starts_with("\\\\")) {
    refuse("path.absolute", text, "is absolute; name it relative to the project root");
  }
  if (text.find('\\') != std::string_view::npos) {
    refuse("path.invalid", text, "holds a backslash; separate folders by \"/\"");
  }
}

void check_component(std::string_view text, std::string_view component) {
  if (component == "..") refuse("path.outside_root", text, "leaves the project root by \"..\"");
  if (component.empty()) refuse("path.invalid", text, "has an empty part; write single \"/\"");
  if (component == ".") refuse("path.invalid", text, "has a part \".\"; leave it out");
  if (component.size() > kLongestName) {
    refuse("path.invalid", text, "has a part of more than 255 bytes");
  }
  if (names_protected_folder(component)) {
    refuse("path.protected", text, "leads into .git or .ratchet, which are never written to");
  }
  if (names_device(component)) {
    refuse("path.invalid", text, "has a part that is a device on Windows; choose another name");
  }
}

void check_new_component(std::string_view text, std::string_view component) {
  if (ends_as_windows_drops(component)) {
    refuse("path.invalid", text,
           "has a part that ends with a dot or a blank, which Windows cannot hold");
  }
  if (component.find_first_of(kNotInWindowsNames) != std::string_view::npos) {
    refuse("path.invalid", text, "has one of < > : \" | ? * in it, which Windows cannot hold");
  }
}

}  // namespace

bool ends_as_windows_drops(std::string_view component) {
  return component.ends_with('.') || component.ends_with(' ');
}

bool names_protected_folder(std::string_view component) {
  const std::string folded = fold(component).value_or(std::string(component));
  std::string_view name = std::string_view(folded).substr(0, folded.find(':'));
  name = without_trailing(name, " .");
  return name == ".git" || name == ".ratchet" || is_short_name(name, "git") ||
         is_short_name(name, "ratche");
}

bool names_device(std::string_view component) {
  const std::string_view stem = without_trailing(component.substr(0, component.find('.')), " ");
  const std::string name = lower(stem);
  static constexpr std::array<std::string_view, 6> kNames{"con", "prn",    "aux",
                                                          "nul", "conin$", "conout$"};
  if (std::find(kNames.begin(), kNames.end(), name) != kNames.end()) return true;
  if (!name.starts_with("com") && !name.starts_with("lpt")) return false;
  const std::string_view number = std::string_view(name).substr(3);
  // Raised digits count as well: Microsoft, "Naming Files, Paths, and Namespaces".
  if (number == "\u00b9" || number == "\u00b2" || number == "\u00b3") return true;
  return number.size() == 1 && is_digit(number.front()) && number != "0";
}

RelativePath RelativePath::parse(std::string_view text) {
  check_text(text);
  for (const std::string_view component : split(text))
    check_component(text, component);
  return RelativePath(std::string(text));
}

RelativePath RelativePath::parse_new(std::string_view text) {
  RelativePath path = parse(text);
  for (const std::string_view component : split(text))
    check_new_component(text, component);
  return path;
}

std::string_view RelativePath::name() const {
  const std::string_view text = text_;
  return text.substr(text.rfind('/') + 1);  // npos + 1 is 0
}

std::string_view RelativePath::parent() const {
  const std::size_t slash = text_.rfind('/');
  return slash == std::string::npos ? std::string_view{} : std::string_view(text_).substr(0, slash);
}

std::string_view RelativePath::extension() const {
  const std::string_view last = name();
  const std::size_t dot = last.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? std::string_view{} : last.substr(dot);
}

std::vector<std::string_view> RelativePath::components() const {
  return split(text_);
}

std::string RelativePath::folded() const {
  return fold(text_).value_or(text_);
}

}  // namespace ratchet
