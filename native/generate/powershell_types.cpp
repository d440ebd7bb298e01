#include "writers.h"

namespace ratchet::generate {
namespace {

std::string alias_text(const Property& property) {
  return "      <AliasProperty IsHidden=\"true\">\n        <Name>" + property.json_name +
         "</Name>\n        <ReferencedMemberName>" + property.name +
         "</ReferencedMemberName>\n      </AliasProperty>\n";
}

std::string type_text(const ResultType& type) {
  std::string members;
  for (const Property& property : type.properties) {
    // `Id` answers to `id` already: names are the same to PowerShell in either case.
    if (property.json_name.find('_') != std::string::npos) members += alias_text(property);
  }
  if (members.empty()) return {};
  return "  <Type>\n    <Name>Ratchet.Results." + type.name + "</Name>\n    <Members>\n" + members +
         "    </Members>\n  </Type>\n";
}

}  // namespace

Files powershell_type_files(const ResultTypes& types) {
  std::string text =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
      "<!-- Written by ratchet_generate from the engine's field tables; do not edit. -->\n"
      "<Types>\n";
  for (const auto& [name, type] : types.types)
    text += type_text(type);
  return {{"Ratchet.Types.ps1xml", text + "</Types>\n"}};
}

}  // namespace ratchet::generate
