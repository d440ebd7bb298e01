// The bounds on what the engine takes in and keeps; each can be set in the options of an engine.
#pragma once

#include <cstdint>

namespace ratchet {

/// Defaults of the engine. Sizes in bytes, times in milliseconds.
struct Limits {
  std::int64_t input_bytes = 64LL << 20;   ///< one request, instance, template or document
  std::int64_t json_depth = 512;           ///< nesting of objects and arrays
  std::int64_t findings_per_file = 1000;   ///< the rest is counted
  std::int64_t findings_per_run = 10000;   ///< the rest is counted
  std::int64_t output_bytes = 10LL << 20;  ///< one stream of a child, kept in memory
  std::int64_t spill_bytes = 1LL << 30;    ///< one stream of a child, written to a file
  std::int64_t queued_events = 4096;       ///< per job, before output drops and progress coalesces
  std::int64_t running_jobs = 64;          ///< per engine
  std::int64_t template_depth = 64;        ///< partials and sections inside each other
  std::int64_t rendered_bytes = 64LL << 20;  ///< one rendered file
  std::int64_t batch_files = 100000;         ///< files of one batch
  std::int64_t grace_ms = 2000;              ///< between asking a child to end and killing it
  std::int64_t syntax_timeout_ms = 60000;    ///< one run of a language's compiler
  std::int64_t structure_paths = 100000;     ///< required paths of one check
  std::int64_t structure_entries = 2000000;  ///< names on disk looked at for them
  std::int64_t dependencies = 10000;         ///< of one check
  std::int64_t tool_timeout_ms = 10000;      ///< one question to a tool, as for its version
  std::int64_t lock_wait_ms = 10000;         ///< waiting for another transaction on the same root
};

}  // namespace ratchet
