// Where the program lies that watches over the children of an engine.
#pragma once

#include <filesystem>
#include <optional>

namespace ratchet {

/// The command line of the package that this library belongs to: beside the library (module, and
/// `cli/` in a build tree) or in `../bin` (installation). Nothing where it is missing or may not be
/// executed, and where the system needs none (see needs_watchdog()). The search path does not
/// matter: a program of another version would not do.
[[nodiscard]] std::optional<std::filesystem::path> find_watchdog_program();

}  // namespace ratchet
