#include <expat.h>

#include <memory>
#include <new>

#include "validation/syntax/text_fault.h"

namespace ratchet {
namespace {

struct FreeParser {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};
using Parser = std::unique_ptr<XML_ParserStruct, FreeParser>;

bool is_verdict(XML_Error error) {
  return error != XML_ERROR_UNKNOWN_ENCODING && error != XML_ERROR_AMPLIFICATION_LIMIT_BREACH &&
         error != XML_ERROR_NO_MEMORY;
}

}  // namespace

std::optional<TextFault> find_xml_fault(std::string_view bytes) {
  const Parser parser(XML_ParserCreate(nullptr));
  if (parser == nullptr) throw std::bad_alloc();
  constexpr int kLast = 1;
  const XML_Status status =
      XML_Parse(parser.get(), bytes.data(), static_cast<int>(bytes.size()), kLast);
  if (status == XML_STATUS_OK) return std::nullopt;
  const XML_Error error = XML_GetErrorCode(parser.get());
  TextFault fault{XML_ErrorString(error), {}, is_verdict(error)};
  fault.position.line = static_cast<std::int64_t>(XML_GetCurrentLineNumber(parser.get()));
  fault.position.column = static_cast<std::int64_t>(XML_GetCurrentColumnNumber(parser.get())) + 1;
  fault.position.byte_offset = static_cast<std::int64_t>(XML_GetCurrentByteIndex(parser.get()));
  return fault;
}

}  // namespace ratchet
