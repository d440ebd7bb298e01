// How each judge's word becomes a verdict; used by SyntaxChecker alone.
#pragma once

#include "core/cancel.h"
#include "core/limits.h"
#include "validation/syntax/python_compiler.h"
#include "validation/syntax/syntax_checker.h"

namespace ratchet {

/// Each of these fills checked_by, valid and findings of a verdict that has its path and language.
void judge_by_python(SyntaxVerdict& verdict, std::string_view content, const PythonAnswer& answer);
/// Leaves the verdict alone when cancelled.
void judge_by_grammar(SyntaxVerdict& verdict, const SourceText& source, const Language& language,
                      const Limits& limits, const Cancellation& cancellation);
void judge_by_reader(SyntaxVerdict& verdict, const SourceText& source, const Language& language,
                     const Limits& limits);

/// Nobody judged: `valid` stays unknown, and a warning says why and what to do.
void mark_unchecked(SyntaxVerdict& verdict, std::string why, std::string hint);

}  // namespace ratchet
