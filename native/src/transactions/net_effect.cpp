#include "transactions/net_effect.h"

#include <algorithm>

#include "core/error.h"
#include "core/text.h"
#include "fs/file_error.h"

namespace ratchet {
namespace {

std::size_t depth_of(std::string_view path) {
  return static_cast<std::size_t>(std::count(path.begin(), path.end(), '/'));
}

EntryKind kind_of(const FileState& before, const FileState& after) {
  if (!before.exists()) return after.is_folder() ? EntryKind::make_folder : EntryKind::create;
  if (!after.exists()) return before.is_folder() ? EntryKind::remove_folder : EntryKind::remove;
  return before.is_folder() || after.is_folder() ? EntryKind::replace_kind : EntryKind::update;
}

/// Folders come, files change, folders go.
int phase_of(const Entry& entry) {
  if (entry.brings_folder()) return 0;
  return entry.takes_folder() ? 2 : 1;
}

bool comes_before(const Entry& a, const Entry& b) {
  if (phase_of(a) != phase_of(b)) return phase_of(a) < phase_of(b);
  const bool inside_out = a.takes_folder() && b.takes_folder();
  const bool outside_in = a.brings_folder() && b.brings_folder();
  const std::size_t depth_a = depth_of(a.path);
  const std::size_t depth_b = depth_of(b.path);
  if (inside_out && depth_a != depth_b) return depth_a > depth_b;
  if (outside_in && depth_a != depth_b) return depth_a < depth_b;
  return a.path < b.path;
}

}  // namespace

FileState NetEffect::state(std::string_view path) {
  if (const auto known = nodes_.find(path); known != nodes_.end()) return known->second.after;
  for (std::string_view above = split_path(path).parent; !above.empty();
       above = split_path(above).parent) {
    const auto known = nodes_.find(above);
    if (known == nodes_.end() || known->second.after.is_folder()) continue;
    if (!known->second.after.exists()) return {};
    throw Error("io.not_a_folder", in_quotes(above) + " is no folder").at(std::string(above));
  }
  // apply() makes the folders on the way to what is to be there.
  if (holds_named(path)) return {.kind = StateKind::folder};
  return look(path);
}

FileState NetEffect::look(std::string_view path) {
  const auto known = looked_.find(path);
  if (known != looked_.end()) return known->second;
  return looked_.emplace(std::string(path), look_(path)).first->second;
}

bool NetEffect::holds_named(std::string_view path) const {
  const std::string prefix = std::string(path) + "/";
  for (auto at = nodes_.lower_bound(prefix); at != nodes_.end() && at->first.starts_with(prefix);
       ++at) {
    if (at->second.after.exists()) return true;
  }
  return false;
}

bool NetEffect::names(std::string_view path) const {
  return nodes_.find(path) != nodes_.end();
}

std::vector<std::string> NetEffect::named_beneath(std::string_view path) const {
  const std::string prefix = std::string(path) + "/";
  std::vector<std::string> found;
  for (auto at = nodes_.lower_bound(prefix); at != nodes_.end() && at->first.starts_with(prefix);
       ++at) {
    if (at->second.after.exists()) found.push_back(at->first);
  }
  return found;
}

NetEffect::Node& NetEffect::node(std::string_view path) {
  if (const auto known = nodes_.find(path); known != nodes_.end()) return known->second;
  Node fresh;
  fresh.before = look(path);
  fresh.after = fresh.before;
  if (fresh.before.has_content()) fresh.origin = path;
  return nodes_.emplace(std::string(path), std::move(fresh)).first->second;
}

void NetEffect::bring_back_folders_above(std::string_view path) {
  for (std::string_view above = split_path(path).parent; !above.empty();
       above = split_path(above).parent) {
    const auto known = nodes_.find(above);
    if (known == nodes_.end() || known->second.after.exists()) continue;
    known->second.after = FileState{.kind = StateKind::folder};
  }
}

void NetEffect::put(std::string_view path, const FileState& content, std::uint32_t slot) {
  bring_back_folders_above(path);
  Node& there = node(path);
  there.after = content;
  there.slot = slot;
  there.origin.clear();
}

void NetEffect::remove(std::string_view path) {
  Node& there = node(path);
  there.after = {};
  there.slot.reset();
  there.origin.clear();
}

void NetEffect::move(std::string_view from, std::string_view to) {
  const Node source = node(from);
  remove(from);
  bring_back_folders_above(to);
  Node& target = node(to);
  target.after = source.after;
  target.slot = source.slot;
  target.origin = source.origin;
}

void NetEffect::make_folder(std::string_view path, std::string_view origin) {
  bring_back_folders_above(path);
  Node& there = node(path);
  there.after = FileState{.kind = StateKind::folder};
  there.slot.reset();
  there.origin = origin;
}

std::string NetEffect::folder_origin(std::string_view path) const {
  const auto known = nodes_.find(path);
  const bool on_disk =
      known == nodes_.end() ? look_(path).is_folder() : known->second.before.is_folder();
  if (on_disk) return std::string(path);
  return known == nodes_.end() ? std::string() : known->second.origin;
}

bool NetEffect::is_simple_move(const std::string& path, const Node& node) const {
  const bool is_moved =
      !node.slot && node.after.has_content() && !node.origin.empty() && node.origin != path;
  if (!is_moved) return false;
  const auto origin = nodes_.find(node.origin);
  return !node.before.exists() && origin != nodes_.end() && !origin->second.after.exists();
}

std::vector<NetEffect::Unstaged> NetEffect::unstaged(
    const std::function<bool(const std::string& from, const std::string& to)>& one_rename) {
  std::vector<Unstaged> found;
  for (const auto& [path, node] : nodes_) {
    const bool is_on_disk_alone = !node.slot && node.after.has_content() && !node.origin.empty();
    if (!is_on_disk_alone || node.origin == path) continue;
    if (is_simple_move(path, node) && one_rename(node.origin, path)) continue;
    found.push_back({path, node.origin});
  }
  return found;
}

void NetEffect::stage(const std::string& path, const FileState& content, std::uint32_t slot) {
  Node& there = node(path);
  there.after = content;
  there.slot = slot;
  there.origin.clear();
}

std::vector<Entry> NetEffect::entries(std::uint32_t first_free_slot) const {
  std::vector<Entry> entries;
  std::map<std::string, const Node*, std::less<>> moved_away;
  for (const auto& [path, node] : nodes_) {
    if (is_simple_move(path, node)) moved_away.emplace(node.origin, &node);
  }
  for (const auto& [path, node] : nodes_) {
    if (moved_away.contains(path)) continue;
    if (is_simple_move(path, node)) {
      entries.push_back({.kind = EntryKind::move,
                         .path = path,
                         .from = node.origin,
                         .pre = nodes_.find(node.origin)->second.before,
                         .post = node.after});
    } else if (!(node.before == node.after)) {
      Entry& entry = entries.emplace_back();
      entry.kind = kind_of(node.before, node.after);
      entry.path = path;
      entry.pre = node.before;
      entry.post = node.after;
      if (node.slot) entry.slot = *node.slot;
    }
  }
  sort_entries(entries);
  for (Entry& entry : entries) {
    const auto known = nodes_.find(entry.path);
    if (!known->second.slot || !entry.post.has_content()) entry.slot = first_free_slot++;
  }
  return entries;
}

void sort_entries(std::vector<Entry>& entries) {
  std::sort(entries.begin(), entries.end(), comes_before);
}

}  // namespace ratchet
