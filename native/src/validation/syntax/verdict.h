// How each judge's word becomes a verdict; used by SyntaxChecker alone.
#pragma once

#include <functional>

#include "core/limits.h"
#include "validation/syntax/compiler.h"
#include "validation/syntax/given_text.h"
#include "validation/syntax/syntax_checker.h"

namespace ratchet {

/// Each of these fills checked_by, valid and findings of a verdict that has its path and language.

/// An answer that is valid or invalid. `given` is what the compiler read.
void judge_by_compiler(SyntaxVerdict& verdict, const Compiler& compiler, const GivenText& given,
                       const CompilerAnswer& answer, const Limits& limits);
/// `stop` is asked while it works; once it says true, the text is unchecked.
void judge_by_grammar(SyntaxVerdict& verdict, std::string_view content, const Language& language,
                      const Limits& limits, const std::function<bool()>& stop);
void judge_by_reader(SyntaxVerdict& verdict, const SourceText& source, const Language& language,
                     const Limits& limits);

/// Nobody judged: `valid` stays unknown, and a warning says why and what to do.
void mark_unchecked(SyntaxVerdict& verdict, std::string why, std::string hint);
/// A grammar looked and decided nothing: a warning says why no compiler did.
void add_reason(SyntaxVerdict& verdict, const std::string& why, const std::string& hint);

}  // namespace ratchet
