#include "transactions/entry_mover.h"

#include "core/fields.h"
#include "core/text.h"
#include "fs/file_error.h"

namespace ratchet {
namespace {

std::string named(const std::vector<std::string>& paths) {
  std::string text = "file " + in_quotes(std::string_view(paths.front()));
  if (paths.size() > 1) text += " and " + std::to_string(paths.size() - 1) + " more";
  return text;
}

}  // namespace

Error conflict_at(const std::string& path, const std::string& what) {
  return Error("transaction.conflict", in_quotes(std::string_view(path)) + " " + what)
      .at(path)
      .hint("somebody else changed it; look at it and begin anew")
      .details({{"paths", to_json(std::vector{path})}});
}

Error exists_at(const std::vector<std::string>& paths) {
  return Error("transaction.exists",
               named(paths) + (paths.size() > 1 ? " exist already" : " exists already"))
      .at(paths.front())
      .hint("remove it, or choose another path")
      .details({{"paths", to_json(paths)}});
}

Error in_use_at(const std::vector<std::string>& paths) {
  return Error("io.in_use", named(paths) + " cannot be changed: another program holds it open")
      .at(paths.front())
      .hint("close it there, and begin anew")
      .details({{"paths", to_json(paths)}});
}

Error no_link_at(const std::string& path, const std::string& target) {
  return Error("io.unsupported", in_quotes(std::string_view(path)) + " is a link to " +
                                     in_quotes(std::string_view(target)) +
                                     ", and Ratchet makes no links here")
      .at(path)
      .hint("change it yourself, and begin anew without it");
}

Error read_only_at(const std::vector<std::string>& paths) {
  return Error("io.permission_denied",
               named(paths) +
                   " cannot be replaced: this file system keeps read-only files as they are")
      .at(paths.front())
      .hint("make it writable (on Windows: attrib -r), and begin anew")
      .details({{"paths", to_json(paths)}});
}

std::string EntryMover::slot_name(const Entry& entry) const {
  const std::string number = std::to_string(entry.slot);
  return entry.beside ? ".ratchet-" + id_ + "-" + number : number;
}

std::string EntryMover::pre_image_name(const Entry& entry) const {
  return has_old_name(entry) ? name_with(entry, kOld) : slot_name(entry);
}

std::shared_ptr<Folder> EntryMover::slot_folder(const Entry& entry) {
  if (entry.beside) return folders_->open_if_there(*entry.beside);
  return {std::shared_ptr<Folder>(), tx_};  // not owned
}

Folder& EntryMover::slots(const Entry& entry) {
  if (!entry.beside) return *tx_;
  beside_ = folders_->open(*entry.beside);
  return *beside_;
}

FileState EntryMover::look(const std::string& path) {
  return state_of(folders_->digest(path));
}

FileState EntryMover::in_slot(const Entry& entry) {
  const auto folder = slot_folder(entry);
  return folder ? look_at(*folder, slot_name(entry)) : FileState{};
}

FileState EntryMover::in_old(const Entry& entry) {
  const auto folder = slot_folder(entry);
  return folder ? look_at(*folder, name_with(entry, kOld)) : FileState{};
}

bool EntryMover::holds(const Entry& entry, const FileState& state) {
  if (!(in_slot(entry) == state)) return false;
  if (!state.is_folder()) return true;
  const auto folder = slot_folder(entry);
  return !folder || folder->list(slot_name(entry)).empty();
}

void EntryMover::slot_to(const Entry& entry, const std::string& path, RenameMode mode) {
  const ParentAndName split = split_path(path);
  const auto folder = folders_->open(split.parent);
  folders_->forget(path);
  slots(entry).rename(slot_name(entry), *folder, split.name, mode);
}

void EntryMover::to_slot(const Entry& entry, const std::string& path) {
  const ParentAndName split = split_path(path);
  const auto folder = folders_->open(split.parent);
  folders_->forget(path);
  folder->rename(split.name, slots(entry), slot_name(entry), RenameMode::no_replace);
}

void EntryMover::exchange(const Entry& entry) {
  slot_to(entry, entry.path, RenameMode::exchange);
}

void EntryMover::rename(const std::string& from, const std::string& to) {
  const ParentAndName source = split_path(from);
  const ParentAndName target = split_path(to);
  const auto source_folder = folders_->open(source.parent);
  const auto target_folder = folders_->open(target.parent);
  source_folder->rename(source.name, *target_folder, target.name, RenameMode::no_replace);
}

void EntryMover::save_old_names(const std::vector<Entry>& entries) {
  if (exchanges_) return;
  for (const Entry& entry : entries) {
    if (entry.kind != EntryKind::update) continue;
    const ParentAndName split = split_path(entry.path);
    folders_->open(split.parent)->add_name(split.name, slots(entry), name_with(entry, kOld));
  }
}

void EntryMover::forward(const Entry& entry) {
  switch (entry.kind) {
    case EntryKind::create:
    case EntryKind::make_folder:
      try {
        slot_to(entry, entry.path, RenameMode::no_replace);
      } catch (const Error& error) {
        if (is(error, "transaction.exists")) throw exists_at({entry.path});
        throw;
      }
      return;
    case EntryKind::update:
    case EntryKind::replace_kind:
      forward_update(entry);
      return;
    case EntryKind::remove:
    case EntryKind::remove_folder:
      to_slot(entry, entry.path);
      if (!holds(entry, entry.pre)) {
        slot_to(entry, entry.path, RenameMode::no_replace);
        throw conflict_at(entry.path, entry.pre.is_folder()
                                          ? "is not empty"
                                          : "is not what it was when it was to be removed");
      }
      return;
    case EntryKind::move:
      rename(entry.from, entry.path);
      if (!(at_target(entry) == entry.pre)) {
        rename(entry.path, entry.from);
        throw conflict_at(entry.from, "is not what it was when it was to be moved");
      }
      return;
  }
}

void EntryMover::forward_update(const Entry& entry) {
  if (!exchanges_) {
    forward_by_old_name(entry);
    return;
  }
  exchange(entry);
  if (holds(entry, entry.pre)) return;
  exchange(entry);
  throw conflict_at(entry.path, entry.pre.is_folder()
                                    ? "is not the empty folder that was to be replaced"
                                    : "is not what it was when it was to be changed");
}

void EntryMover::forward_by_old_name(const Entry& entry) {
  if (entry.kind == EntryKind::replace_kind) {
    throw Error("io.unsupported", in_quotes(std::string_view(entry.path)) +
                                      " cannot become another kind: this file system cannot "
                                      "exchange two names")
        .at(entry.path);
  }
  // What stands there is compared just before, and what came out just after: between the two calls
  // lies the window that only an exchange closes.
  if (!(at_target(entry) == entry.pre)) {
    throw conflict_at(entry.path, "is not what it was when it was to be changed");
  }
  slot_to(entry, entry.path, RenameMode::replace);
  if (in_old(entry) == entry.pre) return;
  restore_old_name(entry);
  throw conflict_at(entry.path, "is not what it was when it was to be changed");
}

void EntryMover::restore_old_name(const Entry& entry) {
  const ParentAndName split = split_path(entry.path);
  slots(entry).rename(name_with(entry, kOld), *folders_->open(split.parent), split.name,
                      RenameMode::replace);
}

WayBack EntryMover::way_back(const Entry& entry) {
  if (entry.kind == EntryKind::move) return way_back_of_move(entry);
  if (has_old_name(entry)) return way_back_by_old_name(entry);
  const FileState slot = in_slot(entry);
  const FileState target = at_target(entry);
  switch (entry.kind) {
    case EntryKind::create:
      if (slot.exists() || !target.exists()) return WayBack::nothing;
      return target == entry.post ? WayBack::back : WayBack::conflict;
    case EntryKind::make_folder:
      return slot.exists() || !target.is_folder() ? WayBack::nothing : WayBack::back;
    case EntryKind::update:
    case EntryKind::replace_kind:
      if (!slot.exists() || slot == entry.post) return WayBack::nothing;
      if (target == entry.post) return WayBack::back;
      if (slot == entry.pre) return target == entry.pre ? WayBack::nothing : WayBack::conflict;
      return WayBack::nothing;
    case EntryKind::remove:
    case EntryKind::remove_folder:
      if (!slot.exists()) return WayBack::nothing;
      if (!target.exists()) return WayBack::back;
      return target == slot ? WayBack::nothing : WayBack::conflict;
    case EntryKind::move:
      break;
  }
  return WayBack::nothing;
}

WayBack EntryMover::way_back_of_move(const Entry& entry) {
  const FileState source = at_source(entry);
  const FileState target = at_target(entry);
  if (!source.exists() && target == entry.pre) return WayBack::back;
  if (source.exists() && !target.exists()) return WayBack::nothing;
  return WayBack::conflict;
}

WayBack EntryMover::way_back_by_old_name(const Entry& entry) {
  if (!in_old(entry).exists() || in_slot(entry).exists()) return WayBack::nothing;
  const FileState target = at_target(entry);
  if (target == entry.post) return WayBack::back;
  return target == entry.pre ? WayBack::nothing : WayBack::conflict;
}

bool EntryMover::back(const Entry& entry) {
  switch (entry.kind) {
    case EntryKind::create:
      to_slot(entry, entry.path);
      if (in_slot(entry) == entry.post) return true;
      slot_to(entry, entry.path, RenameMode::no_replace);
      throw conflict_at(entry.path, "was changed after it was made");
    case EntryKind::make_folder: {
      const ParentAndName split = split_path(entry.path);
      folders_->forget(entry.path);
      try {
        folders_->open(split.parent)->remove_folder(split.name);
      } catch (const Error& error) {
        if (!is(error, "io.not_empty")) throw;
        return false;
      }
      return true;
    }
    case EntryKind::update:
      if (!exchanges_) {
        restore_old_name(entry);
        return true;
      }
      [[fallthrough]];
    case EntryKind::replace_kind:
      exchange(entry);
      if (holds(entry, entry.post)) return true;
      exchange(entry);
      throw conflict_at(entry.path, "was changed after it was written");
    case EntryKind::remove:
    case EntryKind::remove_folder:
      slot_to(entry, entry.path, RenameMode::no_replace);
      return true;
    case EntryKind::move:
      rename(entry.path, entry.from);
      if (at_source(entry) == entry.pre) return true;
      rename(entry.from, entry.path);
      throw conflict_at(entry.path, "was changed after it was moved");
  }
  return true;
}

/// What stands at the target is moved out of the way, to where tidying up finds it.
void EntryMover::aside(const Entry& entry) {
  const ParentAndName split = split_path(entry.path);
  folders_->forget(entry.path);
  folders_->open(split.parent)
      ->rename(split.name, slots(entry), name_with(entry, kTheirs), RenameMode::no_replace);
}

void EntryMover::force_back(const Entry& entry) {
  const FileState target = at_target(entry);
  switch (entry.kind) {
    case EntryKind::create:
      if (target.exists()) to_slot(entry, entry.path);
      return;
    case EntryKind::update:
    case EntryKind::replace_kind:
    case EntryKind::remove:
    case EntryKind::remove_folder: {
      const std::string name = pre_image_name(entry);
      if (!slots(entry).status(name)) return;
      if (target.exists() && exchanges_) return exchange(entry);
      if (target.exists()) aside(entry);
      const ParentAndName split = split_path(entry.path);
      const auto folder = folders_->open(split.parent);
      folders_->forget(entry.path);
      slots(entry).rename(name, *folder, split.name, RenameMode::no_replace);
      return;
    }
    case EntryKind::move:
      if (!target.exists()) return;
      if (at_source(entry).exists()) {
        if (!(target == entry.pre)) return;
        to_slot(entry, entry.from);
      }
      rename(entry.path, entry.from);
      return;
    case EntryKind::make_folder:
      return;
  }
}

bool EntryMover::can_go_forward(const Entry& entry) {
  const bool needs_slot = entry.kind == EntryKind::update || entry.kind == EntryKind::replace_kind;
  if (needs_slot && !exchanges_) return at_target(entry) == entry.post || in_slot(entry).exists();
  if (entry.kind == EntryKind::update) return in_slot(entry).exists();
  if (needs_slot) return in_slot(entry).exists() || at_target(entry) == entry.post;
  if (entry.kind == EntryKind::move) {
    return at_source(entry).exists() || at_target(entry).exists();
  }
  if (entry.kind == EntryKind::create || entry.kind == EntryKind::make_folder) {
    return in_slot(entry).exists() || at_target(entry).exists();
  }
  return true;
}

bool EntryMover::was_filled(const Entry& entry) {
  if (in_slot(entry).exists()) return true;
  if (entry.kind == EntryKind::update) return !exchanges_ && in_old(entry).exists();
  return entry.kind != EntryKind::replace_kind && at_target(entry) == entry.post;
}

void EntryMover::force_forward(const Entry& entry) {
  const FileState target = at_target(entry);
  switch (entry.kind) {
    case EntryKind::create:
    case EntryKind::update:
    case EntryKind::replace_kind: {
      if (!(in_slot(entry) == entry.post) || target == entry.post) return;
      if (target.exists() && exchanges_) return exchange(entry);
      if (has_old_name(entry) && target == entry.pre)
        return slot_to(entry, entry.path, RenameMode::replace);
      if (target.exists()) aside(entry);
      return slot_to(entry, entry.path, RenameMode::no_replace);
    }
    case EntryKind::make_folder:
      if (!target.exists()) slot_to(entry, entry.path, RenameMode::no_replace);
      return;
    case EntryKind::remove:
      if (!target.exists()) return;
      return in_slot(entry).exists() ? aside(entry) : to_slot(entry, entry.path);
    case EntryKind::remove_folder: {
      const auto folder = target.is_folder() ? folders_->open(entry.path) : nullptr;
      if (folder && !in_slot(entry).exists() && folder->list("").empty()) {
        to_slot(entry, entry.path);
      }
      return;
    }
    case EntryKind::move:
      if (!at_source(entry).exists()) return;
      if (target.exists()) {
        to_slot(entry, entry.from);
      } else {
        rename(entry.from, entry.path);
      }
      return;
  }
}

}  // namespace ratchet
