// What gcc and g++ say of one text, and what of it is about syntax.
#pragma once

#include <span>
#include <vector>

#include "process/launcher.h"
#include "validation/syntax/compiler.h"

namespace ratchet {

/// Errors that a compiler is to name before it gives up; notes come with them.
inline constexpr int kMostGnuErrors = 20;

/// `gcc -fsyntax-only` over the file `./0.c` (g++: `./0.cpp`), in English and without carets.
///
/// A name, a type or a header that is not known is no fault of syntax, but C cannot be parsed
/// without them: a macro that is defined in the build, or a header that is made to follow others,
/// looks like a fault. Therefore the word of the compiler counts
/// - as valid: where it accepts the text, or misses nothing but names;
/// - as invalid: where the first thing it says is a fault of syntax in this text, at a place where
///   no unknown name can be its cause (c_surroundings.h): in a statement of a function, or, in a
///   text that is no `header`, where no name stands before it in its declaration. Conditions and
///   literals that do not end are faults anywhere.
/// Only that first fault is told; what follows it may be its consequence. Anything else is
/// undecided, a header that is not found for one. Nothing at all where the compiler did not get to
/// work on the text.
[[nodiscard]] std::vector<CompilerAnswer> read_gnu_compiler(const ProcessResult& result,
                                                            std::span<const CompilerText> texts);

}  // namespace ratchet
