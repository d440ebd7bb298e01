#include "templates/variable_file.h"

#include <utility>

#include "core/csv.h"
#include "core/error.h"
#include "core/excerpt.h"
#include "core/text.h"
#include "templates/typed_text.h"

namespace ratchet {
namespace {

constexpr std::string_view kTable = ".csv";

[[nodiscard]] Error no_variables(const Document& document, const std::string& pointer,
                                 std::string_view what) {
  std::string message = document.name();
  message.append(": ").append(what);
  return Error("request.wrong_type", std::move(message))
      .at(document.name(), document.locate(pointer));
}

bool is_table(const std::filesystem::path& path, VariableFormat format) {
  return format == VariableFormat::csv ||
         (format == VariableFormat::by_name && path.extension() == kTable);
}

Document read_as(VariableFormat format, std::string text, std::string name, const Limits& limits) {
  if (format == VariableFormat::json) return read_json(std::move(text), std::move(name), limits);
  if (format == VariableFormat::yaml) return read_yaml(std::move(text), std::move(name), limits);
  return read_document(std::move(text), std::move(name), limits);
}

}  // namespace

VariableFile VariableFile::read(FileSystem& files, const std::filesystem::path& path,
                                const json::object& schema, const Limits& limits,
                                VariableFormat format) {
  VariableFile result;
  result.name_ = path.string();
  std::string text = files.read(path, static_cast<std::uint64_t>(limits.input_bytes));
  if (is_table(path, format)) {
    result.table_ = std::move(text);
    const CsvTable table = read_csv(result.table_, result.name_, limits);
    for (const CsvTable::Row& row : table.rows) {
      json::object& set = result.sets_.emplace_back();
      result.lines_.push_back(row.line);
      for (std::size_t i = 0; i < row.cells.size(); ++i) {
        if (!row.cells[i].empty()) set_text(table.columns[i], row.cells[i], schema, set, limits);
      }
    }
    return result;
  }
  result.document_ =
      std::make_shared<const Document>(read_as(format, std::move(text), result.name_, limits));
  const Document& document = *result.document_;
  if (!document.findings().empty()) {
    const Finding& first = document.findings().front();
    throw Error("request.wrong_type", first.message)
        .at(result.name_, {first.line.value_or(0), first.column.value_or(0), 0});
  }
  if (const json::object* one = document.value().if_object()) {
    result.sets_.push_back(*one);
    return result;
  }
  const json::array* several = document.value().if_array();
  if (several == nullptr) {
    throw no_variables(document, "", "variables are an object, or a list of objects");
  }
  result.is_list_ = true;
  for (std::size_t i = 0; i < several->size(); ++i) {
    const json::object* one = (*several)[i].if_object();
    if (one == nullptr) {
      throw no_variables(document, "/" + std::to_string(i), "a set of variables is an object");
    }
    result.sets_.push_back(*one);
  }
  return result;
}

void VariableFile::locate(Finding& finding, std::size_t set, const std::string& pointer,
                          bool at_key) const {
  finding.pointer = pointer;
  if (!document_) {
    finding.at(name_, {lines_.at(set), 1, 0});
    finding.byte_offset.reset();
    return;
  }
  const std::string whole = is_list_ ? "/" + std::to_string(set) + pointer : pointer;
  finding.pointer = whole;
  finding.at(name_, at_key ? document_->locate_key(whole) : document_->locate(whole));
}

void VariableFile::add_excerpts(std::vector<Finding>& findings) const {
  ratchet::add_excerpts(findings, document_ ? std::string_view(document_->text()) : table_, name_);
}

}  // namespace ratchet
