#include "validation/schema/dialect.h"

namespace ratchet::schema {

std::optional<VocabularySet> vocabulary_named(std::string_view uri) {
  static constexpr std::string_view kFolder = "vocab/";
  if (!uri.starts_with(kDraft2020Base)) return std::nullopt;
  uri.remove_prefix(kDraft2020Base.size());
  if (!uri.starts_with(kFolder)) return std::nullopt;
  uri.remove_prefix(kFolder.size());
  for (const VocabularyRow& row : kVocabularies) {
    if (row.name == uri) return row.vocabulary;
  }
  return std::nullopt;
}

std::optional<SchemaDraft> draft_named(std::string_view uri) {
  if (uri.ends_with('#')) uri.remove_suffix(1);
  if (uri == kDraft7Uri) return SchemaDraft::draft7;
  if (uri == kDraft2020Uri) return SchemaDraft::draft2020_12;
  return std::nullopt;
}

}  // namespace ratchet::schema
