// One program with everything that it starts, as a system starts, hears and ends it: what differs
// between systems, below RunningChild.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "process/launcher.h"

namespace ratchet {

/// How a program ended by itself, or by a signal.
struct ProgramEnd {
  bool known = false;  ///< false: it exited, but somebody else collected the status
  int exit_code = -1;
  int signal = 0;
};

/// Is told what a child does. Must not destroy it within a call.
class ChildListener {
 public:
  virtual ~ChildListener() = default;

  virtual void said(StreamName stream, std::string_view bytes) = 0;
  /// Nothing more comes from one of the streams.
  virtual void stream_ended() = 0;
  virtual void exited(const ProgramEnd& end) = 0;
  /// The answer to ChildTree::seek_survivors().
  virtual void survived(std::vector<Survivor> survivors) = 0;
};

/// Whoever descends from the program belongs to its tree until he leaves it, where a system lets
/// him. Used by the thread that turns the reactor, within whose turns the listener is told.
class ChildTree {
 public:
  /// Kills what still runs, reaps, and waits a short time until it is gone, unless leave() was
  /// called.
  virtual ~ChildTree() = default;

  /// How the program ended, or nothing while it runs. Until finish() its id stays taken, so that
  /// ask() and kill() hit nobody else.
  [[nodiscard]] virtual std::optional<ProgramEnd> end() = 0;
  /// Whether one of the streams is still open.
  [[nodiscard]] virtual bool is_heard() const = 0;
  /// Asks all of the tree to end. False where there is no way to ask.
  [[nodiscard]] virtual bool ask() = 0;
  /// Ends all of the tree, without waiting for it.
  virtual void kill() = 0;
  /// For a program that has ended: kills what is left of the tree, reaps, and feeds nobody any
  /// more.
  virtual void finish() = 0;
  /// Whether nothing of a finished tree is left: the killed end on their own time.
  [[nodiscard]] virtual bool is_gone(SteadyTime now) = 0;
  /// Hands out what is left in the streams and closes them; waits for nobody any more.
  virtual void leave() = 0;
  /// Has the listener told, now or in a ChildStarter::serve_searches(), who lives on.
  virtual void seek_survivors() = 0;
};

/// Starts the children of one loop, which it outlives.
class ChildStarter {
 public:
  virtual ~ChildStarter() = default;

  /// Starts a command that Launcher::check() has let pass; the listener must outlive the tree.
  /// Throws Error{process.*}; nothing runs then.
  [[nodiscard]] virtual std::unique_ptr<ChildTree> start(const Command& command,
                                                         ChildListener& listener) = 0;
  /// Does what searches for survivors it has put off, or waits a moment with others who wait;
  /// whether there was any.
  virtual bool serve_searches() = 0;
};

}  // namespace ratchet
