#include "operations/open_transactions.h"

#include "core/error.h"
#include "core/text.h"

namespace ratchet {

void OpenTransactions::add(const std::string& root, Transaction transaction) {
  auto slot = std::make_shared<Slot>();
  const std::string id = transaction.id();
  slot->transaction = std::make_unique<Transaction>(std::move(transaction));
  const std::lock_guard lock(mutex_);
  if (slots_.emplace(Key(root, id), std::move(slot)).second) return;
  throw Error("transaction.state",
              "transaction id " + in_quotes(std::string_view(id)) + " is in use; choose a new one");
}

std::shared_ptr<OpenTransactions::Slot> OpenTransactions::find(const std::string& root,
                                                               const std::string& id) {
  const std::lock_guard lock(mutex_);
  const auto found = slots_.find(Key(root, id));
  return found == slots_.end() ? nullptr : found->second;
}

bool OpenTransactions::use(const std::string& root, const std::string& id,
                           const std::function<void(Transaction&)>& work) {
  const std::shared_ptr<Slot> slot = find(root, id);
  if (!slot) return false;
  const std::lock_guard lock(slot->mutex);
  if (!slot->transaction) return false;
  work(*slot->transaction);
  return true;
}

std::unique_ptr<Transaction> OpenTransactions::take(const std::string& root,
                                                    const std::string& id) {
  const std::shared_ptr<Slot> slot = find(root, id);
  if (!slot) return nullptr;
  std::unique_ptr<Transaction> taken;
  {
    const std::lock_guard lock(slot->mutex);
    taken = std::move(slot->transaction);
  }
  const std::lock_guard lock(mutex_);
  slots_.erase(Key(root, id));
  return taken;
}

void OpenTransactions::clear() {
  std::map<Key, std::shared_ptr<Slot>> all;
  {
    const std::lock_guard lock(mutex_);
    all.swap(slots_);
  }
}

}  // namespace ratchet
