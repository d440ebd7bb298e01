#include "core/regex.h"

#include <pcre2.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <mutex>
#include <new>
#include <optional>

#include "core/ecma_pattern.h"
#include "core/error.h"
#include "core/text.h"

namespace ratchet {
namespace {

struct FreeCode {
  void operator()(pcre2_code* code) const { pcre2_code_free(code); }
};
struct FreeMatchContext {
  void operator()(pcre2_match_context* context) const { pcre2_match_context_free(context); }
};
struct FreeMatchData {
  void operator()(pcre2_match_data* data) const { pcre2_match_data_free(data); }
};

using CodeHandle = std::unique_ptr<pcre2_code, FreeCode>;
using MatchContextHandle = std::unique_ptr<pcre2_match_context, FreeMatchContext>;
using MatchDataHandle = std::unique_ptr<pcre2_match_data, FreeMatchData>;

// No UCP: \d, \w and \b of ECMA-262 are ASCII.
constexpr std::uint32_t kCompileOptions = PCRE2_UTF | PCRE2_DOLLAR_ENDONLY |
                                          PCRE2_MATCH_UNSET_BACKREF | PCRE2_ALLOW_EMPTY_CLASS |
                                          PCRE2_NEVER_BACKSLASH_C;

/// A short text is first searched without counting, which is twice as fast; so few backtracking
/// points at each of so few places cannot take long.
constexpr std::size_t kShortText = 64;
constexpr std::uint32_t kShortMatchLimit = 32;
/// The counting search has its own limit; PCRE2's only comes into play where it cannot count.
constexpr std::uint32_t kMatchLimit = UINT32_MAX;
/// A pattern too large for PCRE2 to count in (some ten thousand characters) is searched for
/// without, in texts up to this size.
constexpr std::size_t kLongestUncounted = 4096;
constexpr std::uint32_t kUncountedMatchLimit = 20'000;

constexpr std::size_t kBytesPerStep = 16;

PCRE2_SPTR units(std::string_view text) {
  return reinterpret_cast<PCRE2_SPTR>(text.data());
}

std::string message_of(int error_number) {
  constexpr std::size_t kLongestMessage = 256;
  std::array<PCRE2_UCHAR, kLongestMessage> text{};
  pcre2_get_error_message(error_number, text.data(), text.size());
  return reinterpret_cast<const char*>(text.data());
}

/// Where there is no JIT the interpreter does the same work, only slower.
bool with_jit(pcre2_code& code) {
  return pcre2_jit_compile(&code, PCRE2_JIT_COMPLETE) == 0;
}

CodeHandle compile_code(std::string_view translated, std::string_view written) {
  int error_number = 0;
  std::size_t error_offset = 0;
  CodeHandle code(pcre2_compile(units(translated), translated.size(), kCompileOptions,
                                &error_number, &error_offset, nullptr));
  if (code) return code;
  // The offset counts in the translated text, which nobody has seen: it is left out.
  throw Error("regex.invalid", "the pattern " + in_quotes(written) +
                                   " is no regular expression: " + message_of(error_number));
}

MatchContextHandle make_context(std::uint32_t match_limit) {
  MatchContextHandle context(pcre2_match_context_create(nullptr));
  if (!context) throw std::bad_alloc();
  pcre2_set_match_limit(context.get(), match_limit);
  pcre2_set_depth_limit(context.get(), Regex::kDepthLimit);
  pcre2_set_heap_limit(context.get(), Regex::kHeapLimitKiB);
  return context;
}

bool is_ascii(std::string_view text) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080U;
  std::uint64_t seen = 0;
  std::size_t at = 0;
  for (; at + sizeof seen <= text.size(); at += sizeof seen) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, sizeof word);
    seen |= word;
  }
  for (; at < text.size(); ++at)
    seen |= static_cast<unsigned char>(text[at]);
  return (seen & kHighBits) == 0;
}

/// The largest count in a `{n,m}`: what one item of the pattern may run over without anybody being
/// told, if it fails in the end.
std::size_t largest_repeat(std::string_view translated) {
  std::size_t largest = 0;
  for (std::size_t open = translated.find('{'); open != std::string_view::npos;
       open = translated.find('{', open + 1)) {
    // \x{…}, \p{…}, \g{…}
    if (open >= 2 && translated[open - 2] == '\\') continue;
    std::size_t count = 0;
    for (std::size_t i = open + 1; i < translated.size() && translated[i] != '}'; ++i) {
      const char c = translated[i];
      count = c >= '0' && c <= '9' ? count * 10 + static_cast<std::size_t>(c - '0') : 0;
      largest = std::max(largest, count);
    }
  }
  return largest;
}

/// Counts the steps of one search. PCRE2 calls it before each item of the pattern.
struct Meter {
  std::uint64_t left;
  std::uint64_t per_item;
  bool by_rest;  ///< an item may compare all that is left of the text
  std::size_t place = 0;

  bool charge(std::size_t now, std::size_t length) {
    std::uint64_t steps = per_item;
    if (now > place) steps += (now - place) / kBytesPerStep;
    if (by_rest) steps += (length - now) / kBytesPerStep;
    place = now;
    const bool enough = steps <= left;
    left -= std::min(steps, left);
    return enough;
  }
};

int charge_item(pcre2_callout_block* block, void* meter) {
  const bool go_on =
      static_cast<Meter*>(meter)->charge(block->current_position, block->subject_length);
  return go_on ? 0 : PCRE2_ERROR_CALLOUT;
}

