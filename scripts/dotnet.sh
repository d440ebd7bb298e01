# The .NET SDK, which is used where it is and never installed.
# shellcheck shell=bash

readonly OLDEST_SDK=8

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false

# The newest SDK's major version; nothing where there is none that is new enough.
sdk_major() {
  local newest
  command -v dotnet >/dev/null || return 0
  newest=$(dotnet --list-sdks 2>/dev/null | sed 's/\..*//' | sort -n | tail -n 1)
  ((${newest:-0} >= OLDEST_SDK)) && printf '%s\n' "$newest"
  return 0
}

# The dotnet of an SDK that is new enough; nothing where there is none.
find_dotnet() {
  if [[ -n $(sdk_major) ]]; then command -v dotnet; fi
}
