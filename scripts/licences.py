"""The licences of what is linked into the binaries, collected from where each part was built from.

Debian and Ubuntu keep the licence of every package in /usr/share/doc; the grammars bring theirs in
node_modules. A part whose licence is not found is an error: a package must not leave it out.
"""

import functools
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent
DOCUMENTS = pathlib.Path("/usr/share/doc")

# Name, and the variable of the build's cache that says where it lies: a file or a folder of a package.
LINKED = [("Boost", "Boost_INCLUDE_DIR", "boost/version.hpp"),
          ("PCRE2", "ratchet_pcre2_INCLUDE", "pcre2.h"),
          ("libyaml", "ratchet_yaml_INCLUDE", "yaml.h"),
          ("utf8proc", "ratchet_utf8proc_INCLUDE", "utf8proc.h"),
          ("expat", "ratchet_expat_INCLUDE", "expat.h"),
          ("OpenSSL libcrypto", "ratchet_crypto_INCLUDE", "openssl/evp.h"),
          ("CLI11", "CLI11_INCLUDE", "CLI/CLI.hpp"),
          ("dtl", "DTL_INCLUDE", "dtl/dtl.hpp"),
          ("toml++", "TOML_INCLUDE", "toml++/toml.h")]
# What the compilers link in, by the package that has their licence.
RUNTIMES = {"linux-x64": [("The GNU C++ runtime", "gcc-*-base")],
            "win-x64": [("The GNU C++ runtime", "gcc-*-base"),
                        ("The mingw-w64 runtime", "mingw-w64-common")]}
# Windows has this by itself.
NOT_ON_WINDOWS = {"OpenSSL libcrypto"}


def cached(build, name):
    """A path out of CMakeCache.txt."""
    text = (build / "CMakeCache.txt").read_text(encoding="utf-8")
    found = re.search(rf"^{name}:PATH=(.+)$", text, re.MULTILINE)
    if not found:
        raise OSError(f"{build}/CMakeCache.txt does not say where {name} is")
    return pathlib.Path(found[1])


@functools.cache
def package_of(path):
    """The system's package that a file came with."""
    found = subprocess.run(["dpkg", "-S", path], capture_output=True, text=True, check=False)
    if found.returncode != 0:
        raise OSError(f"no package of the system has {path}, so its licence is not known")
    return found.stdout.split(":")[0]


def text_of(package):
    """The licence of a package, where a pattern names several that of the newest."""
    found = sorted(DOCUMENTS.glob(f"{package}/copyright"))
    if not found:
        raise OSError(f"the licence of {package} is not in {DOCUMENTS}")
    return found[-1].read_text(encoding="utf-8", errors="replace")


def grammars():
    """The runtime of the grammars, and those that cmake/Grammars.cmake compiles."""
    listed = (ROOT / "cmake/Grammars.cmake").read_text(encoding="utf-8")
    names = re.findall(r'"(tree-sitter-[a-z-]+)', listed)
    return ["tree-sitter", *sorted(set(names))]


def notices(linux_build, runtime_ids):
    """One text with the licence of every part that is in the binaries of these platforms.

    What the Linux build was made of says it for Windows too: its parts are cross-built from the
    sources of the same packages."""
    parts = {}
    for name, variable, header in LINKED:
        if name in NOT_ON_WINDOWS and runtime_ids == ["win-x64"]:
            continue
        parts[name] = text_of(package_of(cached(linux_build, variable) / header))
    for runtime_id in runtime_ids:
        for name, package in RUNTIMES[runtime_id]:
            parts[name] = text_of(package)
    for name in grammars():
        parts[name] = (ROOT / "node_modules" / name / "LICENSE").read_text(encoding="utf-8")
    head = "Ratchet has the following parts of others in its binaries, each under its own licence.\n"
    rule = "=" * 78
    return head + "".join(f"\n{rule}\n{name}\n{rule}\n\n{text.strip()}\n"
                          for name, text in sorted(parts.items(), key=lambda part: part[0].lower()))
