# The grammar sources and the native build.
# shellcheck shell=bash

# npm ci, unless the lock file is the one that was installed last.
install_grammars() {
  local stamp=node_modules/.installed-package-lock.json
  if cmp -s package-lock.json "$stamp"; then return 0; fi
  step 'fetching the grammar sources (npm ci)'
  run_logged npm-ci npm ci --no-progress --loglevel=error
  cp package-lock.json "$stamp"
}

# build_native TARGET...: configures once; from then on ninja notices by itself what has changed.
build_native() {
  local plan=build/release/build.ninja
  # The module is part of the build only where an SDK was there when it was configured.
  if [[ ! -f $plan ]] || { [[ -n $(sdk_major) ]] && ! grep -q ratchet_module "$plan"; }; then
    step 'configuring (release)'
    run_logged configure-release cmake --preset release
  fi
  if [[ -t 2 ]]; then
    ninja -C build/release "$@" >&2 || fail 'the build failed'
  else
    run_logged build-release ninja -C build/release "$@"
  fi
}
