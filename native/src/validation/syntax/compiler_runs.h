// Many texts through their compilers: children in batches, several at once.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "core/cancel.h"
#include "core/limits.h"
#include "core/random.h"
#include "fs/file_system.h"
#include "process/launcher.h"
#include "validation/syntax/compiler.h"

namespace ratchet {

struct CompilerWork {
  const Compiler* compiler = nullptr;
  std::vector<CompilerText> texts{};
};

struct CompilerSeams {
  FileSystem& files;
  Launcher& launcher;
  Random& random;
};

/// Called once for each text, in the thread of run_compilers().
using TakeAnswer = std::function<void(const CompilerText& text, CompilerAnswer answer)>;

/// Asks each compiler about its texts, at most `at_once` children at a time.
///
/// A child that dies or runs past `syntax_timeout_ms` takes one text with it: the others go to a
/// new child. A compiler that cannot be started, or says something that is no answer, leaves its
/// texts unchecked, and the others go on. Nothing it started or wrote is left on return. Throws
/// Error{job.cancelled}.
void run_compilers(std::span<const CompilerWork> works, CompilerSeams seams, const Limits& limits,
                   std::size_t at_once, const Cancellation& cancellation, const TakeAnswer& take);

}  // namespace ratchet
