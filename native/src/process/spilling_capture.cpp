#include "process/spilling_capture.h"

#include <utility>

#include "core/error.h"

namespace ratchet {

SpillingCapture::SpillingCapture(StreamName name, std::size_t limit, OpenSpill open_spill)
    : name_(name), limit_(limit), open_spill_(std::move(open_spill)), capture_(limit) {
}

void SpillingCapture::append(std::string_view bytes) {
  // kept_bytes() is all that came as long as no spill was asked for: nothing fell out yet.
  if (open_spill_ && bytes.size() > limit_ - capture_.kept_bytes()) begin_spill();
  spill(bytes);
  capture_.append(bytes);
}

void SpillingCapture::begin_spill() {
  const OpenSpill open = std::exchange(open_spill_, nullptr);
  try {
    spill_ = open(name_);
  } catch (const Error& error) {
    spill_error_ = error.message();
  }
  for (const std::string_view piece : capture_.kept())
    spill(piece);
}

void SpillingCapture::spill(std::string_view bytes) {
  if (!spill_ || bytes.empty()) return;
  try {
    spill_->write(bytes);
  } catch (const Error& error) {
    spill_error_ = error.message();
    spill_.reset();
  }
}

CapturedStream SpillingCapture::finish() {
  CapturedStream stream = capture_.finish();
  stream.spilled = spill_ != nullptr;
  stream.spill_error = std::exchange(spill_error_, {});
  spill_.reset();
  return stream;
}

}  // namespace ratchet
