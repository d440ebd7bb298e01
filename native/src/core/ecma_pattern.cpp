#include "core/ecma_pattern.h"

#include <array>
#include <cstdint>
#include <cstdio>
#include <optional>

#include "core/ascii.h"
#include "core/error.h"
#include "core/text.h"

namespace ratchet {
namespace {

constexpr std::uint32_t kLastCodePoint = 0x10FFFF;
constexpr std::uint32_t kFirstSurrogate = 0xD800;
constexpr std::uint32_t kFirstLowSurrogate = 0xDC00;
constexpr std::uint32_t kLastSurrogate = 0xDFFF;
constexpr std::uint32_t kFirstSupplementary = 0x10000;
constexpr std::uint32_t kSurrogateBits = 10;
constexpr std::uint32_t kControlMask = 0x1F;
constexpr std::uint32_t kBackspace = 0x08;

/// `.`: anything but a line terminator of ECMA-262 §12.3.
constexpr std::string_view kAnyButLineEnd = R"([^\n\r\x{2028}\x{2029}])";
/// `\s`: WhiteSpace and LineTerminator of ECMA-262 §12.2 and §12.3; and all that is not.
constexpr std::string_view kSpace =
    R"(\t-\r\x20\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff})";
constexpr std::string_view kNoSpace =
    R"(\x{0}-\x{8}\x{e}-\x{1f}\x{21}-\x{9f}\x{a1}-\x{167f}\x{1681}-\x{1fff}\x{200b}-\x{2027})"
    R"(\x{202a}-\x{202e}\x{2030}-\x{205e}\x{2060}-\x{2fff}\x{3001}-\x{fefe}\x{ff00}-\x{10ffff})";

struct LongName {
  std::string_view ecma;
  std::string_view pcre2;
};

/// General categories by the long names of PropertyValueAliases.txt; the short ones pass as they
/// are.
constexpr auto kCategoryNames = std::to_array<LongName>({
    {"Cased_Letter", "L&"},
    {"Close_Punctuation", "Pe"},
    {"Combining_Mark", "M"},
    {"Connector_Punctuation", "Pc"},
    {"Control", "Cc"},
    {"Currency_Symbol", "Sc"},
    {"Dash_Punctuation", "Pd"},
    {"Decimal_Number", "Nd"},
    {"Enclosing_Mark", "Me"},
    {"Final_Punctuation", "Pf"},
    {"Format", "Cf"},
    {"Initial_Punctuation", "Pi"},
    {"LC", "L&"},
    {"Letter", "L"},
    {"Letter_Number", "Nl"},
    {"Line_Separator", "Zl"},
    {"Lowercase_Letter", "Ll"},
    {"Mark", "M"},
    {"Math_Symbol", "Sm"},
    {"Modifier_Letter", "Lm"},
    {"Modifier_Symbol", "Sk"},
    {"Nonspacing_Mark", "Mn"},
    {"Number", "N"},
    {"Open_Punctuation", "Ps"},
    {"Other", "C"},
    {"Other_Letter", "Lo"},
    {"Other_Number", "No"},
    {"Other_Punctuation", "Po"},
    {"Other_Symbol", "So"},
    {"Paragraph_Separator", "Zp"},
    {"Private_Use", "Co"},
    {"Punctuation", "P"},
    {"Separator", "Z"},
    {"Space_Separator", "Zs"},
    {"Spacing_Mark", "Mc"},
    {"Surrogate", "Cs"},
    {"Symbol", "S"},
    {"Titlecase_Letter", "Lt"},
    {"Unassigned", "Cn"},
    {"Uppercase_Letter", "Lu"},
    {"cntrl", "Cc"},
    {"digit", "Nd"},
    {"punct", "P"},
});

bool is_ascii_punctuation(char c) {
  return c > ' ' && c < '\x7f' && !is_digit(c) && !is_letter(c);
}

std::optional<std::uint32_t> hex_digit(char c) {
  if (is_digit(c)) return static_cast<std::uint32_t>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<std::uint32_t>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<std::uint32_t>(c - 'A' + 10);
  return std::nullopt;
}

bool is_surrogate(std::uint32_t code_point) {
  return code_point >= kFirstSurrogate && code_point <= kLastSurrogate;
}

/// One member of a class: a code point, or a set (`\d`, `\p{L}`) in the words of a PCRE2 class.
struct ClassAtom {
  std::optional<std::uint32_t> code_point;
  std::string set;
};

class Translator {
 public:
  explicit Translator(std::string_view pattern) : in_(pattern) {}

