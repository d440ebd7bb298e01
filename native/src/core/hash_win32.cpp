// SHA-256 by the system's cryptography (CNG).
#include <windows.h>
// After windows.h, whose types it uses.
#include <bcrypt.h>

#include <limits>

#include "core/error.h"
#include "core/hash.h"

namespace ratchet {
namespace {

void require(NTSTATUS status) {
  if (!BCRYPT_SUCCESS(status)) {
    throw Error("internal.error", "the platform's SHA-256 refused to work");
  }
}

struct DestroyHash {
  void operator()(void* hash) const { BCryptDestroyHash(hash); }
};
using HashHandle = std::unique_ptr<void, DestroyHash>;

/// Opened once: that costs more than hashing a small file. Never closed, because threads of the
/// host may still hash at its exit.
BCRYPT_ALG_HANDLE algorithm() {
  static const BCRYPT_ALG_HANDLE opened = [] {
    BCRYPT_ALG_HANDLE handle = nullptr;
    require(BCryptOpenAlgorithmProvider(&handle, BCRYPT_SHA256_ALGORITHM, nullptr, 0));
    return handle;
  }();
  return opened;
}

}  // namespace

struct Sha256Stream::State {
  HashHandle hash;

  State() { start(); }
  void start() {
    BCRYPT_HASH_HANDLE made = nullptr;
    require(BCryptCreateHash(algorithm(), &made, nullptr, 0, nullptr, 0, 0));
    hash.reset(made);
  }
};

Sha256Stream::Sha256Stream() : state_(std::make_unique<State>()) {
}
Sha256Stream::~Sha256Stream() = default;
Sha256Stream::Sha256Stream(Sha256Stream&&) noexcept = default;
Sha256Stream& Sha256Stream::operator=(Sha256Stream&&) noexcept = default;

void Sha256Stream::update(std::string_view bytes) {
  constexpr std::size_t kMost = std::numeric_limits<ULONG>::max();
  while (!bytes.empty()) {
    const std::string_view piece = bytes.substr(0, kMost);
    // The function reads only, whatever its type says.
    auto* data = reinterpret_cast<PUCHAR>(const_cast<char*>(piece.data()));
    require(BCryptHashData(state_->hash.get(), data, static_cast<ULONG>(piece.size()), 0));
    bytes.remove_prefix(piece.size());
  }
}

Sha256 Sha256Stream::finish() {
  Sha256 digest{};
  require(BCryptFinishHash(state_->hash.get(), reinterpret_cast<PUCHAR>(digest.data()),
                           static_cast<ULONG>(digest.size()), 0));
  state_->start();
  return digest;
}

}  // namespace ratchet
