#include "templates/template.h"

#include <set>
#include <utility>

#include "core/text.h"
#include "templates/context.h"
#include "templates/parser.h"
#include "templates/renderer.h"

namespace ratchet {
namespace {

/// Walks a tree in the order of its text.
class UseCollector {
 public:
  explicit UseCollector(const TemplateSource& source) : source_(source), index_(source.text) {}

  void visit(const std::vector<Node>& nodes) {
    for (const Node& node : nodes) {
      std::visit([this](const auto& inside) { this->visit(inside); },
                 static_cast<const Base&>(node));
    }
  }

  std::vector<VariableUse> uses;
  std::set<std::string> partials;

 private:
  using Base = std::variant<TextNode, VariableNode, SectionNode, BlockNode, PartialNode>;

  static void visit(const TextNode& /*text*/) {}
  void visit(const VariableNode& variable) { add(variable.name, variable.has_default); }
  void visit(const SectionNode& section) {
    add(section.name, section.name.asks_presence);
    const bool brings_members = !section.inverted && !section.name.asks_presence;
    if (brings_members) sections_.emplace_back(section.name.text);
    visit(section.body);
    if (brings_members) sections_.pop_back();
  }
  void visit(const BlockNode& block) { visit(block.body); }
  void visit(const PartialNode& partial) {
    partials.emplace(partial.name);
    for (const BlockNode& block : partial.overrides)
      visit(block);
  }

  void add(const Name& name, bool optional) {
    if (name.kind != Name::Kind::path) return;
    uses.push_back({std::string(name.text), source_.in_file(index_.position(name.offset)),
                    sections_, optional});
  }

  const TemplateSource& source_;
  LineIndex index_;
  std::vector<std::string> sections_;
};

}  // namespace

Template Template::compile(TemplateSource source, const Limits& limits) {
  if (std::cmp_greater(source.text.size(), limits.input_bytes)) {
    throw Error("limit.input_size", "template " + in_quotes(source.name) + ": " + source.path +
                                        " is larger than " + std::to_string(limits.input_bytes) +
                                        " bytes")
        .at(source.path);
  }
  if (const auto invalid = first_invalid_utf8(source.text)) {
    throw source.error("text.invalid_utf8", *invalid, "the text is not UTF-8");
  }
  auto compiled = std::make_shared<Compiled>();
  compiled->source = std::move(source);
  compiled->nodes = parse_template(compiled->source, limits.template_depth);
  return Template(std::move(compiled));
}

std::string Template::render(const json::value& variables, const RenderOptions& options) const {
  return render_nodes(*compiled_, Context(variables), options);
}

std::string Template::render(const Context& context, const RenderOptions& options) const {
  return render_nodes(*compiled_, context, options);
}

std::vector<VariableUse> Template::variables() const {
  UseCollector collector(compiled_->source);
  collector.visit(compiled_->nodes);
  return std::move(collector.uses);
}

std::vector<std::string> Template::partials() const {
  UseCollector collector(compiled_->source);
  collector.visit(compiled_->nodes);
  return {collector.partials.begin(), collector.partials.end()};
}

const TemplateSource& Template::source() const {
  return compiled_->source;
}

}  // namespace ratchet