  std::string run() {
    while (at_ < in_.size())
      step();
    return std::move(out_);
  }

 private:
  [[noreturn]] void refuse(const std::string& fault, std::size_t place) const {
    std::size_t character = 1;
    for (std::size_t i = 0; i < place && i < in_.size(); ++i) {
      if ((static_cast<unsigned char>(in_[i]) & 0xC0U) != 0x80U) ++character;
    }
    throw Error("regex.invalid", "the pattern " + in_quotes(in_) + " is no regular expression: " +
                                     fault + " at character " + std::to_string(character));
  }

  [[nodiscard]] bool ahead(std::string_view text) const {
    return in_.substr(at_).starts_with(text);
  }

  void step() {
    switch (in_[at_]) {
      case '\\':
        return escape();
      case '[':
        return character_class();
      case '(':
        return group();
      case '.':
        out_ += kAnyButLineEnd;
        ++at_;
        return;
      case '*':
      case '+':
      case '?':
      case '{':
        return quantifier_or_brace();
      case ']':
      case '}':
        out_ += '\\';
        out_ += in_[at_++];
        return;
      default:
        out_ += in_[at_++];
    }
  }

  void group() {
    const std::size_t start = at_;
    if (ahead("(*")) refuse("nothing to repeat before \"*\"", start + 1);
    if (!ahead("(?")) {
      out_ += in_[at_++];
      return;
    }
    for (const std::string_view opening : {"(?:", "(?=", "(?!", "(?<=", "(?<!", "(?<"}) {
      if (!ahead(opening)) continue;
      out_ += opening;
      at_ += opening.size();
      return;
    }
    refuse("a kind of group that ECMA-262 does not know", start);
  }

  /// The length of `*`, `+`, `?`, `{n}`, `{n,}` or `{n,m}` here; 0 where none of them stands.
  [[nodiscard]] std::size_t quantifier_length() const {
    if (at_ >= in_.size()) return 0;
    const char c = in_[at_];
    if (c == '*' || c == '+' || c == '?') return 1;
    if (c != '{') return 0;
    std::size_t i = at_ + 1;
    const auto digits = [&] {
      const std::size_t first = i;
      while (i < in_.size() && is_digit(in_[i]))
        ++i;
      return i > first;
    };
    if (!digits()) return 0;
    if (i < in_.size() && in_[i] == ',') {
      ++i;
      digits();
    }
    return i < in_.size() && in_[i] == '}' ? i + 1 - at_ : 0;
  }

  void quantifier_or_brace() {
    const std::size_t length = quantifier_length();
    if (length == 0) {
      out_ += "\\{";
      ++at_;
      return;
    }
    out_ += in_.substr(at_, length);
    at_ += length;
    if (ahead("?")) {
      out_ += '?';
      ++at_;
    }
    // PCRE2 would read `a++` as a possessive match, which is another language.
    if (quantifier_length() > 0) refuse("nothing to repeat", at_);
  }

  void escape() {
    const std::size_t start = at_;
    if (start + 1 >= in_.size()) refuse("a lone backslash", start);
    const char c = in_[start + 1];
    if (c == 'b' || c == 'B') {
      out_ += in_.substr(at_, 2);
      at_ += 2;
      return;
    }
    if (is_digit(c) && c != '0') return back_reference();
    if (c == 'k') return named_back_reference();
    const ClassAtom atom = escaped_atom();
    if (atom.code_point) {
      // A lone surrogate can stand in no UTF-8 text: the empty class matches nothing.
      out_ += is_surrogate(*atom.code_point) ? std::string("[]") : hexadecimal(*atom.code_point);
      return;
    }
    out_ += "[" + atom.set + "]";
  }

