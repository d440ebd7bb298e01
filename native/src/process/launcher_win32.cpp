#include "core/utf16_win32.h"
#include "process/child_tree_win32.h"
#include "process/command_win32.h"
#include "process/environment_win32.h"
#include "process/launcher.h"
#include "process/system_process_loop.h"

namespace ratchet {
namespace {

class Win32Launcher final : public Launcher {
 public:
  void check(const Command& command) override { check_command(command); }

  std::unique_ptr<ProcessLoop> make_loop() override {
    auto reactor = std::make_unique<Reactor>();
    auto starter = std::make_unique<Win32ChildStarter>(*reactor, names_);
    return std::make_unique<SystemProcessLoop>(std::move(reactor), std::move(starter));
  }

  std::optional<std::string> find_program(std::string_view name) override {
    if (!to_utf16(name)) return std::nullopt;  // no file can have that name
    const EnvironmentBlock environment({});
    const ProgramSearch search = environment.search_path();
    const std::filesystem::path path(name);
    const auto found =
        path.is_absolute() ? executable_at(path, search) : find_on_path(name, search);
    return found ? std::optional(found->string()) : std::nullopt;
  }

 private:
  PipeNames names_;
};

}  // namespace

bool needs_watchdog() {
  return false;  // the handles of the children's jobs close with the host
}

std::unique_ptr<Launcher> make_system_launcher(std::optional<std::filesystem::path> /*watchdog*/) {
  return std::make_unique<Win32Launcher>();
}

}  // namespace ratchet
