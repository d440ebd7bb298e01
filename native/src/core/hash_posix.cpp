// SHA-256 by the libcrypto that is linked in.
#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "core/error.h"
#include "core/hash.h"

namespace ratchet {
namespace {

struct ContextDeleter {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

/// Looked up once: a look-up costs more than hashing a small file. No configuration file of the
/// machine is read for it, and nothing is torn down at exit, where threads of the host may still
/// hash.
const EVP_MD* algorithm() {
  static const EVP_MD* const fetched = [] {
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_ATEXIT, nullptr);
    return EVP_MD_fetch(nullptr, "SHA256", nullptr);
  }();
  return fetched;
}

void require(int result) {
  if (result != 1) throw Error("internal.error", "the platform's SHA-256 refused to work");
}

}  // namespace

struct Sha256Stream::State {
  std::unique_ptr<EVP_MD_CTX, ContextDeleter> context{EVP_MD_CTX_new()};

  State() { start(); }
  void start() const { require(EVP_DigestInit_ex2(context.get(), algorithm(), nullptr)); }
};

Sha256Stream::Sha256Stream() : state_(std::make_unique<State>()) {
}
Sha256Stream::~Sha256Stream() = default;
Sha256Stream::Sha256Stream(Sha256Stream&&) noexcept = default;
Sha256Stream& Sha256Stream::operator=(Sha256Stream&&) noexcept = default;

void Sha256Stream::update(std::string_view bytes) {
  require(EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()));
}

Sha256 Sha256Stream::finish() {
  Sha256 digest{};
  require(EVP_DigestFinal_ex(state_->context.get(), reinterpret_cast<unsigned char*>(digest.data()),
                             nullptr));
  state_->start();
  return digest;
}

}  // namespace ratchet
