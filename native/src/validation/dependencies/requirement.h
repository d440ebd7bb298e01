// A dependency as it is asked for: its kind, its name and the versions that will do.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "validation/dependencies/python_version.h"
#include "validation/dependencies/version_range.h"

namespace ratchet {

enum class DependencyKind { python, npm, npm_global, executable, dotnet, go, cargo };

[[nodiscard]] std::string_view to_string(DependencyKind kind);

/// `name`, and behind it what versions will do: `requests>=2.28,<3`, `react@^18`, `git >= 2.30`.
///
/// - python: a name by PEP 508, extras in brackets allowed and ignored, versions by PEP 440;
/// - all others: versions as npm writes ranges (version_range.h), behind an operator, a space or
///   an `@`. Pre-releases count by their order, but for npm and cargo, whose own rule holds; for
///   cargo a lone version means `^`.
struct Requirement {
  DependencyKind kind = DependencyKind::executable;
  std::string name;   ///< without extras
  std::string asked;  ///< what versions, as it was written; empty for any
  std::optional<PythonSpecifiers> python;
  std::optional<VersionRange> range;

  /// Throws Error{dependency.invalid} for a name that nothing of the kind can have, and for what is
  /// no requirement: markers behind a `;`, tags, URLs.
  [[nodiscard]] static Requirement parse(DependencyKind kind, std::string_view text);

  /// `kind:name`.
  [[nodiscard]] std::string id() const;
  /// Whether a version, as the package has it, will do. Nothing where it cannot be read, and a
  /// version is asked for; true where none is.
  [[nodiscard]] std::optional<bool> fits(std::string_view version) const;
  /// The same of one that is read already.
  [[nodiscard]] bool fits(const Version& version) const;
};

}  // namespace ratchet
