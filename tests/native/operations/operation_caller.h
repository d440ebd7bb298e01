// Calls operations over disks in memory and scripted processes.
#pragma once

#include <string>
#include <string_view>

#include "core/error.h"
#include "fs/memory_file_system.h"
#include "operations/operation.h"
#include "process/scripted_launcher.h"
#include "transactions/fixed_seams.h"

namespace ratchet::test {

struct OperationCaller {
  json::object call(std::string_view operation, std::string_view request) {
    OperationContext context{environment, events, cancel.token(), transactions, host_desk};
    return call_operation(operation, request, context).as_object();
  }
  /// The code of the Error that the call throws; `none` where it throws none.
  std::string code(std::string_view operation, std::string_view request) {
    try {
      (void)call(operation, request);
    } catch (const Error& error) {
      return std::string(error.code().name());
    }
    return "none";
  }

  MemoryFileSystem files;
  ScriptedLauncher launcher;
  WaitingClock clock;
  CountingRandom random;
  CancelSource cancel;
  EventSink& events = no_events();
  OpenTransactions transactions;
  HostDesk host_desk;
  Environment environment{files, launcher, clock, random, Limits{}, 1, {}};
};

}  // namespace ratchet::test
