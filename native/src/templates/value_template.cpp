#include "templates/value_template.h"

#include <algorithm>

#include "core/document.h"

namespace ratchet {
namespace {

constexpr std::string_view kTag = "{{";

}  // namespace

ValueTemplate ValueTemplate::compile(const json::value& value, const std::string& pointer,
                                     const SourceAt& source_at, const Limits& limits) {
  ValueTemplate result;
  result.constant_ = value;
  if (const json::string* text = value.if_string()) {
    std::string written(text->data(), text->size());
    if (written.find(kTag) == std::string::npos) return result;
    result.text_ = Template::compile(source_at(pointer, std::move(written)), limits);
  } else if (const json::array* items = value.if_array()) {
    for (std::size_t i = 0; i < items->size(); ++i) {
      result.items_.push_back(
          compile((*items)[i], pointer + "/" + std::to_string(i), source_at, limits));
    }
  } else if (const json::object* members = value.if_object()) {
    for (const auto& member : *members) {
      std::string inside = pointer;
      append_token(inside, member.key());
      result.members_.emplace_back(member.key(),
                                   compile(member.value(), inside, source_at, limits));
    }
  }
  return result;
}

json::value ValueTemplate::render(const Context& context, const RenderOptions& options) const {
  if (!is_computed()) return constant_;
  if (text_) return json::value(text_->render(context, options));
  if (constant_.is_array()) {
    json::array result;
    for (const ValueTemplate& item : items_)
      result.push_back(item.render(context, options));
    return result;
  }
  json::object result;
  for (const auto& [key, member] : members_)
    result.emplace(key, member.render(context, options));
  return result;
}

bool ValueTemplate::is_computed() const {
  const auto computed = [](const ValueTemplate& part) { return part.is_computed(); };
  return text_ || std::any_of(items_.begin(), items_.end(), computed) ||
         std::any_of(members_.begin(), members_.end(),
                     [](const auto& member) { return member.second.is_computed(); });
}

void ValueTemplate::add_uses(std::vector<VariableUse>& uses) const {
  if (text_) {
    for (VariableUse& use : text_->variables())
      uses.push_back(std::move(use));
  }
  for (const ValueTemplate& item : items_)
    item.add_uses(uses);
  for (const auto& [key, member] : members_)
    member.add_uses(uses);
}

}  // namespace ratchet
