// A project in memory, for tests of one transaction.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "fs/memory_file_system.h"
#include "fs/thrown_code.h"
#include "transactions/fixed_seams.h"

namespace ratchet::test {

using Tree = std::map<std::string, std::string>;

struct World : Bench {
  World() { files.put_folder("/r"); }

  [[nodiscard]] Transaction begin(Durability durability = Durability::batch,
                                  std::string id = "T1") {
    return Bench::begin(files, "/r", durability, std::move(id));
  }
  [[nodiscard]] Tree tree() const { return files.tree("/r"); }
  /// Whether a transaction ever came so far.
  [[nodiscard]] bool wrote_journal() const {
    const auto done = files.operations();
    return std::any_of(done.begin(), done.end(), [](const RecordedOperation& each) {
      return each.operation == FileOperation::write &&
             each.path.find("/journal") != std::string::npos;
    });
  }

  MemoryFileSystem files;
};

inline std::vector<std::string> kept_paths(const Error& error) {
  std::vector<std::string> paths;
  for (const auto& item : error.details().at("paths").as_array()) {
    paths.emplace_back(item.as_string());
  }
  return paths;
}

inline Tree without_state(Tree tree) {
  std::erase_if(tree, [](const auto& entry) { return entry.first.starts_with(".ratchet/"); });
  return tree;
}

/// Applies, lets somebody interfere, undoes; the paths that undo could not take back.
template <typename Interfere>
std::vector<std::string> kept_by_undo(World& world, Interfere interfere) {
  auto transaction = world.begin();
  transaction.create(path("a.txt"), "ours");
  transaction.create(path("d/b.txt"), "ours too");
  Applied applied = std::move(transaction).apply(world.cancel.token());
  interfere(world.files);
  try {
    std::move(applied).undo();
  } catch (const Error& error) {
    CHECK(error.code().name() == "transaction.undo_incomplete");
    return kept_paths(error);
  }
  return {};
}

}  // namespace ratchet::test
