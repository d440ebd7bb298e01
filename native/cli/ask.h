// Asking people for the variables of a template that they have not given.
#pragma once

#include "client.h"
#include "core/json.h"

namespace ratchet::cli {

/// Asks for what a request of template.render lacks, and puts the answers into its `set_json` and
/// `set`. Nothing is asked where standard input is no terminal or no required variable is missing.
/// Else every variable that was not given is asked for, in the template's order, as long as its
/// `when` holds for the answers: its default is taken by an empty line, a choice by its number or
/// its name, a yes or no by those; an answer that the schema refuses is asked for again, and what
/// is typed for a secret one is not shown. Questions go to standard error. Throws
/// std::invalid_argument where the input ends.
void ask_for_variables(Client& client, json::object& request);

}  // namespace ratchet::cli
