// Makes rows of the table of operations from typed functions. For sources of this room only.
#pragma once

#include "core/fields.h"
#include "operations/operation.h"

namespace ratchet {

/// `function` takes a const Request& and an OperationContext& and returns a Result; both types have
/// a Record.
template <class Request, class Result, Result (*function)(const Request&, OperationContext&)>
[[nodiscard]] constexpr Operation operation(std::string_view name, std::string_view sentence,
                                            std::string_view since) {
  return {
      name,
      sentence,
      since,
      [](const json::value& request, OperationContext& context) {
        return to_json(function(from_json<Request>(request), context));
      },
      [] { return schema_of<Request>(Direction::request); },
      [] { return schema_of<Result>(Direction::result); },
  };
}

}  // namespace ratchet
