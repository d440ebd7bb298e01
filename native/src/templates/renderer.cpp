#include "templates/renderer.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/nearest.h"
#include "core/text.h"
#include "templates/context.h"

namespace ratchet {
/// One rendering. What is written so far, the values in reach, and where the tree is being walked.
class Renderer {
 public:
  Renderer(const Template::Compiled& compiled, Context context, const RenderOptions& options)
      : options_(options),
        limit_(static_cast<std::size_t>(options.limits.rendered_bytes)),
        compiled_(&compiled),
        context_(std::move(context)) {
    const std::size_t usual = compiled.source.text.size() * kUsualGrowth;
    const std::size_t last = compiled.last_size.load(std::memory_order_relaxed);
    out_.reserve(std::min({std::max(usual, last), kMostSetAside, limit_}));
  }

  std::string run() {
    nodes(compiled_->nodes);
    compiled_->last_size.store(out_.size(), std::memory_order_relaxed);
    return std::move(out_);
  }

 private:
  using Compiled = Template::Compiled;

  /// What a parent tag overrides, and the template whose text that is.
  struct Overrides {
    const std::vector<BlockNode>* blocks;
    const Compiled* from;
  };

  void nodes(const std::vector<Node>& list) {
    using Base = std::variant<TextNode, VariableNode, SectionNode, BlockNode, PartialNode>;
    for (const Node& node : list) {
      std::visit([this](const auto& inside) { render(inside); }, static_cast<const Base&>(node));
    }
  }

  void render(const TextNode& node) { write(node.text); }

  /// A piece of the template's own text, which is not empty.
  void write(std::string_view text) {
    if (indent_.empty()) {
      append(text);
    } else {
      append_indented(text);
    }
    line_begins_ = text.back() == '\n';
  }

  void append_indented(std::string_view text) {
    while (!text.empty()) {
      const std::size_t newline = text.find('\n');
      const std::string_view line =
          text.substr(0, newline == std::string_view::npos ? text.size() : newline + 1);
      const bool empty_line = line == "\n" || line == "\r\n";
      if (line_begins_ && !empty_line) append(indent_);
      append(line);
      line_begins_ = true;
      text.remove_prefix(line.size());
    }
  }

  /// Writes the indentation that a line begun by a tag would otherwise miss.
  void begin_line() {
    if (line_begins_ && !indent_.empty()) append(indent_);
    line_begins_ = false;
  }

  void render(const VariableNode& node) {
    if (!node.before.empty()) write(node.before);
    begin_line();
    const json::value* value = context_.find(node.name);
    if (value == nullptr) {
      if (!node.has_default) note_unknown(node.name);
      value = &kNull;
    }
    const bool escape = options_.escape_html && !node.raw;
    if (node.filters.empty() && !escape && value->is_string()) return append(value->get_string());
    const std::string text = filtered(node, *value);
    if (escape) return append_escaped(text);
    append(text);
  }

  std::string filtered(const VariableNode& node, const json::value& value) {
    const std::size_t line = out_.rfind('\n') + 1;
    const FilterPlace place{compiled_->source, node.name.offset, node.name.text, node.line_indent,
                            out_.size() - line};
    // Until a default stands in for it, nothing stays nothing: no filter sees it.
    std::optional<std::string> text;
    for (const FilterCall& call : node.filters) {
      const bool missing = !text && value.is_null() && node.has_default;
      if (missing != (call.filter->name == kDefaultFilter)) continue;
      text = call.filter->apply(text ? json::value(*text) : value, call.argument, place);
    }
    return text ? *std::move(text) : text_of(value, place);
  }

  void render(const SectionNode& node) {
    const json::value* found = context_.find(node.name);
    if (node.name.asks_presence) {
      if ((found != nullptr) != node.inverted) enter(node);
      return;
    }
    if (found == nullptr) note_unknown(node.name);
    const bool open = found != nullptr && opens_section(*found);
    if (open == node.inverted) return;
    const bool enters = !node.inverted && node.name.kind <= Name::Kind::implicit;
    if (!enters) return enter(node);
    if (const json::array* items = found->if_array()) return each(node, *items);
    const Context::Entered entered = context_.enter(*found);
    enter(node);
  }

  void each(const SectionNode& node, const json::array& items) {
    for (std::size_t i = 0; i < items.size(); ++i) {
      const Context::Entered entered = context_.enter(items[i], i, items.size());
      enter(node);
    }
  }

  void enter(const SectionNode& node) {
    if (options_.watch != nullptr) options_.watch->entered.insert(&node);
    descend(node.body, node.name.offset);
  }

  void render(const PartialNode& node) {
    const Template* partial = find_partial(node.name);
    if (partial == nullptr) {
      if (options_.strict) throw missing_partial(node);
      return;
    }
    const std::string outer_indent = indent_;
    if (node.standalone) {
      indent_ += node.indent;
    } else {
      begin_line();
      indent_.clear();
    }
    const Compiled* target = &partial->compiled();
    overrides_.push_back({&node.overrides, compiled_});
    partials_.push_back(target);
    descend(target->nodes, node.offset, target);
    partials_.pop_back();
    overrides_.pop_back();
    indent_ = outer_indent;
    line_begins_ = node.standalone;
  }

