#include "fs/memory_disk.h"

#include <algorithm>
#include <cerrno>

#include "core/ascii.h"
#include "core/text.h"
#include "fs/contained_path.h"
#include "fs/file_error.h"

namespace ratchet {

/// The way from a folder down to another, with links resolved.
struct MemoryDisk::Way {
  std::vector<std::pair<std::string, Node>> steps;  ///< the first is the start
  std::vector<std::string> left;                    ///< still to go, the next one last
  int links = 0;

  void go_up(Bound bound, std::string_view shown);
  void follow_link(const std::string& target, Node root, Bound bound, std::string_view shown);
};

namespace {

constexpr std::size_t kLongestName = 255;
/// As Linux has it.
constexpr int kMostLinks = 40;

void push_components(std::vector<std::string>& left, std::string_view path) {
  std::vector<std::string> parts;
  for (;;) {
    const std::size_t slash = path.find('/');
    if (slash != 0 && !path.empty()) parts.emplace_back(path.substr(0, slash));
    if (slash == std::string_view::npos) break;
    path.remove_prefix(slash + 1);
  }
  left.insert(left.end(), parts.rbegin(), parts.rend());
}

[[noreturn]] void leave(std::string_view shown) {
  throw Error("path.outside_root", "folder " + in_quotes(shown) +
                                       " is reached through a link that leaves the project root")
      .at(std::string(shown));
}

}  // namespace

void MemoryDisk::Way::go_up(Bound bound, std::string_view shown) {
  if (steps.size() > 1) {
    steps.pop_back();
  } else if (bound != Bound::none) {
    leave(shown);
  }
}

void MemoryDisk::Way::follow_link(const std::string& target, Node root, Bound bound,
                                  std::string_view shown) {
  if (bound == Bound::no_links) {
    throw Error("io.not_a_folder", "folder " + in_quotes(shown) +
                                       " is reached through a link; a "
                                       "folder is needed here")
        .at(std::string(shown));
  }
  if (++links > kMostLinks) throw file_error(ELOOP, "open folder", shown);
  if (target.starts_with('/')) {
    if (bound != Bound::none) leave(shown);
    steps = {{"", root}};
  }
  push_components(left, target);
}

MemoryDisk::MemoryDisk() {
  constexpr std::uint32_t kRootMode = 0755;
  nodes_[root()] = Content{.kind = FileKind::folder, .mode = kRootMode, .device = 1};
}

std::string MemoryDisk::stored_name(Node folder, std::string_view name) const {
  const auto same = [](char a, char b) { return lower(a) == lower(b); };
  if (case_blind_) {
    for (const auto& [stored, node] : children(folder)) {
      if (std::equal(stored.begin(), stored.end(), name.begin(), name.end(), same)) return stored;
    }
  }
  return std::string(name);
}

MemoryDisk::Node MemoryDisk::look_up(Node folder, std::string_view name) const {
  const auto found = names_.find({folder, stored_name(folder, name)});
  return found == names_.end() ? 0 : found->second;
}

MemoryDisk::Way MemoryDisk::walk(Node from, std::string_view path, Bound bound,
                                 std::string_view shown) const {
  Way way{.steps = {{"", from}}, .left = {}, .links = 0};
  push_components(way.left, path);
  while (!way.left.empty()) {
    const std::string name = std::move(way.left.back());
    way.left.pop_back();
    if (name == ".") continue;
    if (name == "..") {
      way.go_up(bound, shown);
      continue;
    }
    const Node node = look_up(way.steps.back().second, name);
    if (node == 0) throw file_error(ENOENT, "open folder", shown);
    const Content& found = content(node);
    if (found.kind == FileKind::link) {
      way.follow_link(found.data, root(), bound, shown);
    } else if (found.kind == FileKind::folder) {
      way.steps.emplace_back(name, node);
    } else {
      throw file_error(ENOTDIR, "open folder", shown);
    }
  }
  const bool is_protected =
      std::any_of(way.steps.begin() + 1, way.steps.end(),
                  [](const auto& step) { return names_protected_folder(step.first); });
  if (bound == Bound::inside && way.links > 0 && is_protected) {
    throw Error("path.protected",
                "folder " + in_quotes(shown) + " is a link into .git or .ratchet; name another one")
        .at(std::string(shown));
  }
  return way;
}

MemoryDisk::Node MemoryDisk::resolve(Node from, std::string_view path, Bound bound,
                                     std::string_view shown) const {
  return walk(from, path, bound, shown).steps.back().second;
}

std::string MemoryDisk::resolved_path(Node from, std::string_view path, Bound bound,
                                      std::string_view shown) const {
  std::string resolved;
  const Way way = walk(from, path, bound, shown);
  for (auto step = way.steps.begin() + 1; step != way.steps.end(); ++step) {
    if (!resolved.empty()) resolved += '/';
    resolved += step->first;
  }
  return resolved;
}

MemoryDisk::Node MemoryDisk::look_up_path(std::string_view path) const {
  while (path.ends_with('/'))
    path.remove_suffix(1);
  std::string target(path);
  for (int links = 0; links < kMostLinks; ++links) {
    const ParentAndName split = split_path(target);
    if (split.name.empty()) return root();
    Node folder = 0;
    try {
      folder = resolve(root(), split.parent, Bound::none, path);
    } catch (const Error&) {
      return 0;
    }
    const Node node = look_up(folder, split.name);
    if (node == 0 || content(node).kind != FileKind::link) return node;
    const std::string& link = content(node).data;
    target = link.starts_with('/') ? link : std::string(split.parent) + "/" + link;
  }
  return 0;
}

FileStatus MemoryDisk::status(Node node) const {
  FileStatus status;
  status.links = 0;
  if (!nodes_.contains(node)) return status;
  const Content& found = content(node);
  status.kind = found.kind;
  status.size = found.data.size();
  status.mode = found.mode;
  status.owner = found.owner;
  status.group = found.group;
  status.device = found.device;
  status.inode = node;
  status.modified_ns = found.modified;
  status.links = static_cast<std::uint64_t>(std::count_if(
      names_.begin(), names_.end(), [node](const auto& pair) { return pair.second == node; }));
  return status;
}

std::vector<std::pair<std::string, MemoryDisk::Node>> MemoryDisk::children(Node folder) const {
  std::vector<std::pair<std::string, Node>> found;
  for (auto at = names_.lower_bound({folder, ""}); at != names_.end() && at->first.first == folder;
       ++at) {
    found.emplace_back(at->first.second, at->second);
  }
  return found;
}

MemoryDisk::Node MemoryDisk::add(Node folder, std::string_view name, Content content,
                                 std::string_view shown) {
  if (name.size() > kLongestName) throw file_error(ENAMETOOLONG, "create", shown);
  if (nodes_.at(folder).removed) throw file_error(ENOENT, "create", shown);
  if (look_up(folder, name) != 0) throw file_error(EEXIST, "create", shown);
  const Node node = next_node_++;
  if (content.device == 0) content.device = nodes_.at(folder).device;
  content.modified = ++ticks_;
  nodes_[node] = std::move(content);
  change({{{folder, std::string(name)}, node}});
  return node;
}

void MemoryDisk::add_name(Node node, Node folder, std::string_view name, std::string_view shown) {
  if (content(node).device != content(folder).device) throw file_error(EXDEV, "add name", shown);
  if (name.size() > kLongestName) throw file_error(ENAMETOOLONG, "add name", shown);
  if (nodes_.at(folder).removed) throw file_error(ENOENT, "add name", shown);
  if (look_up(folder, name) != 0) throw file_error(EEXIST, "add name", shown);
  change({{{folder, std::string(name)}, node}});
}

void MemoryDisk::rename(Node from, std::string_view name, Node to, std::string_view new_name,
                        RenameMode mode, std::string_view shown) {
  const Slot source{from, stored_name(from, name)};
  const Slot target{to, stored_name(to, new_name)};
  if (content(from).device != content(to).device) throw file_error(EXDEV, "rename to", shown);
  if (new_name.size() > kLongestName) throw file_error(ENAMETOOLONG, "rename to", shown);
  const Node moved = look_up(from, name);
  const Node there = look_up(to, new_name);
  if (moved == 0 || content(to).removed) throw file_error(ENOENT, "rename to", shown);
  if (mode == RenameMode::exchange) {
    if (there == 0) throw file_error(ENOENT, "exchange", shown);
    change({{source, there}, {target, moved}});
    return;
  }
  if (there != 0) {
    if (mode == RenameMode::no_replace) throw file_error(EEXIST, "rename to", shown);
    const bool to_folder = content(there).kind == FileKind::folder;
    const bool is_folder = content(moved).kind == FileKind::folder;
    if (to_folder && !is_folder) throw file_error(EISDIR, "rename to", shown);
    if (!to_folder && is_folder) throw file_error(ENOTDIR, "rename to", shown);
    if (to_folder && !children(there).empty()) throw file_error(ENOTEMPTY, "rename to", shown);
  }
  if (source != target) change({{source, 0}, {target, moved}});
}

void MemoryDisk::remove(Node folder, std::string_view name, FileKind kind, std::string_view shown) {
  const Node node = look_up(folder, name);
  if (node == 0) throw file_error(ENOENT, "remove", shown);
  const bool is_folder = content(node).kind == FileKind::folder;
  if (kind == FileKind::folder && !is_folder) throw file_error(ENOTDIR, "remove folder", shown);
  if (kind != FileKind::folder && is_folder) throw file_error(EISDIR, "remove", shown);
  if (is_folder && !children(node).empty()) throw file_error(ENOTEMPTY, "remove folder", shown);
  content(node).removed = is_folder;
  change({{{folder, stored_name(folder, name)}, 0}});
}

void MemoryDisk::change(std::vector<std::pair<Slot, Node>> assigned) {
  for (const auto& [slot, node] : assigned) {
    if (node == 0) {
      names_.erase(slot);
    } else {
      names_[slot] = node;
    }
  }
  changes_.push_back({.assigned = std::move(assigned)});
}

namespace {

template <typename Change>
bool touches(const Change& change, MemoryDisk::Node folder) {
  return std::any_of(change.assigned.begin(), change.assigned.end(),
                     [folder](const auto& pair) { return pair.first.first == folder; });
}

}  // namespace

void MemoryDisk::sync_folder(Node folder) {
  const auto last = std::find_if(changes_.rbegin(), changes_.rend(),
                                 [&](const Change& change) { return touches(change, folder); });
  // Nothing was written since a flush failed: the kernel has nothing to flush, and says so.
  if (last == changes_.rend() || last->lost) return;
  for (Change& change : changes_) {
    if (touches(change, folder)) change.durable = true;
  }
  forget_durable_changes();
}

void MemoryDisk::lose_folder(Node folder) {
  for (Change& change : changes_) {
    if (!change.durable && touches(change, folder)) change.lost = true;
  }
}

void MemoryDisk::settle_last_change() {
  if (!changes_.empty()) changes_.back().durable = true;
  forget_durable_changes();
}

void MemoryDisk::forget_durable_changes() {
  const auto end = std::find_if(changes_.begin(), changes_.end(),
                                [](const Change& change) { return !change.durable; });
  for (auto change = changes_.begin(); change != end; ++change) {
    for (const auto& [slot, node] : change->assigned)
      durable_names_[slot] = node;
  }
  changes_.erase(changes_.begin(), end);
}

void MemoryDisk::put(std::string_view path, Content content) {
  const ParentAndName split = split_path(path);
  const std::string parent(split.parent);
  if (!parent.empty() && look_up_path(parent) == 0) {
    constexpr std::uint32_t kFolderMode = 0755;
    put(parent, Content{.kind = FileKind::folder, .mode = kFolderMode, .owner = content.owner});
  }
  const Node folder = look_up_path(parent);
  if (const Node there = look_up(folder, split.name); there != 0) {
    if (content.kind == FileKind::folder && nodes_.at(there).kind == FileKind::folder) return;
    change({{{folder, std::string(split.name)}, 0}});
    settle_last_change();
  }
  add(folder, split.name, std::move(content), path);
  settle_last_change();
}

void MemoryDisk::erase(std::string_view path) {
  const ParentAndName split = split_path(path);
  const Node folder = look_up_path(split.parent);
  const Node node = look_up(folder, split.name);
  if (node == 0) throw file_error(ENOENT, "remove", path);
  erase_children(node);
  content(node).removed = true;
  change({{{folder, std::string(split.name)}, 0}});
  settle_last_change();
}

void MemoryDisk::erase_children(Node folder) {
  for (const auto& [name, node] : children(folder)) {
    erase_children(node);
    content(node).removed = true;
    change({{{folder, name}, 0}});
    settle_last_change();
  }
}

void MemoryDisk::move(std::string_view from, std::string_view to) {
  const ParentAndName source = split_path(from);
  const ParentAndName target = split_path(to);
  rename(look_up_path(source.parent), source.name, look_up_path(target.parent), target.name,
         RenameMode::replace, to);
  settle_last_change();
}

std::map<std::string, std::string> MemoryDisk::tree(std::string_view path) const {
  std::map<std::string, std::string> found;
  if (const Node folder = look_up_path(path); folder != 0) add_to_tree(folder, "", found);
  return found;
}

void MemoryDisk::add_to_tree(Node folder, const std::string& prefix,
                             std::map<std::string, std::string>& tree) const {
  for (const auto& [name, node] : children(folder)) {
    const Content& found = content(node);
    if (found.kind == FileKind::folder) {
      tree[prefix + name + "/"] = "";
      add_to_tree(node, prefix + name + "/", tree);
    } else {
      tree[prefix + name] = found.kind == FileKind::link ? "-> " + found.data : found.data;
    }
  }
}

std::map<std::string, std::string> MemoryDisk::described(std::string_view path) const {
  constexpr int kOctal = 8;
  std::map<std::string, std::string> found = tree(path);
  for (auto& [name, text] : found) {
    const std::string whole = std::string(path) + "/" + name;
    const ParentAndName split = split_path(
        std::string_view(whole).substr(0, name.ends_with('/') ? whole.size() - 1 : whole.size()));
    const Node node = look_up(look_up_path(split.parent), split.name);
    const Content& there = content(node);
    std::string mode;
    for (std::uint32_t bits = there.mode; bits != 0; bits /= kOctal)
      mode.insert(mode.begin(), static_cast<char>('0' + bits % kOctal));
    text.insert(0, mode.append(" ").append(std::to_string(node)).append(" "));
  }
  return found;
}

MemoryDisk MemoryDisk::after_crash(
    const std::function<bool(std::size_t index, std::size_t count)>& survives,
    bool data_survives) const {
  MemoryDisk found = *this;
  const std::size_t loose = unflushed_names();
  std::size_t index = 0;
  for (const Change& change : changes_) {
    if (!change.durable && !survives(index++, loose)) continue;
    for (const auto& [slot, node] : change.assigned)
      found.durable_names_[slot] = node;
  }
  std::erase_if(found.durable_names_, [](const auto& pair) { return pair.second == 0; });
  found.names_ = found.durable_names_;
  found.changes_.clear();
  found.forget_unreachable();
  for (auto& [node, content] : found.nodes_) {
    if (content.kind == FileKind::file && !data_survives) content.data = content.durable_data;
    content.durable_data = content.data;
    content.lost = false;
    content.removed = false;
  }
  return found;
}

void MemoryDisk::forget_unreachable() {
  std::vector<Node> to_look{root()};
  std::map<Node, Content> reached;
  std::map<Slot, Node> names;
  while (!to_look.empty()) {
    const Node at = to_look.back();
    to_look.pop_back();
    if (!reached.emplace(at, nodes_.at(at)).second) continue;
    for (const auto& [name, node] : children(at)) {
      names[{at, name}] = node;
      to_look.push_back(node);
    }
  }
  nodes_ = std::move(reached);
  names_ = std::move(names);
  durable_names_ = names_;
}

std::size_t MemoryDisk::unflushed_names() const {
  return static_cast<std::size_t>(
      std::count_if(changes_.begin(), changes_.end(), [](const Change& c) { return !c.durable; }));
}

std::string MemoryDisk::fingerprint() const {
  std::string text;
  const auto add_name = [&text](const Slot& slot, Node node) {
    text.append(std::to_string(slot.first)).append("/").append(slot.second);
    text.append("=").append(std::to_string(node)).append("\n");
  };
  const auto add_data = [&text](const std::string& data) {
    text.append(std::to_string(data.size())).append(":").append(data);
  };
  for (const auto& [slot, node] : names_) {
    add_name(slot, node);
    const Content& there = content(node);
    text.append(std::to_string(there.mode)).append(there.lost ? " lost " : " ");
    add_data(there.data);
    if (there.durable_data != there.data) add_data("<" + there.durable_data);
  }
  if (changes_.empty()) return text;
  for (const auto& [slot, node] : durable_names_)
    add_name(slot, node);
  for (const Change& change : changes_) {
    text.append(change.durable ? "durable\n" : change.lost ? "lost\n" : "loose\n");
    for (const auto& [slot, node] : change.assigned)
      add_name(slot, node);
  }
  return text;
}

}  // namespace ratchet
