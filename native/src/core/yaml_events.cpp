#include "core/yaml_events.h"

#include <yaml.h>

#include <algorithm>
#include <new>
#include <optional>
#include <unordered_map>

#include "core/text.h"
#include "core/utf8.h"
#include "core/yaml_faults.h"
#include "core/yaml_scalar.h"

namespace ratchet {
namespace {

constexpr std::string_view kTagPrefix = "tag:yaml.org,2002:";

/// libyaml's parser and the event at hand, freed with this object.
class EventSource {
 public:
  EventSource(std::string_view text, const YamlFaults& faults) : faults_(faults) {
    if (yaml_parser_initialize(&parser_) == 0) throw std::bad_alloc();
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    if (text.starts_with(kUtf8ByteOrderMark)) text.remove_prefix(kUtf8ByteOrderMark.size());
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()),
                                 text.size());
  }
  ~EventSource() {
    yaml_event_delete(&event_);
    yaml_parser_delete(&parser_);
  }
  EventSource(const EventSource&) = delete;
  EventSource& operator=(const EventSource&) = delete;

  const yaml_event_t& next() {
    yaml_event_delete(&event_);
    if (yaml_parser_parse(&parser_, &event_) == 0) faults_.fail(parser_);
    return event_;
  }

 private:
  const YamlFaults& faults_;
  yaml_parser_t parser_{};
  yaml_event_t event_{};
};

