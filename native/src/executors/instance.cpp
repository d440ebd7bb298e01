#include "executors/instance.h"

#include <algorithm>
#include <filesystem>

#include "core/excerpt.h"
#include "core/text.h"
#include "validation/schema/findings.h"

namespace ratchet {
namespace {

constexpr std::string_view kInputs = "inputs";

std::string_view view(const json::string& text) {
  return {text.data(), text.size()};
}

}  // namespace

Instance Instance::read(const InstanceSource& source, const Environment& environment) {
  const int forms = static_cast<int>(source.instance.has_value()) +
                    static_cast<int>(source.instance_path.has_value()) +
                    static_cast<int>(source.instance_text.has_value());
  if (forms != 1) {
    throw Error("request.constraint",
                "exactly one of instance, instance_path and instance_text is needed; " +
                    std::to_string(forms) + " are given");
  }
  Instance instance;
  if (source.instance) {
    instance.name_ = source.instance_name.value_or("instance");
    instance.flatten(*source.instance);
    return instance;
  }
  std::string text;
  if (source.instance_path) {
    const std::filesystem::path path(*source.instance_path);
    if (!environment.files.is_absolute(path)) {
      throw Error("request.constraint",
                  "instance_path " + in_quotes(*source.instance_path) + " must be absolute");
    }
    text = environment.files.read(path, static_cast<std::uint64_t>(environment.limits.input_bytes));
    instance.name_ = *source.instance_path;
    instance.folder_ = path.parent_path().string();
  } else {
    text = *source.instance_text;
    instance.name_ = source.instance_name.value_or("instance");
  }
  instance.document_ = std::make_shared<const Document>(
      read_document(std::move(text), instance.name_, environment.limits));
  instance.findings_ = instance.document_->findings();
  if (!instance.document_->value().is_object()) {
    throw Error("instance.invalid", "instance " + in_quotes(instance.name_) + " is not an object")
        .at(instance.name_, instance.document_->locate(""));
  }
  instance.flatten(instance.document_->value().get_object());
  return instance;
}

void Instance::flatten(const json::object& written) {
  const json::value* inputs = written.if_contains(kInputs);
  nested_ = inputs != nullptr && inputs->is_object();
  if (!nested_) {
    values_ = written;
    return;
  }
  values_ = inputs->get_object();
  for (const auto& member : written) {
    if (member.key() == kInputs) continue;
    const std::string key(member.key().data(), member.key().size());
    if (values_.contains(key)) {
      Finding finding =
          make_finding("json.duplicate_key", Severity::error,
                       "key " + in_quotes(key) + " stands in inputs and beside it", "instance");
      finding.hint = "keep one of the two";
      locate(finding, "/" + key, true);
      findings_.push_back(std::move(finding));
      continue;
    }
    beside_inputs_.push_back(key);
    values_.emplace(key, member.value());
  }
}

std::string Instance::written_pointer(const std::string& pointer) const {
  if (!nested_ || pointer.empty()) return pointer;
  const std::size_t end = pointer.find('/', 1);
  const std::string first = pointer.substr(1, end == std::string::npos ? end : end - 1);
  const bool is_beside =
      std::find(beside_inputs_.begin(), beside_inputs_.end(), first) != beside_inputs_.end();
  return is_beside ? pointer : "/inputs" + pointer;
}

void Instance::locate(Finding& finding, const std::string& pointer, bool at_key) const {
  const std::string written = written_pointer(pointer);
  finding.pointer = written;
  Position position;
  if (document_ != nullptr) {
    position = at_key ? document_->locate_key(written) : document_->locate(written);
  }
  finding.at(name_, position);
}

std::vector<Finding> Instance::findings_of(const SchemaResult& result, const std::string& base,
                                           const Limits& limits) const {
  const auto place = [&](Finding& finding, const std::string& pointer, bool at_key) {
    locate(finding, base + pointer, at_key);
  };
  return to_findings(result, place, limits);
}

void Instance::add_excerpts(std::vector<Finding>& findings) const {
  if (document_ != nullptr) ratchet::add_excerpts(findings, document_->text(), name_);
}

std::optional<std::string> Instance::text(std::string_view key) const {
  const json::value* value = values_.if_contains(key);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return std::string(view(value->get_string()));
}

bool Instance::flag(std::string_view key, bool fallback) const {
  const json::value* value = values_.if_contains(key);
  return value != nullptr && value->is_bool() ? value->get_bool() : fallback;
}

}  // namespace ratchet
