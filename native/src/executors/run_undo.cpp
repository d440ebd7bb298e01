#include "executors/run_undo.h"

#include <algorithm>
#include <optional>

#include "core/text.h"
#include "core/ulid.h"
#include "fs/file_error.h"
#include "transactions/home.h"
#include "transactions/run_folder.h"

namespace ratchet {
namespace {

/// Puts the reverse of each entry into a transaction, the last one first.
class Reversal {
 public:
  Reversal(Transaction& transaction, Folder* pre_images)
      : transaction_(&transaction), pre_images_(pre_images) {}

  void add(const std::vector<Entry>& entries) {
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
      try {
        add(*entry);
      } catch (const Error& error) {
        if (error.category() == Category::io) throw;
        if (!first_) first_ = error;
        conflicts_.push_back(entry->path);
      }
    }
    if (!first_) return;
    std::sort(conflicts_.begin(), conflicts_.end());
    const std::string more =
        conflicts_.size() > 1 ? " (and " + std::to_string(conflicts_.size() - 1) + " more)" : "";
    throw Error("transaction.conflict", "the run cannot be undone: " + first_->message() + more)
        .at(conflicts_.front())
        .hint("put the named files back as the run left them, or change them by hand")
        .details({{"paths", to_json(conflicts_)}});
  }

 private:
  void add(const Entry& entry) {
    const RelativePath path = RelativePath::parse(entry.path);
    const Expected as_left{.hash = entry.post.hash};
    switch (entry.kind) {
      case EntryKind::create:
        transaction_->remove(path, as_left);
        return;
      case EntryKind::update:
        restore(path, entry, as_left);
        return;
      case EntryKind::move:
        transaction_->move(path, RelativePath::parse(entry.from), as_left);
        return;
      case EntryKind::remove:
        restore(path, entry, {});
        return;
      case EntryKind::make_folder:
        remove_made(path);
        return;
      case EntryKind::remove_folder:
        make_removed(path);
        return;
      case EntryKind::replace_kind:
        if (entry.post.is_folder()) {
          transaction_->remove_folder(path);
          restore(path, entry, {});
        } else {
          transaction_->remove(path, as_left);
          transaction_->make_folder(path);
        }
        return;
    }
  }

  void restore(const RelativePath& path, const Entry& entry, const Expected& expected) {
    const std::string name = std::to_string(entry.slot);
    if (pre_images_ == nullptr || !(look_at(*pre_images_, name) == entry.pre)) {
      throw Error("run.damaged", "the pre-image of " + in_quotes(std::string_view(entry.path)) +
                                     " is missing or damaged")
          .at(entry.path);
    }
    transaction_->restore(path, *pre_images_, name, entry.pre, expected);
  }

  void remove_made(const RelativePath& path) {
    try {
      transaction_->remove_folder(path);
    } catch (const Error& error) {
      // Somebody's files are in it, or it is gone: both are fine.
      if (!is(error, "io.not_empty") && !is(error, "io.not_found")) throw;
    }
  }

  void make_removed(const RelativePath& path) {
    try {
      transaction_->make_folder(path);
    } catch (const Error& error) {
      if (!is(error, "transaction.exists")) throw;
    }
  }

  Transaction* transaction_;
  Folder* pre_images_;
  std::optional<Error> first_;
  std::vector<std::string> conflicts_;
};

}  // namespace

void undo_run(const std::filesystem::path& root, const std::string& run_id,
              const CommitOptions& options, const Environment& environment,
              const Cancellation& cancellation, CommitResult& result) {
  FileSystem& files = environment.files;
  const Home home = find_home(files, files.canonical(root));
  auto state = StateFolder::find(files, home.path, environment.random);
  const auto summary = state ? RunFolder::summary(*state, run_id) : std::nullopt;
  if (!summary) {
    throw Error("run.unknown", "no run has the id " + in_quotes(std::string_view(run_id)))
        .hint("ratchet runs lists those that are there");
  }
  if (summary->undone) {
    throw Error("run.undone", "run " + in_quotes(std::string_view(run_id)) + " was undone already");
  }
  const std::vector<Entry> entries = RunFolder::entries(*state, run_id);
  const auto pre_images = RunFolder::pre_images(*state, run_id);
  // The entries are relative to the run's own root, wherever in the project the user stands.
  const std::filesystem::path run_root =
      summary->base.empty() ? home.path : home.path / summary->base;
  Transaction transaction =
      Transaction::begin(files, environment.clock, environment.random, run_root,
                         {.id = new_ulid(environment.clock, environment.random),
                          .durability = options.durability,
                          .parent_mark = environment.parent_mark},
                         environment.limits);
  Reversal(transaction, pre_images.get()).add(entries);
  commit(transaction, options, environment, cancellation, result);
  if (!options.dry_run) RunFolder::mark_undone(*state, run_id);
}

}  // namespace ratchet
