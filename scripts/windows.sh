# The Windows build and its tests: the cross compiler, wine, and third-party code for Windows.
# shellcheck shell=bash

readonly WINDOWS_PROGRAMS=(x86_64-w64-mingw32-g++-posix:g++-mingw-w64-x86-64-posix dpkg-source:dpkg-dev wine:wine)
# wine's package alone brings no 64-bit wine.
readonly WINDOWS_PACKAGES=(wine64)

# install_windows_packages: what building for Windows and running that takes.
install_windows_packages() {
  local missing
  mapfile -t missing < <(missing_programs "${WINDOWS_PROGRAMS[@]}" && missing_libraries "${WINDOWS_PACKAGES[@]}")
  install_packages "${missing[@]}"
  scripts/windows_packages.sh
}

# build_windows TARGET...
build_windows() {
  if [[ ! -f build/windows/build.ninja ]]; then
    step 'configuring (windows)'
    run_logged configure-windows cmake --preset windows
  fi
  run_logged build-windows ninja -C build/windows "$@"
}
