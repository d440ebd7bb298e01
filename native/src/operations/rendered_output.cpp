#include "operations/rendered_output.h"

#include "core/text.h"
#include "core/ulid.h"
#include "executors/commit.h"
#include "operations/project_root.h"
#include "templates/file_style.h"
#include "transactions/home.h"

namespace ratchet {
namespace {

constexpr std::size_t kShownPath = 200;

void refuse_existing(const std::filesystem::path& root, const std::vector<RenderedFile>& files,
                     FileSystem& system) {
  const std::unique_ptr<Folder> folder = system.open_folder(root);
  json::array existing;
  for (const RenderedFile& file : files) {
    if (folder->status(file.path)) existing.emplace_back(file.path);
  }
  if (existing.empty()) return;
  const std::string first(existing.front().get_string());
  std::string message = in_quotes(std::string_view(first), kShownPath) + " exists already";
  if (existing.size() > 1) message += " (and " + std::to_string(existing.size() - 1) + " more)";
  throw Error("transaction.exists", std::move(message))
      .at(first)
      .hint("choose another output folder, or say overwrite")
      .details({{"paths", std::move(existing)}});
}

/// The content of each file as the project wants its files written.
class StyledContent {
 public:
  StyledContent(const std::filesystem::path& root, const Environment& environment)
      : StyledContent(root, find_repository(environment.files, root), environment) {}

  std::string of(const RenderedFile& file, const RelativePath& path) {
    if (file.is_copy) return file.content;
    const std::optional<FileStatus> there = folder_->status(path.text());
    if (!there || there->kind != FileKind::file) {
      return in_style(file.content, styles_.of(path), path.text());
    }
    const std::string old = folder_->read(path.text(), most_bytes_);
    return in_style(file.content, style_of_content(old), path.text());
  }

 private:
  StyledContent(const std::filesystem::path& root, const Home& repository,
                const Environment& environment)
      : styles_(environment.files, repository.path, repository.base, environment.limits),
        folder_(environment.files.open_folder(root)),
        most_bytes_(static_cast<std::uint64_t>(environment.limits.input_bytes)) {}

  FileStyles styles_;
  std::unique_ptr<Folder> folder_;
  std::uint64_t most_bytes_;
};

}  // namespace

std::uint32_t new_file_mode(bool executable, FileSystem& files) {
  constexpr std::uint32_t kFile = 0666;
  constexpr std::uint32_t kProgram = 0777;
  return (executable ? kProgram : kFile) & ~files.umask();
}

void write_output(const std::string& root, const std::vector<RenderedFile>& files, bool overwrite,
                  const OutputRequest& request, std::string_view run_name,
                  OperationContext& context, OutputResult& result) {
  const Environment& environment = context.environment;
  const std::filesystem::path folder = project_root(root, context);
  if (!overwrite) refuse_existing(folder, files, environment.files);
  Transaction transaction =
      Transaction::begin(environment.files, environment.clock, environment.random, folder,
                         {.id = new_ulid(environment.clock, environment.random),
                          .parent_mark = environment.parent_mark},
                         environment.limits);
  StyledContent styled(folder, environment);
  for (const RenderedFile& file : files) {
    const RelativePath path = RelativePath::parse(file.path);
    const std::string content = styled.of(file, path);
    const std::uint32_t mode =
        file.executable ? new_file_mode(true, environment.files) : std::uint32_t{0};
    if (overwrite) {
      transaction.write(path, content, mode);
    } else {
      transaction.create(path, content, mode);
    }
  }
  CommitOptions options{.durability = request.durability,
                        .dry_run = request.dry_run,
                        .expect_plan = request.expect_plan,
                        .run_name = {}};
  if (request.keep_backups) options.run_name = std::string(run_name);
  CommitResult done;
  commit(transaction, options, environment, context.cancellation, done);
  result.dry_run = request.dry_run;
  result.id = std::move(done.id);
  result.plan_sha256 = std::move(done.plan_sha256);
  result.plan = std::move(done.plan);
  result.diff = std::move(done.diff);
  if (!request.dry_run) result.changes = std::move(done.changes);
}

}  // namespace ratchet
