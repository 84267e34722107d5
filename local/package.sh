#!/usr/bin/env bash
# Builds the archives that Terraform and SAM deploy, looks at each and tries what is in it. The one script that does: releases run it too.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
state=$root/.local
readonly root state
readonly done_=0 bad_input=1 usage_=2 tool_missing=3

# shellcheck source=local/dev/tools.sh
. "$root/local/dev/tools.sh"
# shellcheck source=local/dev/build.sh
. "$root/local/dev/build.sh"
# shellcheck source=local/dev/functions.sh
. "$root/local/dev/functions.sh"

say() { printf 'package: %s\n' "$*" >&2; }

help_text() {
  cat << 'TEXT'
usage: ./dev package [--function NAME]… [--arch x86_64|arm64] [--packages local|nuget] [--framework net10.0|net9.0]
                     [--output DIR] [--built DIR] [--no-smoke]

Builds each function as a native binary and puts it, named bootstrap, into FUNCTION-ARCH.zip. Looks at each archive: the
processor, nothing but bootstrap and that executable, stripped, no newer C library than Lambda's image has. Then unpacks
them and lets the very binaries answer recorded requests on the local stack. Minutes; it says what it is doing.

  --function   one of functions/; may be repeated. Default: all, and only then are they tried on the stack
  --arch       default: this machine's own; the other one needs a cross toolchain, and is not tried on the stack
  --packages   which Lambda packages to build on (docs/lambda-packages.md); a release uses nuget. Default: local
  --framework  refuse any other. Default: net10.0, or net9.0 where the feed has no Native AOT pack for net10.0
  --output     default: artifacts/package, where Terraform and SAM look
  --built      take the binaries from DIR/FUNCTION/bootstrap instead of building them
  --no-smoke   do not try them on the stack

One line an archive on standard output, tab-separated: its path, processor, version of the C library that it needs, size
of the binary in bytes. The same binary gives the same archive, byte for byte.

exit: 0 built, 1 a build or a check failed, 2 usage, 3 a tool is missing
TEXT
}

usage() {
  [ $# -eq 0 ] || say "$*"
  say 'see ./dev package --help'
  exit "$usage_"
}

parse() {
  functions=() arch=$(host_architecture) packages=local framework='' output=$root/artifacts/package built='' smoke=yes
  while [ $# -gt 0 ]; do
    case $1 in
      -h | --help) help_text; exit "$done_" ;;
      --no-smoke) smoke=no; shift; continue ;;
      --function | --arch | --packages | --framework | --output | --built)
        [ $# -ge 2 ] || usage "$1 needs a value"
        ;;
      *) usage "'$1' is not understood here" ;;
    esac
    case $1 in
      --function) functions+=("$2") ;;
      --arch) arch=$2 ;;
      --packages) packages=$2 ;;
      --framework) framework=$2 ;;
      --output) output=$2 ;;
      --built) built=$2 ;;
    esac
    shift 2
  done
  case $arch in x86_64 | arm64) ;; *) usage "there is no '$arch': x86_64 or arm64" ;; esac
  case $packages in local | nuget) ;; *) usage "there is no '$packages': local or nuget" ;; esac
  case $framework in '' | net10.0 | net9.0) ;; *) usage "there is no '$framework': net10.0 or net9.0" ;; esac
  [ -z "$built" ] || [ -d "$built" ] || usage "there is no folder $built"
}

choose_functions() {
  local name all
  all=$(function_names)
  if [ ${#functions[@]} -eq 0 ]; then
    mapfile -t functions <<< "$all"
    return
  fi
  # The smoke test is a day of all of them together.
  smoke=no
  for name in "${functions[@]}"; do
    grep -qxF "$name" <<< "$all" || usage "there is no function '$name'. Functions: ${all//$'\n'/, }"
  done
}

need_tools() {
  need_dotnet
  need_zip
  if [ "$smoke" = yes ] && [ "$arch" != "$(host_architecture)" ]; then
    say "this machine can't run $arch: the archives are looked at, not tried"
    smoke=no
  fi
  [ "$smoke" = no ] || need_database
}

# The binary of one function in $work/built/NAME/bootstrap.
binary_of() {
  local name=$1 flags=(--arch "$arch" --packages "$packages")
  mkdir -p "$work/built/$name"
  if [ -n "$built" ]; then
    [ -f "$built/$name/bootstrap" ] || { say "there is no $built/$name/bootstrap"; exit "$bad_input"; }
    cp "$built/$name/bootstrap" "$work/built/$name/bootstrap"
    return
  fi
  [ -z "$framework" ] || flags+=(--framework "$framework")
  "$root/local/aot.sh" --function "$name" --output "$work/built/$name" "${flags[@]}" > /dev/null || exit $?
}

# Only the binary, with a fixed time and fixed rights: nothing of this machine or this moment gets in.
pack() {
  local name=$1 archive=$output/$1-$arch.zip folder=$work/packed/$1
  mkdir -p "$folder"
  install -m 755 "$work/built/$name/bootstrap" "$folder/bootstrap"
  TZ=UTC touch -d '1980-01-01 00:00:00' "$folder/bootstrap"
  rm -f "$archive"
  (cd "$folder" && ZIPOPT='' TZ=UTC zip -q -X -D -9 "$archive" bootstrap)
}

local_tool() { dotnet "$root/artifacts/bin/AiGateway.Local/debug/AiGateway.Local.dll" "$@"; }

# What is tried is what is in the archives, not what they were made from.
try_archives() {
  local name
  say 'trying the binaries of the archives on the local stack'
  for name in "${functions[@]}"; do
    mkdir -p "$work/tried/$name"
    unzip -q "$output/$name-$arch.zip" -d "$work/tried/$name"
  done
  local_tool smoke-native "$work/tried" >&2
}

main() {
  parse "$@"
  choose_functions
  need_tools
  mkdir -p "$output"
  output=$(cd "$output" && pwd)
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  build_stack
  local at=0 name archives=()
  for name in "${functions[@]}"; do
    at=$((at + 1))
    say "$at of ${#functions[@]}: $name for $arch"
    binary_of "$name"
    pack "$name"
    archives+=("$output/$name-$arch.zip")
  done
  if ! local_tool check-archive "$arch" "${framework:-any}" "${archives[@]}"; then
    # What was refused is not left where a deployment would take it.
    rm -f "${archives[@]}"
    exit "$bad_input"
  fi
  [ "$smoke" = no ] || try_archives || { rm -f "${archives[@]}"; exit "$bad_input"; }
  say "done: ${#archives[@]} in $output"
}

main "$@"
