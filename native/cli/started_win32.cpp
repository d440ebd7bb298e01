#include "started.h"

#include <fcntl.h>
#include <io.h>
#include <windows.h>
// After windows.h, whose types it uses.
#include <shellapi.h>

#include <array>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/utf16_win32.h"

namespace ratchet::cli {
namespace {

struct FreeLocal {
  void operator()(wchar_t** memory) const { LocalFree(memory); }
};

/// The words before the runtime put them into its code page.
std::vector<std::string> words_in_utf8() {
  int count = 0;
  const std::unique_ptr<wchar_t*, FreeLocal> wide(CommandLineToArgvW(GetCommandLineW(), &count));
  if (!wide) throw std::runtime_error("the system does not tell the words of the command line");
  std::vector<std::string> words;
  for (wchar_t* word : std::span(wide.get(), static_cast<std::size_t>(count))) {
    auto text = to_utf8(word);
    if (!text) throw std::invalid_argument("a word of the command line is half a character");
    words.push_back(std::move(*text));
  }
  return words;
}

/// A console's way of showing what is written, for a scope.
class ConsoleMode {
 public:
  explicit ConsoleMode(DWORD standard) : console_(GetStdHandle(standard)) {
    is_console_ = GetConsoleMode(console_, &before_) != FALSE;
    // Older consoles know no escape sequences and refuse the flag.
    if (is_console_) SetConsoleMode(console_, before_ | ENABLE_VIRTUAL_TERMINAL_PROCESSING);
  }
  ~ConsoleMode() {
    if (is_console_) SetConsoleMode(console_, before_);
  }
  ConsoleMode(const ConsoleMode&) = delete;
  ConsoleMode& operator=(const ConsoleMode&) = delete;

 private:
  HANDLE console_;
  DWORD before_ = 0;
  bool is_console_ = false;
};

/// The code page of the console's output, which all its programs share.
class OutputIsUtf8 {
 public:
  OutputIsUtf8() { SetConsoleOutputCP(CP_UTF8); }
  ~OutputIsUtf8() {
    if (before_ != 0) SetConsoleOutputCP(before_);
  }
  OutputIsUtf8(const OutputIsUtf8&) = delete;
  OutputIsUtf8& operator=(const OutputIsUtf8&) = delete;

 private:
  UINT before_ = GetConsoleOutputCP();
};

}  // namespace

struct Started::Kept {
  std::vector<std::string> texts = words_in_utf8();
  std::vector<char*> words{};
  OutputIsUtf8 code_page{};
  ConsoleMode output{STD_OUTPUT_HANDLE};
  ConsoleMode error{STD_ERROR_HANDLE};
};

Started::Started(int /*count*/, char** /*words*/) : kept_(std::make_unique<Kept>()) {
  for (FILE* const stream : std::array{stdin, stdout, stderr})
    _setmode(_fileno(stream), _O_BINARY);
  for (std::string& text : kept_->texts)
    kept_->words.push_back(text.data());
  kept_->words.push_back(nullptr);
}

Started::~Started() {
  std::fflush(nullptr);  // before the console is as it was
}

std::span<char*> Started::words() const {
  return std::span(kept_->words).first(kept_->texts.size());
}

}  // namespace ratchet::cli