Regex::Outcome outcome_of(int result) {
  if (result >= 0) return Regex::Outcome::matched;
  return result == PCRE2_ERROR_NOMATCH ? Regex::Outcome::not_matched : Regex::Outcome::undecided;
}

/// The same pattern with a call before each item.
struct MeteredCode {
  CodeHandle code;  ///< null where PCRE2 finds it too large
  std::uint64_t steps_per_item = 1;
  bool by_rest = false;

  explicit MeteredCode(std::string_view translated) {
    int error_number = 0;
    std::size_t error_offset = 0;
    code.reset(pcre2_compile(units(translated), translated.size(),
                             kCompileOptions | PCRE2_AUTO_CALLOUT, &error_number, &error_offset,
                             nullptr));
    if (!code) return;
    with_jit(*code);
    std::uint32_t back_references = 0;
    pcre2_pattern_info(code.get(), PCRE2_INFO_BACKREFMAX, &back_references);
    by_rest = back_references > 0;
    steps_per_item += largest_repeat(translated) / kBytesPerStep;
  }
};

}  // namespace

struct RegexWorkspace::State {
  // One pair of offsets is enough: only whether a pattern matches is asked.
  MatchDataHandle data{pcre2_match_data_create(1, nullptr)};
  MatchContextHandle quick = make_context(kShortMatchLimit);
  MatchContextHandle uncounted = make_context(kUncountedMatchLimit);
  MatchContextHandle metered = make_context(kMatchLimit);
  std::uint64_t steps_left = Regex::kWorkspaceSteps;
};

RegexWorkspace::RegexWorkspace() = default;
RegexWorkspace::~RegexWorkspace() = default;

struct Regex::State {
  std::string pattern;
  std::string translated;
  CodeHandle code;
  bool jit = false;
  mutable std::once_flag metered_once;
  mutable std::optional<MeteredCode> metered;  ///< made when a search first needs it

  [[nodiscard]] const MeteredCode& metered_code() const {
    std::call_once(metered_once, [this] { metered.emplace(translated); });
    return *metered;
  }
  [[nodiscard]] Outcome search_metered(std::string_view text, RegexWorkspace::State& space) const;
};

Regex::Outcome Regex::State::search_metered(std::string_view text,
                                            RegexWorkspace::State& space) const {
  const MeteredCode& counting = metered_code();
  if (!counting.code) {
    if (text.size() > kLongestUncounted) return Outcome::undecided;
    return outcome_of(pcre2_match(code.get(), units(text), text.size(), 0, PCRE2_NO_UTF_CHECK,
                                  space.data.get(), space.uncounted.get()));
  }
  const std::uint64_t allowed = std::min(kSteps + kStepsPerByte * text.size(), space.steps_left);
  Meter meter{allowed, counting.steps_per_item, counting.by_rest};
  pcre2_set_callout(space.metered.get(), charge_item, &meter);
  const auto run = [&](std::uint32_t options) {
    meter.place = 0;
    return pcre2_match(counting.code.get(), units(text), text.size(), 0,
                       PCRE2_NO_UTF_CHECK | options, space.data.get(), space.metered.get());
  };
  int result = run(0);
  // The JIT's stack is small and fixed; the interpreter's grows up to the heap limit.
  if (result == PCRE2_ERROR_JIT_STACKLIMIT) result = run(PCRE2_NO_JIT);
  space.steps_left -= allowed - meter.left;
  return outcome_of(result);
}

Regex::Regex(std::unique_ptr<State> state) : state_(std::move(state)) {
}
Regex::Regex(Regex&&) noexcept = default;
Regex& Regex::operator=(Regex&&) noexcept = default;
Regex::~Regex() = default;

Regex Regex::compile(std::string_view pattern, Dialect dialect) {
  if (pattern.size() > kLongestPattern) {
    throw Error("regex.invalid", "the pattern " + in_quotes(pattern) + " is longer than " +
                                     std::to_string(kLongestPattern) + " bytes");
  }
  auto state = std::make_unique<State>();
  state->pattern = pattern;
  switch (dialect) {
    case Dialect::ecma262:
      state->translated = pcre2_from_ecma(pattern);
      break;
  }
  state->code = compile_code(state->translated, pattern);
  state->jit = with_jit(*state->code);
  return Regex(std::move(state));
}

Regex::Outcome Regex::search(std::string_view text, RegexWorkspace& workspace) const {
  if (!workspace.state_) workspace.state_ = std::make_unique<RegexWorkspace::State>();
  RegexWorkspace::State& space = *workspace.state_;
  if (!space.data) return Outcome::undecided;
  if (!is_ascii(text) && first_invalid_utf8(text)) return Outcome::undecided;
  if (text.size() > kShortText || !state_->jit) return state_->search_metered(text, space);
  const int result = pcre2_jit_match(state_->code.get(), units(text), text.size(), 0, 0,
                                     space.data.get(), space.quick.get());
  if (result >= 0 || result == PCRE2_ERROR_NOMATCH) return outcome_of(result);
  return state_->search_metered(text, space);
}

Regex::Outcome Regex::search(std::string_view text) const {
  RegexWorkspace workspace;
  return search(text, workspace);
}

const std::string& Regex::pattern() const {
  return state_->pattern;
}

}  // namespace ratchet
