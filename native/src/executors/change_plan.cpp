#include "executors/change_plan.h"

#include "core/hash.h"
#include "core/text.h"
#include "fs/file_error.h"
#include "reporting/unified_diff.h"
#include "transactions/records.h"

namespace ratchet {
namespace {

json::value or_null(const std::optional<std::string>& text) {
  return text ? json::value(*text) : json::value(nullptr);
}

std::string_view name_of(EntryKind kind) {
  for (const auto& choice : Choice<EntryKind>::values) {
    if (choice.value == kind) return choice.name;
  }
  return {};
}

/// A side of a change that is shown, or what stands for it where it is too large.
std::optional<FileVersion> version_of(const FileState& state, const std::string& content) {
  if (!state.has_content()) return std::nullopt;
  const bool is_link = state.kind == StateKind::link;
  return FileVersion{is_link ? FileKind::link : FileKind::file, state.mode, content};
}

std::string too_large(const Entry& entry, const FileState& state) {
  return "File " + entry.path + " is too large to be shown: " + std::to_string(state.size) +
         " bytes, sha256 " + to_hex(state.hash) + "\n";
}

std::string diff_of_entry(Transaction& transaction, const Entry& entry, std::uint64_t most_bytes) {
  for (const FileState& state : {entry.pre, entry.post}) {
    if (state.size > most_bytes) return too_large(entry, state);
  }
  const bool is_move = entry.kind == EntryKind::move;
  std::string before;
  std::string after;
  if (entry.pre.has_content()) {
    before = transaction.content_now(is_move ? entry.from : entry.path, most_bytes);
  }
  if (entry.post.has_content()) {
    after = is_move ? before : transaction.content_of(entry, most_bytes);
  }
  return file_diff({.old_path = is_move ? entry.from : entry.path,
                    .new_path = entry.path,
                    .before = version_of(entry.pre, before),
                    .after = version_of(entry.post, after)});
}

}  // namespace

std::vector<PlanEntry> plan_of(const std::vector<Entry>& entries) {
  std::vector<PlanEntry> plan;
  plan.reserve(entries.size());
  for (const Entry& entry : entries) {
    PlanEntry& row = plan.emplace_back();
    row.operation = name_of(entry.kind);
    row.path = entry.path;
    if (entry.kind == EntryKind::move) row.from = entry.from;
    if (entry.pre.has_content()) row.pre_sha256 = to_hex(entry.pre.hash);
    if (entry.post.has_content()) row.post_sha256 = to_hex(entry.post.hash);
    const FileState& shown = entry.post.exists() ? entry.post : entry.pre;
    if (shown.kind == StateKind::file) row.mode = mode_text(shown.mode);
  }
  return plan;
}

std::string plan_sha256(std::span<const PlanEntry> plan) {
  json::array rows;
  rows.reserve(plan.size());
  for (const PlanEntry& entry : plan) {
    rows.push_back(json::array{json::value(entry.operation), json::value(entry.path),
                               or_null(entry.from), or_null(entry.pre_sha256),
                               or_null(entry.post_sha256), json::value(entry.mode)});
  }
  return to_hex(sha256(json::serialize(rows)));
}

void require_plan(const std::optional<std::string>& approved, const std::string& plan) {
  if (!approved || *approved == plan) return;
  throw Error("plan.changed", "the plan is " + plan + ", and " +
                                  in_quotes(std::string_view(*approved), 64) + " was approved")
      .hint("look at a new dry run and approve its plan_sha256");
}

std::string diff_of(Transaction& transaction, const Limits& limits) {
  const auto most_bytes = static_cast<std::uint64_t>(limits.rendered_bytes);
  std::string diff;
  for (const Entry& entry : transaction.entries())
    diff += diff_of_entry(transaction, entry, most_bytes);
  return diff;
}

}  // namespace ratchet
