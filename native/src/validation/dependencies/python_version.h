// Versions of Python packages, and which ones are asked for: PEP 440.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ratchet {

/// A version as PEP 440 has it, in every spelling that it allows: `1.2`, `1!2.0rc1.post3.dev4+x`.
struct PythonVersion {
  std::uint64_t epoch = 0;
  std::vector<std::uint64_t> release;
  /// Where it stands among those of its release: letters of a pre-release, with its number.
  std::optional<std::pair<char, std::uint64_t>> pre;  ///< 'a', 'b' or 'r' (rc)
  std::optional<std::uint64_t> post;
  std::optional<std::uint64_t> dev;
  std::vector<std::string> local;

  [[nodiscard]] static std::optional<PythonVersion> parse(std::string_view text);

  [[nodiscard]] std::uint64_t number(std::size_t index) const {
    return index < release.size() ? release[index] : 0;
  }
  /// -1, 0 or 1, the local part included.
  [[nodiscard]] int compare(const PythonVersion& other) const;
  [[nodiscard]] PythonVersion without_local() const;
};

/// Specifiers with commas between, all of which must hold: `>=1.2,!=1.3.*`, `~=2.2`, `==1.*`,
/// `===text`. None holds any version. Pre-releases count by their order, as for what is installed
/// already (pip check does so too).
class PythonSpecifiers {
 public:
  /// Nothing where the text is none.
  [[nodiscard]] static std::optional<PythonSpecifiers> parse(std::string_view text);

  /// `text` is the version as the package has it.
  [[nodiscard]] bool hold(const PythonVersion& version, std::string_view text) const;

 private:
  struct Specifier {
    std::string op;
    std::string text;  ///< of `===`
    PythonVersion version;
    bool is_prefix = false;  ///< `.*`
  };
  [[nodiscard]] static std::optional<Specifier> parse_one(std::string_view text);
  [[nodiscard]] static bool holds(const Specifier& specifier, const PythonVersion& version,
                                  std::string_view text);

  std::vector<Specifier> all_;
};

/// As PEP 503 compares names: lower case, and runs of `-`, `_` and `.` as one `-`.
[[nodiscard]] std::string normalized_python_name(std::string_view name);

}  // namespace ratchet
