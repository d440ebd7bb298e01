// The rows that each room's source adds to the table of operations.
#pragma once

#include "operations/operation.h"

namespace ratchet::rows {

[[nodiscard]] Operation describe();
[[nodiscard]] Operation doctor();
[[nodiscard]] Operation parallel_check();
[[nodiscard]] Operation parallel_report();
[[nodiscard]] Operation parallel_run();
[[nodiscard]] Operation pattern_describe();
[[nodiscard]] Operation pattern_list();
[[nodiscard]] Operation pattern_run();
[[nodiscard]] Operation ping();
[[nodiscard]] Operation report_findings();
[[nodiscard]] Operation run_list();
[[nodiscard]] Operation run_undo();
[[nodiscard]] Operation template_check();
[[nodiscard]] Operation template_list();
[[nodiscard]] Operation template_load();
[[nodiscard]] Operation template_new();
[[nodiscard]] Operation template_render();
[[nodiscard]] Operation transaction_add();
[[nodiscard]] Operation transaction_apply();
[[nodiscard]] Operation transaction_begin();
[[nodiscard]] Operation transaction_commit();
[[nodiscard]] Operation transaction_list();
[[nodiscard]] Operation transaction_recover();
[[nodiscard]] Operation transaction_rollback();
[[nodiscard]] Operation transaction_show();
[[nodiscard]] Operation validate_dependencies();
[[nodiscard]] Operation validate_document();
[[nodiscard]] Operation validate_instance();
[[nodiscard]] Operation validate_schema();
[[nodiscard]] Operation validate_structure();
[[nodiscard]] Operation validate_syntax();

}  // namespace ratchet::rows
