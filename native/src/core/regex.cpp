#include "core/regex.h"

#include <pcre2.h>

#include <array>
#include <new>

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

PCRE2_SPTR units(std::string_view text) {
  return reinterpret_cast<PCRE2_SPTR>(text.data());
}

std::string message_of(int error_number) {
  constexpr std::size_t kLongestMessage = 256;
  std::array<PCRE2_UCHAR, kLongestMessage> text{};
  pcre2_get_error_message(error_number, text.data(), text.size());
  return reinterpret_cast<const char*>(text.data());
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

MatchContextHandle make_context() {
  MatchContextHandle context(pcre2_match_context_create(nullptr));
  if (!context) throw std::bad_alloc();
  pcre2_set_match_limit(context.get(), Regex::kMatchLimit);
  pcre2_set_depth_limit(context.get(), Regex::kDepthLimit);
  pcre2_set_heap_limit(context.get(), Regex::kHeapLimitKiB);
  return context;
}

}  // namespace

struct Regex::State {
  std::string pattern;
  CodeHandle code;
  MatchContextHandle context;
};

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
      state->code = compile_code(pcre2_from_ecma(pattern), pattern);
      break;
  }
  // Where there is no JIT the interpreter does the same work, only slower.
  pcre2_jit_compile(state->code.get(), PCRE2_JIT_COMPLETE);
  state->context = make_context();
  return Regex(std::move(state));
}

Regex::Outcome Regex::search(std::string_view text) const {
  // The match data is what a match writes to: one per call keeps `search` free of shared state.
  const MatchDataHandle data(pcre2_match_data_create_from_pattern(state_->code.get(), nullptr));
  if (!data) return Outcome::undecided;
  const auto run = [&](std::uint32_t options) {
    return pcre2_match(state_->code.get(), units(text), text.size(), 0, options, data.get(),
                       state_->context.get());
  };
  int result = run(0);
  // The JIT's stack is small and fixed; the interpreter's grows up to the heap limit.
  if (result == PCRE2_ERROR_JIT_STACKLIMIT) result = run(PCRE2_NO_JIT);
  if (result >= 0) return Outcome::matched;
  return result == PCRE2_ERROR_NOMATCH ? Outcome::not_matched : Outcome::undecided;
}

const std::string& Regex::pattern() const {
  return state_->pattern;
}

}  // namespace ratchet
