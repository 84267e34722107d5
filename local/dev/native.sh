# shellcheck shell=bash
# ./dev aot: the native binaries, built and tried. Sourced by ./dev.

run_aot() {
  [ $# -eq 0 ] || { say 'usage: ./dev aot'; exit "$usage_"; }
  local name
  need_dotnet
  need_database
  need_linker
  mkdir -p "$state"
  for name in $(function_names); do
    "$root/local/aot.sh" --function "$name" --output "$state/native/$name" > "$state/native-$name.txt" || exit $?
  done
  tool smoke-native
}

need_linker() {
  has clang || has gcc || offer 'a linker (clang)' "$(apt clang zlib1g-dev)"
  has objcopy || has llvm-objcopy || offer 'objcopy' "$(apt binutils)"
}
