# shellcheck shell=bash
# ./dev bench: how fast it is on this machine. Sourced by ./dev.

bench_parts='decision parts attribution cold load'

run_bench() {
  local parts
  parts=$(bench_parts_of "$@") || exit $?
  need_dotnet
  need_database
  build_bench
  case " ${parts:-all} " in
    *' cold '* | *' load '* | ' all ') build_native_for_bench ;;
  esac
  exec dotnet "$root/artifacts/bin/AiGateway.Benchmarks/release/AiGateway.Benchmarks.dll" "$@"
}

# The parts that the arguments name; ends here where they are not understood, before anything is built.
bench_parts_of() {
  local parts=''
  while [ $# -gt 0 ]; do
    case " $bench_parts --quick --write " in
      *" $1 "*) case $1 in --*) ;; *) parts="$parts $1" ;; esac ;;
      *)
        [ "$1" = --load-seconds ] || { say "'$1' is not understood here: ./dev bench --help"; exit "$usage_"; }
        [[ ${2:-} =~ ^[0-9]{1,3}$ ]] && [ "$2" -ge 1 ] && [ "$2" -le 600 ] \
          || { say "--load-seconds takes 1 to 600, not '${2:-}': ./dev bench --help"; exit "$usage_"; }
        shift
        ;;
    esac
    shift
  done
  printf '%s' "$parts"
}

# Optimised, and apart from the builds that tests use.
build_bench() {
  local log=$state/build-bench.log
  mkdir -p "$state"
  say 'building the benchmarks'
  if ! (cd "$root" && dotnet build -c Release tests/benchmarks -v q -nologo) > "$log" 2>&1 < /dev/null; then
    grep -E 'error' "$log" | sort -u | head -n 40 >&2
    say "the build failed; all of it is in $log"
    exit "$bad_input"
  fi
}

# Starts and loads are about what is deployed. Built again when a source has changed.
build_native_for_bench() {
  local name stamp="$state/built-native" now
  now=$(fingerprint)
  [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$now" ] && return
  need_linker
  for name in $(function_names); do
    "$root/local/aot.sh" --function "$name" --output "$state/native/$name" > "$state/native-$name.txt" || exit $?
  done
  printf '%s' "$now" > "$stamp"
}
