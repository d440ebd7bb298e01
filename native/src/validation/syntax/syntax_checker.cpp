#include "validation/syntax/syntax_checker.h"

#include <algorithm>
#include <thread>

#include "core/nearest.h"
#include "core/text.h"
#include "parallel/for_each.h"
#include "validation/syntax/python_compiler.h"
#include "validation/syntax/verdict.h"

namespace ratchet {
namespace {

/// One batch on its way through the judges.
class Batch {
 public:
  Batch(std::span<const SourceText> sources, Launcher& launcher, const Limits& limits)
      : sources_(sources),
        limits_(limits),
        compiler_(launcher, limits),
        languages_(sources.size(), nullptr),
        verdicts_(sources.size()) {}

  std::vector<SyntaxVerdict> judged(const Cancellation& cancellation) {
    sort_by_judge();
    // The child counts as one item, begun first; it works beside our threads, not instead of one.
    const std::size_t child = for_python_.empty() ? 0 : 1;
    const std::size_t threads = std::max(1U, std::thread::hardware_concurrency()) + child;
    parallel_for(child + for_threads_.size(), threads, cancellation, [&](std::size_t item) {
      if (item < child) return compile_python(cancellation);
      judge_one(for_threads_[item - child], cancellation);
    });
    cancellation.check();
    return std::move(verdicts_);
  }

 private:
  void sort_by_judge() {
    for (std::size_t index = 0; index < sources_.size(); ++index) {
      const SourceText& source = sources_[index];
      SyntaxVerdict& verdict = verdicts_[index];
      verdict.path = source.path;
      const Language* language = source.language.empty()
                                     ? detect_language(source.path, source.content)
                                     : find_language(source.language);
      if (language == nullptr) {
        mark_unknown_language(verdict, source);
        continue;
      }
      languages_[index] = language;
      verdict.language = language->name;
      if (source.content.size() > static_cast<std::size_t>(limits_.input_bytes)) {
        mark_unchecked(verdict, "it is larger than the limit", "raise the limit input_bytes");
      } else if (language->judge == Judge::none) {
        mark_unchecked(verdict, "no judge for " + verdict.language + " is built in", "");
      } else {
        queue_of(*language).push_back(index);
      }
    }
  }

  std::vector<std::size_t>& queue_of(const Language& language) {
    if (language.judge != Judge::python) return for_threads_;
    if (!python_installed_) python_installed_ = compiler_.is_installed();
    return *python_installed_ ? for_python_ : for_threads_;
  }

  static void mark_unknown_language(SyntaxVerdict& verdict, const SourceText& source) {
    verdict.checked_by = "none";
    const bool named = !source.language.empty();
    std::string message = "its language is not known; not checked";
    if (named) {
      std::vector<std::string> names;
      for (const Language& language : languages())
        names.emplace_back(language.name);
      message = "no language is called " + in_quotes(source.language) +
                did_you_mean(source.language, names);
    }
    verdict.findings.push_back(make_finding("syntax.unknown_language",
                                            named ? Severity::warning : Severity::info,
                                            std::move(message), "engine"));
    verdict.findings.back().at(source.path);
  }

  void compile_python(const Cancellation& cancellation) {
    std::vector<std::string_view> texts;
    texts.reserve(for_python_.size());
    for (const std::size_t index : for_python_)
      texts.push_back(sources_[index].content);
    const std::vector<PythonAnswer> answers = compiler_.compile(texts, cancellation);
    for (std::size_t item = 0; item < for_python_.size(); ++item) {
      judge_by_python(verdicts_[for_python_[item]], texts[item], answers[item]);
    }
  }

  void judge_one(std::size_t index, const Cancellation& cancellation) {
    const Language& language = *languages_[index];
    SyntaxVerdict& verdict = verdicts_[index];
    if (language.grammar == nullptr) {
      return judge_by_reader(verdict, sources_[index], language, limits_);
    }
    judge_by_grammar(verdict, sources_[index], language, limits_, cancellation);
    if (language.judge != Judge::python || verdict.valid.has_value()) return;
    verdict.findings.push_back(make_finding(
        "check.unavailable", Severity::warning,
        "python3 is not on PATH; only the grammar looked, which accepts more than python does",
        "engine"));
    verdict.findings.back().at(verdict.path).hint = "install python3";
  }

  std::span<const SourceText> sources_;
  const Limits& limits_;
  PythonCompiler compiler_;
  std::optional<bool> python_installed_;
  std::vector<const Language*> languages_;
  std::vector<SyntaxVerdict> verdicts_;
  std::vector<std::size_t> for_python_;
  std::vector<std::size_t> for_threads_;
};

}  // namespace

std::vector<SyntaxVerdict> SyntaxChecker::check(std::span<const SourceText> sources,
                                                const Cancellation& cancellation) {
  return Batch(sources, launcher_, limits_).judged(cancellation);
}

}  // namespace ratchet
