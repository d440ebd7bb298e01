// The engine as the command line sees it: ratchet.h with owners.
#pragma once

#include <ratchet/ratchet.h>

#include <functional>
#include <string>
#include <string_view>

namespace ratchet::cli {

/// What came back: a result or an error, as JSON text.
struct Reply {
  bool failed = false;
  std::string text;
};

/// One open engine. Throws std::runtime_error when the library is not the one that this program was
/// built for.
class Client {
 public:
  Client();
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  [[nodiscard]] Reply call(std::string_view operation, std::string_view request);
  /// As a job: `on_event` gets each event (JSON text); an interrupt of the terminal (SIGINT,
  /// SIGTERM) cancels it, a second one at once.
  [[nodiscard]] Reply run(std::string_view operation, std::string_view request,
                          const std::function<void(std::string_view event)>& on_event);

 private:
  ratchet_engine engine_ = 0;
};

}  // namespace ratchet::cli
