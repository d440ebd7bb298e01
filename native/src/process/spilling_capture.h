// A stream kept within a bound, and whole in a spill once it outgrows that.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "process/capture.h"
#include "process/launcher.h"

namespace ratchet {

/// Asks for the spill with the first byte beyond `limit`, gives it all that came until then, and
/// everything from then on. A spill that fails is left alone from then on and named in the result;
/// the capture goes on. Not thread-safe.
class SpillingCapture {
 public:
  using OpenSpill = std::function<std::unique_ptr<StreamSpill>(StreamName)>;

  /// Without `open_spill` it just captures.
  SpillingCapture(StreamName name, std::size_t limit, OpenSpill open_spill);

  void append(std::string_view bytes);
  [[nodiscard]] CapturedStream finish();

 private:
  void spill(std::string_view bytes);
  void begin_spill();

  StreamName name_;
  std::size_t limit_;
  OpenSpill open_spill_;  // empty once asked
  StreamCapture capture_;
  std::unique_ptr<StreamSpill> spill_;
  std::string spill_error_;
};

}  // namespace ratchet
