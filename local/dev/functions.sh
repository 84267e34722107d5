# shellcheck shell=bash
# What is built for Lambda, in one place: every folder of functions/ with a project. Sourced by ./dev and its scripts.

function_names() {
  local project
  for project in "$root"/functions/*/*.csproj; do
    basename "$(dirname "$project")"
  done
}

# This machine's processor, as Lambda, Terraform, SAM and the archives' names call it.
host_architecture() {
  case $(uname -m) in
    aarch64 | arm64) echo arm64 ;;
    *) uname -m ;;
  esac
}
