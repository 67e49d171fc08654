# shellcheck shell=bash
# Restoring and building; what has not changed is not built again.

restore() {
  retry "Fetching packages" fetch_packages "$@" || { cat "$DATA/restore.log" >&2; fail "The packages could not be fetched."; }
}

fetch_packages() {
  local log="$DATA/restore.log"
  waited dotnet restore "$@" -v quiet >"$log" 2>&1 && return 0
  if grep -q NU1004 "$log"; then
    cat "$log" >&2
    fail "A packages.lock.json is not what its project asks for. Run: dotnet restore --force-evaluate"
  fi
  return 1
}

# build <project or solution> [restore's arguments]: nothing is left running afterwards, no build server either.
build() {
  local what=$1 log="$DATA/build.log"
  shift
  say "Fetching packages"
  restore "$what" "$@"
  say "Building"
  waited dotnet build "$what" -c "$CONFIGURATION" --no-restore -v quiet -p:UseSharedCompilation=false >"$log" 2>&1 ||
    { grep -E 'error|warn' "$log" | sort -u | head -n 40 >&2; fail "The build failed (all of it: $log)."; }
}

# What a build of the host rests on, as one number: names, sizes and times, not contents.
fingerprint() {
  (cd "$ROOT" && find src workflows Directory.* global.json .editorconfig BannedSymbols.txt \
    \( -name bin -o -name obj -o -name node_modules \) -prune -o -type f -printf '%p %s %T@\n' | sort | sha256sum) && printf '%s\n' "$CONFIGURATION"
}

HOST_DLL="$ROOT/src/Host/bin/$CONFIGURATION/net10.0/ClientConnect.Host.dll"

build_host() {
  local now
  need_dotnet
  now=$(fingerprint)
  if [ -f "$HOST_DLL" ] && [ "$now" = "$(cat "$DATA/host.fingerprint" 2>/dev/null)" ]; then return 0; fi
  build "$ROOT/src/Host/Host.csproj"
  printf '%s\n' "$now" >"$DATA/host.fingerprint"
}

add_migration() {
  [ $# -eq 1 ] || fail "Say what the migration does: ./dev migration AddSavedViews"
  need_dotnet
  cd "$ROOT" || exit
  retry "Fetching dotnet-ef" dotnet tool restore >/dev/null || fail "dotnet-ef could not be fetched."
  build "$ROOT/src/Host/Host.csproj"
  dotnet ef migrations add "$1" --no-build --configuration "$CONFIGURATION" --project src/Workflows --startup-project src/Host \
    --output-dir Database/Migrations
  say "Read it, run ./dev test, and approve the schema's golden file."
}
