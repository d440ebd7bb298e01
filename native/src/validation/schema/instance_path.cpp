#include "validation/schema/instance_path.h"

#include <vector>

#include "core/document.h"
#include "core/text.h"

namespace ratchet::schema {
namespace {

bool is_root(const InstancePath& path) {
  return path.parent == nullptr;
}

std::string name_of(const InstancePath& path) {
  return path.in_array ? "item " + std::to_string(path.index + 1) : in_quotes(path.key);
}

}  // namespace

std::string pointer_of(const InstancePath& path) {
  std::vector<const InstancePath*> steps;
  for (const InstancePath* step = &path; !is_root(*step); step = step->parent)
    steps.push_back(step);
  std::string pointer;
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    append_token(pointer, (*step)->in_array ? std::to_string((*step)->index) : (*step)->key);
  }
  return pointer;
}

std::string subject_of(const InstancePath& path) {
  if (is_root(path)) return std::string(path.key);
  std::string subject = name_of(path);
  const InstancePath* step = &path;
  // An item is told by its list, a key by the item that it stands in; what is further out, the
  // place says.
  while (!is_root(*step->parent) && (step->in_array || step->parent->in_array)) {
    step = step->parent;
    subject += " of " + name_of(*step);
    if (!step->in_array) break;
  }
  return subject;
}

}  // namespace ratchet::schema
