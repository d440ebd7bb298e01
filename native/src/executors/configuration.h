// ratchet.yaml: what a project says about how Ratchet works in it.
#pragma once

#include "core/limits.h"
#include "fs/file_system.h"
#include "transactions/home.h"
#include "transactions/run_folder.h"

namespace ratchet {

/// schemas/configuration.schema.json describes the file.
struct Configuration {
  Retention retention;
};

/// Reads `ratchet.yaml` of the home; the defaults where there is none. Error: config.invalid with
/// the place of the first fault, and all of them in `details.findings`; yaml.*; io.*.
[[nodiscard]] Configuration load_configuration(FileSystem& files, const Home& home,
                                               const Limits& limits);

}  // namespace ratchet
