// Which keywords a schema may use: its draft, and of 2020-12 its vocabularies.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "validation/schema/schema.h"

namespace ratchet::schema {

/// The vocabularies of 2020-12, as bits. Draft-07 has no such thing; its keywords are sorted into
/// them all the same.
using VocabularySet = std::uint8_t;
inline constexpr VocabularySet kCore = 1U << 0U;
inline constexpr VocabularySet kApplicator = 1U << 1U;
inline constexpr VocabularySet kUnevaluated = 1U << 2U;
inline constexpr VocabularySet kValidation = 1U << 3U;
inline constexpr VocabularySet kMetaData = 1U << 4U;
inline constexpr VocabularySet kFormatAnnotation = 1U << 5U;
inline constexpr VocabularySet kFormatAssertion = 1U << 6U;
inline constexpr VocabularySet kContent = 1U << 7U;

struct VocabularyRow {
  std::string_view name;  ///< the last segment of its URI and of its metaschema's
  VocabularySet vocabulary;
};
inline constexpr std::array<VocabularyRow, 8> kVocabularies{{
    {"core", kCore},
    {"applicator", kApplicator},
    {"unevaluated", kUnevaluated},
    {"validation", kValidation},
    {"meta-data", kMetaData},
    {"format-annotation", kFormatAnnotation},
    {"format-assertion", kFormatAssertion},
    {"content", kContent},
}};
/// What the standard's own metaschema of 2020-12 names.
inline constexpr VocabularySet kStandardVocabularies =
    static_cast<VocabularySet>(~static_cast<unsigned>(kFormatAssertion) & 0xFFU);

inline constexpr std::string_view kDraft7Uri = "http://json-schema.org/draft-07/schema";
/// Before `vocab/NAME` and `meta/NAME`.
inline constexpr std::string_view kDraft2020Base = "https://json-schema.org/draft/2020-12/";
inline constexpr std::string_view kDraft2020Uri = "https://json-schema.org/draft/2020-12/schema";

struct Dialect {
  SchemaDraft draft = SchemaDraft::draft2020_12;
  VocabularySet vocabularies = kStandardVocabularies;

  [[nodiscard]] bool operator==(const Dialect&) const = default;
};

/// The vocabulary with this URI.
[[nodiscard]] std::optional<VocabularySet> vocabulary_named(std::string_view uri);

/// The draft whose metaschema has this URI (an empty fragment is passed over).
[[nodiscard]] std::optional<SchemaDraft> draft_named(std::string_view uri);

}  // namespace ratchet::schema