  void render(const BlockNode& node) {
    const BlockNode* content = &node;
    const Compiled* target = compiled_;
    for (const Overrides& overrides : overrides_) {
      const auto found = std::find_if(overrides.blocks->begin(), overrides.blocks->end(),
                                      [&](const BlockNode& b) { return b.name == node.name; });
      if (found == overrides.blocks->end()) continue;
      content = &*found;
      target = overrides.from;
      break;
    }
    const std::size_t outer_indent = indent_.size();
    indent_ += node.indent;
    const std::size_t start = out_.size();
    descend(content->body, node.offset, target);
    indent_.resize(outer_indent);
    if (!node.standalone || out_.size() == start) return;
    if (out_.back() != '\n') append(node.line_end);
    line_begins_ = true;
  }

  void descend(const std::vector<Node>& list, std::size_t offset) {
    descend(list, offset, compiled_);
  }

  /// Walks a list one level deeper, within the bounds; `offset` is the tag that leads there and
  /// `target` the template that the list belongs to.
  void descend(const std::vector<Node>& list, std::size_t offset, const Compiled* target) {
    const Compiled* from = compiled_;
    if (++depth_ > options_.limits.template_depth) throw too_deep(offset, target);
    // Counted so that loops which write nothing end as well.
    if (++steps_ > limit_) throw too_many_steps(offset);
    compiled_ = target;
    nodes(list);
    compiled_ = from;
    --depth_;
  }

  const Template* find_partial(std::string_view name) const {
    if (options_.partials == nullptr) return nullptr;
    const auto found = options_.partials->find(name);
    return found == options_.partials->end() ? nullptr : &found->second;
  }

  void append(std::string_view text) {
    if (text.size() > limit_ - out_.size()) throw too_large();
    out_.append(text);
  }

  void append_escaped(std::string_view text) {
    for (const char letter : text) {
      switch (letter) {
        case '&':
          append("&amp;");
          break;
        case '<':
          append("&lt;");
          break;
        case '>':
          append("&gt;");
          break;
        case '"':
          append("&quot;");
          break;
        default:
          append({&letter, 1});
      }
    }
  }

  /// Throws where unknown names are faults.
  void note_unknown(const Name& name) const {
    if (options_.watch != nullptr) {
      const TemplateSource& source = compiled_->source;
      options_.watch->missing.emplace_back(name.text,
                                           source.in_file(position_in(source.text, name.offset)));
    }
    if (options_.strict) throw unknown(name);
  }

  [[nodiscard]] Error too_large() const {
    return Error("template.limit", "template " + in_quotes(compiled_->source.name) +
                                       ": the rendered text is larger than the limit of " +
                                       std::to_string(limit_) + " bytes")
        .at(compiled_->source.path);
  }

  [[nodiscard]] Error too_many_steps(std::size_t offset) const {
    return compiled_->source.error(
        "template.limit", offset,
        "more is rendered than the limit of " + std::to_string(limit_) + " steps");
  }

  Error unknown(const Name& name) const {
    const std::string what = "unknown variable " + in_quotes(name.text);
    const Context::Miss miss = context_.explain(name);
    return compiled_->source.error("template.missing_variable", name.offset, what,
                                   did_you_mean(miss.component, miss.known));
  }

  Error missing_partial(const PartialNode& node) const {
    std::vector<std::string> known;
    if (options_.partials != nullptr) {
      for (const auto& [name, partial] : *options_.partials)
        known.push_back(name);
    }
    return compiled_->source.error("template.missing_partial", node.offset,
                                   "there is no partial " + in_quotes(node.name),
                                   did_you_mean(node.name, known));
  }

  /// Partials that stand twice in the chain have led back to themselves.
  Error too_deep(std::size_t offset, const Compiled* target) const {
    const auto again = std::count(partials_.begin(), partials_.end(), target);
    const std::string limit = std::to_string(options_.limits.template_depth);
    if (again > 1) {
      return compiled_->source.error(
          "template.cycle", offset,
          "partial " + in_quotes(target->source.name) + " includes itself without an end");
    }
    return compiled_->source.error("template.limit", offset,
                                   "sections and partials nest deeper than the limit of " + limit);
  }

  static inline const json::value kNull = nullptr;

  /// How much longer than its template a text usually is: what is set aside for it at first.
  static constexpr std::size_t kUsualGrowth = 2;
  static constexpr std::size_t kMostSetAside = std::size_t{64} << 10U;

  const RenderOptions& options_;
  const std::size_t limit_;  ///< of bytes and of steps
  const Compiled* compiled_;
  Context context_;
  std::vector<Overrides> overrides_;       ///< outermost first: the first that has a block wins
  std::vector<const Compiled*> partials_;  ///< being rendered, outermost first
  std::string out_;
  std::string indent_;       ///< what each line of the template's own text is moved in by
  bool line_begins_ = true;  ///< the next piece of the template's own text begins a line
  std::int64_t depth_ = 0;
  std::size_t steps_ = 0;
};

std::string render_nodes(const Template::Compiled& compiled, Context context,
                         const RenderOptions& options) {
  return Renderer(compiled, std::move(context), options).run();
}

}  // namespace ratchet
