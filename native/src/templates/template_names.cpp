// Names that a template uses against names that it declares.
#include <algorithm>
#include <set>
#include <utility>

#include "core/document.h"
#include "core/nearest.h"
#include "core/text.h"
#include "templates/renderer.h"
#include "templates/template_lint.h"
#include "templates/typed_text.h"

namespace ratchet {
namespace {

constexpr std::string_view kRoot = "/variables";

const json::object* properties_of(const json::object& schema) {
  const json::value* properties = schema.if_contains("properties");
  return properties == nullptr ? nullptr : properties->if_object();
}

/// Whether a schema may let members in that it does not list.
bool is_open(const json::object& schema) {
  for (const std::string_view keyword :
       {"anyOf", "oneOf", "allOf", "if", "patternProperties", "$ref"}) {
    if (schema.contains(keyword)) return true;
  }
  const json::value* additional = schema.if_contains("additionalProperties");
  if (additional != nullptr && !additional->is_bool()) return true;
  return properties_of(schema) == nullptr && !schema.contains("type");
}

class NameCheck {
 public:
  explicit NameCheck(const LoadedTemplate& source)
      : source_(source), root_(source.variables().schema()) {}

  std::vector<Finding> run() {
    scopes_ = {{&root_, {}, nullptr}};
    for (const LoadedTemplate::File& file : source_.files())
      look_at(file);
    for (const VariableUse& use : source_.companion_uses())
      look_at(use);
    for (const TemplateVariables::Computed& computed : source_.variables().computed())
      look_at(computed);
    if (source_.variables().is_closed()) tell_unused(root_, std::string(kRoot), true);
    return std::move(findings_);
  }

 private:
  /// What a tag sees: members of a schema, or the one name of a file's loop.
  struct Scope {
    const json::object* schema;  ///< null where nothing is known
    std::string name;            ///< of the item alone, where it is not empty
    const json::object* item;
  };

  void look_at(const LoadedTemplate::File& file) {
    std::size_t entered = 0;
    if (file.each) {
      const json::object* list = use_name(*file.each, {}, {});
      const json::object* item = list == nullptr ? nullptr : &schema_of_items(*list, root_);
      scopes_.push_back({nullptr, file.as, item});
      entered = 1;
    }
    if (file.when) {
      for (const std::string& name : file.when->names())
        use_name(name, {}, {});
    }
    walk(file.path);
    if (file.content) walk(*file.content);
    scopes_.resize(scopes_.size() - entered);
  }

  /// A name in a text of template.yaml, which sees the members of the sections around it.
  void look_at(const VariableUse& use) {
    const std::size_t outside = scopes_.size();
    for (const std::string& section : use.sections)
      scopes_.push_back(inside_of(use_name(section, {}, {})));
    use_name(use.name, source_.manifest().path, use.position);
    scopes_.resize(outside);
  }

  void look_at(const TemplateVariables::Computed& computed) {
    // Inside a nested property its neighbours are seen too.
    const std::size_t outside = scopes_.size();
    enter_owner(computed.pointer);
    for (const VariableUse& use : computed.uses)
      look_at(use);
    for (const std::string& name : computed.asked)
      use_name(name, {}, {});
    scopes_.resize(outside);
  }

  void enter_owner(std::string_view pointer) {
    const json::object* schema = &root_;
    for (std::size_t slash = pointer.find('/', 1); slash != std::string_view::npos;
         slash = pointer.find('/', slash + 1)) {
      const std::string_view step = pointer.substr(0, slash);
      const std::string_view key = step.substr(step.rfind('/') + 1);
      const json::value* inside = schema->if_contains(key);
      if (inside == nullptr || !inside->is_object()) return;
      schema = &inside->get_object();
      if (properties_of(*schema) != nullptr) scopes_.push_back({schema, {}, nullptr});
    }
  }

  void walk(const Template& part) {
    if (!on_the_way_.insert(&part.compiled()).second) return;
    const Template::Compiled* outer = std::exchange(inside_, &part.compiled());
    walk(part.compiled().nodes);
    inside_ = outer;
    on_the_way_.erase(&part.compiled());
  }

  void walk(const std::vector<Node>& nodes) {
    using Base = std::variant<TextNode, VariableNode, SectionNode, BlockNode, PartialNode>;
    for (const Node& node : nodes) {
      std::visit([this](const auto& each) { this->look(each); }, static_cast<const Base&>(node));
    }
  }

  static void look(const TextNode& /*text*/) {}

  void look(const VariableNode& node) {
    if (node.name.kind == Name::Kind::implicit) {
      whole_.insert(scopes_.back().schema);
    } else if (node.name.kind == Name::Kind::path) {
      if (const json::object* found = use_name(node.name)) whole_.insert(found);
    }
  }

  void look(const SectionNode& node) {
    const json::object* found = node.name.kind == Name::Kind::path ? use_name(node.name) : nullptr;
    const bool enters =
        !node.inverted && !node.name.asks_presence && node.name.kind <= Name::Kind::implicit;
    if (enters) scopes_.push_back(inside_of(node.name, found));
    walk(node.body);
    if (enters) scopes_.pop_back();
  }

