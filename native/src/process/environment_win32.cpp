#include "process/environment_win32.h"

#include <windows.h>

#include <algorithm>
#include <cwchar>
#include <memory>
#include <optional>

#include "core/error.h"
#include "core/text.h"
#include "core/utf16_win32.h"
#include "process/system_folder_win32.h"

namespace ratchet {
namespace {

/// Of one entry with its name, the `=` and the NUL (documentation of SetEnvironmentVariableW).
constexpr std::size_t kLongestEntry = 32767;
constexpr std::string_view kDefaultExtensions = ".COM;.EXE;.BAT;.CMD";

/// As the system compares names: code unit by code unit, in upper case.
int compared(std::wstring_view left, std::wstring_view right) {
  return ::CompareStringOrdinal(left.data(), static_cast<int>(left.size()), right.data(),
                                static_cast<int>(right.size()), TRUE);
}

std::wstring wide_or_refuse(const std::string& name, const std::string& text) {
  if (auto wide = to_utf16(text)) return *std::move(wide);
  throw Error("process.invalid_command",
              "environment variable " + in_quotes(name) + " is not valid UTF-8");
}

}  // namespace

EnvironmentBlock::EnvironmentBlock(const Command& command) {
  take_from_host();
  for (const auto& [name, value] : command.environment)
    change(name, value);
  const std::wstring* const folders = value_of(L"PATH");
  folders_ = folders != nullptr ? to_utf8(*folders).value_or("") : system_folder().string();
  const std::wstring* const extensions = value_of(L"PATHEXT");
  extensions_ =
      extensions != nullptr ? to_utf8(*extensions).value_or("") : std::string(kDefaultExtensions);
}

void EnvironmentBlock::take_from_host() {
  const std::unique_ptr<wchar_t, decltype(&::FreeEnvironmentStringsW)> host(
      ::GetEnvironmentStringsW(), ::FreeEnvironmentStringsW);
  if (!host) return;
  for (const wchar_t* entry = host.get(); *entry != L'\0'; entry += std::wcslen(entry) + 1) {
    const std::wstring_view text = entry;
    // The names of the drives' variables begin with one.
    const std::size_t sign = text.find(L'=', 1);
    if (sign == std::wstring_view::npos) continue;
    variables_.push_back({std::wstring(text.substr(0, sign)), std::wstring(text.substr(sign + 1))});
  }
}

void EnvironmentBlock::change(const std::string& name, const std::optional<std::string>& value) {
  Variable variable{wide_or_refuse(name, name), wide_or_refuse(name, value.value_or(""))};
  std::erase_if(variables_, [&](const Variable& each) {
    return compared(each.name, variable.name) == CSTR_EQUAL;
  });
  if (!value) return;
  if (variable.name.size() + variable.value.size() + 2 > kLongestEntry) {
    throw Error("process.invalid_command",
                "environment variable " + in_quotes(name) + " has " +
                    std::to_string(variable.name.size() + variable.value.size() + 1) +
                    " characters; the system takes less than " + std::to_string(kLongestEntry))
        .hint("hand it over in a file or through standard input");
  }
  variables_.push_back(std::move(variable));
}

const std::wstring* EnvironmentBlock::value_of(std::wstring_view name) const {
  const auto found = std::find_if(
      variables_.begin(), variables_.end(),
      [name](const Variable& each) { return compared(each.name, name) == CSTR_EQUAL; });
  return found == variables_.end() ? nullptr : &found->value;
}

std::wstring EnvironmentBlock::block() const {
  std::vector<const Variable*> sorted;
  sorted.reserve(variables_.size());
  for (const Variable& variable : variables_)
    sorted.push_back(&variable);
  std::stable_sort(sorted.begin(), sorted.end(), [](const Variable* left, const Variable* right) {
    return compared(left->name, right->name) == CSTR_LESS_THAN;
  });
  std::wstring block;
  for (const Variable* variable : sorted)
    block.append(variable->name).append(1, L'=').append(variable->value).append(1, L'\0');
  if (block.empty()) block.append(1, L'\0');
  return block.append(1, L'\0');
}

}  // namespace ratchet
