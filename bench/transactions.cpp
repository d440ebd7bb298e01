// One way of writing many files, timed from inside: `ratchet_bench_transactions WAY FOLDER COUNT`,
// the second time that it is done in this process: a library is loaded once and used often. Prints
// the seconds; for `descriptors` the most that were open at once; for `recover` the seconds of an
// apply and those of taking it back after its process died.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "core/random.h"
#include "core/ulid.h"
#include "transactions/recovery.h"
#include "transactions/transaction.h"

using namespace ratchet;

namespace {

constexpr std::size_t kFileBytes = 4096;
constexpr int kMode = 0666;

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

void require(bool worked, const char* what) {
  if (!worked) throw std::runtime_error(what);
}

std::string name_of(int number) {
  return "file" + std::to_string(number) + ".txt";
}

void write_file(int file, const std::string& content) {
  require(file >= 0, "open");
  require(write(file, content.data(), content.size()) == static_cast<ssize_t>(content.size()),
          "write");
}

Applied apply(const std::string& folder, int count, const std::string& content,
              Durability durability) {
  const Limits limits;
  Transaction transaction = Transaction::begin(
      system_files(), system_clock(), system_random(), folder,
      {.id = new_ulid(system_clock(), system_random()), .durability = durability}, limits);
  for (int i = 0; i < count; ++i)
    transaction.create(RelativePath::parse(name_of(i)), content);
  return std::move(transaction).apply(CancelSource().token());
}

double ours(const std::string& folder, int count, const std::string& content,
            Durability durability) {
  const auto start = Clock::now();
  static_cast<void>(apply(folder, count, content, durability).keep());
  return seconds_since(start);
}

/// Everything written, then everything flushed, then everything renamed, then the folder: what no
/// change that survives power loss can do without. No crash is undone.
double batched(const std::string& folder, int count, const std::string& content) {
  constexpr int kWindow = 256;  // as many as may be open
  const auto start = Clock::now();
  const int at = open(folder.c_str(), O_RDONLY | O_DIRECTORY);
  for (int first = 0; first < count; first += kWindow) {
    std::vector<int> files;
    for (int i = first; i < std::min(count, first + kWindow); ++i) {
      const std::string temporary = name_of(i) + ".tmp";
      files.push_back(openat(at, temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL, kMode));
      write_file(files.back(), content);
    }
    for (const int file : files)
      sync_file_range(file, 0, 0, SYNC_FILE_RANGE_WRITE);
    for (const int file : files) {
      require(fsync(file) == 0, "fsync");
      close(file);
    }
  }
  for (int i = 0; i < count; ++i) {
    const std::string name = name_of(i);
    require(renameat(at, (name + ".tmp").c_str(), at, name.c_str()) == 0, "rename");
  }
  require(fsync(at) == 0, "fsync");
  close(at);
  return seconds_since(start);
}

/// One file after the other, each as durable as it can be.
double naive(const std::string& folder, int count, const std::string& content) {
  const auto start = Clock::now();
  const int at = open(folder.c_str(), O_RDONLY | O_DIRECTORY);
  for (int i = 0; i < count; ++i) {
    const std::string name = name_of(i);
    const int file = openat(at, (name + ".tmp").c_str(), O_WRONLY | O_CREAT | O_EXCL, kMode);
    write_file(file, content);
    require(fsync(file) == 0, "fsync");
    close(file);
    require(renameat(at, (name + ".tmp").c_str(), at, name.c_str()) == 0, "rename");
    require(fsync(at) == 0, "fsync");
  }
  close(at);
  return seconds_since(start);
}

/// Seen by a thread that does nothing but look.
std::size_t most_descriptors(const std::string& folder, int count, const std::string& content) {
  std::atomic<bool> done = false;
  std::size_t most = 0;
  std::thread watcher([&] {
    while (!done) {
      std::size_t open = 0;
      for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        static_cast<void>(entry);
        ++open;
      }
      most = std::max(most, open - 1);  // its own
    }
  });
  static_cast<void>(ours(folder, count, content, Durability::batch));
  done = true;
  watcher.join();
  return most;
}

void recover(const std::string& folder, int count, const std::string& content) {
  const auto start = Clock::now();
  const pid_t child = fork();
  require(child >= 0, "fork");
  if (child == 0) {
    const Applied applied = apply(folder, count, content, Durability::batch);
    _exit(0);  // dies with all of it visible and nothing kept
  }
  int status = 0;
  require(waitpid(child, &status, 0) == child && status == 0, "apply");
  const double applied = seconds_since(start);
  const auto found = Clock::now();
  const Home home = find_home(system_files(), folder);
  StateFolder state = StateFolder::open(system_files(), home.path, system_random());
  const auto recovered =
      recover_all({system_files(), system_clock(), home, state}, RecoveryWay::automatic, "");
  const double back = seconds_since(found);
  require(recovered.size() == 1 && recovered.front().outcome == "undone", "recover");
  std::printf("%.9f %.9f\n", applied, back);
}

double seconds_of(const std::string& way, const std::string& folder, int count,
                  const std::string& content) {
  if (way == "none") return ours(folder, count, content, Durability::none);
  if (way == "batch") return ours(folder, count, content, Durability::batch);
  if (way == "full") return ours(folder, count, content, Durability::full);
  if (way == "batched") return batched(folder, count, content);
  if (way == "naive") return naive(folder, count, content);
  throw std::runtime_error("no such way");
}

int run(const std::string& way, const std::string& folder, int count) {
  const std::string content(kFileBytes, 'x');
  if (way == "recover") {
    recover(folder, count, content);
    return 0;
  }
  if (way == "descriptors") {
    std::printf("%zu\n", most_descriptors(folder, count, content));
    return 0;
  }
  const std::string first = folder + "/first";
  const std::string second = folder + "/second";
  std::filesystem::create_directory(first);
  std::filesystem::create_directory(second);
  static_cast<void>(seconds_of(way, first, 1, content));
  std::printf("%.9f\n", seconds_of(way, second, count, content));
  return 0;
}

}  // namespace

int main(int count, char** words) {
  if (count != 4) return 2;
  try {
    return run(words[1], words[2], std::atoi(words[3]));
  } catch (const std::exception& fault) {
    std::fprintf(stderr, "%s\n", fault.what());
    return 1;
  }
}
