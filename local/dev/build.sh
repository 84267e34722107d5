# shellcheck shell=bash
# Builds once and again when a source has changed. Sourced by ./dev.

# What a build depends on: path, time and size of every source. Deleted files change it too.
fingerprint() {
  (
    cd "$root"
    find Directory.* global.json .editorconfig AiGateway.sln functions shared local prices tests -type f \
      \( -name '*.cs' -o -name '*.csproj' -o -name '*.props' -o -name '*.targets' -o -name '*.sln' -o -name '*.json' \
      -o -name '*.jsonl' -o -name '*.log' -o -name '*.txt' -o -name '*.csv' -o -name '*.tsv' -o -name '*.gz' -o -name '*.editorconfig' \) \
      -not -path '*/node_modules/*' -not -path '*/obj/*' -not -path '*/bin/*' -printf '%p %T@ %s\n' 2> /dev/null |
      LC_ALL=C sort | sha256sum
  )
}

# build NAME TARGET: quiet when it works, the compiler's words when it does not.
build() {
  local name=$1 target=$2 stamp="$state/built-$1" now log
  mkdir -p "$state"
  now=$(fingerprint)
  # Built by itself, or with everything.
  [[ $'\n'$(cat "$stamp" "$state/built-everything" 2> /dev/null)$'\n' != *$'\n'"$now"$'\n'* ]] || return 0
  say "building $name"
  log=$state/build-$name.log
  if ! (cd "$root" && dotnet build "$target" -v q -nologo) > "$log" 2>&1 < /dev/null; then
    grep -E 'error|Could not' "$log" | sort -u | head -n 40 >&2 || tail -n 40 "$log" >&2
    say "the build of $name failed; all of it is in $log"
    return 1
  fi
  printf '%s\n' "$now" > "$stamp"
}

# The local tool and, because it names them, the functions.
build_stack() { build stack local/AiGateway.Local.csproj || exit "$bad_input"; }

build_all() { build everything AiGateway.sln; }
