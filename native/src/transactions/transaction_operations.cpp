// What may be asked of a transaction before it is applied.
#include <algorithm>
#include <utility>

#include "core/text.h"
#include "fs/file_error.h"
#include "transactions/transaction_state.h"

namespace ratchet {
namespace {

[[nodiscard]] Error not_found(const std::string& path) {
  return Error("io.not_found", in_quotes(std::string_view(path)) + " does not exist").at(path);
}

[[nodiscard]] Error not_a_file(const std::string& path, const FileState& state) {
  Error error("io.not_a_file", in_quotes(std::string_view(path)) + " is " + in_words(state));
  error.at(path);
  if (state.kind == StateKind::link) error.hint("name the file itself, or let links be followed");
  return error;
}

bool lies_beneath(std::string_view path, std::string_view folder) {
  return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

std::string joined(std::string_view folder, std::string_view name) {
  return folder.empty() ? std::string(name) : std::string(folder) + "/" + std::string(name);
}

/// Where a relative link in `folder`, which no link leads to, points; without looking.
std::string link_target(std::string_view folder, const std::string& target,
                        const std::string& path) {
  std::filesystem::path resolved = (std::filesystem::path(folder) / target).lexically_normal();
  std::string text = resolved.generic_string();
  if (target.starts_with('/') || text == ".." || text.starts_with("../")) {
    throw Error("path.outside_root",
                in_quotes(std::string_view(path)) + " is a link that leaves the project root")
        .at(path);
  }
  return text;
}

}  // namespace

/// A descriptor short is got back from files that wait for their flush.
template <typename Operation>
void Transaction::State::with_descriptors(Operation operation) {
  const bool was_broken = broken;
  effect.begin_operation();
  try {
    operation();
  } catch (const Error& error) {
    if (!is(error, "io.too_many_open") || !staging.free_descriptors()) throw;
    broken = was_broken;
    effect.begin_operation();
    operation();
  }
}

std::string Transaction::State::where(const RelativePath& path) {
  if (first_invalid_utf8(path.text())) {
    throw Error("path.invalid", "path " + in_quotes(std::string_view(path.text())) +
                                    " is not UTF-8, in which a journal is written");
  }
  // A link on the way may lead where no path of a user's may name anything.
  std::string resolved = RelativePath::parse(resolve(path.text())).text();
  refuse_file_on_the_way(resolved);
  refuse_case_clash(resolved);
  return resolved;
}

/// Two spellings of one name are two files here and one there: where they are one, the journal
/// could not tell them apart.
void Transaction::State::refuse_case_clash(const std::string& path) {
  for (std::string_view part = path; !part.empty(); part = split_path(part).parent) {
    const auto [known, is_new] =
        spellings_.try_emplace(RelativePath::parse(part).folded(), std::string(part));
    if (!is_new && known->second == part) return;  // with all above it
    if (is_new || !tx.is_case_blind()) continue;
    throw Error("transaction.case_clash", in_quotes(part) + " and " +
                                              in_quotes(std::string_view(known->second)) +
                                              " are one name on this file system")
        .at(std::string(part))
        .hint("rename it by way of a third name, in a transaction before");
  }
}

/// A link on the way is followed as it stands on disk, unless an operation has named it.
std::string Transaction::State::resolve(const std::string& path) {
  for (std::size_t slash = path.find('/'); slash != std::string::npos;
       slash = path.find('/', slash + 1)) {
    const std::string above = folders.resolve(path.substr(0, slash));
    if (effect.names(above)) return above + path.substr(slash);
  }
  return folders.resolve(path);
}

void Transaction::State::refuse_file_on_the_way(const std::string& path) {
  for (std::string_view above = split_path(path).parent; !above.empty();
       above = split_path(above).parent) {
    const FileState state = effect.state(above);
    if (state.is_folder()) return;
    if (!state.exists()) continue;
    throw Error("io.not_a_folder",
                in_quotes(above) + " is " + in_words(state) + "; a folder is needed there")
        .at(std::string(above));
  }
}

std::string Transaction::State::behind_link(std::string path) {
  constexpr int kMostLinks = 40;  // as Linux has it
  for (int links = 0; links < kMostLinks; ++links) {
    const ParentAndName split = split_path(path);
    const FileState state = effect.state(path);
    if (state.kind != StateKind::link || effect.names(path)) return path;
    const std::string target = folders.open(split.parent)->read_link(split.name);
    path = where(RelativePath::parse(link_target(split.parent, target, path)));
  }
  throw Error("path.invalid",
              in_quotes(std::string_view(path)) + " is a link that leads in circles")
      .at(path);
}

void Transaction::State::check(const std::string& path, const FileState& state,
                               const Expected& expected) const {
  if (!expected.hash || (state.has_content() && state.hash == *expected.hash)) return;
  throw conflict_at(path, "is " + in_words(state) + ", and SHA-256 " +
                              to_hex(*expected.hash).substr(0, 12) + "… was expected");
}

FileState Transaction::State::require(const std::string& path, const Expected& expected) {
  const FileState state = effect.state(path);
  if (!state.exists() && !expected.hash) throw not_found(path);
  if (state.kind == StateKind::other) throw not_a_file(path, state);
  check(path, state, expected);
  return state;
}

void Transaction::State::require_free(const std::string& path) {
  if (effect.state(path).exists()) throw exists_at({path});
}

/// What a new file or folder at `path` gets from the folder that it will lie in.
LikeFile Transaction::State::like_new(const std::string& path) {
  const std::string parent(split_path(path).parent);
  auto known = gives_attributes_.find(parent);
  if (known == gives_attributes_.end()) {
    like_ = folders.open_nearest(parent);
    known = gives_attributes_.emplace(parent, like_->gives_attributes()).first;
  }
  if (!known->second) return {};
  like_ = folders.open_nearest(parent);
  return {.folder = like_.get()};
}

/// The file whose owner and attributes the next content at `path` gets: the one on disk, or what
/// this transaction has staged for it.
LikeFile Transaction::State::like_old(const std::string& path) {
  const auto known = effect.nodes().find(path);
  if (known != effect.nodes().end() && known->second.slot) {
    like_name_ = Staging::slot_name(*known->second.slot);
    return {.folder = &tx.folder(), .old_file = like_name_};
  }
  const std::string origin = known == effect.nodes().end() ? path : known->second.origin;
  const ParentAndName split = split_path(origin);
  like_ = folders.open(split.parent);
  like_name_ = split.name;
  return {.folder = like_.get(), .old_file = like_name_};
}

void Transaction::State::create(const RelativePath& path, std::string_view content,
                                std::uint32_t mode) {
  with_descriptors([&] {
    const std::string target = where(path);
    require_free(target);
    const LikeFile like = like_new(target);
    const bool was_broken = std::exchange(broken, true);  // until it is seen to have worked
    const StagedContent staged = staging.add(content, mode, like);
    broken = was_broken;
    effect.put(target, staged.state, staged.slot);
  });
}

void Transaction::State::update(const RelativePath& path, std::string_view content,
                                std::uint32_t mode, const Expected& expected) {
  with_descriptors([&] {
    std::string target = where(path);
    if (expected.follow_link) target = behind_link(std::move(target));
    const FileState state = require(target, expected);
    if (state.kind != StateKind::file) throw not_a_file(target, state);
    note_hard_link(target);
    const LikeFile like = like_old(target);
    const bool was_broken = std::exchange(broken, true);
    const StagedContent staged = staging.add(content, mode == 0 ? state.mode : mode, like);
    broken = was_broken;
    effect.put(target, staged.state, staged.slot);
  });
}

void Transaction::State::write(const RelativePath& path, std::string_view content,
                               std::uint32_t mode, const Expected& expected) {
  effect.begin_operation();
  if (expected.hash || effect.state(where(path)).exists()) {
    update(path, content, mode, expected);
  } else {
    create(path, content, mode);
  }
}

void Transaction::State::restore(const RelativePath& path, Folder& folder, std::string_view name,
                                 const FileState& state, const Expected& expected) {
  with_descriptors([&] {
    const std::string target = where(path);
    if (expected.hash) {
      static_cast<void>(require(target, expected));
    } else {
      require_free(target);
    }
    const bool was_broken = std::exchange(broken, true);
    const StagedContent staged = stage_copy(target, folder, name, state);
    broken = was_broken;
    effect.put(target, staged.state, staged.slot);
  });
}

/// Of a file or link, for `path`.
StagedContent Transaction::State::stage_copy(const std::string& path, Folder& folder,
                                             std::string_view name, const FileState& state) {
  if (state.kind != StateKind::link) {
    return staging.copy(folder, name, state.mode, {.folder = &folder, .old_file = name});
  }
  const std::string target = folder.read_link(name);
  try {
    return staging.link(target);
  } catch (const Error& error) {
    if (!is(error, "io.unsupported")) throw;
    throw no_link_at(path, target);
  }
}

void Transaction::State::note_hard_link(const std::string& path) {
  if (effect.names(path)) return;
  const ParentAndName split = split_path(path);
  const auto status = folders.open(split.parent)->status(split.name);
  if (status && status->links > 1) hard_linked.push_back(path);
}

void Transaction::State::remove(const RelativePath& path, const Expected& expected) {
  with_descriptors([&] {
    const std::string target = where(path);
    const FileState state = require(target, expected);
    if (state.is_folder()) {
      for (const std::string& each : all_beneath(target))
        effect.remove(each);
    }
    effect.remove(target);
  });
}

void Transaction::State::move(const RelativePath& from, const RelativePath& to,
                              const Expected& expected) {
  with_descriptors([&] {
    const std::string source = where(from);
    const std::string target = where(to);
    const FileState state = require(source, expected);
    if (source == target || lies_beneath(target, source)) {
      throw Error("path.invalid",
                  in_quotes(std::string_view(source)) + " cannot be moved to itself or into itself")
          .at(source);
    }
    require_free(target);
    if (state.is_folder()) {
      move_folder(source, target);
    } else {
      effect.move(source, target);
    }
  });
}

void Transaction::State::move_folder(const std::string& from, const std::string& to) {
  const std::vector<std::string> beneath = all_beneath(from);
  const auto new_path = [&](const std::string& old) { return to + old.substr(from.size()); };
  for (const std::string& each : beneath)
    static_cast<void>(RelativePath::parse(new_path(each)));
  effect.make_folder(to, effect.folder_origin(from));
  for (const std::string& each : beneath) {
    if (effect.state(each).is_folder()) {
      effect.make_folder(new_path(each), effect.folder_origin(each));
    } else {
      effect.move(each, new_path(each));
    }
  }
  for (auto each = beneath.rbegin(); each != beneath.rend(); ++each) {
    if (effect.state(*each).is_folder()) effect.remove(*each);
  }
  effect.remove(from);
}

void Transaction::State::make_folder(const RelativePath& path) {
  with_descriptors([&] {
    const std::string target = where(path);
    require_free(target);
    effect.make_folder(target);
  });
}

void Transaction::State::remove_folder(const RelativePath& path) {
  with_descriptors([&] {
    const std::string target = where(path);
    const FileState state = require(target, {});
    if (!state.is_folder()) {
      throw Error("io.not_a_folder", in_quotes(std::string_view(target)) + " is " + in_words(state))
          .at(target);
    }
    if (!all_beneath(target).empty()) {
      throw Error("io.not_empty", "folder " + in_quotes(std::string_view(target)) + " is not empty")
          .at(target)
          .hint("delete what is in it, or delete it with all beneath it");
    }
    effect.remove(target);
  });
}

/// All that is to be there beneath a folder, parents first; names that no transaction may touch are
/// an Error.
std::vector<std::string> Transaction::State::all_beneath(const std::string& folder) {
  std::vector<std::string> found;
  std::vector<std::string> to_look{folder};
  while (!to_look.empty()) {
    const std::string at = std::move(to_look.back());
    to_look.pop_back();
    std::vector<std::string> names;
    if (const auto on_disk = folders.open_if_there(at)) {
      for (const FolderEntry& entry : on_disk->list(""))
        names.push_back(joined(at, entry.name));
    }
    for (const std::string& named : effect.named_beneath(at))
      names.push_back(named.substr(0, named.find('/', at.size() + 1)));
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    for (std::string& name : names) {
      const FileState state = effect.state(name);
      if (!state.exists()) continue;
      static_cast<void>(RelativePath::parse(name));
      if (first_invalid_utf8(name)) {
        throw Error("path.invalid", "path " + in_quotes(std::string_view(name)) + " is not UTF-8");
      }
      if (state.kind == StateKind::other) throw not_a_file(name, state);
      if (state.is_folder()) to_look.push_back(name);
      found.push_back(std::move(name));
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace ratchet