  void back_reference() {
    ++at_;
    const std::size_t first = at_;
    while (at_ < in_.size() && is_digit(in_[at_]))
      ++at_;
    out_ += "\\g{";
    out_ += in_.substr(first, at_ - first);
    out_ += '}';
  }

  void named_back_reference() {
    const std::size_t start = at_;
    const std::size_t end = in_.find('>', at_);
    if (!ahead("\\k<") || end == std::string_view::npos) refuse("\\k without <name>", start);
    out_ += in_.substr(at_, end + 1 - at_);
    at_ = end + 1;
  }

  /// An escape that may stand inside a class as well as outside.
  ClassAtom escaped_atom() {
    const std::size_t start = at_;
    const char c = in_[at_ + 1];
    at_ += 2;
    switch (c) {
      case 'd':
      case 'D':
      case 'w':
      case 'W':
        return {std::nullopt, std::string("\\") + c};
      case 's':
        return {std::nullopt, std::string(kSpace)};
      case 'S':
        return {std::nullopt, std::string(kNoSpace)};
      case 'p':
      case 'P':
        return {std::nullopt, property(c, start)};
      case 't':
        return {'\t', {}};
      case 'n':
        return {'\n', {}};
      case 'v':
        return {'\v', {}};
      case 'f':
        return {'\f', {}};
      case 'r':
        return {'\r', {}};
      case '0':
        if (at_ < in_.size() && is_digit(in_[at_])) refuse("an octal escape", start);
        return {0U, {}};
      case 'c':
        if (at_ >= in_.size() || !is_letter(in_[at_])) refuse("\\c without a letter", start);
        return {static_cast<unsigned char>(in_[at_++]) & kControlMask, {}};
      case 'x':
        return {fixed_hexadecimal(2, start), {}};
      case 'u':
        return {unicode_escape(start), {}};
      default:
        if (!is_ascii_punctuation(c)) refuse("an escape that ECMA-262 does not know", start);
        return {static_cast<unsigned char>(c), {}};
    }
  }

  std::uint32_t fixed_hexadecimal(std::size_t digits, std::size_t start) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      const std::optional<std::uint32_t> digit =
          at_ < in_.size() ? hex_digit(in_[at_]) : std::nullopt;
      if (!digit) refuse("an escape with too few hexadecimal digits", start);
      value = value * 16 + *digit;
      ++at_;
    }
    return value;
  }

  std::uint32_t unicode_escape(std::size_t start) {
    if (ahead("{")) {
      ++at_;
      std::uint32_t value = fixed_hexadecimal(1, start);
      while (at_ < in_.size() && hex_digit(in_[at_])) {
        value = value * 16 + fixed_hexadecimal(1, start);
        if (value > kLastCodePoint) refuse("a code point above 10FFFF", start);
      }
      if (!ahead("}")) refuse("\\u{ without }", start);
      ++at_;
      return value;
    }
    const std::uint32_t high = fixed_hexadecimal(4, start);
    if (high < kFirstSurrogate || high >= kFirstLowSurrogate || !ahead("\\u") || ahead("\\u{")) {
      return high;
    }
    const std::size_t before_low = at_;
    at_ += 2;
    const std::uint32_t low = fixed_hexadecimal(4, before_low);
    if (low < kFirstLowSurrogate || low > kLastSurrogate) {
      at_ = before_low;
      return high;
    }
    return kFirstSupplementary + ((high - kFirstSurrogate) << kSurrogateBits) +
           (low - kFirstLowSurrogate);
  }

