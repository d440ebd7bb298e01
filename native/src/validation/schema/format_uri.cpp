
#include "validation/schema/characters.h"
#include "validation/schema/format_functions.h"
#include "validation/schema/uri.h"

namespace ratchet::schema {
namespace {

/// Beyond ASCII (RFC 3987); a text is known to be UTF-8, so that its bytes need no looking at.
enum class Alphabet { uri, iri };

bool is_unreserved(char c) {
  return is_letter(c) || is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

bool is_sub_delimiter(char c) {
  return std::string_view("!$&'()*+,;=").find(c) != std::string_view::npos;
}

/// Unreserved characters, sub-delimiters, escapes, and those in `more`.
bool is_made_of(std::string_view text, std::string_view more, Alphabet alphabet) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size() || !is_hexadecimal(text[i + 1]) || !is_hexadecimal(text[i + 2])) {
        return false;
      }
      i += 2;
    } else if (!is_ascii(c)) {
      if (alphabet == Alphabet::uri) return false;
    } else if (!is_unreserved(c) && !is_sub_delimiter(c) &&
               more.find(c) == std::string_view::npos) {
      return false;
    }
  }
  return true;
}

/// RFC 3986 §3.2.2, between the brackets.
bool is_ip_literal(std::string_view text) {
  if (!text.starts_with('v') && !text.starts_with('V')) return is_ipv6(text);
  text.remove_prefix(1);
  const std::string_view version = take_before(text, '.');
  const auto allowed = [](char c) { return is_unreserved(c) || is_sub_delimiter(c) || c == ':'; };
  return !version.empty() && all_of(version, is_hexadecimal) && !text.empty() &&
         all_of(text, allowed);
}

bool is_authority(std::string_view text, Alphabet alphabet) {
  const std::size_t at = text.rfind('@');
  if (at != std::string_view::npos) {
    if (!is_made_of(text.substr(0, at), ":", alphabet)) return false;
    text.remove_prefix(at + 1);
  }
  std::string_view port;
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos || !is_ip_literal(text.substr(1, end - 1))) return false;
    port = text.substr(end + 1);
  } else {
    const std::size_t colon = text.find(':');
    if (!is_made_of(text.substr(0, colon), "", alphabet)) return false;
    port = colon == std::string_view::npos ? std::string_view() : text.substr(colon);
  }
  return port.empty() || (port.front() == ':' && all_of(port.substr(1), is_digit));
}

bool is_reference(std::string_view text, Alphabet alphabet) {
  const UriParts parts = split_uri(text);
  if (parts.authority && !is_authority(*parts.authority, alphabet)) return false;
  if (!is_made_of(parts.path, ":@/", alphabet)) return false;
  // Without a scheme a colon in the first segment would make one.
  const std::string_view first = parts.path.substr(0, parts.path.find('/'));
  if (!parts.scheme && !parts.authority && first.find(':') != std::string_view::npos) return false;
  return is_made_of(parts.query.value_or(""), ":@/?", alphabet) &&
         is_made_of(parts.fragment.value_or(""), ":@/?", alphabet);
}

/// RFC 6570 §2.3 and §2.4: a name, then nothing, `*` or `:` and a length of up to four digits.
bool is_variable(std::string_view text) {
  if (text.ends_with('*')) {
    text.remove_suffix(1);
  } else if (const std::size_t colon = text.find(':'); colon != std::string_view::npos) {
    const std::string_view length = text.substr(colon + 1);
    if (length.empty() || length.size() > 4 || length.front() == '0' || !all_of(length, is_digit)) {
      return false;
    }
    text = text.substr(0, colon);
  }
  if (text.empty() || text.starts_with('.') || text.ends_with('.')) return false;
  if (text.find("..") != std::string_view::npos) return false;
  const auto allowed = [](char c) {
    return is_letter(c) || is_digit(c) || c == '_' || c == '.' || c == '%';
  };
  return all_of(text, allowed) && is_made_of(text, "", Alphabet::uri);
}

bool is_expression(std::string_view text) {
  constexpr std::string_view kOperators = "+#./;?&=,!@|";
  if (!text.empty() && kOperators.find(text.front()) != std::string_view::npos) {
    text.remove_prefix(1);
  }
  if (text.empty() || text.ends_with(',')) return false;
  while (!text.empty()) {
    if (!is_variable(take_before(text, ','))) return false;
  }
  return true;
}

/// RFC 6570 §2.1.
bool is_literal_text(std::string_view text) {
  constexpr std::string_view kForbidden = "\"'<>\\^`{|}";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size() || !is_hexadecimal(text[i + 1]) || !is_hexadecimal(text[i + 2])) {
        return false;
      }
    } else if (is_ascii(c) &&
               (c <= ' ' || c == '\x7f' || kForbidden.find(c) != std::string_view::npos)) {
      return false;
    }
  }
  return true;
}

}  // namespace

bool is_uri(std::string_view text) {
  return split_uri(text).scheme && is_reference(text, Alphabet::uri);
}

bool is_uri_reference(std::string_view text) {
  return is_reference(text, Alphabet::uri);
}

bool is_iri(std::string_view text) {
  return split_uri(text).scheme && is_reference(text, Alphabet::iri);
}

bool is_iri_reference(std::string_view text) {
  return is_reference(text, Alphabet::iri);
}

bool is_uri_template(std::string_view text) {
  while (true) {
    const std::size_t open = text.find('{');
    if (!is_literal_text(text.substr(0, open))) return false;
    if (open == std::string_view::npos) return true;
    const std::size_t close = text.find('}', open);
    if (close == std::string_view::npos) return false;
    if (!is_expression(text.substr(open + 1, close - open - 1))) return false;
    text.remove_prefix(close + 1);
  }
}

}  // namespace ratchet::schema
