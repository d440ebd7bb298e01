#include "transactions/foreign_hand.h"

#include <algorithm>

namespace ratchet::test {
namespace {

std::string parent_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

/// What the scenario comes to, from a transaction that is not applied.
std::vector<Entry> entries_of(const Scenario& scenario) {
  Stage stage(scenario);
  auto transaction = stage.begin(stage.files, "/r", Durability::none);
  for (const Step& step : scenario.steps)
    run(transaction, step);
  return transaction.entries();
}

/// Whether a slot has this content still to come: else nobody can tell whose a file with it is.
bool is_still_to_come(const MemoryFileSystem& files, const std::string& content, bool beside) {
  for (const auto& [name, text] : files.tree("/r")) {
    const std::size_t end = name.find_last_not_of("0123456789");
    const std::string_view stem = std::string_view(name).substr(0, end + 1);
    const bool is_slot = beside ? stem.ends_with(".ratchet-T1-") : stem == ".ratchet/tx/T1/";
    if (is_slot && end + 1 < name.size() && text == content) return true;
  }
  return false;
}

}  // namespace

std::string to_string(const Deed& deed) {
  constexpr const char* kNames[] = {"replace",
                                    "write into",
                                    "remove",
                                    "revert",
                                    "write the same to",
                                    "add a file in",
                                    "write through an old handle into"};
  return std::string("SOMEBODY: ") + kNames[static_cast<int>(deed.hand)] + " " + deed.path;
}

std::vector<Deed> deeds(const Scenario& scenario) {
  std::vector<Deed> all;
  for (const Entry& entry : entries_of(scenario)) {
    std::vector<std::string> paths{entry.path};
    if (entry.kind == EntryKind::move) paths.push_back(entry.from);
    for (const std::string& path : paths) {
      const bool is_folder = entry.pre.is_folder() || entry.post.is_folder();
      if (is_folder) all.push_back({Hand::add_inside, path, paths});
      if (is_folder && entry.kind != EntryKind::replace_kind) continue;
      for (const Hand hand :
           {Hand::replace, Hand::write, Hand::remove, Hand::revert, Hand::same, Hand::old_handle}) {
        all.push_back({hand, path, paths});
      }
    }
  }
  return all;
}

ForeignHand::ForeignHand(const Scenario& scenario, const MemoryFileSystem& at_start)
    : scenario_(&scenario), after_(scenario.after()) {
  for (const auto& [path, thing] : scenario.before.things) {
    if (thing.kind == 'f') inodes_[path] = at_start.inode("/r/" + path);
  }
}

std::optional<Obligation> ForeignHand::act(MemoryFileSystem& files, const Deed& deed) const {
  const std::string whole = "/r/" + deed.path;
  const PlainTree now = seen_on(files, "/r");
  const std::string parent = parent_of(deed.path);
  const auto there = now.things.find(deed.path);
  const bool exists = there != now.things.end();
  const bool is_folder = exists && there->second.kind == 'd';
  const auto above = now.things.find(parent);
  if (!parent.empty() && (above == now.things.end() || above->second.kind != 'd')) return {};
  Obligation owed;
  owed.exempt.insert(deed.touches.begin(), deed.touches.end());
  const bool makes = deed.hand != Hand::remove;
  for (const std::string& path : deed.touches) {
    for (std::string up = parent_of(path); makes && !up.empty(); up = parent_of(up))
      owed.exempt.insert(up);
  }
  if (deed.hand == Hand::add_inside) {
    if (!is_folder || now.things.contains(deed.path + "/zz")) return {};
    files.put_file(whole + "/zz", kToken);
    owed.exempt.insert(deed.path + "/zz");
    owed.content = kToken;
    return owed;
  }
  if (deed.hand == Hand::old_handle) {
    const auto inode = inodes_.find(deed.path);
    if (inode == inodes_.end()) return {};
    const std::string before = files.fingerprint();
    files.write_through(inode->second, kToken);
    if (files.fingerprint() == before) return {};
    owed.content = kToken;
    return owed;
  }
  if (is_folder) return {};
  switch (deed.hand) {
    case Hand::replace:
      files.put_file(whole, kToken);
      owed.content = kToken;
      return owed;
    case Hand::write:
      if (!exists || there->second.kind != 'f') return {};
      files.write_into(whole, kToken);
      owed.content = kToken;
      return owed;
    case Hand::remove:
      if (!exists) return {};
      files.erase(whole);
      return owed;
    case Hand::revert:
    case Hand::same: {
      const PlainTree& wanted = deed.hand == Hand::revert ? scenario_->before : after_;
      const auto old = wanted.things.find(deed.path);
      const bool wants = old != wanted.things.end();
      if (wants && (old->second.kind != 'f' || (exists && there->second == old->second))) return {};
      if (!wants && !exists) return {};
      const bool same = deed.hand == Hand::same;
      const bool beside =
          std::any_of(scenario_->mounts.begin(), scenario_->mounts.end(),
                      [&](const std::string& mount) { return deed.path.starts_with(mount + "/"); });
      if (same && (!wants || !is_still_to_come(files, old->second.content, beside))) return {};
      if (!wants) {
        files.erase(whole);
        return owed;
      }
      files.put_file(whole, old->second.content);
      files.set_mode(whole, old->second.mode);
      owed.content = old->second.content;
      owed.at = deed.path;
      return owed;
    }
    default:
      return {};
  }
}

bool ForeignHand::is_lost(const MemoryFileSystem& files, const Obligation& obligation,
                          bool pending) {
  if (!obligation.content) return false;
  for (const auto& [name, content] : files.tree("/r")) {
    if (content != *obligation.content) continue;
    const bool of_state = name.starts_with(".ratchet/");
    // A pre-image of a run is the old file itself.
    const bool kept =
        name.starts_with(".ratchet/kept/") || name.starts_with(".ratchet/runs/T1/before/");
    // What the transaction has of its own has the same content: that proves nothing.
    const bool own = obligation.at && !kept && name != *obligation.at && !pending;
    if (own) continue;
    if (!of_state || kept || pending) return false;
  }
  return true;
}

bool ForeignHand::is_like(const MemoryFileSystem& files, const PlainTree& tree,
                          const Obligation& obligation) {
  const auto cut = [&](PlainTree whole) {
    std::erase_if(whole.things, [&](const auto& thing) {
      return obligation.exempt.contains(thing.first) ||
             thing.first.find(".ratchet-T1-") != std::string::npos;
    });
    return whole;
  };
  return cut(seen_on(files, "/r")) == cut(tree);
}

}  // namespace ratchet::test