  /// `\p{…}` from after the letter; `start` is the backslash.
  std::string property(char letter, std::size_t start) {
    const std::size_t end = in_.find('}', at_);
    if (!ahead("{") || end == std::string_view::npos) refuse("\\p without {name}", start);
    std::string_view name = in_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    for (const char c : name) {
      if (!is_letter(c) && !is_digit(c) && c != '_' && c != '=') {
        refuse("a property name that ECMA-262 does not know", start);
      }
    }
    if (name == "Assigned") return letter == 'p' ? "\\P{Cn}" : "\\p{Cn}";
    for (const std::string_view prefix : {"General_Category=", "gc="}) {
      if (name.starts_with(prefix)) name.remove_prefix(prefix.size());
    }
    for (const LongName& row : kCategoryNames) {
      if (row.ecma == name) name = row.pcre2;
    }
    return std::string("\\") + letter + "{" + std::string(name) + "}";
  }

  static std::string hexadecimal(std::uint32_t code_point) {
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "\\x{%x}", code_point);
    return text.data();
  }

  /// One code point of the text itself, which is known to be UTF-8.
  std::uint32_t raw_code_point() {
    const auto first = static_cast<unsigned char>(in_[at_++]);
    if (first < 0x80U) return first;
    std::uint32_t value = first & (first >= 0xF0U ? 0x07U : first >= 0xE0U ? 0x0FU : 0x1FU);
    while (at_ < in_.size() && (static_cast<unsigned char>(in_[at_]) & 0xC0U) == 0x80U) {
      value = (value << 6U) | (static_cast<unsigned char>(in_[at_++]) & 0x3FU);
    }
    return value;
  }

  ClassAtom class_atom() {
    if (in_[at_] != '\\') return {raw_code_point(), {}};
    const std::size_t start = at_;
    if (start + 1 >= in_.size()) refuse("a lone backslash", start);
    if (in_[start + 1] == 'b') {
      at_ += 2;
      return {kBackspace, {}};
    }
    return escaped_atom();
  }

  /// Writes a range without its surrogates, which PCRE2 refuses as ends and no text can hold.
  static void append_range(std::string& members, std::uint32_t first, std::uint32_t last) {
    if (is_surrogate(first)) first = kLastSurrogate + 1;
    if (is_surrogate(last)) last = kFirstSurrogate - 1;
    if (first > last) return;
    members += hexadecimal(first);
    if (first == last) return;
    members += '-';
    members += hexadecimal(last);
  }

  void character_class() {
    const std::size_t start = at_++;
    const bool negated = ahead("^");
    if (negated) ++at_;
    std::string members;
    while (true) {
      if (at_ >= in_.size()) refuse("a class that is not closed", start);
      if (in_[at_] == ']') break;
      const std::size_t place = at_;
      const ClassAtom first = class_atom();
      const bool range = ahead("-") && at_ + 1 < in_.size() && in_[at_ + 1] != ']';
      if (!range) {
        members += first.set;
        if (first.code_point) append_range(members, *first.code_point, *first.code_point);
        continue;
      }
      ++at_;
      const ClassAtom last = class_atom();
      if (!first.code_point || !last.code_point) {
        // `[\w-.]` stands in many a schema; without the `u` flag its hyphen is a hyphen.
        for (const ClassAtom& atom : {first, ClassAtom{'-', {}}, last}) {
          members += atom.set;
          if (atom.code_point) append_range(members, *atom.code_point, *atom.code_point);
        }
        continue;
      }
      if (*first.code_point > *last.code_point) refuse("a range out of order", place);
      append_range(members, *first.code_point, *last.code_point);
    }
    ++at_;
    out_ += negated ? "[^" : "[";
    out_ += members;
    out_ += ']';
  }

  std::string_view in_;
  std::size_t at_ = 0;
  std::string out_;
};

}  // namespace

std::string pcre2_from_ecma(std::string_view pattern) {
  if (first_invalid_utf8(pattern)) {
    throw Error("regex.invalid",
                "the pattern " + in_quotes(repaired_utf8(pattern)) + " is not UTF-8");
  }
  return Translator(pattern).run();
}

}  // namespace ratchet
