#!/bin/sh
# run.sh MANIFEST: the tests of the built module, where there is a pwsh.
set -eu
if ! command -v pwsh >/dev/null 2>&1; then
  echo 'SKIPPED: PowerShell suite (no pwsh)'
  exit 0
fi
RATCHET_MODULE=$1 exec pwsh -NoProfile -NonInteractive -File "$(dirname "$0")/run_pester.ps1"
