// The values that a tag can see: the variables, and what the sections around it have entered.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "templates/syntax_tree.h"

namespace ratchet {

/// False, null, "" and [] close a section.
[[nodiscard]] bool opens_section(const json::value& value);

/// A stack of borrowed values. The first component of a path is looked for from the innermost
/// object outwards, the rest inside what it names and nowhere else.
class Context {
 public:
  explicit Context(const json::value& variables) {
    frames_.reserve(kUsualDepth);
    frames_.push_back({&variables, 0, 0});
  }

  /// Leaves again when it goes out of scope.
  class Entered {
   public:
    explicit Entered(Context& context) : context_(context) {}
    Entered(const Entered&) = delete;
    Entered& operator=(const Entered&) = delete;
    ~Entered() { context_.frames_.pop_back(); }

   private:
    Context& context_;
  };

  /// A section's value; the second form is an item of a list of `count`.
  [[nodiscard]] Entered enter(const json::value& value);
  [[nodiscard]] Entered enter(const json::value& value, std::size_t index, std::size_t count);

  /// What the name means, or null where it is unknown. Valid until the next call or change.
  [[nodiscard]] const json::value* find(const Name& name);

  /// Why a name is unknown: the component that failed and the names that would have been known
  /// there.
  struct Miss {
    std::string_view component;
    std::vector<std::string> known;
  };
  [[nodiscard]] Miss explain(const Name& name) const;

 private:
  static constexpr std::size_t kUsualDepth = 8;

  struct Frame {
    const json::value* value;
    std::size_t index;
    std::size_t count;  ///< of the list that the value is an item of; 0 where it is none
  };

  [[nodiscard]] const json::value* find_path(const Name& name);
  [[nodiscard]] const json::value* find_loop(Name::Kind kind);
  [[nodiscard]] const json::value* find_first(std::string_view component) const;
  [[nodiscard]] const json::value* find_again(const Name& name);

  /// Where in its object a name was found the last time, by the place of the tag: the items of a
  /// list mostly have their keys in the same order. Names that share a row only guess worse.
  static constexpr std::size_t kGuesses = 64;

  std::vector<Frame> frames_;
  std::array<std::uint8_t, kGuesses> guesses_{};
  json::value loop_value_;
};

}  // namespace ratchet
