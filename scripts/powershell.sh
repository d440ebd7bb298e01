# PowerShell and Pester: from the machine, else into .tools/, else done without.
# shellcheck shell=bash

readonly OLDEST_PWSH=7.4
readonly OLDEST_PESTER=5.3
readonly DOWNLOAD_SECONDS=180

is_new_pwsh() {
  local version
  version=$("$1" --version 2>/dev/null | sed -n 's/^PowerShell \([0-9.]*\).*/\1/p')
  [[ -n $version ]] && dpkg --compare-versions "$version" ge "$OLDEST_PWSH"
}

# A pwsh that is new enough: on PATH or in .tools/; nothing where there is none.
find_pwsh() {
  local pwsh
  for pwsh in pwsh .tools/powershell/pwsh; do
    if command -v "$pwsh" >/dev/null && is_new_pwsh "$pwsh"; then
      realpath "$(command -v "$pwsh")"
      return 0
    fi
  done
}

# The newest PowerShell that the runtime of this SDK can start.
powershell_for_sdk() {
  case $1 in
    8) printf '7.4.*' ;;
    9) printf '7.5.*' ;;
    *) printf '*' ;;
  esac
}

# Tries to get a pwsh into .tools/ where there is none: once a day, quietly, for a bounded time.
provide_pwsh() {
  local sdk
  sdk=$(sdk_major)
  if [[ -n $(find_pwsh) || -z $sdk ]] || tried_today powershell; then return 0; fi
  step 'fetching PowerShell into .tools/'
  mkdir -p build/logs
  timeout "$DOWNLOAD_SECONDS" dotnet tool install --tool-path .tools/powershell \
    --version "$(powershell_for_sdk "$sdk")" PowerShell >build/logs/powershell.log 2>&1 </dev/null || true
}

has_pester() {
  local found
  found=$(PSModulePath="$PWD/.tools/psmodules:${PSModulePath:-}" "$1" -NoProfile -NonInteractive -Command \
    "[bool](Get-Module -ListAvailable Pester | Where-Object Version -ge $OLDEST_PESTER)" 2>/dev/null || true)
  [[ $found == True ]]
}

# provide_pester PWSH: the same for Pester.
provide_pester() {
  if has_pester "$1" || tried_today pester; then return 0; fi
  step 'fetching Pester into .tools/'
  mkdir -p .tools/psmodules build/logs
  timeout "$DOWNLOAD_SECONDS" "$1" -NoProfile -NonInteractive -Command \
    "Save-PSResource Pester -Version '[$OLDEST_PESTER,6.0)' -Path .tools/psmodules -TrustRepository" \
    >build/logs/pester.log 2>&1 </dev/null || true
}
