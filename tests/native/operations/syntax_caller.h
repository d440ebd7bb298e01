// validate.syntax through the table of operations.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "operations/operation_caller.h"

namespace ratchet::test {

/// Calls validate.syntax.
struct SyntaxCaller : OperationCaller {
  json::value call(std::string_view request) {
    return OperationCaller::call("validate.syntax", request);
  }
  json::object judge(const std::vector<std::string>& paths) {
    return judged_by(environment, paths);
  }
  /// The same with files on the machine's own disk.
  json::object judge_on_disk(const std::vector<std::string>& paths) {
    const Environment real{system_files(), launcher, clock, random, Limits{}, 2, {}};
    return judged_by(real, paths);
  }
  std::string refusal(std::string_view request) {
    try {
      (void)call(request);
    } catch (const Error& error) {
      return std::string(error.code().name()).append(": ").append(error.message());
    }
    return "none";
  }

 private:
  json::object judged_by(const Environment& with, const std::vector<std::string>& paths) {
    OperationContext context{with, events, cancel.token(), transactions, host_desk};
    const json::object request{{"paths", json::value_from(paths)}};
    return call_operation("validate.syntax", json::serialize(request), context).as_object();
  }
};

/// That a file of the answer could not be read, with this code.
inline void check_unread(const json::value& file, std::string_view path, std::string_view code) {
  CAPTURE(path);
  CHECK(file.at("path").as_string() == path);
  CHECK(file.at("checked_by") == "none");
  CHECK_FALSE(file.as_object().contains("valid"));
  CHECK(file.at("errors").as_array().empty());
  REQUIRE(file.at("warnings").as_array().size() == 1);
  const json::value& warning = file.at("warnings").at(0);
  CHECK(warning.at("code").as_string() == code);
  CHECK(warning.at("severity") == "warning");
  CHECK(warning.at("path").as_string() == path);
}

}  // namespace ratchet::test
