// One function a format; formats.cpp lists which serves which. Each takes UTF-8 and is linear in
// its length.
#pragma once

#include <string_view>

namespace ratchet::schema {

// RFC 3339, and its appendix A for durations (format_time.cpp).
[[nodiscard]] bool is_date(std::string_view text);
[[nodiscard]] bool is_time(std::string_view text);
[[nodiscard]] bool is_date_time(std::string_view text);
[[nodiscard]] bool is_duration(std::string_view text);

// Names of hosts and mailboxes (format_host.cpp).
/// RFC 5321 §4.1.2, ASCII.
[[nodiscard]] bool is_email(std::string_view text);
/// RFC 1123 §2.1: labels of at most 63, at most 253 characters in all.
[[nodiscard]] bool is_hostname(std::string_view text);
/// RFC 2673 §3.2: four decimal numbers without leading zeros.
[[nodiscard]] bool is_ipv4(std::string_view text);
/// RFC 4291 §2.2, without a zone.
[[nodiscard]] bool is_ipv6(std::string_view text);

// RFC 3986, RFC 3987 and RFC 6570 (format_uri.cpp).
[[nodiscard]] bool is_uri(std::string_view text);
[[nodiscard]] bool is_uri_reference(std::string_view text);
[[nodiscard]] bool is_iri(std::string_view text);
[[nodiscard]] bool is_iri_reference(std::string_view text);
[[nodiscard]] bool is_uri_template(std::string_view text);

}  // namespace ratchet::schema
