# shellcheck shell=bash
# ./dev test and ./dev nightly: every test project, one after the other, the quick ones first, Terraform's beside them. Sourced by ./dev.

# Projects that need DynamoDB Local or real processes come last; all others first, by name.
slow_projects='AiGateway.Aws.Tests BudgetEnforcement.Tests CostAttribution.Tests Sweep.Tests AiGateway.Local.Tests'

# Waits for Terraform and an emulator most of its time, so the others run meanwhile.
beside=AiGateway.Infrastructure.Tests
beside_pid=

# Test projects as "name folder", in the order in which they run.
test_projects() {
  local file name order
  for file in "$root"/tests/*/*.Tests.csproj; do
    name=$(basename "$file" .csproj)
    order=1
    [[ " $slow_projects " != *" $name "* ]] || order=2
    [ "$name" != "$beside" ] || order=0
    printf '%d %s %s\n' "$order" "$name" "$(basename "$(dirname "$file")")"
  done | sort | cut -d ' ' -f 2-
}

run_tests() {
  local only=() name folder failed_projects=()
  while [ $# -gt 0 ]; do
    case $1 in
      -*) say "usage: ./dev test [PROJECT…], such as: ./dev test domain engine"; exit "$usage_" ;;
      *)
        [ -d "$root/tests/$1" ] || { say "there is no tests/$1"; exit "$usage_"; }
        only+=("$1")
        ;;
    esac
    shift
  done

  passed=0 failed=0 skipped=0
  need_dotnet
  need_database
  need_terraform
  case " ${only[*]-} " in
    '  ' | *' infrastructure '*) need_emulator; find_provider ;;
  esac
  case " ${only[*]-} " in
    '  ' | *' local '*) need_zip ;;
  esac
  if ! build_all; then
    finish_tests 1
  fi
  mkdir -p "$state/tests"
  while read -r name folder; do
    [ ${#only[@]} -eq 0 ] || [[ " ${only[*]} " == *" $folder "* ]] || continue
    if [ "$name" = "$beside" ]; then
      start_beside "$name" "$folder"
    else
      run_project "$name" "$folder" || failed_projects+=("tests/$folder")
      count "$name"
    fi
  done < <(test_projects)
  [ -z "$beside_pid" ] || end_beside || failed_projects+=("tests/infrastructure")
  if [ "${NIGHTLY:-}" = 1 ] && [ ${#only[@]} -eq 0 ]; then
    run_mutants_as_test || failed_projects+=(mutants)
  fi
  [ ${#failed_projects[@]} -eq 0 ] || say "failed: ${failed_projects[*]}"
  finish_tests 0
}

# The last line is what CI reads: exactly "N passed, N failed". What was skipped stands on the line before it.
finish_tests() {
  failed=$((failed + $1))
  [ "$skipped" -eq 0 ] || printf '%d skipped\n' "$skipped"
  printf '%d passed, %d failed\n' "$passed" "$failed"
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ] && exit "$done_"
  exit "$bad_input"
}

# One project in its own process. Counts come from the report it writes: without one it has crashed, which counts as a failure.
run_project() {
  local name=$1 folder=$2 report="$state/tests/$1.trx" log="$state/tests/$1.log" code=0 started=$SECONDS line
  local ran_passed=0 ran_failed=0 ran_skipped=0
  rm -f "$report" "$state/tests/$name.counts"
  say "tests/$folder"
  dotnet "$root/artifacts/bin/$name/debug/$name.dll" -noColor -noLogo -trx "$report" > "$log" 2>&1 < /dev/null || code=$?
  if [ -f "$report" ]; then
    line=$(grep -o '<Counters [^>]*>' "$report" | head -n 1)
    ran_passed=$(counter "$line" passed)
    ran_failed=$(counter "$line" failed)
    ran_skipped=$(counter "$line" notExecuted)
  fi
  if [ "$ran_failed" -eq 0 ] && { [ "$code" -ne 0 ] || [ $((ran_passed + ran_skipped)) -eq 0 ]; }; then
    say "tests/$folder ended with $code and no failed test to show for it: it crashed or ran nothing"
    ran_failed=1
  fi
  printf '%d %d %d\n' "$ran_passed" "$ran_failed" "$ran_skipped" > "$state/tests/$name.counts"
  printf '%6d passed %4d failed %4d skipped %5d s  tests/%s\n' \
    "$ran_passed" "$ran_failed" "$ran_skipped" $((SECONDS - started)) "$folder"
  [ "$ran_failed" -eq 0 ] && return
  sed -n '/\[FAIL\]/,$p' "$log" | head -n 200 >&2
  [ -n "$(sed -n '/\[FAIL\]/p' "$log")" ] || tail -n 60 "$log" >&2
  return 1
}

# Adds what a project's run said. Without that it did not end: a failure.
count() {
  local ran_passed=0 ran_failed=1 ran_skipped=0
  [ ! -f "$state/tests/$1.counts" ] || read -r ran_passed ran_failed ran_skipped < "$state/tests/$1.counts"
  passed=$((passed + ran_passed)) failed=$((failed + ran_failed)) skipped=$((skipped + ran_skipped))
}

start_beside() {
  say "tests/$2, beside the others"
  # A process group of its own, so that all of it ends where this one is stopped.
  set -m
  { run_project "$1" "$2" || exit 1; } > "$state/tests/$1.out" 2> "$state/tests/$1.err" &
  set +m
  beside_pid=$!
  trap 'kill -- "-$beside_pid" 2> /dev/null || true' EXIT
}

end_beside() {
  local code=0
  wait "$beside_pid" || code=$?
  trap - EXIT
  cat "$state/tests/$beside.out"
  grep -v '^dev: tests/' "$state/tests/$beside.err" >&2 || true
  count "$beside"
  return "$code"
}

# ./dev mutants, which counts as one test. In a shell of its own: it ends by exit.
run_mutants_as_test() {
  local started=$SECONDS code=0
  (run_mutants) || code=$?
  if [ "$code" -eq 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
  printf '%6d passed %4d failed %4d skipped %5d s  mutants\n' $((code == 0)) $((code != 0)) 0 $((SECONDS - started))
  return "$code"
}

counter() {
  local value
  value=$(sed -n "s/.*[ ]$2=\"\([0-9]*\)\".*/\1/p" <<< "$1")
  printf '%d' "${value:-0}"
}
