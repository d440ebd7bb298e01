#include "templates/template_folder.h"

#include <algorithm>

namespace ratchet {

const TemplateFolder::File* TemplateFolder::find(std::string_view file) const {
  const auto found = std::find_if(files.begin(), files.end(),
                                  [&](const File& candidate) { return candidate.name == file; });
  return found == files.end() ? nullptr : &*found;
}

std::string without_template_extension(std::string_view name) {
  if (name.ends_with(kTemplateExtension)) name.remove_suffix(kTemplateExtension.size());
  return std::string(name);
}

}  // namespace ratchet
