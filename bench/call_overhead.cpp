// A trivial ratchet_call against a bare Boost.JSON parse and print of the same request.
//
// Prints one line a round, `<ours> <peer>`, in nanoseconds a call; the two take turns within a
// round.
#include <ratchet/ratchet.h>

#include <boost/json.hpp>
#include <chrono>
#include <cstdint>
#include <iostream>
#include <string>
#include <string_view>

namespace {

constexpr int kRounds = 200;
constexpr int kCallsPerRound = 2000;
constexpr std::string_view kOperation = "ping";
constexpr std::string_view kRequest =
    R"({"payload":{"name":"shop/product.py","fields":["name","price","stock"],"count":3,"strict":true}})";

template <class Body>
double nanoseconds_a_call(const Body& body) {
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < kCallsPerRound; ++i)
    body();
  const std::chrono::duration<double, std::nano> spent = std::chrono::steady_clock::now() - start;
  return spent.count() / kCallsPerRound;
}

/// The length of what came back, so that nothing can be optimised away.
std::size_t call_ratchet(ratchet_engine engine) {
  ratchet_text result = 0;
  ratchet_text error = 0;
  ratchet_call(engine, kOperation.data(), kOperation.size(), kRequest.data(), kRequest.size(),
               &result, &error);
  const std::size_t size = ratchet_text_size(result);
  ratchet_text_free(result);
  ratchet_text_free(error);
  return size;
}

std::size_t parse_and_print() {
  const boost::json::value value = boost::json::parse(kRequest);
  return boost::json::serialize(value).size();
}

}  // namespace

int main() {
  ratchet_engine engine = 0;
  if (ratchet_open(nullptr, 0, &engine, nullptr) != RATCHET_OK) return 1;
  if (call_ratchet(engine) != parse_and_print()) return 1;
  std::size_t bytes = 0;
  for (int round = 0; round < kRounds; ++round) {
    const double ours = nanoseconds_a_call([&] { bytes += call_ratchet(engine); });
    const double peer = nanoseconds_a_call([&] { bytes += parse_and_print(); });
    std::cout << ours << " " << peer << "\n";
  }
  ratchet_close(engine);
  return bytes == 0 ? 1 : 0;
}
