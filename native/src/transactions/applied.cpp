// What can be done with a change that is visible: look at it, keep it, or take it back.
#include <algorithm>
#include <string_view>
#include <utility>

#include "core/text.h"
#include "fs/file_error.h"
#include "transactions/transaction_state.h"

namespace ratchet {
namespace {

[[noreturn]] void fail_verify(const Entry& entry, std::string_view what) {
  throw Error("transaction.verify",
              "file " + in_quotes(std::string_view(entry.path)) + " " + std::string(what))
      .at(entry.path);
}

void verify_entry(const Entry& entry, Folder& folder) {
  const std::string_view name = split_path(entry.path).name;
  const auto status = folder.status(name);
  if (!status) fail_verify(entry, "is gone");
  if (status->kind != FileKind::file) fail_verify(entry, "is no regular file any more");
  const bool same = status->size == entry.content.size &&
                    sha256(folder.read(name, entry.content.size)) == entry.content.hash;
  if (!same) fail_verify(entry, "does not hold what was written");
}

/// Its folder was removed or swapped, or the file grew or vanished between two looks at it.
bool is_elsewhere(const Error& error) {
  return is(error, "io.not_found") || is(error, "io.not_a_file") || is(error, "io.not_a_folder") ||
         is(error, "limit.input_size") || is(error, "transaction.conflict");
}

}  // namespace

void Transaction::State::verify() {
  folders.close_all();
  for (const Entry& entry : entries) {
    try {
      verify(entry);
    } catch (const Error& error) {
      if (is(error, "io.too_many_open")) {
        folders.close_all();
        verify(entry);
      } else if (is_elsewhere(error)) {
        fail_verify(entry, "is not where it was written");
      } else {
        throw;
      }
    }
  }
}

void Transaction::State::verify(const Entry& entry) {
  verify_entry(entry, folders.open(entry.folder));
}

Applied::Applied(std::unique_ptr<Transaction::State> state) : state_(std::move(state)) {
}
Applied::~Applied() = default;
Applied::Applied(Applied&&) noexcept = default;
Applied& Applied::operator=(Applied&&) noexcept = default;

void Applied::verify() {
  if (!state_) throw Error("transaction.state", "the change was kept or undone already");
  state_->verify();
}

Changes Applied::keep() && {
  if (!state_) throw Error("transaction.state", "the change was kept or undone already");
  const auto state = std::exchange(state_, nullptr);
  Changes changes;
  for (const Entry& entry : state->entries)
    changes.created.push_back(entry.path);
  std::sort(changes.created.begin(), changes.created.end());
  state->applied = false;
  return changes;
}

void Applied::undo() && {
  if (!state_) throw Error("transaction.state", "the change was kept or undone already");
  const auto state = std::exchange(state_, nullptr);
  const std::optional<Error> left = error_of(state->undo());
  if (left) throw *left;
}

}  // namespace ratchet
