#!/usr/bin/env bash
# Third-party code for the Windows build, into .tools/windows/sysroot: the headers that the distribution has
# are linked to one by one, so that nothing else of the system's headers is on the include path; what is no
# header alone is cross-built from the distribution's own sources. What is there already stays as it is.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/say.sh
source scripts/say.sh

readonly HOME_FOLDER="$PWD/.tools/windows"
readonly SYSROOT="$HOME_FOLDER/sysroot" SOURCES="$HOME_FOLDER/sources" APT="$HOME_FOLDER/apt"
readonly SYSTEM_HEADERS=/usr/include
readonly HEADERS=(boost CLI doctest dtl toml++)

# source package : archive that says it is built : folder of its CMakeLists.txt : its options
readonly CROSS_BUILT=(
  'pcre2:libpcre2-8.a:.:-DPCRE2_SUPPORT_JIT=ON -DPCRE2_BUILD_PCRE2GREP=OFF -DPCRE2_BUILD_TESTS=OFF'
  'libyaml:libyaml.a:.:-DBUILD_TESTING=OFF'
  'utf8proc:libutf8proc.a:.:'
  # Expat's configure defines XML_DTD as 1, which a patch of the distribution counts on, its CMake as nothing.
  'expat:libexpat.a:expat:-DEXPAT_BUILD_TOOLS=OFF -DEXPAT_BUILD_EXAMPLES=OFF -DEXPAT_BUILD_TESTS=OFF
    -DEXPAT_SHARED_LIBS=OFF -DEXPAT_DTD=OFF -DCMAKE_C_FLAGS=-DXML_DTD=1'
)

# private_apt FOLDER PROGRAM ARGUMENT...: a program of apt in that folder, with the machine's own package
# lists asked for sources, as they lie below ours; the machine's stay untouched.
private_apt() {
  env -C "$1" "$2" -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$APT/lists.d" \
    -o Dir::State::lists="$APT/state" -o Dir::Cache="$APT/cache" "${@:3}"
}

make_source_lists() {
  local list found=''
  mkdir -p "$APT/lists.d" "$APT/state/partial" "$APT/cache/archives/partial"
  for list in /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources; do
    [[ -r $list ]] || continue
    found=yes
    sed -E -e 's/^deb([[:space:]])/deb-src\1/' -e 's/^(Types:).*/\1 deb-src/' "$list" \
      >"$APT/lists.d/$(basename "$list")"
  done
  [[ -n $found ]] || fail 'apt has no package lists here; the sources for the Windows build come from them'
  run_logged windows-apt-update private_apt "$APT" apt-get update
}

link_headers() {
  local name
  mkdir -p "$SYSROOT/include"
  for name in "${HEADERS[@]}"; do
    [[ -d $SYSTEM_HEADERS/$name ]] || fail "$SYSTEM_HEADERS/$name is missing; ./run.sh build installs it"
    ln -sfn "$SYSTEM_HEADERS/$name" "$SYSROOT/include/$name"
  done
}

# The versions of a source package that apt knows, the newest first.
source_versions() {
  private_apt "$APT" apt-cache showsrc --only-source "$1" | sed -n 's/^Version: //p' | sort -rV
}

# download_source PACKAGE FOLDER: the newest version that the mirror has; a mirror may lack what its lists name.
download_source() {
  local version log="build/logs/windows-fetch-$1.log"
  mkdir -p build/logs
  : >"$log"
  for version in $(source_versions "$1"); do
    rm -rf "$2"
    mkdir -p "$2"
    if private_apt "$2" apt-get source --download-only "$1=$version" >>"$log" 2>&1; then return 0; fi
    say "run.sh: the package mirror does not have the sources of $1 $version"
  done
  fail "no sources of $1 could be fetched; $log tells why"
}

# fetch_source PACKAGE: unpacked, with the distribution's patches, as $SOURCES/PACKAGE.
fetch_source() {
  local downloads="$SOURCES/$1-download" description
  rm -rf "${SOURCES:?}/$1"
  download_source "$1" "$downloads"
  description=$(find "$downloads" -name '*.dsc')
  run_logged "windows-unpack-$1" dpkg-source --no-check --extract "$description" "$SOURCES/$1"
  rm -rf "$downloads"
}

# cross_build ENTRY: a row of CROSS_BUILT, unless its archive is there.
cross_build() {
  local package archive folder options build
  IFS=: read -r -d '' package archive folder options <<<"$1" || true
  build="$SOURCES/$package-build"
  if [[ -f $SYSROOT/lib/$archive ]]; then return 0; fi
  [[ -d $APT/lists.d ]] || make_source_lists
  step "building $package for Windows"
  fetch_source "$package"
  rm -rf "$build"
  # shellcheck disable=SC2086  # options are words
  run_logged "windows-configure-$package" cmake -S "$SOURCES/$package/$folder" -B "$build" -G Ninja \
    -DCMAKE_TOOLCHAIN_FILE="$PWD/cmake/mingw-w64.cmake" -DCMAKE_BUILD_TYPE=Release \
    -DCMAKE_INSTALL_PREFIX="$SYSROOT" -DBUILD_SHARED_LIBS=OFF -DBUILD_STATIC_LIBS=ON $options
  run_logged "windows-build-$package" ninja -C "$build" install
  install -D -m 0644 "$SOURCES/$package/debian/copyright" "$SYSROOT/share/licences/$package"
  rm -rf "$build" "${SOURCES:?}/$package"
}

link_headers
for entry in "${CROSS_BUILT[@]}"; do
  cross_build "$entry"
done
