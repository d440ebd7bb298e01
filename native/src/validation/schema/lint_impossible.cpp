#include <algorithm>
#include <compare>

#include "core/text.h"
#include "validation/schema/assertions.h"
#include "validation/schema/equality.h"
#include "validation/schema/lint_rules.h"
#include "validation/schema/numbers.h"
#include "validation/schema/subschemas.h"
#include "validation/schema/type_names.h"
#include "validation/schema/wording.h"

namespace ratchet::schema {
namespace {

class Impossible {
 public:
  Impossible(const LintSite& site, std::vector<Remark>& remarks) : site_(site), remarks_(remarks) {}

  void remark(std::string_view keyword, std::string message) {
    remarks_.push_back({"schema.impossible",
                        below(site_.pointer, keyword),
                        std::string(keyword),
                        std::move(message),
                        {}});
  }

  [[nodiscard]] const json::value* number(std::string_view keyword) const {
    const json::value* value = site_.schema.if_contains(keyword);
    return value != nullptr && value->is_number() ? value : nullptr;
  }

  /// `touching` bounds may be equal.
  void bounds(std::string_view least, std::string_view most, bool touching) {
    const json::value* low = number(least);
    const json::value* high = number(most);
    if (low == nullptr || high == nullptr) return;
    const std::strong_ordering order = compare_numbers(*low, *high);
    if (std::is_lt(order) || (touching && std::is_eq(order))) return;
    remark(least, "nothing fits: " + std::string(least) + " " + shown(*low) +
                      " leaves no room below " + std::string(most) + " " + shown(*high));
  }

  void values() {
    const json::value* list = site_.schema.if_contains("enum");
    const json::array* allowed = list != nullptr ? list->if_array() : nullptr;
    if (allowed == nullptr) return;
    if (allowed->empty()) remark("enum", "nothing fits: the enum is empty");
    for (std::size_t later = 0; later < allowed->size(); ++later) {
      const bool repeated = std::any_of(
          allowed->begin(), allowed->begin() + static_cast<std::ptrdiff_t>(later),
          [&](const json::value& earlier) { return equal(earlier, (*allowed)[later]); });
      if (repeated) remark_value(later, "stands in the enum twice");
    }
    const TypeSet types = types_of_schema(site_.schema);
    for (std::size_t i = 0; i < allowed->size(); ++i) {
      if (!is_of(types, (*allowed)[i])) {
        remark_value(i, "never fits: the type asks for " + type_names(types));
      }
    }
  }

  void constant() {
    const json::value* value = site_.schema.if_contains("const");
    const TypeSet types = types_of_schema(site_.schema);
    if (value == nullptr || is_of(types, *value)) return;
    remark("const", "nothing fits: " + shown(*value) + " is not " + type_names(types));
  }

  /// A required key that additionalProperties shuts out.
  void required() {
    const json::value* additional = site_.schema.if_contains("additionalProperties");
    const json::value* list = site_.schema.if_contains("required");
    if (additional == nullptr || *additional != json::value(false)) return;
    if (list == nullptr || !list->is_array() || site_.schema.contains("patternProperties")) return;
    const json::value* properties = site_.schema.if_contains("properties");
    const json::object* named = properties != nullptr ? properties->if_object() : nullptr;
    std::size_t index = 0;
    for (const json::value& key : list->get_array()) {
      const std::string place = "required/" + std::to_string(index++);
      if (!key.is_string()) continue;
      if (named != nullptr && named->contains(key.get_string())) continue;
      remarks_.push_back({"schema.impossible",
                          site_.pointer + "/" + place,
                          "required",
                          "nothing fits: the required key " + in_quotes(key.get_string()) +
                              " is none of the properties, and no others are allowed",
                          {}});
    }
  }

  void branches() {
    const json::value* list = site_.schema.if_contains("oneOf");
    const json::array* schemas = list != nullptr ? list->if_array() : nullptr;
    if (schemas == nullptr) return;
    for (std::size_t later = 1; later < schemas->size(); ++later) {
      for (std::size_t earlier = 0; earlier < later; ++earlier) {
        if (!equal((*schemas)[earlier], (*schemas)[later])) continue;
        remarks_.push_back({"schema.impossible",
                            below(below(site_.pointer, "oneOf"), std::to_string(later)),
                            "oneOf",
                            "form " + std::to_string(later + 1) + " is the same as form " +
                                std::to_string(earlier + 1) +
                                ": what fits one fits both, and so neither",
                            {}});
        break;
      }
    }
  }

 private:
  void remark_value(std::size_t index, const std::string& fault) {
    const json::array& allowed = site_.schema.at("enum").get_array();
    remarks_.push_back({"schema.impossible",
                        below(below(site_.pointer, "enum"), std::to_string(index)),
                        "enum",
                        shown(allowed[index]) + " " + fault,
                        {}});
  }

  const LintSite& site_;
  std::vector<Remark>& remarks_;
};

}  // namespace

void lint_impossible(const LintSite& site, std::vector<Remark>& remarks) {
  Impossible check(site, remarks);
  check.bounds("minimum", "maximum", true);
  check.bounds("minimum", "exclusiveMaximum", false);
  check.bounds("exclusiveMinimum", "maximum", false);
  check.bounds("exclusiveMinimum", "exclusiveMaximum", false);
  check.bounds("minLength", "maxLength", true);
  check.bounds("minItems", "maxItems", true);
  check.bounds("minProperties", "maxProperties", true);
  if (site.schema.contains("contains")) check.bounds("minContains", "maxContains", true);
  check.values();
  check.constant();
  check.required();
  check.branches();
}

}  // namespace ratchet::schema
