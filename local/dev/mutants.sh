# shellcheck shell=bash
# ./dev mutants: Stryker on the money code, its survivors against tests/mutation/survivors.tsv. Sourced by ./dev.

# What can be asked for: its name, the project, what it is in the repository, and Stryker's globs within the project.
mutant_scopes='money|domain|shared/domain/Usd.cs|Usd.cs
ledger|domain|shared/domain/ledger|ledger/*.cs
settlement|domain|shared/domain/settlement|settlement/*.cs
decisions|domain|shared/domain/decisions|decisions/*.cs
budgets|domain|shared/domain/budgets|budgets/*.cs
pricing|domain|shared/domain/pricing|pricing/*Cost*.cs pricing/*Usage*.cs pricing/*Rate*.cs pricing/Bounds.cs pricing/HoldPrices.cs
engine|engine|shared/engine|**/*.cs'

# Bounds one run of Stryker, in seconds: all of shared/domain took a third of it.
mutants_seconds_max=10800

run_mutants() {
  local names=() name
  for name in "$@"; do
    mutant_scope "$name" > /dev/null || { say "there is no '$name' to mutate: ./dev mutants --help"; exit "$usage_"; }
    names+=("$name")
  done
  # Not the engine: its survivors have not been gone through yet (docs/mutation-testing.md).
  [ ${#names[@]} -gt 0 ] || mapfile -t names < <(cut -d '|' -f 1 <<< "$mutant_scopes" | grep -v '^engine$')

  need_dotnet
  build_stack
  mutate_and_compare "${names[@]}"
}

mutant_scope() { grep "^$1|" <<< "$mutant_scopes"; }

# 0: every survivor is listed; 1: not, or Stryker failed.
mutate_and_compare() {
  local project compare=() schedules=${AIGATEWAY_SCHEDULES:-40} name of path files globs seen
  copy_for_mutants || return 1
  for project in domain engine; do
    globs=() seen=()
    for name in "$@"; do
      IFS='|' read -r _ of path files < <(mutant_scope "$name")
      [ "$of" = "$project" ] || continue
      set -f
      for files in $files; do globs+=(--mutate "$files"); done
      set +f
      seen+=("$path")
    done
    [ ${#globs[@]} -gt 0 ] || continue
    mutate "$project" "${globs[@]}" || return 1
    compare+=("shared/$project" "$state/mutants/$project/reports/mutation-report.json" "$(mutated_tests "$project")" "${seen[@]}" --)
  done
  AIGATEWAY_MUTANTS=1 AIGATEWAY_SCHEDULES=$schedules nice dotnet "$root/artifacts/bin/AiGateway.Local/debug/AiGateway.Local.dll" mutants-compare \
    "$root/tests/mutation/survivors.tsv" "${compare[@]}"
}

# The test program of the copy, beside the library that is mutated.
mutated_tests() {
  local name
  name=$(basename "$root"/tests/"$1"/*.Tests.csproj .csproj)
  printf '%s' "$state/mutants/tree/artifacts/bin/$name/debug/$name.dll"
}

# A copy, because Stryker leaves the mutated library among the builds when it is interrupted, and tests would then run on it.
copy_for_mutants() {
  local tree=$state/mutants/tree
  rm -rf "$tree"
  mkdir -p "$tree/shared" "$tree/tests"
  cp -r "$root"/Directory.* "$root/global.json" "$root/.editorconfig" "$root/.config" "$root/AiGateway.sln" "$root/prices" "$tree/"
  cp -r "$root/shared/domain" "$root/shared/engine" "$tree/shared/"
  cp -r "$root/tests/domain" "$root/tests/engine" "$root/tests/recorded" "$root/tests/mutation" "$tree/tests/"
}

# Buildalyzer, which Stryker reads projects with, waits a few seconds for "dotnet --info": too short on a busy machine.
mutate() {
  local project=$1 stryker
  shift
  say "mutating shared/$project; the log is $state/mutants/$project.log"
  rm -rf "$state/mutants/$project"
  mkdir -p "$state/mutants/$project"
  run_stryker "$project" "$@" > "$state/mutants/$project.log" 2>&1 < /dev/null &
  stryker=$!
  keep_mutated "$project" "$stryker"
  wait "$stryker" && [ -f "$state/mutants/$project/reports/mutation-report.json" ] && return
  tail -n 20 "$state/mutants/$project.log" >&2
  say "Stryker failed on shared/$project; all of it is in $state/mutants/$project.log"
  return 1
}

run_stryker() {
  local project=$1 tree=$state/mutants/tree
  shift
  cd "$tree/shared/$project" && dotnet tool restore &&
    DOTNET_INFO_WAIT_TIME=120000 AIGATEWAY_MUTANTS=1 DOTNET_TieredPGO=0 AIGATEWAY_SCHEDULES=$schedules \
      nice -n 15 timeout "$mutants_seconds_max" dotnet stryker --config-file "$tree/tests/mutation/stryker-config.json" \
      --skip-version-check --output "$state/mutants/$project" \
      --project "$(basename ./*.csproj)" --test-project "$(echo "$tree/tests/$project"/*.Tests.csproj)" "$@"
}

# Stryker puts the plain library back when it ends. The mutated one is kept beside the report, and put back after it, so that a
# survivor can be tried again in a process of its own.
keep_mutated() {
  local project=$1 stryker=$2 kept="$state/mutants/$1/mutated.dll" tests library
  tests=$(mutated_tests "$project")
  library=$(dirname "$tests")/$(basename "$tests" .Tests.dll).dll
  while kill -0 "$stryker" 2> /dev/null; do
    if [ ! -f "$kept" ] && grep -q 'mutants will be tested' "$state/mutants/$project.log" && grep -q MutantControl "$library"; then
      cp "$library" "$kept"
    fi
    sleep 2
  done
  [ ! -f "$kept" ] || cp "$kept" "$library"
}
