// The code of the Error that a piece of work throws.
#pragma once

#include <string>

#include "core/error.h"

namespace ratchet::test {

/// Empty when nothing is thrown.
template <typename Work>
std::string thrown_code(Work work) {
  try {
    work();
  } catch (const Error& error) {
    return std::string(error.code().name());
  }
  return {};
}

}  // namespace ratchet::test
