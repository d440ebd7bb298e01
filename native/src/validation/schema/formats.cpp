#include "validation/schema/formats.h"

#include <algorithm>
#include <array>

#include "core/error.h"
#include "core/regex.h"
#include "validation/schema/characters.h"
#include "validation/schema/format_functions.h"
#include "validation/schema/reference.h"
#include "validation/schema/schema.h"

namespace ratchet::schema {
namespace {

bool is_json_pointer(std::string_view text) {
  return pointer_tokens(text).has_value();
}

bool is_relative_json_pointer(std::string_view text) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  if (digits == 0 || (digits > 1 && text.front() == '0')) return false;
  text.remove_prefix(digits);
  return text == "#" || is_json_pointer(text);
}

bool is_uuid(std::string_view text) {
  constexpr std::string_view kForm = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  if (text.size() != kForm.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (kForm[i] == '-' ? text[i] != '-' : !is_hexadecimal(text[i])) return false;
  }
  return true;
}

bool is_regex(std::string_view text) {
  try {
    (void)Regex::compile(text, Regex::Dialect::ecma262);
    return true;
  } catch (const Error&) {
    return false;
  }
}

constexpr auto kFormats = std::to_array<FormatRow>({
    {"date", "a date as in 2024-02-29 (RFC 3339)", true, is_date},
    {"date-time", "a date and time as in 2024-02-29T23:59:00Z (RFC 3339)", true, is_date_time},
    {"duration", "a duration as in P1DT12H (ISO 8601)", false, is_duration},
    {"email", "an e-mail address", true, is_email},
    {"hostname", "a host name", true, is_hostname},
    {"ipv4", "an IPv4 address", true, is_ipv4},
    {"ipv6", "an IPv6 address", true, is_ipv6},
    {"iri", "an absolute IRI", true, is_iri},
    {"iri-reference", "an IRI or a relative reference", true, is_iri_reference},
    {"json-pointer", "a JSON pointer", true, is_json_pointer},
    {"regex", "a regular expression (ECMA-262)", true, is_regex},
    {"relative-json-pointer", "a relative JSON pointer", true, is_relative_json_pointer},
    {"time", "a time with an offset as in 23:59:00Z (RFC 3339)", true, is_time},
    {"uri", "an absolute URI", true, is_uri},
    {"uri-reference", "a URI or a relative reference", true, is_uri_reference},
    {"uri-template", "a URI template (RFC 6570)", true, is_uri_template},
    {"uuid", "a UUID", false, is_uuid},
});

}  // namespace

std::span<const FormatRow> format_rows() {
  return kFormats;
}

const FormatRow* find_format(std::string_view name, SchemaDraft draft) {
  const auto* row = std::lower_bound(
      kFormats.begin(), kFormats.end(), name,
      [](const FormatRow& left, std::string_view right) { return left.name < right; });
  if (row == kFormats.end() || row->name != name) return nullptr;
  return row->in_draft7 || draft == SchemaDraft::draft2020_12 ? row : nullptr;
}

}  // namespace ratchet::schema
