// The library beside the program: the functions of ratchet.h.
#pragma once

#include <string>

namespace ratchet::cli {

/// Makes the functions of ratchet.h callable, and checks that they are of this program's ABI; none
/// may be called before. Linux's loader has found the library before main(), or has said in one
/// line what is missing. Windows would open a window instead, or say nothing: there it is loaded
/// here. Throws std::runtime_error that names the library, what is wrong with it and what to do.
/// Once, before any other thread runs.
void load_library();

/// Refuses a library of another ABI. `library` is what messages call it; ratchet_abi_version() and
/// ratchet_version() are all of it that is used. Throws as load_library().
void require_abi(const std::string& library);

/// Throws as load_library().
[[noreturn]] void refuse_library(const std::string& library, const std::string& what);

}  // namespace ratchet::cli
