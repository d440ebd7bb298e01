#include "core/records.h"

#include <new>

namespace ratchet {

ErrorRecord record_of(const Error& error) {
  ErrorRecord record;
  record.code = error.code().name();
  record.category = row_of(error.category()).name;
  record.message = error.message();
  record.path = error.path();
  if (error.position().known()) {
    record.line = error.position().line;
    record.column = error.position().column;
  }
  if (!error.hint().empty()) record.hint = error.hint();
  if (!error.details().empty()) record.details = error.details();
  return record;
}

ErrorRecord record_of_current_exception() {
  try {
    throw;
  } catch (const Error& error) {
    return record_of(error);
  } catch (const std::bad_alloc&) {
    return record_of(Error("internal.error", "out of memory"));
  } catch (const std::exception& fault) {
    return record_of(Error("internal.error", std::string("unexpected fault: ") + fault.what()));
  } catch (...) {
    return record_of(Error("internal.error", "unexpected fault of an unknown kind"));
  }
}

}  // namespace ratchet
