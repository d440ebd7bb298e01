#include "validation/syntax/syntax_checker.h"

#include <algorithm>
#include <array>
#include <map>

#include "core/nearest.h"
#include "core/text.h"
#include "parallel/for_each.h"
#include "validation/syntax/compiler_runs.h"
#include "validation/syntax/grammar.h"
#include "validation/syntax/module_kinds.h"
#include "validation/syntax/verdict.h"

namespace ratchet {
namespace {

void mark_unknown_language(SyntaxVerdict& verdict, const SourceText& source) {
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

/// What is written in front of JavaScript that has types of Flow.
bool is_flow(std::string_view text) {
  constexpr std::size_t kBeginning = 1000;
  return text.substr(0, kBeginning).find("@flow") != std::string_view::npos;
}

/// Headers of C and C++ are made for other files, before which more may stand than they include.
std::string_view header_or_unit(std::string_view path) {
  constexpr std::array<std::string_view, 4> kUnits{".c", ".cc", ".cpp", ".cxx"};
  const bool is_unit = std::any_of(kUnits.begin(), kUnits.end(),
                                   [&](std::string_view end) { return path.ends_with(end); });
  return is_unit ? "unit" : "header";
}

/// One batch on its way through the judges.
class Batch {
 public:
  Batch(std::span<const SourceText> sources, const SyntaxSeams& seams, const Limits& limits,
        const SyntaxOptions& options)
      : sources_(sources),
        seams_(seams),
        limits_(limits),
        options_(options),
        module_kinds_(seams.files, sources),
        languages_(sources.size(), nullptr),
        given_(sources.size()),
        answers_(sources.size()),
        reasons_(sources.size()),
        verdicts_(sources.size()) {}

  std::vector<SyntaxVerdict> judged(const Cancellation& cancellation) {
    for (std::size_t index = 0; index < sources_.size(); ++index)
      assign(index);
    // The children count as one item, begun first; they work beside our threads.
    const std::size_t children = works_.empty() ? 0 : 1;
    parallel_for(children + for_threads_.size(), options_.threads + children, cancellation,
                 [&](std::size_t item) {
                   if (item < children) return ask_compilers(cancellation);
                   judge(for_threads_[item - children], cancellation);
                 });
    cancellation.check();
    parallel_for(second_looks_.size(), options_.threads, cancellation,
                 [&](std::size_t item) { look_again(second_looks_[item], cancellation); });
    cancellation.check();
    return std::move(verdicts_);
  }

 private:
  /// Why no compiler decided, and what to do about it.
  struct Reason {
    std::string why;
    std::string hint;
  };

  void assign(std::size_t index) {
    const SourceText& source = sources_[index];
    SyntaxVerdict& verdict = verdicts_[index];
    verdict.path = source.path;
    const Language* language = source.language.empty()
                                   ? detect_language(source.path, source.content)
                                   : find_language(source.language);
    if (language == nullptr) return mark_unknown_language(verdict, source);
    languages_[index] = language;
    verdict.language = language->name;
    if (source.content.size() > static_cast<std::size_t>(limits_.input_bytes)) {
      return mark_unchecked(verdict, "it is larger than the limit", "raise the limit input_bytes");
    }
    if (language->reader == Reader::none && language->grammar == nullptr) {
      return mark_unchecked(verdict, "no judge for " + verdict.language + " is built in", "");
    }
    if (!give_to_compiler(index)) for_threads_.push_back(index);
  }

  bool give_to_compiler(std::size_t index) {
    const Language& language = *languages_[index];
    const Compiler* compiler = find_compiler(language);
    if (compiler != nullptr && sources_[index].answer != nullptr) {
      given_[index] = GivenText::make(sources_[index].content, compiler->form);
      if (given_[index]) take(index, *sources_[index].answer);
      return given_[index].has_value();
    }
    const auto& host = options_.host_judges;
    const bool by_host = std::find(host.begin(), host.end(), language.name) != host.end();
    if (compiler == nullptr || by_host) return false;
    if (const std::string missing = missing_program(*compiler); !missing.empty()) {
      reasons_[index] = {missing + " is not on PATH; only the grammar looked, which accepts more" +
                             " than " + std::string(compiler->judge) + " does",
                         std::string(compiler->install)};
      return false;
    }
    given_[index] = GivenText::make(sources_[index].content, compiler->form);
    if (!given_[index]) return false;
    works_[compiler].push_back(
        {index, given_[index]->text(), kind_of(index), sources_[index].path});
    return true;
  }

  /// The first program of a row that is not on PATH; empty where all are. Looked up once.
  const std::string& missing_program(const Compiler& compiler) {
    const auto [place, is_new] = missing_.try_emplace(&compiler);
    if (!is_new) return place->second;
    for (const std::string_view program : programs_of(compiler)) {
      if (seams_.launcher.find_program(program)) continue;
      place->second = program;
      break;
    }
    return place->second;
  }

  /// The word that a row's script knows this kind of text by.
  std::string_view kind_of(std::size_t index) {
    const std::string_view language = languages_[index]->name;
    if (language == "javascript") return module_kinds_.of(sources_[index].path);
    if (language == "c" || language == "cpp") return header_or_unit(sources_[index].path);
    if (language == "csharp" && sources_[index].path.ends_with(".csx")) return "csharp_script";
    return language;
  }

  void ask_compilers(const Cancellation& cancellation) {
    std::vector<CompilerWork> works;
    for (auto& [compiler, texts] : works_)
      works.push_back({compiler, std::move(texts)});
    run_compilers(works, {seams_.files, seams_.launcher, seams_.random}, limits_, options_.threads,
                  cancellation, [&](const CompilerText& text, CompilerAnswer answer) {
                    take(text.number, std::move(answer));
                  });
  }

  void take(std::size_t index, CompilerAnswer answer) {
    const Compiler& compiler = *find_compiler(*languages_[index]);
    const bool is_script = languages_[index]->name == "javascript";
    if (answer.kind == CompilerAnswer::Kind::undecided) {
      reasons_[index] = {answer.why + "; only the grammar looked, which accepts more than " +
                             std::string(compiler.judge) + " does",
                         ""};
      second_looks_.push_back(index);
    } else if (answer.kind == CompilerAnswer::Kind::unchecked) {
      const std::string judge(compiler.judge);
      reasons_[index] = {judge + " said nothing (" + answer.why +
                             "); only the grammar looked, which accepts more than it does",
                         "check that " + judge + " works"};
      second_looks_.push_back(index);
    } else if (is_script && answer.kind == CompilerAnswer::Kind::invalid) {
      answers_[index] = std::move(answer);
      second_looks_.push_back(index);
    } else {
      judge_by_compiler(verdicts_[index], compiler, *given_[index], answer, limits_);
    }
  }

  /// What a compiler left undecided, or may have refused for a dialect that it does not read.
  void look_again(std::size_t index, const Cancellation& cancellation) {
    if (!answers_[index] || is_dialect(index, cancellation)) return judge(index, cancellation);
    judge_by_compiler(verdicts_[index], *find_compiler(*languages_[index]), *given_[index],
                      *answers_[index], limits_);
  }

  bool is_dialect(std::size_t index, const Cancellation& cancellation) {
    const std::string_view text = given_[index]->text();
    const auto grammar = languages_[index]->grammar();
    const auto stop = stopper(cancellation);
    std::string dialect;
    if (is_flow(text)) {
      dialect = "Flow";
    } else {
      const auto faults = find_grammar_faults(grammar, text, 1, stop);
      const bool fits = faults && faults->faults.empty();
      if (!fits || !has_grammar_node(grammar, text, "jsx_", stop)) return false;
      dialect = "JSX";
    }
    reasons_[index] = {"node does not read " + dialect +
                           "; only the grammar looked, which accepts" + " more than compilers do",
                       ""};
    return true;
  }

  void judge(std::size_t index, const Cancellation& cancellation) {
    const Language& language = *languages_[index];
    SyntaxVerdict& verdict = verdicts_[index];
    if (language.reader != Reader::none) {
      return judge_by_reader(verdict, sources_[index], language, limits_);
    }
    judge_by_grammar(verdict, sources_[index].content, language, limits_, stopper(cancellation));
    const Reason& reason = reasons_[index];
    const bool undecided = !verdict.valid.has_value() && verdict.checked_by == "grammar";
    if (undecided && !reason.why.empty()) add_reason(verdict, reason.why, reason.hint);
  }

  std::function<bool()> stopper(const Cancellation& cancellation) {
    const SteadyTime deadline =
        seams_.clock.steady() + std::chrono::milliseconds(limits_.syntax_timeout_ms);
    return [this, &cancellation, deadline] {
      return cancellation.requested() || seams_.clock.steady() > deadline;
    };
  }

  std::span<const SourceText> sources_;
  const SyntaxSeams& seams_;
  const Limits& limits_;
  const SyntaxOptions& options_;
  ModuleKinds module_kinds_;
  std::vector<const Language*> languages_;
  std::vector<std::optional<GivenText>> given_;  ///< of those that went to a compiler
  std::vector<std::optional<CompilerAnswer>> answers_;
  std::vector<Reason> reasons_;
  std::vector<SyntaxVerdict> verdicts_;
  std::map<const Compiler*, std::string> missing_;
  std::map<const Compiler*, std::vector<CompilerText>> works_;
  std::vector<std::size_t> for_threads_;
  std::vector<std::size_t> second_looks_;
};

}  // namespace

std::vector<SyntaxVerdict> SyntaxChecker::check(std::span<const SourceText> sources,
                                                const Cancellation& cancellation) {
  return Batch(sources, seams_, limits_, options_).judged(cancellation);
}

}  // namespace ratchet
