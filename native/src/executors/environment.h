// The seams and bounds that a run works with: everything outside the engine that it may touch.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "core/clock.h"
#include "core/limits.h"
#include "core/random.h"
#include "fs/file_system.h"
#include "process/launcher.h"
#include "validation/dependencies/tool_questions.h"

namespace ratchet {

/// One per engine; the objects outlive it. Thread-safe as its parts are.
struct Environment {
  FileSystem& files;
  Launcher& launcher;
  Clock& clock;
  Random& random;
  Limits limits;
  std::size_t threads;  ///< for parallel work, at least 1
  /// The value of Transaction::kMark that this process was started with.
  std::optional<std::string> parent_mark{};
  /// The program that ends children whose host was killed; without it they are orphans then.
  std::optional<std::filesystem::path> watchdog{};
  /// What programs have said of themselves to this engine.
  std::shared_ptr<KeptAnswers> kept_answers = std::make_shared<KeptAnswers>();
};

}  // namespace ratchet
