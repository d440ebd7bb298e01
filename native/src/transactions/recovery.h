// Ending what others have left behind: transactions whose process died or whose machine lost power.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/error.h"
#include "transactions/home.h"
#include "transactions/state_folder.h"
#include "transactions/tx_folder.h"

namespace ratchet {

/// How an interrupted transaction is ended.
enum class RecoveryWay {
  automatic,  ///< back, as far as nobody else has changed anything
  back,       ///< back, also over what somebody changed: that is moved to `.ratchet/kept/`
  forward,    ///< all of it becomes visible and is kept
  forget,     ///< the tree stays as it is; the transaction's folder is moved to `.ratchet/kept/`
};

/// What became of one transaction.
struct Recovered {
  std::string id;
  /// `undone`, `completed` (its end was tidied up), `kept` (brought forward), `forgotten`,
  /// `removed` (nothing of it was visible), `blocked` (nothing more was done: see `error`).
  std::string outcome;
  std::vector<std::string> conflicts{};  ///< paths that somebody changed
  std::vector<std::string> filled{};  ///< folders that stay, because somebody's files are in them
  std::vector<std::string> kept{};    ///< where somebody's content lies now
  std::optional<Error> error{};
};

/// Whose state is recovered.
struct RecoveryPlace {
  FileSystem& files;
  Clock& clock;
  const Home& home;
  StateFolder& state;
};

/// How old an open transaction that no process holds must be to be removed.
inline constexpr std::chrono::hours kAbandonedAfter{24};

/// Ends one that is not held by a living process; the root's lock is held. An open one is removed
/// where it is abandoned or where a way is chosen; else nothing is returned for it.
[[nodiscard]] std::optional<Recovered> recover_one(const RecoveryPlace& place,
                                                   const std::string& id, RecoveryWay way);

/// All that are there but `own`, by id. What is blocked is among the results and stops nothing.
[[nodiscard]] std::vector<Recovered> recover_all(const RecoveryPlace& place, RecoveryWay way,
                                                 const std::string& own);

/// The error for what is blocked; nothing where nothing is.
[[nodiscard]] std::optional<Error> error_of(const std::vector<Recovered>& recovered);

}  // namespace ratchet
