// What ratchet_generate writes.
#pragma once

#include <map>
#include <string>

#include "result_types.h"

namespace ratchet::generate {

/// File name to content.
using Files = std::map<std::string, std::string>;

/// A class a result type, the table from operations to them, and the exit codes of error
/// categories.
[[nodiscard]] Files csharp_files(const ResultTypes& types);

/// Ratchet.Types.ps1xml: the names of JSON as hidden aliases of the properties.
[[nodiscard]] Files powershell_type_files(const ResultTypes& types);

}  // namespace ratchet::generate
