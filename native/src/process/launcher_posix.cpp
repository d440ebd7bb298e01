#include <utility>

#include "process/child_register_posix.h"
#include "process/child_starter_posix.h"
#include "process/command_posix.h"
#include "process/environment_posix.h"
#include "process/launcher.h"
#include "process/system_process_loop.h"

namespace ratchet {
namespace {

class PosixLauncher final : public Launcher {
 public:
  explicit PosixLauncher(std::optional<std::filesystem::path> watchdog)
      : children_(std::move(watchdog)) {}

  void check(const Command& command) override { check_command(command, children_.marks()); }

  std::unique_ptr<ProcessLoop> make_loop() override {
    auto reactor = std::make_unique<Reactor>();
    auto starter = std::make_unique<PosixChildStarter>(*reactor, children_);
    return std::make_unique<SystemProcessLoop>(std::move(reactor), std::move(starter));
  }

  std::optional<std::string> find_program(std::string_view name) override {
    if (const std::filesystem::path path(name); path.is_absolute()) {
      return is_executable_file(path) ? std::optional(path.string()) : std::nullopt;
    }
    const auto found = find_on_path(name, EnvironmentBlock({}).search_path());
    return found ? std::optional(found->string()) : std::nullopt;
  }

 private:
  ChildRegister children_;
};

}  // namespace

bool needs_watchdog() {
  return true;
}

std::unique_ptr<Launcher> make_system_launcher(std::optional<std::filesystem::path> watchdog) {
  return std::make_unique<PosixLauncher>(std::move(watchdog));
}

}  // namespace ratchet
