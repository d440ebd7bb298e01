#include <algorithm>
#include <array>

#include "core/text.h"
#include "validation/dependencies/dependency_source.h"
#include "validation/system_programs.h"

namespace ratchet {
namespace {

namespace fs = std::filesystem;

/// Reads `{names: {asked: [distribution, …]}, folders, alone}` from its standard input: each name
/// with other names that it may be installed under. Answers `{python, found: {asked: [name,
/// version, folder]}}`. Metadata is read; no module of any package is imported. A name is a
/// distribution's first, then that of a module which one provides, then of Python's own module.
constexpr std::string_view kScript = R"python(
import json, re, sys
try:
    import importlib.metadata as metadata
except ImportError:
    sys.exit(json.dumps({'fault': 'it is older than Python 3.8'}))
import importlib.util, site

def normalized(name):
    return re.sub('[-_.]+', '-', str(name)).lower()

def modules(distribution):
    listed = distribution.read_text('top_level.txt')
    if listed is not None:
        yield from listed.split()
    for file in distribution.files or ():
        if file.parts[0] == '..' or file.parts[0].endswith(('.dist-info', '.egg-info')):
            continue
        if len(file.parts) == 1:
            yield file.name.split('.')[0]
        else:
            for depth in range(1, len(file.parts)):
                yield '.'.join(file.parts[:depth])

asked = json.load(sys.stdin)
folders = list(asked['folders'])
if not asked['alone']:
    folders += sys.path
    if sys.prefix == sys.base_prefix:
        folders.append(site.getusersitepackages())
installed = {}
for distribution in metadata.distributions(path=folders):
    name = distribution.metadata['Name']
    if name:
        installed.setdefault(normalized(name), distribution)

found = {}

def give(name, distribution):
    found[name] = [distribution.metadata['Name'], distribution.metadata['Version'],
                   str(distribution.locate_file(''))]

def give_first(name, others):
    for other in others:
        if normalized(other) in installed:
            give(name, installed[normalized(other)])
            return

for name in asked['names']:
    give_first(name, [name])
left = {name for name in asked['names'] if name not in found}
for distribution in installed.values():
    if not left:
        break
    for module in left.intersection(modules(distribution)):
        give(module, distribution)
        left.discard(module)
for name in list(left):
    give_first(name, asked['names'][name])
    own = name in getattr(sys, 'stdlib_module_names', ())
    if name not in found and own and importlib.util.find_spec(name) is not None:
        found[name] = [name, '%d.%d.%d' % sys.version_info[:3], None]
print(json.dumps({'python': sys.version.split()[0], 'found': found}))
)python";

/// Names of modules and the distributions that provide them, where the two differ and the metadata
/// of what is installed cannot tell it, because nothing is.
struct ProviderRow {
  std::string_view module;
  std::string_view distribution;
};
constexpr auto kProviders = std::to_array<ProviderRow>({
    {"Crypto", "pycryptodome"},
    {"Levenshtein", "levenshtein"},
    {"MySQLdb", "mysqlclient"},
    {"OpenSSL", "pyopenssl"},
    {"PIL", "pillow"},
    {"attr", "attrs"},
    {"bs4", "beautifulsoup4"},
    {"cairo", "pycairo"},
    {"cv2", "opencv-python"},
    {"dateutil", "python-dateutil"},
    {"discord", "discord.py"},
    {"dns", "dnspython"},
    {"docx", "python-docx"},
    {"dotenv", "python-dotenv"},
    {"fitz", "pymupdf"},
    {"gi", "pygobject"},
    {"git", "gitpython"},
    {"google.protobuf", "protobuf"},
    {"jose", "python-jose"},
    {"jwt", "pyjwt"},
    {"magic", "python-magic"},
    {"markdown_it", "markdown-it-py"},
    {"multipart", "python-multipart"},
    {"nacl", "pynacl"},
    {"pkg_resources", "setuptools"},
    {"pptx", "python-pptx"},
    {"psycopg2", "psycopg2-binary"},
    {"serial", "pyserial"},
    {"skimage", "scikit-image"},
    {"sklearn", "scikit-learn"},
    {"slugify", "python-slugify"},
    {"telegram", "python-telegram-bot"},
    {"usb", "pyusb"},
    {"win32api", "pywin32"},
    {"wx", "wxpython"},
    {"yaml", "pyyaml"},
    {"zmq", "pyzmq"},
});

std::string_view provider_of(std::string_view name) {
  const auto* const row =
      std::find_if(kProviders.begin(), kProviders.end(),
                   [&](const ProviderRow& each) { return each.module == name; });
  return row == kProviders.end() ? name : row->distribution;
}

/// A project's own environment: where its packages are, and whether those of the interpreter count
/// too.
struct VirtualEnvironment {
  std::vector<std::string> folders;
  bool is_alone = false;
};

constexpr const char* kPackages = "site-packages";
constexpr const char* kInstall = "install Python, 3.8 or later";
constexpr const char* kNoAnswer = "Python gave no usable answer";

class PythonSource final : public DependencySource {
 public:
  PythonSource(const Requirements& requirements, const LookUpPlace& place,
               const DependencySeams& seams)
      : requirements_(requirements), place_(place), seams_(seams) {}

