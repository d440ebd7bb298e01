#include "validation/dependencies/python_version.h"

#include <algorithm>
#include <array>
#include <limits>

#include "core/ascii.h"
#include "validation/dependencies/version.h"
#include "validation/dependencies/version_parts.h"

namespace ratchet {
namespace {

constexpr std::string_view kSpaces = " \t\r\n\v\f";

bool is_separator(char c) {
  return c == '.' || c == '-' || c == '_';
}

/// Reads a version from its beginning on.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool is_done() const { return rest_.empty(); }

  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  /// Digits; nothing where there are none, or too many.
  std::optional<std::uint64_t> number() {
    const std::size_t size = std::min(rest_.find_first_not_of("0123456789"), rest_.size());
    const auto value = whole_number(rest_.substr(0, size));
    if (value) rest_.remove_prefix(size);
    return value;
  }

  /// One of these words, with or without a separator before it, and a number behind it that may be
  /// left out (then 0), with or without a separator.
  template <std::size_t Size>
  std::optional<std::pair<std::string_view, std::uint64_t>> marked(
      const std::array<std::string_view, Size>& words) {
    std::string_view text = rest_;
    if (!text.empty() && is_separator(text.front())) text.remove_prefix(1);
    for (const std::string_view word : words) {
      if (!text.starts_with(word)) continue;
      rest_ = text.substr(word.size());
      std::string_view behind = rest_;
      if (!behind.empty() && is_separator(behind.front())) behind.remove_prefix(1);
      if (!behind.empty() && is_digit(behind.front())) rest_ = behind;
      const bool has_number = !rest_.empty() && is_digit(rest_.front());
      if (!has_number) return std::pair{word, std::uint64_t{0}};
      const auto value = number();
      if (!value) return std::nullopt;
      return std::pair{word, *value};
    }
    return std::nullopt;
  }

