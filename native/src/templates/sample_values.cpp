#include "templates/sample_values.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "templates/typed_text.h"
#include "validation/schema/schema.h"

namespace ratchet {
namespace {

/// Texts of the kinds that patterns and formats ask for, the plainest first.
constexpr std::array<std::string_view, 24> kTexts{"sample",
                                                  "other",
                                                  "third",
                                                  "Sample",
                                                  "Other",
                                                  "sample_item",
                                                  "SampleItem",
                                                  "sample-item",
                                                  "sample item",
                                                  "SAMPLE",
                                                  "a",
                                                  "A",
                                                  "x1",
                                                  "1",
                                                  "0.1.0",
                                                  "1.0",
                                                  "sample.py",
                                                  "src/sample",
                                                  "/sample",
                                                  "sample@example.com",
                                                  "https://example.com/sample",
                                                  "2024-01-02",
                                                  "2024-01-02T03:04:05Z",
                                                  "123e4567-e89b-42d3-a456-426614174000"};
/// Objects inside each other, where a schema leads back to itself.
constexpr int kMostDepth = 16;
constexpr std::size_t kManyItems = 3;

std::optional<std::int64_t> integer_at(const json::object& schema, std::string_view key) {
  const json::value* value = schema.if_contains(key);
  if (value == nullptr) return std::nullopt;
  if (const std::int64_t* whole = value->if_int64()) return *whole;
  if (const double* real = value->if_double()) return static_cast<std::int64_t>(std::ceil(*real));
  return std::nullopt;
}

const json::array* array_at(const json::object& schema, std::string_view key) {
  const json::value* value = schema.if_contains(key);
  const json::array* items = value == nullptr ? nullptr : value->if_array();
  return items == nullptr || items->empty() ? nullptr : items;
}

bool has_tag(const json::value& value) {
  return json::serialize(value).find("{{") != std::string::npos;
}

bool is_required(const json::object& schema, std::string_view name) {
  const json::array* required = array_at(schema, "required");
  return required != nullptr &&
         std::find(required->begin(), required->end(), json::value(name)) != required->end();
}

std::string_view first_type(const json::object& schema) {
  const json::value* type = schema.if_contains("type");
  if (type != nullptr && type->is_array() && !type->get_array().empty()) {
    type = &type->get_array().front();
  }
  if (type != nullptr && type->is_string()) return type->get_string();
  if (schema.contains("properties")) return "object";
  return schema.contains("items") ? "array" : "string";
}

json::value number(const json::object& schema, std::size_t variant) {
  std::int64_t value = 1 + static_cast<std::int64_t>(variant);
  if (const auto least = integer_at(schema, "minimum")) value = std::max(value, *least);
  if (const auto below = integer_at(schema, "exclusiveMinimum"))
    value = std::max(value, *below + 1);
  if (const auto most = integer_at(schema, "maximum")) value = std::min(value, *most);
  if (const auto above = integer_at(schema, "exclusiveMaximum"))
    value = std::min(value, *above - 1);
  const auto step = integer_at(schema, "multipleOf");
  if (step && *step > 0) value = (value + *step - 1) / *step * *step;
  return value;
}

}  // namespace

std::optional<json::value> SampleValues::make(const json::object& schema, const SampleStyle& style,
                                              std::size_t variant) {
  const json::object& own = dereferenced(schema, root_);
  if (const json::value* constant = own.if_contains("const")) return *constant;
  if (const json::array* choices = array_at(own, "enum")) {
    return (*choices)[variant % choices->size()];
  }
  const bool is_shaped = own.contains("properties") || own.contains("items");
  const json::array* examples = array_at(own, "examples");
  if (examples != nullptr && !is_shaped && variant < examples->size()) return (*examples)[variant];
  const json::value* fallback = own.if_contains("default");
  const bool is_flag = first_type(own) == "boolean";
  if (fallback != nullptr && !is_shaped && !is_flag && variant == 0 && !has_tag(*fallback)) {
    return *fallback;
  }
  for (const std::string_view branches : {"oneOf", "anyOf"}) {
    const json::array* several = array_at(own, branches);
    if (several == nullptr || own.contains("type") || !several->front().is_object()) continue;
    return make(several->front().get_object(), style, variant);
  }
  if (depth_ >= kMostDepth) return std::nullopt;
  ++depth_;
  std::optional<json::value> made = by_type(own, style, variant);
  --depth_;
  if (!made && examples != nullptr) made = examples->front();
  if (!made && fallback != nullptr && !has_tag(*fallback)) made = *fallback;
  return made;
}

std::optional<json::value> SampleValues::by_type(const json::object& schema,
                                                 const SampleStyle& style, std::size_t variant) {
  const std::string_view type = first_type(schema);
  if (type == "object") return object(schema, style, variant);
  if (type == "array") return list(schema, style);
  if (type == "integer" || type == "number") return number(schema, variant);
  if (type == "boolean") return json::value(style.flags);
  if (type == "null") return json::value(nullptr);
  return text(schema, variant);
}

std::optional<json::value> SampleValues::text(const json::object& schema, std::size_t variant) {
  const Schema judge = Schema::compile(schema, limits_, {.assert_formats = true});
  std::size_t seen = 0;
  for (const std::string_view candidate : kTexts) {
    json::value value(candidate);
    if (!judge.validate(value).valid()) continue;
    if (seen++ == variant) return value;
  }
  // A length that none has: as many letters as are wanted.
  const auto wanted = static_cast<std::size_t>(std::clamp<std::int64_t>(
      integer_at(schema, "minLength").value_or(1), 1, limits_.input_bytes));
  const json::value filled(std::string(wanted, static_cast<char>('a' + variant % 26)));
  if (judge.validate(filled).valid()) return filled;
  return std::nullopt;
}

std::optional<json::value> SampleValues::object(const json::object& schema,
                                                const SampleStyle& style, std::size_t variant) {
  json::object made;
  const json::value* properties = schema.if_contains("properties");
  if (properties == nullptr || !properties->is_object()) return json::value(std::move(made));
  for (const auto& property : properties->get_object()) {
    const json::object* inside = property.value().if_object();
    const bool needed = is_required(schema, property.key());
    if (inside == nullptr || (!needed && !style.optional_members)) continue;
    const std::string outer = name_;
    name_.append(name_.empty() ? "" : ".").append(property.key());
    std::optional<json::value> member = make(*inside, style, variant);
    const bool is_new = std::find(failed_.begin(), failed_.end(), name_) == failed_.end();
    if (!member && is_new) failed_.push_back(name_);
    name_ = outer;
    if (!member && needed) return std::nullopt;
    if (member) made.emplace(property.key(), *std::move(member));
  }
  return json::value(std::move(made));
}

std::optional<json::value> SampleValues::list(const json::object& schema,
                                              const SampleStyle& style) {
  const auto least = static_cast<std::size_t>(
      std::max<std::int64_t>(integer_at(schema, "minItems").value_or(0), 0));
  std::size_t count = std::max(style.items, least);
  if (const auto most = integer_at(schema, "maxItems")) {
    count = std::min(count, static_cast<std::size_t>(std::max<std::int64_t>(*most, 0)));
  }
  json::array items;
  for (std::size_t i = 0; i < count; ++i) {
    std::optional<json::value> item = make(schema_of_items(schema, root_), style, i);
    if (!item) return std::nullopt;
    items.push_back(*std::move(item));
  }
  return json::value(std::move(items));
}

std::vector<json::value> SampleValues::alternatives(const json::object& schema) {
  const json::object& own = dereferenced(schema, root_);
  if (own.contains("const")) return {};
  if (const json::array* choices = array_at(own, "enum")) return {choices->begin(), choices->end()};
  std::vector<json::value> values;
  if (has_type(own, "boolean")) values = {json::value(true), json::value(false)};
  if (has_type(own, "null")) values.emplace_back(nullptr);
  if (has_type(own, "string")) values.emplace_back("");
  if (first_type(own) != "array") return values;
  for (const std::size_t count : {std::size_t{0}, std::size_t{1}, kManyItems}) {
    if (auto made = make(own, {.items = count})) values.push_back(*std::move(made));
  }
  return values;
}

}  // namespace ratchet
