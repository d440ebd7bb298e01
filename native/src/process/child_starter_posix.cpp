#include "process/child_starter_posix.h"

#include <chrono>
#include <utility>

namespace ratchet {
namespace {

/// How long children that ended wait for others, to look for survivors together.
constexpr std::chrono::milliseconds kSearchDelay{5};

}  // namespace

PosixChildStarter::PosixChildStarter(Reactor& reactor, ChildRegister& children)
    : reactor_(reactor), register_(children) {
  prepare_watches(reactor);
}

std::unique_ptr<ChildTree> PosixChildStarter::start(const Command& command,
                                                    ChildListener& listener) {
  if (!std::exchange(is_watched_, true)) register_.keep_watched();
  EnvironmentBlock environment(command.environment);
  const std::filesystem::path program = programs_.find(command, environment.search_path());
  const GroupHome home{reactor_, register_, processes_, buffer_, searching_};
  return std::make_unique<PosixChildTree>(command, program, environment, listener, home);
}

/// Looks at all processes for those trees that wait for it.
bool PosixChildStarter::serve_searches() {
  if (searching_.empty()) return false;
  const SteadyTime time = system_clock().steady();
  if (!searching_since_) searching_since_ = time;
  // More may be about to end.
  const bool may_wait = time - *searching_since_ < kSearchDelay;
  if (may_wait && reactor_.turn(time)) return true;
  searching_since_.reset();
  const std::vector<PosixChildTree*> trees = std::exchange(searching_, {});
  std::vector<Lineage> lineages;
  lineages.reserve(trees.size());
  for (const PosixChildTree* tree : trees)
    lineages.push_back(tree->lineage());
  std::vector<std::vector<Survivor>> survivors = find_survivors(lineages);
  for (std::size_t index = 0; index < trees.size(); ++index)
    trees[index]->listener().survived(std::move(survivors[index]));
  return true;
}

}  // namespace ratchet
