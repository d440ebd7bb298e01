// Schemas that lead back to themselves without stepping into the value.
#pragma once

#include "validation/schema/program.h"

namespace ratchet::schema {

/// Throws Error{schema.invalid} naming the keyword that closes a circle of blocks judging the same
/// value: such a schema would never come to an end. A `$ref` back from a part of the value is no
/// circle.
void refuse_circles(const Program& program);

}  // namespace ratchet::schema
