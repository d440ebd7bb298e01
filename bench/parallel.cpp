// parallel.run through the C interface, from a host that uses much memory.
//
//   run MEGABYTES JOBS LANES       prints the seconds that so many jobs of /bin/true took
//   cancel MEGABYTES JOBS ROUNDS   a line a round: the seconds from cancelling so many jobs that
//   all
//                                  run, and obey, until the job has ended
#include <ratchet/ratchet.h>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::string_view kOperation = "parallel.run";
constexpr std::size_t kMegabyte = std::size_t{1} << 20;
constexpr std::size_t kPage = 4096;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Memory that is there, and not only promised.
std::vector<char> touched(std::size_t megabytes) {
  std::vector<char> memory(megabytes * kMegabyte);
  for (std::size_t at = 0; at < memory.size(); at += kPage)
    memory[at] = 1;
  return memory;
}

std::string request_of(std::string_view command, std::size_t jobs, std::size_t lanes) {
  std::string request = R"({"throttle_limit":)" + std::to_string(lanes) + R"(,"actions":[)";
  for (std::size_t i = 0; i < jobs; ++i) {
    if (i > 0) request += ',';
    request.append(R"({"command":[)").append(command).append("]}");
  }
  return request + "]}";
}

/// A running job of an engine of its own.
class Run {
 public:
  explicit Run(const std::string& request) {
    if (ratchet_open(nullptr, 0, &engine_, nullptr) != RATCHET_OK ||
        ratchet_start(engine_, kOperation.data(), kOperation.size(), request.data(), request.size(),
                      &job_, nullptr) != RATCHET_OK) {
      throw std::runtime_error("the run does not start");
    }
  }
  ~Run() {
    ratchet_release(job_);
    ratchet_close(engine_);
  }
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  void cancel() { ratchet_cancel(job_, RATCHET_CANCEL); }
  /// Reads events until so many jobs have begun, or the run has ended.
  void wait_for_begun(std::size_t jobs) {
    std::size_t begun = 0;
    while (begun < jobs && ratchet_wait(job_, -1) == RATCHET_EVENTS) {
      if (next_event().find("\"job.started\"") != std::string::npos) ++begun;
    }
  }
  void wait_for_end() {
    while (ratchet_wait(job_, -1) == RATCHET_EVENTS)
      next_event();
  }
  [[nodiscard]] std::string result() {
    ratchet_text text = 0;
    if (ratchet_result(job_, &text, nullptr) != RATCHET_OK)
      throw std::runtime_error("the run has no result");
    return taken(text);
  }

 private:
  static std::string taken(ratchet_text text) {
    std::string content(ratchet_text_data(text), ratchet_text_size(text));
    ratchet_text_free(text);
    return content;
  }
  std::string next_event() {
    ratchet_text text = 0;
    return ratchet_event(job_, &text) == RATCHET_OK ? taken(text) : std::string();
  }

  ratchet_engine engine_ = 0;
  ratchet_job job_ = 0;
};

void run_jobs(std::size_t jobs, std::size_t lanes) {
  // With a word, as the peers have it: it makes `true` set up its locale.
  const std::string request = request_of(R"("/bin/true","1")", jobs, lanes);
  const auto start = Clock::now();
  Run run(request);
  run.wait_for_end();
  const double seconds = seconds_since(start);
  if (run.result().find(R"("all_passed":true)") == std::string::npos)
    throw std::runtime_error("not all passed");
  std::cout << seconds << "\n";
}

void cancel_jobs(std::size_t jobs, std::size_t rounds) {
  const std::string request = request_of(R"("/bin/sleep","3600")", jobs, jobs);
  for (std::size_t round = 0; round < rounds; ++round) {
    Run run(request);
    run.wait_for_begun(jobs);
    const auto start = Clock::now();
    run.cancel();
    run.wait_for_end();
    std::cout << seconds_since(start) << "\n";
  }
}

}  // namespace

int main(int count, char** words) {
  try {
    constexpr int kWords = 5;
    if (count != kWords) throw std::runtime_error("run|cancel MEGABYTES JOBS LANES|ROUNDS");
    const std::vector<std::string> given(words + 1, words + count);
    const std::vector<char> memory = touched(std::stoul(given[1]));
    const std::size_t jobs = std::stoul(given[2]);
    const std::size_t last = std::stoul(given[3]);
    given[0] == "run" ? run_jobs(jobs, last) : cancel_jobs(jobs, last);
    return 0;
  } catch (const std::exception& fault) {
    std::cerr << fault.what() << "\n";
    return 1;
  }
}
