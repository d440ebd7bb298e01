// The variable by which descendants of a child are known, wherever they went.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace ratchet {

/// The marks of one launcher's children: `RATCHET_CHILD=LAUNCHER.NUMBER`. A child of a child of
/// another engine has both, outermost first, with a colon between. Immutable.
class ChildMarks {
 public:
  static constexpr std::string_view kVariable = "RATCHET_CHILD";

  /// `launcher` must be unique on the machine; `inherited` is what this process was started with.
  ChildMarks(std::string launcher, std::string_view inherited);

  [[nodiscard]] const std::string& launcher() const { return launcher_; }
  /// Of one child, unique.
  [[nodiscard]] std::string mark(std::uint32_t child) const;
  /// What the variable is set to for that child.
  [[nodiscard]] std::string value(std::uint32_t child) const { return outer_ + mark(child); }

  /// Whether a value of the variable belongs to a descendant of the child with this mark.
  [[nodiscard]] static bool holds(std::string_view value, std::string_view mark);

 private:
  std::string launcher_;
  std::string outer_;
};

}  // namespace ratchet
