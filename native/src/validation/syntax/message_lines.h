// What compilers write for people, read back.
#pragma once

#include <vector>

#include "process/launcher.h"
#include "validation/syntax/compiler.h"

namespace ratchet {

/// `gofmt -e -l` over files `N.go`: `N.go:LINE:COLUMN: message` lines on the error stream, columns
/// in bytes; a file that none of them names is valid. Nothing at all where it ended in another way
/// than with 0 or 2.
[[nodiscard]] std::vector<CompilerAnswer> read_gofmt(const ProcessResult& result,
                                                     std::size_t count);

/// `bash -n` over one file: `NAME: line N: message` lines, the first of which is the fault; lines
/// that call themselves warnings are. Nothing at all where bash failed and named no line.
[[nodiscard]] std::vector<CompilerAnswer> read_bash(const ProcessResult& result, std::size_t count);

}  // namespace ratchet
