// Which versions are asked for, as npm writes it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "validation/dependencies/version.h"

namespace ratchet {

/// A range as in npm's package.json (docs.npmjs.com, semver): `^1.2`, `~1.2.3`, `>=1.2 <2`, `1.x`,
/// `*`, `1.2 - 2.3`, `a || b`. `==` is read as `=`, and a comma like a space. A lone version asks
/// for that one, or for all that begin with it where it has fewer than three numbers.
class VersionRange {
 public:
  /// Which prereleases can be in a range.
  enum class Prereleases {
    /// As npm: those of a release that a comparator names with a prerelease (`>=1.2.0-beta`).
    where_named,
    /// All, by their order.
    all,
  };
  /// What a lone version asks for.
  enum class Lone {
    itself,      ///< npm
    compatible,  ///< cargo: as if it had a `^`
  };

  /// Nothing where the text is no range (a tag, a URL, `workspace:*`).
  [[nodiscard]] static std::optional<VersionRange> parse(std::string_view text,
                                                         Lone lone = Lone::itself);

  [[nodiscard]] bool holds(const Version& version, Prereleases prereleases) const;

 private:
  enum class Relation { less, at_most, equal, at_least, greater };
  struct Comparator {
    Relation relation;
    Version version;
    bool is_written = true;  ///< false for a bound that follows from `^`, `~`, `x` or a hyphen
  };
  /// A version of which the end may be left open.
  struct Partial;
  using Comparators = std::vector<Comparator>;

  [[nodiscard]] static std::optional<Partial> parse_partial(std::string_view text);
  [[nodiscard]] static bool add(Comparators& set, std::string_view op, const Partial& partial,
                                Lone lone);
  static void add_below(Comparators& set, const Partial& partial, std::size_t index);
  [[nodiscard]] static std::optional<Comparators> parse_set(std::string_view text, Lone lone);
  [[nodiscard]] static bool all_hold(const Comparators& set, const Version& version,
                                     Prereleases prereleases);

  std::vector<Comparators> alternatives_;
};

}  // namespace ratchet