std::string_view view(const unsigned char* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

std::string_view core_tag(const unsigned char* tag) {
  std::string_view name = view(tag);
  if (name.starts_with(kTagPrefix)) name.remove_prefix(kTagPrefix.size());
  return name;
}

class TreeBuilder {
 public:
  TreeBuilder(std::string_view text, std::string_view name, const Limits& limits)
      : faults_(text, name), source_(text, faults_), offsets_(text), limits_(limits) {}

  YamlTree build() {
    bool document = false;
    for (;;) {
      const yaml_event_t& event = source_.next();
      if (event.type == YAML_STREAM_END_EVENT) return std::move(tree_);
      begin_ = offsets_.offset_of(event.start_mark.index);
      if (event.type == YAML_DOCUMENT_START_EVENT && std::exchange(document, true)) {
        faults_.unsupported(begin_, "a second document", "put it into a file of its own");
      }
      take(event);
    }
  }

 private:
  struct Frame {
    Outline::Index node;
    bool object;
    bool expects_key;
  };

  void take(const yaml_event_t& event) {
    switch (event.type) {
      case YAML_SCALAR_EVENT:
        return take_scalar(event);
      case YAML_ALIAS_EVENT:
        return take_alias(view(event.data.alias.anchor));
      case YAML_MAPPING_START_EVENT:
        return open(Outline::Kind::object, event.data.mapping_start.tag,
                    event.data.mapping_start.anchor);
      case YAML_SEQUENCE_START_EVENT:
        return open(Outline::Kind::array, event.data.sequence_start.tag,
                    event.data.sequence_start.anchor);
      case YAML_MAPPING_END_EVENT:
      case YAML_SEQUENCE_END_EVENT:
        tree_.outline.close(open_.back().node);
        open_.pop_back();
        return value_done();
      default:
        return;
    }
  }

  [[nodiscard]] bool at_key() const {
    return !open_.empty() && open_.back().object && open_.back().expects_key;
  }
  void value_done() {
    if (!open_.empty()) open_.back().expects_key = open_.back().object;
  }

  void open(Outline::Kind kind, const unsigned char* tag, const unsigned char* anchor) {
    const bool object = kind == Outline::Kind::object;
    if (at_key()) faults_.unsupported(begin_, "a key that is no text", "use a text as the key");
    const std::string_view name = core_tag(tag);
    if (!name.empty() && name != "!" && name != (object ? "map" : "seq")) {
      faults_.unsupported(begin_, "the tag " + std::string(name), "remove the tag");
    }
    if (static_cast<std::int64_t>(open_.size()) >= limits_.json_depth) {
      faults_.too_deep(begin_, limits_.json_depth);
    }
    const Outline::Index node = tree_.outline.open(kind, begin_);
    if (anchor != nullptr) anchors_.insert_or_assign(std::string(view(anchor)), node);
    open_.push_back({node, object, object});
  }

  void take_scalar(const yaml_event_t& event) {
    const auto& scalar = event.data.scalar;
    const std::string_view content(reinterpret_cast<const char*>(scalar.value), scalar.length);
    const bool plain = scalar.style == YAML_PLAIN_SCALAR_STYLE;
    json::value value = resolve(content, plain, core_tag(scalar.tag));
    if (at_key()) {
      if (scalar.anchor != nullptr) faults_.unsupported(begin_, "an anchor on a key", "remove it");
      return take_key(value, plain && scalar.tag == nullptr && content == "<<");
    }
    const auto index = static_cast<std::uint32_t>(tree_.scalars.size());
    tree_.scalars.push_back(std::move(value));
    const Outline::Index node = tree_.outline.scalar(begin_, index);
    if (scalar.anchor != nullptr) anchors_.insert_or_assign(std::string(view(scalar.anchor)), node);
    value_done();
  }

  void take_key(const json::value& key, bool merges) {
    if (!key.is_string()) {
      faults_.unsupported(begin_, "a key that is no text", "put the key in quotes");
    }
    tree_.outline.set_key(key.get_string(), begin_, merges);
    open_.back().expects_key = false;
  }

  void take_alias(std::string_view name) {
    const auto found = anchors_.find(std::string(name));
    if (found == anchors_.end()) {
      faults_.invalid(begin_, "alias " + in_quotes(name) + " names no anchor before it", {});
    }
    const Outline::Index target = found->second;
    const auto is_target = [target](const Frame& frame) { return frame.node == target; };
    if (std::any_of(open_.begin(), open_.end(), is_target)) {
      faults_.unsupported(begin_, "an alias inside what it stands for", "write the value out");
    }
    if (at_key()) {
      const OutlineNode& node = tree_.outline.at(target);
      const bool scalar = node.kind == Outline::Kind::scalar;
      return take_key(scalar ? tree_.scalars[node.target] : json::value(), false);
    }
    tree_.outline.alias(begin_, target);
    value_done();
  }

  json::value resolve(std::string_view content, bool plain, std::string_view tag) {
    if (tag == "str" || tag == "!" || (tag.empty() && !plain)) return json::value(content);
    CoreScalar scalar = resolve_core(content);
    if (scalar.kind == CoreScalar::Kind::unsupported) {
      faults_.unsupported(begin_, std::string(scalar.why), "put it in quotes to make it a text");
    }
    if (tag.empty() && scalar.kind == CoreScalar::Kind::text) return json::value(content);
    if (tag.empty()) return scalar.value;
    return tagged(scalar, tag);
  }

  json::value tagged(const CoreScalar& scalar, std::string_view tag) {
    using Kind = CoreScalar::Kind;
    const bool whole = scalar.kind == Kind::integer;
    if (tag == "float" && (whole || scalar.kind == Kind::real))
      return scalar.value.to_number<double>();
    const bool fits = (tag == "int" && whole) || (tag == "bool" && scalar.kind == Kind::boolean) ||
                      (tag == "null" && scalar.kind == Kind::null);
    if (fits) return scalar.value;
    if (tag == "int" || tag == "float" || tag == "bool" || tag == "null") {
      faults_.invalid(begin_, "the value does not fit its tag !!" + std::string(tag),
                      "remove the tag");
    }
    faults_.unsupported(begin_, "the tag " + std::string(tag), "remove the tag");
  }

  YamlFaults faults_;
  EventSource source_;
  CharacterOffsets offsets_;
  const Limits& limits_;
  YamlTree tree_;
  std::vector<Frame> open_;
  std::unordered_map<std::string, Outline::Index> anchors_;
  std::size_t begin_ = 0;
};

}  // namespace

YamlTree read_yaml_tree(std::string_view text, std::string_view name, const Limits& limits) {
  return TreeBuilder(text, name, limits).build();
}

void check_yaml_stream(std::string_view text, std::string_view name) {
  const YamlFaults faults(text, name);
  EventSource source(text, faults);
  while (source.next().type != YAML_STREAM_END_EVENT) {
  }
}

}  // namespace ratchet
