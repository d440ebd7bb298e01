// The transactions that one engine holds between calls.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "transactions/transaction.h"

namespace ratchet {

/// Those that are not detached live here, and end with the engine: all of it is taken back then.
/// Thread-safe; each transaction is used by one thread at a time, others wait.
class OpenTransactions {
 public:
  /// Error: transaction.state where this root has one of that id open.
  void add(const std::string& root, Transaction transaction);
  /// Calls `work` with the transaction, alone; false where it is not here.
  [[nodiscard]] bool use(const std::string& root, const std::string& id,
                         const std::function<void(Transaction&)>& work);
  /// Takes it out; nothing where it is not here.
  [[nodiscard]] std::unique_ptr<Transaction> take(const std::string& root, const std::string& id);
  /// Rolls all back.
  void clear();

 private:
  struct Slot {
    std::mutex mutex;
    std::unique_ptr<Transaction> transaction;  ///< empty once it was taken
  };
  using Key = std::pair<std::string, std::string>;

  [[nodiscard]] std::shared_ptr<Slot> find(const std::string& root, const std::string& id);

  std::mutex mutex_;
  std::map<Key, std::shared_ptr<Slot>> slots_;
};

}  // namespace ratchet
