// Somebody else's hand in a project, and what it must find again afterwards.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "transactions/scenario.h"

namespace ratchet::test {

enum class Hand {
  replace,     ///< another file under the name
  write,       ///< into the file that stands there
  remove,      ///< the name
  revert,      ///< what stood there before the transaction
  same,        ///< the very content that the transaction writes there
  add_inside,  ///< a file into the folder
  old_handle,  ///< into the file that stood there before, through a descriptor opened then
};

struct Deed {
  Hand hand = Hand::replace;
  std::string path;
  std::vector<std::string> touches;  ///< the paths of the entry, which are nobody's to judge then
};

/// What is to be found again, and what no longer needs to be old or new.
struct Obligation {
  std::optional<std::string> content{};  ///< anywhere that people are told of
  std::optional<std::string> at{};       ///< or in any case under this path
  std::set<std::string> exempt{};
};

/// All that somebody may do to the paths of a scenario.
[[nodiscard]] std::vector<Deed> deeds(const Scenario& scenario);

class ForeignHand {
 public:
  static constexpr const char* kToken = "somebody's own work";

  ForeignHand(const Scenario& scenario, const MemoryFileSystem& at_start);

  /// Does it; nothing where it makes no sense now.
  std::optional<Obligation> act(MemoryFileSystem& files, const Deed& deed) const;

  /// Whether the work is lost; `pending` counts the transaction's folder too.
  [[nodiscard]] static bool is_lost(const MemoryFileSystem& files, const Obligation& obligation,
                                    bool pending);
  /// But for what is exempt, and for slots that hold somebody's work on another mount.
  [[nodiscard]] static bool is_like(const MemoryFileSystem& files, const PlainTree& tree,
                                    const Obligation& obligation);

 private:
  const Scenario* scenario_;
  PlainTree after_;
  std::map<std::string, std::uint64_t> inodes_;
};

[[nodiscard]] std::string to_string(const Deed& deed);

}  // namespace ratchet::test