  void look(const BlockNode& node) { walk(node.body); }

  void look(const PartialNode& node) {
    for (const BlockNode& block : node.overrides)
      walk(block.body);
    const auto partial = source_.partials().find(node.name);
    if (partial != source_.partials().end()) walk(partial->second);
  }

  Scope inside_of(const Name& name, const json::object* found) const {
    if (name.kind == Name::Kind::implicit) {
      const json::object* own = scopes_.back().schema;
      if (own == nullptr) return {nullptr, {}, nullptr};
      return {own->contains("items") ? &schema_of_items(*own, root_) : own, {}, nullptr};
    }
    return inside_of(found);
  }

  Scope inside_of(const json::object* found) const {
    if (found == nullptr) return {nullptr, {}, nullptr};
    return {found->contains("items") ? &schema_of_items(*found, root_) : found, {}, nullptr};
  }

  const json::object* use_name(const Name& name) {
    const TemplateSource& source = inside_->source;
    return use_name(name.text, source.path, source.in_file(position_in(source.text, name.offset)));
  }

  /// Marks what the name means as used, and gives its schema; null where nobody can tell.
  const json::object* use_name(std::string_view name, const std::string& path, Position place) {
    std::size_t dot = std::min(name.find('.'), name.size());
    const std::string_view first = name.substr(0, dot);
    std::vector<std::string> known;
    for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope) {
      if (!scope->name.empty()) {
        known.push_back(scope->name);
        if (scope->name == first) return members(scope->item, name, dot);
        continue;
      }
      if (scope->schema == nullptr) return nullptr;
      if (const json::object* found = member(*scope->schema, first)) {
        return members(found, name, dot);
      }
      if (is_open(*scope->schema)) return nullptr;
      if (const json::object* properties = properties_of(*scope->schema)) {
        for (const auto& property : *properties)
          known.emplace_back(property.key());
      }
    }
    if (!source_.variables().is_closed()) return nullptr;
    if (!path.empty()) tell_undeclared(name, first, known, path, place);
    return nullptr;
  }

  /// The schema behind the dots that follow.
  const json::object* members(const json::object* schema, std::string_view name, std::size_t dot) {
    while (schema != nullptr && dot < name.size()) {
      const std::size_t next = std::min(name.find('.', dot + 1), name.size());
      schema = member(*schema, name.substr(dot + 1, next - dot - 1));
      dot = next;
    }
    return schema;
  }

  const json::object* member(const json::object& schema, std::string_view name) {
    const json::object* properties = properties_of(schema);
    if (properties == nullptr || !properties->contains(name)) return nullptr;
    used_.emplace(&schema, name);
    return &schema_of_member(schema, name, root_);
  }

  void tell_undeclared(std::string_view name, std::string_view first,
                       const std::vector<std::string>& known, const std::string& path,
                       Position place) {
    Finding finding = make_finding(
        "template.missing_variable", Severity::error,
        "variable " + in_quotes(name) + " is not declared" + did_you_mean(first, known),
        kTemplateJudge);
    finding.at(path, place);
    finding.hint = "declare it in variables, or correct the name";
    const auto is_same = [&](const Finding& other) {
      return other.message == finding.message && other.path == finding.path &&
             other.line == finding.line && other.column == finding.column;
    };
    if (std::none_of(findings_.begin(), findings_.end(), is_same)) {
      findings_.push_back(std::move(finding));
    }
  }

  void tell_unused(const json::object& schema, const std::string& pointer, bool at_top) {
    const json::object* properties = properties_of(schema);
    if (properties == nullptr || whole_.contains(&schema)) return;
    for (const auto& property : *properties) {
      const json::object* inside = property.value().if_object();
      std::string place = pointer + "/properties";
      append_token(place, property.key());
      if (!used_.contains({&schema, std::string(property.key())})) {
        Finding finding =
            make_finding("template.unused_variable", at_top ? Severity::error : Severity::warning,
                         "variable " + in_quotes(property.key()) + " is declared and never used",
                         kTemplateJudge);
        finding.at(source_.manifest().path, source_.manifest().key_place(place));
        finding.hint = "use it, or take it out of the template's variables";
        findings_.push_back(std::move(finding));
        continue;
      }
      if (inside == nullptr || whole_.contains(inside)) continue;
      const json::value* items = inside->if_contains("items");
      if (items != nullptr && items->is_object()) {
        tell_unused(items->get_object(), place + "/items", false);
      }
      tell_unused(*inside, place, false);
    }
  }

  const LoadedTemplate& source_;
  const json::object& root_;
  const Template::Compiled* inside_ = nullptr;
  std::set<const Template::Compiled*> on_the_way_;
  std::vector<Scope> scopes_;
  std::set<std::pair<const json::object*, std::string>> used_;
  std::set<const json::object*> whole_;  ///< schemas of values that are inserted as they are
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> check_names(const LoadedTemplate& source) {
  return NameCheck(source).run();
}

}  // namespace ratchet
