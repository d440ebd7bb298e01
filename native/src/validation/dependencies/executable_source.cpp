#include "core/text.h"
#include "validation/dependencies/dependency_source.h"
#include "validation/dependencies/tool_version.h"

namespace ratchet {
namespace {

class ExecutableSource final : public DependencySource {
 public:
  ExecutableSource(const Requirements& requirements, const DependencySeams& seams)
      : requirements_(requirements), seams_(seams) {}

  std::vector<ToolQuestion> questions() override {
    std::vector<ToolQuestion> questions;
    for (const Requirement& requirement : requirements_) {
      Program& program = programs_.emplace_back();
      program.path = seams_.launcher.find_program(requirement.name);
      const bool is_asked =
          program.path && (!requirement.asked.empty() || is_known_program(requirement.name));
      if (!is_asked) continue;
      program.question = questions.size();
      questions.push_back({*program.path, version_arguments(requirement.name), {}, true});
    }
    return questions;
  }

  std::vector<LookedUp> look_up(std::span<const ToolAnswer> answers) override {
    std::vector<LookedUp> results;
    for (std::size_t i = 0; i < requirements_.size(); ++i)
      results.push_back(result_of(requirements_[i].name, programs_[i], answers));
    return results;
  }

 private:
  struct Program {
    std::optional<std::string> path;
    std::optional<std::size_t> question;
  };

  static LookedUp result_of(const std::string& name, const Program& program,
                            std::span<const ToolAnswer> answers) {
    if (!program.path) {
      return LookedUp::missing("it is not on PATH",
                               "install " + name + ", or put its folder on PATH");
    }
    LookedUp result = LookedUp::found({name, std::nullopt, *program.path});
    if (!program.question) return result;
    const ToolAnswer& answer = answers[*program.question];
    if (!answer.is_given) {
      result.reason = answer.reason;
      return result;
    }
    auto version = read_tool_version(name, repaired_utf8(answer.out));
    if (!version) version = read_tool_version(name, repaired_utf8(answer.error_output));
    if (!version) {
      result.reason = "what it says holds no version";
      return result;
    }
    result.installed.front().version = std::move(version->text);
    result.installed.front().read = std::move(version->version);
    return result;
  }

  const Requirements& requirements_;
  const DependencySeams& seams_;
  std::vector<Program> programs_;
};

}  // namespace

std::unique_ptr<DependencySource> executable_source(const Requirements& requirements,
                                                    const DependencySeams& seams) {
  return std::make_unique<ExecutableSource>(requirements, seams);
}

}  // namespace ratchet
