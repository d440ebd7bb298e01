# Which systems the set-up knows.
# shellcheck shell=bash

readonly OLDEST_DEBIAN=12
readonly OLDEST_UBUNTU=24.04

what_is_needed() {
  cat >&2 <<'LIST'
Ratchet is built by run.sh on Debian 12+ and Ubuntu 24.04+, x64. On another system you need:
  a C++20 compiler (g++ 12 or newer), CMake 3.25+, Ninja, git, python3, Node.js with npm
  Boost 1.81+ (headers), PCRE2, libyaml, utf8proc and OpenSSL's libcrypto as static libraries,
  CLI11 and doctest (headers)
  for the PowerShell module: the .NET SDK 8+, and PowerShell 7.4+ to use it
and then: npm ci && cmake --preset release && cmake --build --preset release
On Windows: see run.cmd.
LIST
}

# Ends with exit code 2 where this is no system that the set-up knows.
require_known_system() {
  local id='' version=''
  if [[ $(uname -s) == Linux && $(uname -m) == x86_64 && -r /etc/os-release ]]; then
    # shellcheck disable=SC1091
    id=$(. /etc/os-release && printf '%s' "${ID:-}")
    # shellcheck disable=SC1091
    version=$(. /etc/os-release && printf '%s' "${VERSION_ID:-}")
  fi
  case $id in
    # Debian's testing and unstable have no number; they are newer than any that has.
    debian) [[ -z $version ]] || dpkg --compare-versions "$version" ge "$OLDEST_DEBIAN" && return 0 ;;
    ubuntu) dpkg --compare-versions "${version:-0}" ge "$OLDEST_UBUNTU" && return 0 ;;
  esac
  what_is_needed
  exit 2
}
