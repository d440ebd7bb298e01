#include "core/embedded.h"

#include <string>

#include "core/error.h"

namespace ratchet {

json::object embedded_schema(std::string_view file) {
  for (const EmbeddedFile& embedded : embedded_schemas()) {
    if (embedded.name == file) return json::parse(json::string_view(embedded.bytes)).as_object();
  }
  throw Error("internal.error", "no schema is embedded as " + std::string(file));
}

}  // namespace ratchet
