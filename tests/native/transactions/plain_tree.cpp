#include "transactions/plain_tree.h"

#include "transactions/fixed_seams.h"

namespace ratchet::test {
namespace {

std::string parent_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

}  // namespace

std::string to_string(const Step& step) {
  constexpr const char* kNames[] = {"create", "update",      "remove",
                                    "move",   "make_folder", "remove_folder"};
  return std::string(kNames[static_cast<int>(step.what)]) + " " + step.path +
         (step.other.empty() ? "" : " " + step.other) +
         (step.mode == 0 ? "" : " mode " + std::to_string(step.mode));
}

Thing file(std::string content, std::uint32_t mode) {
  return {.kind = 'f', .content = std::move(content), .mode = mode};
}
Thing folder(std::uint32_t mode) {
  return {.kind = 'd', .content = {}, .mode = mode};
}
Thing link(std::string target) {
  return {.kind = 'l', .content = std::move(target)};
}

bool PlainTree::is_folder(const std::string& path) const {
  const auto found = things.find(path);
  return found != things.end() && found->second.kind == 'd';
}

bool PlainTree::file_on_the_way(const std::string& path) const {
  for (std::string above = parent_of(path); !above.empty(); above = parent_of(above)) {
    if (things.contains(above)) return !is_folder(above);
  }
  return false;
}

std::vector<std::string> PlainTree::beneath(const std::string& path) const {
  std::vector<std::string> found;
  for (auto at = things.upper_bound(path + "/");
       at != things.end() && at->first.starts_with(path + "/"); ++at) {
    found.push_back(at->first);
  }
  return found;
}

void PlainTree::place(const std::string& path, Thing thing) {
  for (std::string above = parent_of(path); !above.empty(); above = parent_of(above)) {
    if (things.contains(above)) break;
    things[above] = folder();
    things[above].implied = !named_.contains(above);
  }
  things[path] = std::move(thing);
  named_.insert(path);
}

void PlainTree::erase(const std::string& path) {
  things.erase(path);
  named_.insert(path);
  for (std::string above = parent_of(path); !above.empty(); above = parent_of(above)) {
    const auto found = things.find(above);
    if (found == things.end() || !found->second.implied || !beneath(above).empty()) break;
    things.erase(found);
  }
}

std::string PlainTree::run(const Step& step) {
  if (file_on_the_way(step.path)) return "io.not_a_folder";
  const bool there = things.contains(step.path);
  switch (step.what) {
    case Do::create:
      if (there) return "transaction.exists";
      place(step.path, file(step.other, step.mode == 0 ? 0644 : step.mode));
      return {};
    case Do::update:
      if (!there) return "io.not_found";
      if (things[step.path].kind != 'f') return "io.not_a_file";
      place(step.path, file(step.other, step.mode == 0 ? things[step.path].mode : step.mode));
      return {};
    case Do::remove: {
      if (!there) return "io.not_found";
      const auto inside = beneath(step.path);
      for (auto each = inside.rbegin(); each != inside.rend(); ++each) {
        things.erase(*each);
        named_.insert(*each);
      }
      erase(step.path);
      return {};
    }
    case Do::move:
      return move(step);
    case Do::make_folder:
      if (there) return "transaction.exists";
      place(step.path, folder());
      return {};
    case Do::remove_folder:
      if (!there) return "io.not_found";
      if (!is_folder(step.path)) return "io.not_a_folder";
      if (!beneath(step.path).empty()) return "io.not_empty";
      erase(step.path);
      return {};
  }
  return "?";
}

std::string PlainTree::move(const Step& step) {
  const std::string& to = step.other;
  if (file_on_the_way(to)) return "io.not_a_folder";
  if (!things.contains(step.path)) return "io.not_found";
  if (to == step.path || to.starts_with(step.path + "/")) return "path.invalid";
  if (things.contains(to)) return "transaction.exists";
  const auto inside = beneath(step.path);
  Thing moved = things[step.path];
  moved.implied = false;
  place(to, moved);
  for (const std::string& each : inside) {
    Thing thing = things[each];
    thing.implied = false;
    place(to + each.substr(step.path.size()), thing);
  }
  for (auto each = inside.rbegin(); each != inside.rend(); ++each) {
    things.erase(*each);
    named_.insert(*each);
  }
  erase(step.path);
  return {};
}

PlainTree PlainTree::after(const PlainTree& before) const {
  PlainTree done = *this;
  for (auto& [path, thing] : done.things) {
    const auto old = before.things.find(path);
    if (thing.kind == 'd' && old != before.things.end() && old->second.kind == 'd') {
      thing.mode = old->second.mode;
    }
  }
  return done;
}

void put(MemoryFileSystem& files, const std::string& root, const PlainTree& tree) {
  for (const auto& [name, thing] : tree.things) {
    const std::string whole = root + "/" + name;
    if (thing.kind == 'd') files.put_folder(whole);
    if (thing.kind == 'f') files.put_file(whole, thing.content);
    if (thing.kind == 'l') files.put_link(whole, thing.content);
    if (thing.kind != 'l') files.set_mode(whole, thing.mode);
  }
}

PlainTree seen_on(const MemoryFileSystem& files, const std::string& root) {
  constexpr int kOctal = 8;
  PlainTree seen;
  for (const auto& [name, text] : files.described(root)) {
    if (name.starts_with(".ratchet/")) continue;
    const std::size_t first = text.find(' ');
    const std::string content = text.substr(text.find(' ', first + 1) + 1);
    const auto mode =
        static_cast<std::uint32_t>(std::stoul("0" + text.substr(0, first), nullptr, kOctal));
    if (name.ends_with('/')) {
      seen.things[name.substr(0, name.size() - 1)] = folder(mode);
    } else if (content.starts_with("-> ")) {
      seen.things[name] = link(content.substr(3));
    } else {
      seen.things[name] = file(content, mode);
    }
  }
  return seen;
}

std::string to_string(const PlainTree& tree) {
  std::string text;
  for (const auto& [name, thing] : tree.things) {
    text += name + (thing.kind == 'd' ? "/ " : thing.kind == 'l' ? " -> " : " = ");
    text += thing.content + (thing.mode == 0644 ? "" : " (" + std::to_string(thing.mode) + ")");
    text += "; ";
  }
  return text;
}

void run(Transaction& transaction, const Step& step) {
  switch (step.what) {
    case Do::create:
      return transaction.create(path(step.path), step.other, step.mode);
    case Do::update:
      return transaction.update(path(step.path), step.other, step.mode);
    case Do::remove:
      return transaction.remove(path(step.path));
    case Do::move:
      return transaction.move(path(step.path), path(step.other));
    case Do::make_folder:
      return transaction.make_folder(path(step.path));
    case Do::remove_folder:
      return transaction.remove_folder(path(step.path));
  }
}

}  // namespace ratchet::test
