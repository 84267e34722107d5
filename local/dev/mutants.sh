# shellcheck shell=bash
# ./dev mutants: Stryker on the money code, its survivors against tests/mutation/survivors.tsv. Sourced by ./dev.

# What can be asked for: its name, the project, its files or folders in it, and Stryker's globs within the project.
# Without globs Stryker only plants, and every mutant is tried in processes of its own.
mutant_scopes='money|domain|Usd.cs|Usd.cs
ledger|domain|ledger|ledger/*.cs
settlement|domain|settlement|settlement/*.cs
decisions|domain|decisions|decisions/*.cs
budgets|domain|budgets|budgets/*.cs
pricing|domain|pricing|pricing/*Cost*.cs pricing/*Usage*.cs pricing/*Rate*.cs pricing/Bounds.cs pricing/HoldPrices.cs
engine-reserve|engine|Reservation.cs ReservationRun.cs ReservePlan.cs ReserveWrites.cs TakenHolds.cs LimitCheck.cs CertainRetry.cs Pacing.cs IAccountStore.cs StoreResult.cs|
engine-settle|engine|Settler.cs SettlementBatch.cs SettlementPack.cs SettlementRequest.cs OpenPostings.cs IPostingStore.cs SafeRetry.cs ILedgerStore.cs|
engine-sweep|engine|Sweep.cs SweepOptions.cs SweepReport.cs OpenEntries.cs IndexProbes.cs|
engine-books|engine|reconciliation|
engine-shards|engine|shards|'

# The first character of each file, where no mutant is: Stryker compiles every mutant into the library, and runs the tests on none. A
# glob without files would leave the folders out of its report.
no_file='**/*.cs{0..1}'

# Bounds one run of Stryker, in seconds: all of shared/domain took a third of it.
mutants_seconds_max=10800

run_mutants() {
  local names=() name
  for name in "$@"; do
    if [ "$name" = engine ]; then
      mapfile -t -O ${#names[@]} names < <(cut -d '|' -f 1 <<< "$mutant_scopes" | grep '^engine-')
      continue
    fi
    mutant_scope "$name" > /dev/null || { say "there is no '$name' to mutate: ./dev mutants --help"; exit "$usage_"; }
    names+=("$name")
  done
  [ ${#names[@]} -gt 0 ] || mapfile -t names < <(cut -d '|' -f 1 <<< "$mutant_scopes")

  need_dotnet
  build_stack
  mutate_and_compare "${names[@]}"
}

mutant_scope() { grep "^$1|" <<< "$mutant_scopes"; }

# 0: every survivor is listed; 1: not, or Stryker failed.
mutate_and_compare() {
  local project compare=() schedules=${AIGATEWAY_SCHEDULES:-40} name of paths files globs seen how
  copy_for_mutants || return 1
  for project in domain engine; do
    globs=() seen=() how=alone
    for name in "$@"; do
      IFS='|' read -r _ of paths files < <(mutant_scope "$name")
      [ "$of" = "$project" ] || continue
      set -f
      for files in $files; do globs+=(--mutate "$files") how=again; done
      set +f
      for paths in $paths; do seen+=("shared/$project/$paths"); done
    done
    [ ${#seen[@]} -gt 0 ] || continue
    [ "$how" = again ] || globs=(--mutate "$no_file")
    mutate "$project" "${globs[@]}" || return 1
    compare+=("shared/$project" "$state/mutants/$project/reports/mutation-report.json" "$(mutated_tests "$project")" "$how" "${seen[@]}" --)
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

# Where it only plants, one look at the coverage is enough: it is what keeps the mutated library there for a while.
run_stryker() {
  local project=$1 tree=$state/mutants/tree schedules=$schedules
  local config=$tree/tests/mutation/stryker-config.json
  shift
  if [ "$how" = alone ]; then
    sed 's/"perTest"/"all"/' "$config" > "$tree/tests/mutation/planting-config.json"
    config=$tree/tests/mutation/planting-config.json schedules=1
  fi
  cd "$tree/shared/$project" && dotnet tool restore &&
    DOTNET_INFO_WAIT_TIME=120000 AIGATEWAY_MUTANTS=1 DOTNET_TieredPGO=0 AIGATEWAY_SCHEDULES=$schedules \
      nice timeout "$mutants_seconds_max" dotnet stryker --config-file "$config" \
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
    if [ ! -f "$kept" ] && grep -q 'Capture mutant coverage' "$state/mutants/$project.log" && grep -q MutantControl "$library"; then
      cp "$library" "$kept"
    fi
    sleep 2
  done
  [ ! -f "$kept" ] || cp "$kept" "$library"
}
