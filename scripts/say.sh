# How the set-up talks: steps and skips to stderr, so that stdout stays the command's own.
# shellcheck shell=bash

say() { printf '%s\n' "$*" >&2; }

# A step that takes noticeable time.
step() { printf '==> %s\n' "$*" >&2; }

skipped() { printf 'SKIPPED: %s\n' "$*" >&2; }

# Ends everything: exit code 2 says that something is missing or misused, 1 that a step failed.
refuse() {
  printf 'run.sh: %s\n' "$*" >&2
  exit 2
}

fail() {
  printf 'run.sh: %s\n' "$*" >&2
  exit 1
}

# How much of a failed step's output is shown; the rest lies in the log.
readonly SHOWN_LOG_LINES=60

# run_logged NAME COMMAND...: runs it with its output in build/logs/NAME.log; shows the end when it fails.
run_logged() {
  local name=$1 log="build/logs/$1.log"
  shift
  mkdir -p build/logs
  if "$@" >"$log" 2>&1 </dev/null; then return 0; fi
  tail -n "$SHOWN_LOG_LINES" "$log" >&2
  fail "$name failed; its whole output lies in $log"
}

# tried_today NAME: whether a download was tried within a day; if not, notes that it is tried now.
tried_today() {
  local stamp=".tools/tried/$1"
  mkdir -p .tools/tried
  if [[ -n $(find "$stamp" -mtime -1 2>/dev/null) ]]; then return 0; fi
  touch "$stamp"
  return 1
}
