// Does what its arguments say, step by step: each step is a word and what it takes.
//
//   say TEXT, complain TEXT       writes a line to standard output, to standard error
//   bytes HEX                     writes these bytes to standard output
//   zeros COUNT, endless          writes that many zero bytes; zero bytes until it is ended
//   echo                          standard input to standard output
//   arguments ...                 the rest of the arguments, a line each
//   variable NAME, folder         the value of a variable; the current folder
//   streams                       how many open streams it has
//   hold FILE                     keeps a file open until its end, on Windows for itself alone
//   here FILE                     makes an empty file
//   id FILE                       makes a file with the process's id
//   await FILE                    goes on once there is such a file
//   rest MILLISECONDS             waits; `rest` alone, at the end, waits until it is ended
//   ignore                        lets requests to end pass from now on
//   farewell TEXT CODE            on a request to end writes a line and exits with the code
//   child ... ;                   starts itself with the steps up to the semicolon, says its id
//   quiet ... ;                   the same, with none of our streams
//   crash                         writes where nothing is
//   exit CODE
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <map>
#include <thread>

#include "child_system.h"

namespace ratchet::test {
namespace {

constexpr std::size_t kPiece = std::size_t{1} << 16;
/// The exit code for steps that do not exist or cannot be done.
constexpr int kMisused = 99;

bool write_all(std::FILE* stream, const std::string& bytes) {
  return std::fwrite(bytes.data(), 1, bytes.size(), stream) == bytes.size() &&
         std::fflush(stream) == 0;
}

void say(const std::string& text) {
  write_all(stdout, text + "\n");
}

void write_zeros(std::size_t count) {
  const std::string zeros(kPiece, '\0');
  for (; count > kPiece; count -= kPiece)
    write_all(stdout, zeros);
  write_all(stdout, zeros.substr(0, count));
}

void write_endlessly() {
  const std::string zeros(kPiece, '\0');
  while (write_all(stdout, zeros)) {
  }
}

void echo() {
  std::string piece(kPiece, '\0');
  while (const std::size_t count = std::fread(piece.data(), 1, piece.size(), stdin))
    write_all(stdout, piece.substr(0, count));
}

std::string bytes_of(const std::string& hexadecimal) {
  std::string bytes;
  for (std::size_t at = 0; at + 1 < hexadecimal.size(); at += 2)
    bytes += static_cast<char>(std::stoi(hexadecimal.substr(at, 2), nullptr, 16));
  return bytes;
}

void make_file(const std::string& name, const std::string& content) {
  std::FILE* const file = std::fopen(name.c_str(), "wb");
  if (file == nullptr) exit_at_once(kMisused);
  write_all(file, content);
  std::fclose(file);
}

void rest(const std::string& milliseconds) {
  const auto wait = milliseconds.empty() ? std::chrono::milliseconds(std::chrono::hours(1))
                                         : std::chrono::milliseconds(std::stol(milliseconds));
  std::this_thread::sleep_for(wait);
}

void await_file(const std::string& name) {
  while (!std::filesystem::exists(name))
    rest("1");
}

/// Words with a place in them.
class Steps {
 public:
  explicit Steps(const Words& words) : words_(words) {}

  [[nodiscard]] bool at_end() const { return at_ == words_.size(); }
  std::string next() { return at_end() ? std::string() : words_[at_++]; }
  /// Up to the semicolon that ends them.
  Words next_steps() {
    Words steps;
    for (int depth = 1; !at_end();) {
      std::string word = next();
      if (word == "child" || word == "quiet") ++depth;
      if (word == ";" && --depth == 0) break;
      steps.push_back(std::move(word));
    }
    return steps;
  }

 private:
  const Words& words_;
  std::size_t at_ = 0;
};

}  // namespace

int do_steps(const Words& words) {
  Steps steps(words);
  const std::map<std::string, std::function<void()>> known{
      {"say", [&] { say(steps.next()); }},
      {"complain", [&] { write_all(stderr, steps.next() + "\n"); }},
      {"bytes", [&] { write_all(stdout, bytes_of(steps.next())); }},
      {"zeros", [&] { write_zeros(std::stoul(steps.next())); }},
      {"endless", [] { write_endlessly(); }},
      {"echo", [] { echo(); }},
      {"variable", [&] { say(variable(steps.next())); }},
      {"folder", [] { say(current_folder()); }},
      {"streams", [] { say(std::to_string(open_streams())); }},
      {"hold", [&] { hold(steps.next()); }},
      {"here", [&] { make_file(steps.next(), ""); }},
      {"id", [&] { make_file(steps.next(), std::to_string(own_id())); }},
      {"await", [&] { await_file(steps.next()); }},
      {"rest", [&] { rest(steps.next()); }},
      {"ignore", [] { ignore_requests(); }},
      {"child", [&] { say(std::to_string(start_self(steps.next_steps(), false))); }},
      {"quiet", [&] { say(std::to_string(start_self(steps.next_steps(), true))); }},
      {"crash", [] { *static_cast<volatile int*>(nullptr) = 1; }},
      {"exit", [&] { exit_at_once(static_cast<std::uint32_t>(std::stoll(steps.next()))); }},
      {"farewell",
       [&] {
         const std::string line = steps.next() + "\n";
         say_farewell(line, std::stoi(steps.next()));
       }},
      {"arguments",
       [&] {
         while (!steps.at_end())
           say(steps.next());
       }},
  };
  while (!steps.at_end()) {
    const auto step = known.find(steps.next());
    if (step == known.end()) return kMisused;
    step->second();
  }
  return 0;
}

}  // namespace ratchet::test
