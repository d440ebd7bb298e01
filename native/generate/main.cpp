// ratchet_generate: keeps what follows from the field tables in step with them.
//
//   ratchet_generate csharp FOLDER [--check]   result types (module/src/Generated)
//   ratchet_generate types FOLDER [--check]    Ratchet.Types.ps1xml (module)
//   ratchet_generate describe                  the result of `describe`, on stdout
//
// With --check nothing is written; a file that is not as it would be written is named, exit code 1.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>

#include "operations/operation.h"
#include "writers.h"

namespace ratchet::generate {
namespace {

namespace fs = std::filesystem;

constexpr int kExitUsage = 2;

std::optional<std::string> read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

void write_file(const fs::path& path, const std::string& content) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << content;
  file.close();
  if (!file) throw std::runtime_error("cannot write " + path.string());
}

/// Files of an earlier run that nothing is written to any more; only the C# folder is ours alone.
std::vector<fs::path> left_over(const Files& files, const fs::path& folder) {
  std::vector<fs::path> paths;
  if (!fs::exists(folder)) return paths;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".cs") continue;
    if (!files.contains(entry.path().filename().string())) paths.push_back(entry.path());
  }
  return paths;
}

int check(const Files& files, const std::string& what, const fs::path& folder) {
  int differing = 0;
  const auto complain = [&](const fs::path& path, std::string_view fault) {
    std::cerr << path.string() << ' ' << fault << "; run: ratchet_generate " << what << ' '
              << folder.string() << '\n';
    ++differing;
  };
  for (const auto& [name, content] : files) {
    if (read_file(folder / name) != content) complain(folder / name, "is not up to date");
  }
  for (const fs::path& path : left_over(files, folder))
    complain(path, "is no longer generated");
  return differing == 0 ? 0 : 1;
}

int write(const Files& files, const fs::path& folder) {
  fs::create_directories(folder);
  for (const fs::path& path : left_over(files, folder))
    fs::remove(path);
  for (const auto& [name, content] : files) {
    if (read_file(folder / name) != content) write_file(folder / name, content);
  }
  return 0;
}

int describe() {
  const std::unique_ptr<Launcher> launcher = make_system_launcher(std::nullopt);
  const Environment environment{system_files(),  *launcher, system_clock(),
                                system_random(), Limits{},  1};
  OpenTransactions transactions;
  HostDesk host_desk;
  OperationContext context{environment, no_events(), CancelSource{}.token(), transactions,
                           host_desk};
  std::cout << json::serialize(call_operation("describe", {}, context)) << '\n';
  return 0;
}

int run(std::span<char* const> arguments) {
  const bool is_check = arguments.size() == 4 && std::string_view(arguments[3]) == "--check";
  const std::string what = arguments.size() > 1 ? arguments[1] : "";
  if (what == "describe" && arguments.size() == 2) return describe();
  const bool is_known = what == "csharp" || what == "types";
  if (!is_known || (arguments.size() != 3 && !is_check)) {
    std::cerr << "usage: ratchet_generate csharp|types FOLDER [--check]\n"
                 "       ratchet_generate describe\n";
    return kExitUsage;
  }
  const ResultTypes types = read_result_types();
  const Files files = what == "csharp" ? csharp_files(types) : powershell_type_files(types);
  const fs::path folder = arguments[2];
  return is_check ? check(files, what, folder) : write(files, folder);
}

}  // namespace
}  // namespace ratchet::generate

int main(int count, char** arguments) {
  try {
    return ratchet::generate::run(std::span(arguments, static_cast<std::size_t>(count)));
  } catch (const std::exception& fault) {
    std::cerr << "ratchet_generate: " << fault.what() << '\n';
    return 1;
  }
}
