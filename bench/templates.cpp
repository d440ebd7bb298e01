// Rendering compiled templates in this process.
//
// `ratchet_bench_templates FOLDER` reads from FOLDER, for each case, NAME.mustache and NAME.json,
// writes NAME.ratchet.txt, what came out, and prints one line a case: `NAME MICROSECONDS`, for one
// rendering, the median of the rounds.
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "core/document.h"
#include "templates/template.h"

namespace {

constexpr int kRounds = 30;
/// What one round takes at least, so that the clock's steps do not matter.
constexpr std::chrono::milliseconds kRound{20};
/// Renderings between two looks at the clock.
constexpr std::size_t kBetweenLooks = 20;

using Clock = std::chrono::steady_clock;

std::string text_of(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

/// Microseconds for one rendering.
double measured(const ratchet::Template& source, const ratchet::json::value& variables,
                std::size_t size) {
  std::vector<double> rounds;
  for (int round = 0; round < kRounds; ++round) {
    std::size_t count = 0;
    std::size_t bytes = 0;
    const auto start = Clock::now();
    Clock::duration spent{};
    do {
      for (std::size_t i = 0; i < kBetweenLooks; ++i)
        bytes += source.render(variables).size();
      count += kBetweenLooks;
      spent = Clock::now() - start;
    } while (spent < kRound);
    if (bytes != count * size) std::exit(1);
    rounds.push_back(std::chrono::duration<double, std::micro>(spent).count() /
                     static_cast<double>(count));
  }
  std::sort(rounds.begin(), rounds.end());
  return rounds[rounds.size() / 2];
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return 2;
  const std::filesystem::path folder(arguments[1]);
  const ratchet::Limits limits;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    if (file.path().extension() != ".mustache") continue;
    const std::string name = file.path().stem().string();
    const auto source = ratchet::Template::compile({name, name, text_of(file.path())}, limits);
    const auto data = (folder / name).replace_extension(".json");
    const ratchet::json::value variables = ratchet::read_json(text_of(data), name, limits).value();
    const std::string rendered = source.render(variables);
    std::ofstream(folder / (name + ".ratchet.txt"), std::ios::binary) << rendered;
    std::cout << name << " " << measured(source, variables, rendered.size()) << "\n";
  }
  return 0;
}
