// Files as a plain map: what operations mean, without anything that makes them safe.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "fs/memory_file_system.h"
#include "transactions/transaction.h"

namespace ratchet::test {

enum class Do { create, update, remove, move, make_folder, remove_folder };

/// One operation of a transaction, as data.
struct Step {
  Do what = Do::create;
  std::string path;
  std::string other{};  ///< the content, or where it is moved to
  std::uint32_t mode = 0;
};

[[nodiscard]] std::string to_string(const Step& step);

/// A file, a folder or a link.
struct Thing {
  char kind = 'f';  ///< `f`, `d` or `l`
  std::string content{};
  std::uint32_t mode = 0644;
  bool implied = false;  ///< a folder that no operation has named: it comes and goes with the rest

  friend bool operator==(const Thing& a, const Thing& b) {
    return a.kind == b.kind && a.content == b.content && (a.kind == 'l' || a.mode == b.mode);
  }
};

/// The oracle: written from the contract of Transaction, sharing no code with it.
class PlainTree {
 public:
  std::map<std::string, Thing> things;

  /// The code with which the operation is refused; empty where it is carried out.
  std::string run(const Step& step);
  /// What stands there once all is done: a folder that was there before keeps its mode.
  [[nodiscard]] PlainTree after(const PlainTree& before) const;

  friend bool operator==(const PlainTree& a, const PlainTree& b) { return a.things == b.things; }

 private:
  [[nodiscard]] bool file_on_the_way(const std::string& path) const;
  [[nodiscard]] bool is_folder(const std::string& path) const;
  [[nodiscard]] std::vector<std::string> beneath(const std::string& path) const;
  void place(const std::string& path, Thing thing);
  void erase(const std::string& path);
  std::string move(const Step& step);

  std::set<std::string> named_;
};

[[nodiscard]] Thing file(std::string content, std::uint32_t mode = 0644);
[[nodiscard]] Thing folder(std::uint32_t mode = 0755);
[[nodiscard]] Thing link(std::string target);

/// Puts it on a disk beneath `root`.
void put(MemoryFileSystem& files, const std::string& root, const PlainTree& tree);
/// What a user sees of a disk: all but `.ratchet`.
[[nodiscard]] PlainTree seen_on(const MemoryFileSystem& files, const std::string& root);
[[nodiscard]] std::string to_string(const PlainTree& tree);

/// Asks the transaction for the same.
void run(Transaction& transaction, const Step& step);

}  // namespace ratchet::test
