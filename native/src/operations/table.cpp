#include <array>

#include "operations/rows.h"

namespace ratchet {

std::span<const Operation> operations() {
  static const auto table = std::to_array<Operation>({
      rows::describe(),
      rows::doctor(),
      rows::parallel_check(),
      rows::parallel_report(),
      rows::parallel_run(),
      rows::pattern_describe(),
      rows::pattern_list(),
      rows::pattern_run(),
      rows::ping(),
      rows::report_findings(),
      rows::run_list(),
      rows::run_undo(),
      rows::template_check(),
      rows::template_list(),
      rows::template_load(),
      rows::template_new(),
      rows::template_render(),
      rows::transaction_add(),
      rows::transaction_apply(),
      rows::transaction_begin(),
      rows::transaction_commit(),
      rows::transaction_list(),
      rows::transaction_recover(),
      rows::transaction_rollback(),
      rows::transaction_show(),
      rows::validate_dependencies(),
      rows::validate_document(),
      rows::validate_instance(),
      rows::validate_schema(),
      rows::validate_structure(),
      rows::validate_syntax(),
  });
  return table;
}

}  // namespace ratchet
