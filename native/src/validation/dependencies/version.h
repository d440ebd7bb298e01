// Versions of programs and of npm, go, cargo and NuGet packages, and their order.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ratchet {

/// Numbers with dots between, and what stands behind them, ordered as semver.org 2.0.0 has it; any
/// count of numbers, where missing ones are 0. Build metadata (`+…`) counts for nothing.
struct Version {
  std::vector<std::uint64_t> numbers;
  std::vector<std::string> prerelease;  ///< `1.0.0-beta.2`: "beta", "2"; empty for a release

  /// `1.2.3`, `v1.2`, `1.2.3-rc.1+build`; nothing for anything else.
  [[nodiscard]] static std::optional<Version> parse(std::string_view text);

  [[nodiscard]] std::uint64_t number(std::size_t index) const {
    return index < numbers.size() ? numbers[index] : 0;
  }
  /// -1, 0 or 1.
  [[nodiscard]] int compare(const Version& other) const;
  /// Whether both have the same numbers.
  [[nodiscard]] bool same_release(const Version& other) const;
};

/// Digits alone that fit 64 bits.
[[nodiscard]] std::optional<std::uint64_t> whole_number(std::string_view digits);

}  // namespace ratchet
