#!/usr/bin/env bash
# The demo: batch_create on a scratch repository, through the command line, and through PowerShell where
# there is one. `demo.sh INSTALL_TREE`; run.sh calls it.
#
# Every step prints the command that a user would type. The demo checks what it shows: it ends with a
# non-zero exit code where a step did not end as it says.
#   RATCHET_PWSH    a PowerShell that is new enough; empty: the command line alone
#   RATCHET_PYTHON  a python3 that has pytest
set -euo pipefail

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=scripts/say.sh
source "$project/scripts/say.sh"

tree=$(realpath "$1")
module="$tree/share/powershell/Modules/Ratchet/Ratchet.psd1"
scratch=$(mktemp -d "${TMPDIR:-/tmp}/ratchet-demo.XXXXXX")
results="$scratch/results"
PATH="$tree/bin:$PATH"
# The path as it stands here would be long to read, and means nothing to a reader.
python=${RATCHET_PYTHON:-python3}
readonly EXIT_DONE=0 EXIT_CONFLICT=1 EXIT_INVALID=2

heading() { printf '\n\033[1m%s\033[0m\n' "$*"; }

# run_shown EXIT_CODE COMMAND: prints the command, runs it as typed, and insists on how it ends.
run_shown() {
  local wanted=$1 code=0
  printf '\n$ %s\n' "$2"
  bash -c "$2" || code=$?
  ((code == wanted)) || fail "this ended with exit code $code instead of $wanted"
  if ((code != EXIT_DONE)); then printf '(exit code %d)\n' "$code"; fi
}

# make_repository FOLDER: the start package and its instance, committed.
make_repository() {
  mkdir -p "$1"
  cp -r "$project/examples/shop/." "$1"
  cp "$project/executors/batch_create/examples/shop.yaml" "$1"
  git -C "$1" init --quiet --initial-branch=main
  git -C "$1" add .
  git -C "$1" -c user.name='Ratchet demo' -c user.email=demo@example.org commit --quiet -m 'A shop'
}

# save_results FOLDER: what the command line gives as JSON for the steps of the demo, in a repository of its
# own. Their exit codes were insisted on before.
save_results() {
  make_repository "$scratch/command-line/shop"
  cd "$scratch/command-line/shop"
  write_mistake
  local run=(ratchet run batch_create --json)
  "${run[@]}" shop.yaml --dry-run >"$1/plan.json" 2>/dev/null || true
  "${run[@]}" shop.yaml >"$1/run.json" 2>/dev/null || true
  "${run[@]}" mistake.yaml >"$1/mistake.json" 2>/dev/null || true
  "${run[@]}" shop.yaml >"$1/conflict.json" 2>/dev/null || true
}

# The same instance under other paths, with a key misspelt in the 7th file.
write_mistake() {
  sed -e 's|path: shop/|path: market/|' -e 's|path: tests/|path: market/tests/|' \
    -e 's|^\( *\)entity: Order$|\1entitty: Order|' shop.yaml >mistake.yaml
}

nothing_was_written() {
  [[ $(git status --porcelain -uall) == "$1" ]] || fail "something was written"
  printf '\nNothing was written: git status is what it was before.\n'
}

show_the_plan() {
  heading '1. The plan: what would be made. Nothing is written.'
  run_shown "$EXIT_DONE" 'ratchet run batch_create shop.yaml --dry-run > plan.diff'
  run_shown "$EXIT_DONE" 'git apply --stat plan.diff && tail -n 1 plan.diff'
  nothing_was_written '?? plan.diff'
}

run_what_was_approved() {
  local plan
  plan=$(sed -n '$s/.* plan //p' plan.diff)
  rm plan.diff
  heading '2. The run: exactly that plan, whole or not at all.'
  run_shown "$EXIT_DONE" "ratchet run batch_create shop.yaml --expect-plan $plan"
  run_shown "$EXIT_DONE" 'git status --short --untracked-files=all'
  heading '3. The record of the run: the hash of each file, and what was checked.'
  run_shown "$EXIT_DONE" 'python3 -m json.tool .ratchet/runs/*/record.json > record.txt && head -n 16 record.txt'
  run_shown "$EXIT_DONE" "grep '\"message\"' record.txt"
  rm record.txt
}

test_what_was_made() {
  heading '4. The generated tests, beside the one that was there.'
  run_shown "$EXIT_DONE" "$python -m pytest -q -p no:cacheprovider"
}

show_a_mistake() {
  local before
  heading '5. An instance with a mistake in its 7th file: refused, with the place and a hint.'
  write_mistake
  before=$(git status --porcelain -uall)
  run_shown "$EXIT_DONE" 'diff shop.yaml mistake.yaml | grep entitty'
  run_shown "$EXIT_INVALID" 'ratchet run batch_create mistake.yaml'
  nothing_was_written "$before"
}

show_a_conflict() {
  local before
  heading '6. An instance that meets existing files: a conflict, and every file stays as it is.'
  before=$(git status --porcelain -uall)
  run_shown "$EXIT_CONFLICT" 'ratchet run batch_create shop.yaml'
  nothing_was_written "$before"
}

# The same repository and steps in PowerShell; its results go beside those of the command line.
show_powershell() {
  if [[ -z ${RATCHET_PWSH:-} ]]; then
    printf '\n'
    skipped 'PowerShell part of the demo (no pwsh)'
    return 0
  fi
  if [[ ! -f $module ]]; then
    skipped 'PowerShell part of the demo (no .NET SDK to build the module)'
    return 0
  fi
  heading '7. The same through PowerShell.'
  make_repository "$scratch/powershell/shop"
  (cd "$scratch/powershell/shop" && write_mistake)
  "$RATCHET_PWSH" -NoProfile -NonInteractive -File "$project/scripts/demo.ps1" \
    -Module "$module" -Project "$scratch/powershell/shop" -Results "$results/powershell" ||
    fail 'the PowerShell part did not end as it should'
  heading '8. Both doors give the same JSON, but for ids, times and the folder.'
  (save_results "$results/command-line")
  python3 "$project/scripts/compare_results.py" "$results" || fail 'the doors differ'
}

show_where_things_are() {
  heading 'To go on from here'
  printf 'The scratch repository:   %s\n' "$scratch/shop"
  # shellcheck disable=SC2016  # the user's PATH, not ours
  printf 'The command line:         export PATH="%s:$PATH"\n' "$tree/bin"
  if [[ -f $module ]]; then printf 'In PowerShell:            Import-Module %s\n' "$module"; fi
  if [[ -z ${RATCHET_PWSH:-} ]]; then printf '(No PowerShell 7.4+ was found here, so the module was not shown.)\n'; fi
}

mkdir -p "$results/command-line" "$results/powershell"
make_repository "$scratch/shop"
cd "$scratch/shop"
heading "A git repository with a small Python package: $scratch/shop"
run_shown "$EXIT_DONE" 'git log --oneline && git ls-files'
show_the_plan
run_what_was_approved
test_what_was_made
show_a_mistake
show_a_conflict
show_powershell
show_where_things_are
