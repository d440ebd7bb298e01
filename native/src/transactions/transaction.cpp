#include "transactions/transaction.h"

#include <utility>

#include "core/text.h"
#include "fs/file_error.h"
#include "transactions/root_lock.h"
#include "transactions/transaction_state.h"

namespace ratchet {
namespace {

/// Checked before it becomes the name of a folder.
Transaction::Options checked(Transaction::Options options) {
  constexpr std::size_t kLongestId = 64;
  constexpr std::string_view kAllowed =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
  const std::string_view id = options.id;
  if (id.empty() || id.size() > kLongestId ||
      id.find_first_not_of(kAllowed) != std::string_view::npos) {
    throw Error("transaction.state", "transaction id " + in_quotes(id) +
                                         " is not 1 to 64 letters, digits, \"_\" and \"-\"");
  }
  return options;
}

std::unique_ptr<Folder> make_slots_folder(StateFolder& state, const std::string& id) {
  try {
    return state.make_new_folder(RelativePath::parse("tx/" + id));
  } catch (const Error& error) {
    if (!is(error, "transaction.exists")) throw;
    throw Error("transaction.state", "transaction id " + in_quotes(std::string_view(id)) +
                                         " is in use; choose a new one");
  }
}

/// Makes folders under way to a transaction and takes them back if it does not come to be.
std::unique_ptr<Folder> make_slots_folder_or_nothing(StateFolder& state, const std::string& id) {
  try {
    return make_slots_folder(state, id);
  } catch (const Error&) {
    try {
      state.prune(nullptr);
    } catch (const Error&) {
      // What failed first is what the caller has to hear of.
    }
    throw;
  }
}

[[noreturn]] void throw_existing(const std::vector<std::string>& paths) {
  std::string message = "file " + in_quotes(std::string_view(paths.front()));
  if (paths.size() > 1) message += " and " + std::to_string(paths.size() - 1) + " more";
  message += paths.size() > 1 ? " exist already" : " exists already";
  json::array list;
  for (const std::string& path : paths)
    list.emplace_back(path);
  throw Error("transaction.exists", std::move(message))
      .at(paths.front())
      .hint("remove it, or choose another path")
      .details({{"paths", std::move(list)}});
}

}  // namespace

Transaction::State::State(FileSystem& files, Clock& clock_seam, Random& random_seam,
                          const std::filesystem::path& root_path, Options chosen,
                          const Limits& chosen_limits)
    : clock(clock_seam),
      random(random_seam),
      options(checked(std::move(chosen))),
      limits(chosen_limits),
      folders(files.open_folder(root_path)),
      state_folder(StateFolder::open(files, root_path, random_seam)),
      tx(make_slots_folder_or_nothing(state_folder, options.id)),
      staging(*tx, options.durability) {
}

Transaction::State::~State() {
  if (applied) {
    try {
      static_cast<void>(undo());
    } catch (...) {
      // Nobody is left to be told; the files stay visible.
    }
  }
  clean();
}

void Transaction::State::create(const RelativePath& path, std::string_view content,
                                std::uint32_t mode) {
  refuse_known(path);
  try {
    stage(path, content, mode);
  } catch (const Error& error) {
    const bool can_go_on = is(error, "io.too_many_open") && staging.free_descriptors();
    if (!can_go_on) throw;
    stage(path, content, mode);
  }
}

void Transaction::State::refuse_known(const RelativePath& path) {
  const bool named_before = paths.contains(path.text()) || folders.find(path.text()).has_value();
  if (named_before) {
    throw Error("transaction.exists", "path " + in_quotes(std::string_view(path.text())) +
                                          " is created twice in one transaction")
        .at(path.text());
  }
  for (std::string_view folder = path.parent(); !folder.empty();
       folder = split_path(folder).parent) {
    if (!paths.contains(std::string(folder))) continue;
    throw Error("transaction.exists",
                "path " + in_quotes(folder) + " is created both as a file and as a folder")
        .at(path.text());
  }
}

void Transaction::State::stage(const RelativePath& path, std::string_view content,
                               std::uint32_t mode) {
  const TargetFolders::Index folder = folders.plan(path.parent());
  if (folders.exists(folder) && folders.open(folder).status(path.name())) {
    throw_existing({path.text()});
  }
  Entry entry{.path = path.text(), .folder = folder, .content = {}};
  try {
    entry.content = staging.add(content, mode);
  } catch (const Error&) {
    broken = true;
    throw;
  }
  paths.insert(entry.path);
  entries.push_back(std::move(entry));
}

void Transaction::State::apply(const Cancellation& cancellation) {
  if (broken) {
    throw Error("transaction.state", "a file could not be staged; begin a new transaction");
  }
  cancellation.check();
  staging.flush();
  lock = lock_root(state_folder, clock, random, std::chrono::milliseconds(limits.lock_wait_ms),
                   cancellation);
  folders.close_all();
  refuse_existing();
  applied = true;
  make_folders(cancellation);
  place_all(cancellation);
  sync_touched(cancellation);
  cancellation.check();
}

/// All of them before anything is visible; the renames refuse what comes up later.
void Transaction::State::refuse_existing() {
  std::vector<std::string> existing;
  for (const Entry& entry : entries) {
    if (!folders.exists(entry.folder)) continue;
    if (folders.open(entry.folder).status(split_path(entry.path).name)) {
      existing.push_back(entry.path);
    }
  }
  if (!existing.empty()) throw_existing(existing);
}

void Transaction::State::make_folders(const Cancellation& cancellation) {
  for (TargetFolders::Index index = 0; index < folders.size(); ++index) {
    if (folders.exists(index)) continue;
    cancellation.check();
    folders.make(index);
    if (options.durability == Durability::full) folders.open(folders.parent(index)).sync();
  }
}

void Transaction::State::place_all(const Cancellation& cancellation) {
  for (Entry& entry : entries) {
    cancellation.check();
    place(entry);
    if (options.durability == Durability::full) folders.open(entry.folder).sync();
  }
}

void Transaction::State::place(Entry& entry) {
  Folder& folder = folders.open(entry.folder);
  const std::string_view name = split_path(entry.path).name;
  entry.place = Place::target;
  try {
    tx->rename(Staging::slot_name(entry.content.slot), folder, name, RenameMode::no_replace);
  } catch (const Error& error) {
    if (is(error, "transaction.exists")) throw_existing({entry.path});
    // Equal devices do not mean that a rename works: a bind mount has the same one.
    if (!is(error, "io.cross_device")) throw;
    place_beside(entry, folder, name);
  }
}

/// The content goes to a slot in the target's own folder first, flushed by itself.
void Transaction::State::place_beside(Entry& entry, Folder& folder, std::string_view name) {
  const std::string slot = beside_name(entry);
  const auto file = folder.create(slot, entry.content.mode);
  entry.beside = true;
  file->write(tx->read(Staging::slot_name(entry.content.slot), entry.content.size));
  file->set_mode(entry.content.mode);
  if (options.durability != Durability::none) file->sync();
  try {
    folder.rename(slot, folder, name, RenameMode::no_replace);
  } catch (const Error& error) {
    if (is(error, "transaction.exists")) throw_existing({entry.path});
    throw;
  }
}

void Transaction::State::sync_touched(const Cancellation& cancellation) {
  if (options.durability != Durability::batch) return;
  for (const TargetFolders::Index index : touched_folders()) {
    cancellation.check();
    folders.open(index).sync();
  }
}

Transaction::Transaction(std::unique_ptr<State> state) : state_(std::move(state)) {
}
Transaction::~Transaction() = default;
Transaction::Transaction(Transaction&&) noexcept = default;
Transaction& Transaction::operator=(Transaction&&) noexcept = default;

Transaction Transaction::begin(FileSystem& files, Clock& clock, Random& random,
                               const std::filesystem::path& root, Options options,
                               const Limits& limits) {
  return Transaction(
      std::make_unique<State>(files, clock, random, root, std::move(options), limits));
}

void Transaction::create(const RelativePath& path, std::string_view content, std::uint32_t mode) {
  if (!state_) throw Error("transaction.state", "the transaction was applied already");
  state_->create(path, content, mode);
}

Applied Transaction::apply(const Cancellation& cancellation) && {
  if (!state_) throw Error("transaction.state", "the transaction was applied already");
  auto state = std::exchange(state_, nullptr);
  try {
    state->apply(cancellation);
  } catch (const Error& cause) {
    const std::optional<Error> left = error_of(state->undo());
    if (!left) throw;
    Error both(left->code(), left->message() + "; undone because of: " + cause.message());
    both.details(left->details());
    throw both;
  }
  return Applied(std::move(state));
}

}  // namespace ratchet
