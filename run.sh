#!/usr/bin/env bash
# Sets up what a command needs and runs it; `./run.sh help` lists the commands.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

for part in say platform packages native windows dotnet powershell; do
  # shellcheck source=/dev/null
  source "scripts/$part.sh"
done

print_help() {
  cat <<'HELP'
Ratchet changes many files of a repository as one step that happens whole or not at all.

./run.sh demo                        sets up, builds, and shows batch_create on a scratch repository
./run.sh test [--all] [--long] [SUITE...]
                                     sets up, builds, and runs all suites, or those named; --all also
                                     installs the lint tools, --long adds what takes many minutes
./run.sh package                     builds for Linux and Windows, and makes the packages in build/package
./run.sh build                       sets up and builds the library, the command line and the module
./run.sh bench [--all] [NAME...]     measures against peers; --all installs the peer from Debian
./run.sh clean                       removes what was built, fetched and installed into this folder
./run.sh help                        prints this

The set-up is for Debian 12+ and Ubuntu 24.04+ on x64; it installs only what is missing.
docs/build.md says what that is, how long it takes, and how to be rid of it.
HELP
}

readonly INSTALL_TREE=build/install

# What every command needs that builds.
set_up() {
  require_known_system
  install_build_packages
  install_grammars
}

# The library and the command line, and the module where there is an SDK: as they would be installed.
build_all() {
  if [[ -z $(sdk_major) ]]; then
    skipped 'module (no .NET SDK)'
    build_native ratchet ratchet_cli
  else
    build_native ratchet ratchet_cli ratchet_module
  fi
  run_logged install cmake --install build/release --prefix "$INSTALL_TREE"
}

run_demo() {
  (($# == 0)) || refuse "demo takes no argument"
  set_up
  install_pytest
  build_all
  provide_pwsh
  RATCHET_PYTHON=$(pytest_python)
  RATCHET_PWSH=$(find_pwsh)
  export RATCHET_PYTHON RATCHET_PWSH
  exec scripts/demo.sh "$INSTALL_TREE"
}

run_tests() {
  local with_all='' argument pwsh='' modules=''
  for argument in "$@"; do
    [[ $argument == --all ]] && with_all=yes
  done
  set_up
  install_pytest
  if [[ -n $with_all || ${CI:-} == true ]]; then
    install_thorough_packages
    install_windows_packages
  fi
  build_all
  provide_pwsh
  pwsh=$(find_pwsh)
  if [[ -n $pwsh ]]; then
    provide_pester "$pwsh"
    if has_pester "$pwsh"; then modules="$PWD/.tools/psmodules:${PSModulePath:-}"; fi
  fi
  exec python3 tests/run_tests.py --dotnet "$(find_dotnet)" --pwsh "$pwsh" --ps-modules "$modules" "$@"
}

run_bench() {
  local names=() argument
  set_up
  for argument in "$@"; do
    if [[ $argument == --all ]]; then
      command -v cookiecutter >/dev/null || install_packages cookiecutter
    else
      names+=("$argument")
    fi
  done
  build_all
  RATCHET_PWSH=$(find_pwsh)
  export RATCHET_PWSH
  exec python3 bench/run.py "${names[@]}"
}

# The module for both systems and an archive of the command line for each.
make_packages() {
  (($# == 0)) || refuse "package takes no argument"
  set_up
  install_windows_packages
  build_all
  build_windows ratchet ratchet_cli
  run_logged package python3 scripts/package.py --linux build/release --windows build/windows --output build/package
  cat build/logs/package.log
}

clean() {
  rm -rf build node_modules .tools
}

main() {
  local command=${1:-help}
  (($# == 0)) || shift
  case $command in
    help | -h | --help) print_help ;;
    demo) run_demo "$@" ;;
    test) run_tests "$@" ;;
    build)
      set_up
      build_all
      ;;
    bench) run_bench "$@" ;;
    package) make_packages "$@" ;;
    clean) clean ;;
    *)
      print_help >&2
      refuse "there is no command \"$command\""
      ;;
  esac
}

main "$@"