  [[nodiscard]] std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

// Longer words first: `a` begins `alpha`, `r` begins `rc`.
constexpr auto kPre =
    std::to_array<std::string_view>({"alpha", "beta", "preview", "pre", "rc", "a", "b", "c"});
constexpr auto kPost = std::to_array<std::string_view>({"post", "rev", "r"});
constexpr auto kDev = std::to_array<std::string_view>({"dev"});

char letter_of(std::string_view word) {
  if (word.front() == 'a' || word.front() == 'b') return word.front();
  return 'r';
}

bool is_local_character(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z');
}

std::optional<std::vector<std::string>> local_parts(std::string_view text) {
  return version_parts(text, is_separator, is_local_character);
}

/// PEP 440's order within a release: dev of it, a, b, rc, itself, post.
std::pair<int, std::uint64_t> rank_of_pre(const PythonVersion& version) {
  constexpr int kDevOfRelease = 0;
  constexpr int kRelease = 4;
  if (version.pre) {
    return {version.pre->first == 'a' ? 1 : version.pre->first == 'b' ? 2 : 3, version.pre->second};
  }
  if (!version.post && version.dev) return {kDevOfRelease, 0};
  return {kRelease, 0};
}

int compare_local(const std::vector<std::string>& one, const std::vector<std::string>& other) {
  for (std::size_t i = 0; i < std::min(one.size(), other.size()); ++i) {
    const auto first = whole_number(one[i]);
    const auto second = whole_number(other[i]);
    // Numbers after words here, the other way round than in semver.
    if (first.has_value() != second.has_value()) return first ? 1 : -1;
    const int way = first ? order(*first, *second) : order(one[i], other[i]);
    if (way != 0) return way;
  }
  return order(one.size(), other.size());
}

}  // namespace

std::optional<PythonVersion> PythonVersion::parse(std::string_view text) {
  const std::string plain = lower(trimmed(text, kSpaces));
  Reader reader(plain);
  reader.take('v');
  PythonVersion version;
  auto first = reader.number();
  if (first && reader.take('!')) {
    version.epoch = *first;
    first = reader.number();
  }
  if (!first) return std::nullopt;
  version.release.push_back(*first);
  while (reader.rest().size() > 1 && reader.rest()[0] == '.' && is_digit(reader.rest()[1])) {
    reader.take('.');
    const auto number = reader.number();
    if (!number) return std::nullopt;
    version.release.push_back(*number);
  }
  if (const auto pre = reader.marked(kPre)) version.pre = {letter_of(pre->first), pre->second};
  const std::string_view rest = reader.rest();
  if (rest.size() > 1 && rest[0] == '-' && is_digit(rest[1])) {  // `1.0-1`
    reader.take('-');
    version.post = reader.number();
    if (!version.post) return std::nullopt;
  } else if (const auto post = reader.marked(kPost)) {
    version.post = post->second;
  }
  if (const auto dev = reader.marked(kDev)) version.dev = dev->second;
  if (reader.take('+')) {
    auto local = local_parts(reader.rest());
    if (!local) return std::nullopt;
    version.local = *std::move(local);
    return version;
  }
  return reader.is_done() ? std::optional(version) : std::nullopt;
}

PythonVersion PythonVersion::without_local() const {
  PythonVersion copy = *this;
  copy.local.clear();
  return copy;
}

int PythonVersion::compare(const PythonVersion& other) const {
  if (const int way = order(epoch, other.epoch); way != 0) return way;
  for (std::size_t i = 0; i < std::max(release.size(), other.release.size()); ++i) {
    if (const int way = order(number(i), other.number(i)); way != 0) return way;
  }
  if (const int way = order(rank_of_pre(*this), rank_of_pre(other)); way != 0) return way;
  if (const int way = order(post, other.post); way != 0) return way;  // none is before any
  constexpr auto kNoDev = std::numeric_limits<std::uint64_t>::max();
  if (const int way = order(dev.value_or(kNoDev), other.dev.value_or(kNoDev)); way != 0) return way;
  return compare_local(local, other.local);
}

std::optional<PythonSpecifiers::Specifier> PythonSpecifiers::parse_one(std::string_view text) {
  text = trimmed(text, kSpaces);
  static constexpr auto kOperators =
      std::to_array<std::string_view>({"===", "==", "!=", "<=", ">=", "~=", "<", ">"});
  const auto* const op =
      std::find_if(kOperators.begin(), kOperators.end(),
                   [&](std::string_view each) { return text.starts_with(each); });
  if (op == kOperators.end()) return std::nullopt;
  text = trimmed(text.substr(op->size()), kSpaces);
  Specifier specifier{std::string(*op), std::string(text), {}, false};
  if (*op == "===") return text.empty() ? std::nullopt : std::optional(specifier);
  if (text.ends_with(".*")) {
    if (*op != "==" && *op != "!=") return std::nullopt;
    specifier.is_prefix = true;
    text.remove_suffix(2);
  }
  auto version = PythonVersion::parse(text);
  if (!version) return std::nullopt;
  const bool is_equality = *op == "==" || *op == "!=";
  if (!version->local.empty() && (!is_equality || specifier.is_prefix)) return std::nullopt;
  if (specifier.is_prefix && version->dev) return std::nullopt;
  if (*op == "~=" && version->release.size() < 2) return std::nullopt;
  specifier.version = *std::move(version);
  return specifier;
}

std::optional<PythonSpecifiers> PythonSpecifiers::parse(std::string_view text) {
  PythonSpecifiers specifiers;
  text = trimmed(text, kSpaces);
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    auto specifier = parse_one(text.substr(0, comma));
    if (!specifier) return std::nullopt;
    specifiers.all_.push_back(*std::move(specifier));
    if (comma < text.size() && trimmed(text.substr(comma + 1), kSpaces).empty())
      return std::nullopt;
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return specifiers;
}

namespace {

/// Whether a version begins with the one of `==1.2.*`.
bool has_prefix(const PythonVersion& version, const PythonVersion& prefix) {
  if (version.epoch != prefix.epoch) return false;
  for (std::size_t i = 0; i < prefix.release.size(); ++i) {
    if (version.number(i) != prefix.release[i]) return false;
  }
  const bool same_release = std::all_of(
      version.release.begin() +
          static_cast<std::ptrdiff_t>(std::min(prefix.release.size(), version.release.size())),
      version.release.end(), [](std::uint64_t number) { return number == 0; });
  if (prefix.pre && (!same_release || version.pre != prefix.pre)) return false;
  return !prefix.post || version.post == prefix.post;
}

bool same_release(const PythonVersion& one, const PythonVersion& other) {
  PythonVersion first;
  PythonVersion second;
  first.epoch = one.epoch;
  first.release = one.release;
  second.epoch = other.epoch;
  second.release = other.release;
  return first.compare(second) == 0;
}

}  // namespace

bool PythonSpecifiers::holds(const Specifier& specifier, const PythonVersion& version,
                             std::string_view text) {
  const PythonVersion& asked = specifier.version;
  if (specifier.op == "===") return lower(trimmed(text, kSpaces)) == lower(specifier.text);
  const PythonVersion plain = version.without_local();
  if (specifier.op == "==" || specifier.op == "!=") {
    const bool is_equal = specifier.is_prefix
                              ? has_prefix(plain, asked)
                              : (asked.local.empty() ? plain : version).compare(asked) == 0;
    return is_equal == (specifier.op == "==");
  }
  const int way = plain.compare(asked);
  if (specifier.op == "<=") return way <= 0;
  if (specifier.op == ">=") return way >= 0;
  if (specifier.op == "<") {
    const bool is_pre_of_it = (plain.pre || plain.dev) && same_release(plain, asked);
    return way < 0 && (asked.pre || asked.dev || !is_pre_of_it);
  }
  if (specifier.op == ">") {
    const bool is_post_of_it = plain.post && same_release(plain, asked);
    return way > 0 && (asked.post || !is_post_of_it);
  }
  PythonVersion series = asked;  // ~=
  series.release.pop_back();
  series.pre.reset();
  series.post.reset();
  series.dev.reset();
  return way >= 0 && has_prefix(plain, series);
}

bool PythonSpecifiers::hold(const PythonVersion& version, std::string_view text) const {
  return std::all_of(all_.begin(), all_.end(),
                     [&](const Specifier& specifier) { return holds(specifier, version, text); });
}

std::string normalized_python_name(std::string_view name) {
  std::string result;
  for (const char c : lower(name)) {
    if (!is_separator(c)) {
      result += c;
    } else if (!result.ends_with('-')) {
      result += '-';
    }
  }
  return result;
}

}  // namespace ratchet
