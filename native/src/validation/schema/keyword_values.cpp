#include "validation/schema/keyword_values.h"

#include <compare>
#include <limits>

#include "core/error.h"
#include "validation/schema/numbers.h"
#include "validation/schema/wording.h"

namespace ratchet::schema {

std::string beside(const KeywordSite& site, std::string_view keyword) {
  const std::string_view own = site.address;
  return below(own.substr(0, own.rfind('/')), keyword);
}

void refuse_value(const KeywordSite& site, std::string_view expected) {
  refuse(site.address, site.keyword,
         "must be " + std::string(expected) + ", not " + shown(site.value));
}

const json::string& text_at(const KeywordSite& site) {
  if (!site.value.is_string()) refuse_value(site, "a string");
  return site.value.get_string();
}

const json::array& array_at(const KeywordSite& site) {
  if (!site.value.is_array()) refuse_value(site, "an array");
  return site.value.get_array();
}

const json::object& object_at(const KeywordSite& site) {
  if (!site.value.is_object()) refuse_value(site, "an object");
  return site.value.get_object();
}

std::uint64_t count_at(const KeywordSite& site) {
  constexpr double kTwoTo64 = 18446744073709551616.0;
  const json::value& value = site.value;
  const bool whole = value.is_number() && is_integer(value);
  if (!whole || std::is_lt(compare_numbers(value, 0))) refuse_value(site, "a whole number from 0");
  if (value.is_uint64()) return value.get_uint64();
  if (value.is_int64()) return static_cast<std::uint64_t>(value.get_int64());
  if (value.get_double() >= kTwoTo64) return std::numeric_limits<std::uint64_t>::max();
  return static_cast<std::uint64_t>(value.get_double());
}

std::vector<std::string> names_in(const json::value& value, const KeywordSite& site) {
  std::vector<std::string> names;
  const json::array* items = value.if_array();
  if (items == nullptr) {
    refuse(site.address, site.keyword, "must be an array of strings, not " + shown(value));
  }
  for (const json::value& item : *items) {
    if (!item.is_string()) {
      refuse(site.address, site.keyword, "must hold strings alone, not " + shown(item));
    }
    names.emplace_back(item.get_string());
  }
  return names;
}

Regex regex_of(std::string_view pattern, const std::string& address, std::string_view keyword) {
  try {
    return Regex::compile(pattern, Regex::Dialect::ecma262);
  } catch (const Error& error) {
    refuse(address, keyword, error.message());
  }
}

std::vector<BlockId> blocks_in(Compiler& compiler, const KeywordSite& site) {
  std::vector<BlockId> blocks;
  const json::array& schemas = array_at(site);
  if (schemas.empty()) refuse_value(site, "an array of at least one schema");
  for (std::size_t i = 0; i < schemas.size(); ++i) {
    blocks.push_back(compiler.block_for(schemas[i], below(site.address, std::to_string(i))));
  }
  return blocks;
}

}  // namespace ratchet::schema
