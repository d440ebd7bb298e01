# Packages of the system: only what is missing, and only where we may.
# shellcheck shell=bash

readonly OLDEST_BOOST=1.81
readonly OLDEST_BOOST_NUMBER=108100

# Programs come from wherever they are; a package is asked for only where the program is not on PATH.
readonly BUILD_PROGRAMS=(g++:g++ cmake:cmake ninja:ninja-build python3:python3 git:git npm:npm)
readonly BUILD_LIBRARIES=(doctest-dev libcli11-dev libdtl-dev libpcre2-dev libyaml-dev libutf8proc-dev
  libexpat1-dev libssl-dev libtomlplusplus-dev)
# What the built-in templates make needs to be run and linted.
readonly GENERATED_CODE_LIBRARIES=(python3-fastapi python3-flake8 python3-httpx python3-pytest python3-sqlalchemy)
readonly TEST_PROGRAMS=(clang-format:clang-format clang-tidy:clang-tidy shellcheck:shellcheck
  strace:strace)

missing_programs() {
  local entry
  for entry in "$@"; do
    command -v "${entry%%:*}" >/dev/null || printf '%s\n' "${entry#*:}"
  done
}

missing_libraries() {
  local installed package
  installed=$(dpkg-query -W -f '${db:Status-Abbrev}${Package}\n' "$@" 2>/dev/null || true)
  for package in "$@"; do
    grep -q "^ii *$package\$" <<<"$installed" || printf '%s\n' "$package"
  done
}

has_new_boost() {
  local header=/usr/include/boost/version.hpp number
  [[ -r $header ]] || return 1
  number=$(sed -n 's/^#define BOOST_VERSION \([0-9]*\)$/\1/p' "$header")
  ((${number:-0} >= OLDEST_BOOST_NUMBER))
}

# The package that has a Boost which is new enough: the default one where the system's is.
boost_package() {
  local candidate
  candidate=$(apt-cache policy libboost-dev 2>/dev/null | sed -n 's/^ *Candidate: *//p')
  if [[ -n $candidate ]] && dpkg --compare-versions "$candidate" ge "$OLDEST_BOOST"; then
    printf 'libboost-dev\n'
  else
    printf 'libboost%s-dev\n' "$OLDEST_BOOST"
  fi
}

# A python3 that has pytest, which the demo's generated tests run with; nothing where there is none.
pytest_python() {
  local python
  for python in python3 /usr/bin/python3; do
    if "$python" -c 'import pytest' 2>/dev/null; then
      command -v "$python"
      return 0
    fi
  done
}

# Runs a command as root, or says what root has to run and ends with exit code 2.
as_root() {
  if ((EUID == 0)); then
    "$@"
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    sudo -n "$@"
  else
    return 2
  fi
}

install_packages() {
  (($# > 0)) || return 0
  local install=(env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@")
  if ! as_root true; then
    say "These packages are missing, and only root may install them. Run:"
    say "  sudo apt-get update && sudo apt-get install -y --no-install-recommends $*"
    say "and then this command again."
    exit 2
  fi
  step "installing packages: $*"
  run_logged apt-update as_root apt-get update
  run_logged apt-install as_root "${install[@]}"
}

# install_build_packages: what compiling the engine and the command line takes.
install_build_packages() {
  local missing
  mapfile -t missing < <(missing_programs "${BUILD_PROGRAMS[@]}" && missing_libraries "${BUILD_LIBRARIES[@]}")
  if ! has_new_boost; then
    # On a new machine apt knows no package before its first update.
    if [[ -z $(apt-cache policy libboost-dev 2>/dev/null) ]] && as_root true; then
      run_logged apt-update as_root apt-get update
    fi
    missing+=("$(boost_package)")
  fi
  install_packages "${missing[@]}"
}

# install_pytest: for the tests that the demo generates.
install_pytest() {
  [[ -n $(pytest_python) ]] || install_packages python3-pytest
}

# install_thorough_packages: for linters, and for generated code that others can leave unchecked.
install_thorough_packages() {
  local missing
  mapfile -t missing < <(missing_programs "${TEST_PROGRAMS[@]}" && missing_libraries "${GENERATED_CODE_LIBRARIES[@]}")
  install_packages "${missing[@]}"
}
