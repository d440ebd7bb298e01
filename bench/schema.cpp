// Compiling a schema and validating a document by it, in this process.
//
// `ratchet_bench_schema SCHEMA DOCUMENT` prints one line a round, `<compile> <validate> <read>`, in
// milliseconds each; the first line is the coldest. Reading is what comes before: text to value.
// Each of the three is done for all rounds before the next, as a service would that has the rest
// warm.
#include <chrono>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "core/document.h"
#include "validation/schema/schema.h"

namespace {

constexpr int kRounds = 2000;

using ratchet::Document;
using ratchet::Limits;
using ratchet::Schema;

std::string text_of(const char* path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

/// The milliseconds of each round.
template <class Body>
std::vector<double> measured(const Body& body) {
  std::vector<double> rounds;
  for (int round = 0; round < kRounds; ++round) {
    const auto start = std::chrono::steady_clock::now();
    body();
    const std::chrono::duration<double, std::milli> spent =
        std::chrono::steady_clock::now() - start;
    rounds.push_back(spent.count());
  }
  return rounds;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) return 2;
  const Limits limits;
  const Document schema = ratchet::read_json(text_of(arguments[1]), "schema", limits);
  const std::string text = text_of(arguments[2]);
  const Document document = ratchet::read_json(text, "document", limits);
  const auto compile = measured([&] { (void)Schema::compile(schema.value(), limits); });
  const Schema compiled = Schema::compile(schema.value(), limits);
  int valid = 0;
  const auto validate =
      measured([&] { valid += compiled.validate(document.value()).valid() ? 1 : 0; });
  if (valid != kRounds) return 1;
  const auto read = measured([&] { (void)ratchet::read_json(text, "again", limits); });
  for (std::size_t round = 0; round < kRounds; ++round) {
    std::cout << compile[round] << " " << validate[round] << " " << read[round] << "\n";
  }
  return 0;
}
