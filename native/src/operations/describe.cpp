#include "core/records.h"
#include "operations/operation_row.h"
#include "operations/rows.h"
#include "ratchet/ratchet.h"

namespace ratchet {
namespace {

struct DescribeRequest {
  std::optional<std::string> operation;
};

struct OperationDescription {
  std::string name;
  std::string sentence;
  std::string since;
  json::object request;
  json::object result;
};

struct CategoryDescription {
  std::string name;
  std::int64_t exit_code = 0;
  std::string sentence;
};

struct CodeDescription {
  std::string code;
  std::string category;
  std::string sentence;
};

struct Description {
  std::string version;
  std::int64_t abi_version = 0;
  std::vector<OperationDescription> operations;
  std::vector<CategoryDescription> categories;
  std::vector<CodeDescription> codes;
  json::object engine_options;
};

OperationDescription describe_one(const Operation& operation) {
  return {std::string(operation.name), std::string(operation.sentence),
          std::string(operation.since), operation.request_schema(), operation.result_schema()};
}

Description describe(const DescribeRequest& request, OperationContext& /*context*/) {
  Description description;
  description.version = RATCHET_VERSION;
  description.abi_version = RATCHET_ABI_VERSION;
  if (request.operation) {
    description.operations.push_back(describe_one(find_operation(*request.operation)));
  } else {
    for (const Operation& operation : operations()) {
      description.operations.push_back(describe_one(operation));
    }
  }
  for (const CategoryRow& row : kCategories) {
    description.categories.push_back(
        {std::string(row.name), row.exit_code, std::string(row.sentence)});
  }
  for (const CodeRow& row : kCodes) {
    description.codes.push_back(
        {std::string(row.code), std::string(row_of(row.category).name), std::string(row.sentence)});
  }
  description.engine_options = engine_options_schema();
  return description;
}

}  // namespace

template <>
struct Record<DescribeRequest> {
  static constexpr std::string_view name = "DescribeRequest";
  static constexpr std::string_view sentence = "What to describe.";
  static constexpr auto fields = std::make_tuple(
      field("operation", &DescribeRequest::operation, "Only this operation; all when absent."));
};

template <>
struct Record<OperationDescription> {
  static constexpr std::string_view name = "OperationDescription";
  static constexpr std::string_view sentence = "An operation with the schemas of both its ends.";
  static constexpr auto fields = std::make_tuple(
      field("name", &OperationDescription::name, "What to call it by."),
      field("sentence", &OperationDescription::sentence, "What it does."),
      field("since", &OperationDescription::since, "The first version that has it."),
      field("request", &OperationDescription::request, "JSON schema of the request."),
      field("result", &OperationDescription::result, "JSON schema of the result."));
};

template <>
struct Record<CategoryDescription> {
  static constexpr std::string_view name = "CategoryDescription";
  static constexpr std::string_view sentence = "A kind of error and its exit code.";
  static constexpr auto fields = std::make_tuple(
      field("name", &CategoryDescription::name, "As it stands in errors."),
      field("exit_code", &CategoryDescription::exit_code, "Of the command line and of executors."),
      field("sentence", &CategoryDescription::sentence, "What it means."));
};

template <>
struct Record<CodeDescription> {
  static constexpr std::string_view name = "CodeDescription";
  static constexpr std::string_view sentence = "A code of an error or finding.";
  static constexpr auto fields =
      std::make_tuple(field("code", &CodeDescription::code, "Stable; lower-case and dotted."),
                      field("category", &CodeDescription::category, "Its category as an error."),
                      field("sentence", &CodeDescription::sentence, "What it means."));
};

template <>
struct Record<Description> {
  static constexpr std::string_view name = "Description";
  static constexpr std::string_view sentence = "What this engine can do.";
  static constexpr auto fields = std::make_tuple(
      field("version", &Description::version, "Of the library."),
      field("abi_version", &Description::abi_version, "Of its C interface."),
      field("operations", &Description::operations, "In the order of their names."),
      field("categories", &Description::categories, "Kinds of errors, with exit codes."),
      field("codes", &Description::codes, "All codes, in order."),
      field("engine_options", &Description::engine_options,
            "JSON schema of what an engine is opened with."));
};

Operation rows::describe() {
  return operation<DescribeRequest, Description, ratchet::describe>(
      "describe", "Lists operations with the schemas of their requests and results, and all codes.",
      "0.1.0");
}

}  // namespace ratchet
