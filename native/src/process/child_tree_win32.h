// A job object as a ChildTree.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "process/child_tree.h"
#include "process/job_win32.h"
#include "process/overlapped_win32.h"
#include "process/pipe_win32.h"
#include "process/program_search.h"

namespace ratchet {

/// Nobody leaves it: survivors are those alone whom the system could not end.
class Win32ChildTree final : public ChildTree {
 public:
  /// Starts it. Throws Error{process.*}; nothing runs then.
  Win32ChildTree(const Command& command, KnownPrograms& programs, ChildListener& listener,
                 Reactor& reactor, PipeNames& names);
  Win32ChildTree(const Win32ChildTree&) = delete;
  Win32ChildTree& operator=(const Win32ChildTree&) = delete;
  ~Win32ChildTree() override;

  std::optional<ProgramEnd> end() override;
  bool is_heard() const override;
  bool ask() override;
  void kill() override;
  void finish() override;
  bool is_gone(SteadyTime now) override;
  void leave() override;
  void seek_survivors() override;

 private:
  Handle connect_output(PipeReader& reader, StreamName name, OutputMode mode);
  Handle connect_input(const Command& command);
  void start(const Command& command, KnownPrograms& programs);

  ChildListener& listener_;
  Reactor& reactor_;
  PipeNames& names_;
  Job job_;
  std::uint32_t id_ = 0;
  bool is_asked_ = false;
  bool is_killed_ = false;
  bool is_left_ = false;
  std::array<PipeReader, 2> readers_;
  PipeWriter writer_;
  ExitWatch exit_;
};

/// Starts the children of one loop.
class Win32ChildStarter final : public ChildStarter {
 public:
  /// Both must outlive it.
  Win32ChildStarter(Reactor& reactor, PipeNames& names) : reactor_(reactor), names_(names) {}

  std::unique_ptr<ChildTree> start(const Command& command, ChildListener& listener) override;
  /// Nothing is put off: a job knows at once who lives in it.
  bool serve_searches() override { return false; }

 private:
  Reactor& reactor_;
  PipeNames& names_;
  KnownPrograms programs_;
};

}  // namespace ratchet
