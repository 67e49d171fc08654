# shellcheck shell=bash
# Short lines that say what is being done, on stderr, so that what a command prints stays clean.

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "$*"
  exit 1
}

# Tries a command again where the world is at fault: a package source that does not answer, say.
retry() {
  local what=$1 try pause=5
  shift
  for try in 1 2 3 4; do
    if "$@"; then return 0; fi
    [ "$try" -lt 4 ] || break
    say "$what failed; trying again in $pause seconds"
    sleep "$pause"
    pause=$((pause * 2))
  done
  return 1
}
