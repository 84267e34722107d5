#!/usr/bin/env bash
# Builds one function as the native binary that Lambda's provided.al2023 runtime starts.
# On success one line on standard output: the binary, its framework and its size in bytes, tab-separated.
set -euo pipefail

usage() {
  cat >&2 <<'TEXT'
usage: local/aot.sh --function NAME --output DIR [--arch x86_64|arm64] [--framework net10.0|net9.0] [--packages local|nuget]

  --function   a folder of functions/, such as budget_enforcement
  --output     the folder for the binary (bootstrap); made if it is not there
  --arch       default: this machine's own; the other one needs a cross toolchain
  --framework  default: net10.0, and net9.0 where the feed has no Native AOT pack for net10.0
  --packages   which Lambda packages to build on (docs/lambda-packages.md); default: local

exit: 0 built, 1 the build failed, 2 usage, 3 a tool is missing
TEXT
  exit 2
}

say() { printf 'aot: %s\n' "$*" >&2; }

missing() {
  say "$1 is missing. Install it: $2"
  exit 3
}

function_name='' output='' arch='' framework='' packages=local
while [ $# -gt 0 ]; do
  case $1 in
    --function | --output | --arch | --framework | --packages) [ $# -ge 2 ] || usage ;;
    *) usage ;;
  esac
  case $1 in
    --function) function_name=$2 ;;
    --output) output=$2 ;;
    --arch) arch=$2 ;;
    --framework) framework=$2 ;;
    --packages) packages=$2 ;;
  esac
  shift 2
done
[ -n "$function_name" ] && [ -n "$output" ] || usage
case $framework in '' | net10.0 | net9.0) ;; *) usage ;; esac
case $packages in local | nuget) ;; *) usage ;; esac

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
project=$root/functions/$function_name
[[ $function_name =~ ^[a-z_]+$ ]] && [ -d "$project" ] || { say "no function $function_name in functions/"; exit 2; }

# shellcheck source=local/dev/functions.sh
. "$root/local/dev/functions.sh"
host=$(host_architecture)
arch=${arch:-$host}
# What .NET calls it.
rid=linux-${arch/x86_64/x64}
extra=()
find_linker() {
  case $arch in
    "$host")
      command -v clang > /dev/null || command -v gcc > /dev/null ||
        missing 'a linker (clang or gcc)' 'apt-get install -y clang zlib1g-dev'
      command -v objcopy > /dev/null || command -v llvm-objcopy > /dev/null ||
        missing 'objcopy' 'apt-get install -y binutils'
      ;;
    x86_64 | arm64)
      local triple=${arch/arm64/aarch64}-linux-gnu
      command -v "$triple-gcc" > /dev/null ||
        missing "a linker for $arch ($triple-gcc)" "apt-get install -y gcc-${triple/_/-}"
      extra+=("-p:CppCompilerAndLinker=$triple-gcc" '-p:LinkerFlavor=bfd' "-p:ObjCopyName=$triple-objcopy")
      ;;
    *) usage ;;
  esac
}

command -v dotnet > /dev/null || missing 'the .NET SDK 10' 'https://learn.microsoft.com/dotnet/core/install/linux'
find_linker

log=$(mktemp)
trap 'rm -f "$log"' EXIT

restore() {
  local flags=(-r "$rid" -p:PublishForLambda=true "-p:LambdaPackages=$packages" "-p:AotFramework=$1")
  dotnet restore "$project" "${flags[@]}" -m:1 -v q -nologo > "$log" 2>&1
}

lacks_native_pack() { grep -E 'NU110[123]' "$log" | grep -qiE 'NativeAOT|ILCompiler'; }

choose_framework() {
  if [ -n "$framework" ]; then
    restore "$framework" && return
  elif restore net10.0; then
    framework=net10.0
    return
  elif lacks_native_pack; then
    say 'the package feed has no Native AOT pack for net10.0: building for net9.0 instead'
    framework=net9.0
    restore net9.0 && return
  fi
  if lacks_native_pack; then
    say "the package feed has no Native AOT compiler for $rid: use a feed that has one"
    exit 3
  fi
  cat "$log" >&2
  say 'the restore failed'
  exit 1
}

choose_framework
say "building $function_name for $rid on $framework (a minute or two)"
mkdir -p "$output"
publish=(-c Release -r "$rid" -p:PublishForLambda=true "-p:LambdaPackages=$packages"
  "-p:AotFramework=$framework" --no-restore -o "$output" -m:1 -v q -nologo)
if ! dotnet publish "$project" "${publish[@]}" ${extra[@]+"${extra[@]}"} > "$log" 2>&1; then
  cat "$log" >&2
  say 'the build failed'
  exit 1
fi
printf '%s\t%s\t%s\n' "$output/bootstrap" "$framework" "$(stat -c %s "$output/bootstrap")"
