#include "templates/source.h"

#include <filesystem>

#include "core/text.h"

namespace ratchet {

Position TemplateSource::in_file(Position in_text) const {
  if (in_text.line == 1) in_text.column += start.column - 1;
  in_text.line += start.line - 1;
  in_text.byte_offset += start.byte_offset;
  return in_text;
}

std::string TemplateSource::file_name() const {
  return std::filesystem::path(path).filename().string();
}

Error TemplateSource::error(Code code, std::size_t offset, std::string_view what,
                            std::string_view suggestion) const {
  const Position position = in_file(position_in(text, offset));
  std::string message = "template " + in_quotes(name) + ": ";
  message.append(what).append(" at ");
  message.append(file_name());
  message += ':' + std::to_string(position.line) + ':' + std::to_string(position.column);
  message += suggestion;
  Error error(code, std::move(message));
  error.at(path, position);
  return error;
}

}  // namespace ratchet