  std::vector<ToolQuestion> questions() override {
    const std::optional<std::string> python = interpreter();
    if (!python) return {};
    json::object names;
    for (const Requirement& requirement : requirements_)
      names[requirement.name] = json::array{json::string(provider_of(requirement.name))};
    const VirtualEnvironment own = place_.python ? VirtualEnvironment{} : virtual_environment();
    const json::object asked{{"names", std::move(names)},
                             {"folders", json::value_from(own.folders)},
                             {"alone", own.is_alone}};
    return {{*python,
             {"-I", "-B", "-W", "ignore", "-X", "utf8", "-c", std::string(kScript)},
             json::serialize(asked),
             false}};
  }

  std::vector<LookedUp> look_up(std::span<const ToolAnswer> answers) override {
    std::string reason = in_quotes(program()) + " is not there";
    const std::optional<json::object> found = found_by(answers, reason);
    std::vector<LookedUp> results;
    for (const Requirement& requirement : requirements_) {
      results.push_back(found ? result_of(requirement.name, *found)
                              : LookedUp::unchecked(reason, kInstall));
    }
    return results;
  }

 private:
  [[nodiscard]] std::string program() const {
    return place_.python.value_or(std::string(python_program()));
  }

  [[nodiscard]] std::optional<std::string> interpreter() const {
    const std::string python = program();
    if (!seams_.files.is_absolute(python)) return seams_.launcher.find_program(python);
    return python;
  }

  /// Its files are read; the interpreter in it, which anybody may have put there, is not run.
  [[nodiscard]] VirtualEnvironment virtual_environment() const {
    if (!place_.project_root) return {};
    for (const char* name : {".venv", "venv"}) {
      try {
        const fs::path folder = *place_.project_root / name;
        const auto settings = read_if_there(folder / "pyvenv.cfg", seams_);
        if (settings) return read_environment(folder, *settings);
      } catch (const Error&) {
        continue;  // one that cannot be read is no environment
      }
    }
    return {};
  }

  [[nodiscard]] VirtualEnvironment read_environment(const fs::path& folder,
                                                    const std::string& settings) const {
    VirtualEnvironment environment;
    environment.is_alone = true;
    for (const std::string_view line : filled_lines(settings)) {
      const auto words = words_of_line(line);
      const bool shares = words.size() == 3 && words[0] == "include-system-site-packages" &&
                          words[1] == "=" && words[2] == "true";
      if (shares) environment.is_alone = false;
    }
    const fs::path libraries = folder / "lib";
    for (const FolderEntry& entry : seams_.files.list(libraries)) {
      // Windows has one folder for all versions, right in Lib.
      if (entry.name == kPackages) environment.folders.push_back((libraries / kPackages).string());
      if (!entry.name.starts_with("python")) continue;
      environment.folders.push_back((libraries / entry.name / kPackages).string());
    }
    return environment;
  }

  static std::optional<json::object> found_by(std::span<const ToolAnswer> answers,
                                              std::string& reason) {
    if (answers.empty()) return std::nullopt;
    if (!answers.front().is_given) {
      reason = answers.front().reason;
      return std::nullopt;
    }
    json::error_code failed;
    const json::value value = json::parse(answers.front().out, failed);
    const json::value* found =
        !failed && value.is_object() ? value.get_object().if_contains("found") : nullptr;
    if (found == nullptr || !found->is_object()) {
      reason = kNoAnswer;
      return std::nullopt;
    }
    return found->get_object();
  }

  static LookedUp result_of(const std::string& name, const json::object& found) {
    constexpr std::size_t kItems = 3;
    const json::value* row = found.if_contains(name);
    const std::string distribution(provider_of(name));
    if (row == nullptr) {
      return LookedUp::missing("no package and no module of that name is there",
                               std::string(python_program()) + " -m pip install " + distribution);
    }
    if (!row->is_array() || row->get_array().size() != kItems) {
      return LookedUp::unchecked(kNoAnswer, kInstall);
    }
    const auto text = [&](std::size_t index) -> std::optional<std::string> {
      const json::value& item = row->get_array()[index];
      return item.is_string() ? std::optional(std::string(item.get_string())) : std::nullopt;
    };
    LookedUp result = LookedUp::found({text(0).value_or(name), text(1), text(2)});
    if (!result.installed.front().version) result.reason = "its metadata names no version";
    return result;
  }

  const Requirements& requirements_;
  const LookUpPlace& place_;
  const DependencySeams& seams_;
};

}  // namespace

std::unique_ptr<DependencySource> python_source(const Requirements& requirements,
                                                const LookUpPlace& place,
                                                const DependencySeams& seams) {
  return std::make_unique<PythonSource>(requirements, place, seams);
}

}  // namespace ratchet
