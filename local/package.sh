#!/usr/bin/env bash
# Builds the archives that Terraform and SAM deploy: the native binary, named bootstrap, in a zip. The same sources and tools give the same
# bytes. One line an archive on standard output: its path, framework and size in bytes, tab-separated.
set -euo pipefail

usage() {
  cat >&2 <<'TEXT'
usage: ./dev package [--arch x86_64|arm64] [--packages local|nuget] [--output DIR]

  --arch      default: this machine's own; the other one needs a cross toolchain
  --packages  which Lambda packages to build on (docs/lambda-packages.md); a release uses nuget. Default: local
  --output    default: artifacts/package

exit: 0 built, 1 the build failed, 2 usage, 3 a tool is missing
TEXT
  exit 2
}

say() { printf 'package: %s\n' "$*" >&2; }

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
arch=$(uname -m) packages=local output=$root/artifacts/package
[ "$arch" != aarch64 ] || arch=arm64
while [ $# -gt 0 ]; do
  case $1 in
    --arch | --packages | --output) [ $# -ge 2 ] || usage ;;
    *) usage ;;
  esac
  case $1 in
    --arch) arch=$2 ;;
    --packages) packages=$2 ;;
    --output) output=$2 ;;
  esac
  shift 2
done
case $arch in x86_64) rid=x64 ;; arm64) rid=arm64 ;; *) usage ;; esac
case $packages in local | nuget) ;; *) usage ;; esac
command -v zip > /dev/null || { say 'zip is missing. Install it: apt-get install -y zip'; exit 3; }

mkdir -p "$output"
output=$(cd "$output" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for function in budget_enforcement cost_attribution; do
  say "building $function for $arch"
  built=$("$root/local/aot.sh" --function "$function" --output "$work/$function" --arch "$rid" --packages "$packages")
  framework=$(cut -f 2 <<< "$built")
  archive=$output/$function-$arch.zip
  rm -f "$archive"
  # Only the binary, with a fixed time and rights: nothing of this machine or this moment gets in.
  mkdir "$work/$function-archive"
  install -m 755 "$work/$function/bootstrap" "$work/$function-archive/bootstrap"
  TZ=UTC touch -d '1980-01-01 00:00:00' "$work/$function-archive/bootstrap"
  (cd "$work/$function-archive" && TZ=UTC zip -q -X -9 "$archive" bootstrap)
  printf '%s\t%s\t%s\n' "$archive" "$framework" "$(stat -c %s "$archive")"
done
