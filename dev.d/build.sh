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

# Elsa Studio, as its makers publish it on npm: fetched once, and again when the lock file changes.
STUDIO="$ROOT/src/Designer"

restore_studio() {
  local wanted
  wanted=$(sha256sum <"$STUDIO/package-lock.json")
  [ "$wanted" != "$(cat "$STUDIO/node_modules/.restored" 2>/dev/null)" ] || return 0
  need_npm
  say "Fetching Elsa Studio from npm (46 MB, once)"
  retry "Fetching Elsa Studio" fetch_studio || { tail -n 20 "$DATA/npm.log" >&2; fail "Elsa Studio could not be fetched (all of it: $DATA/npm.log)."; }
  printf '%s\n' "$wanted" >"$STUDIO/node_modules/.restored"
}

# The lock file's integrity is held against what comes; nothing of the package is run. Its cache is this checkout's, for a home that can't be
# written, and goes with the fetching.
fetch_studio() {
  (cd "$STUDIO" && waited npm ci --ignore-scripts --no-audit --no-fund --loglevel=error --cache "$DATA/npm" >"$DATA/npm.log" 2>&1) || return 1
  rm -rf -- "${DATA:?}/npm"
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
  restore_studio
  now=$(fingerprint)
  if [ -f "$HOST_DLL" ] && [ "$now" = "$(cat "$DATA/host.fingerprint" 2>/dev/null)" ]; then return 0; fi
  build "$ROOT/src/Host/Host.csproj"
  printf '%s\n' "$now" >"$DATA/host.fingerprint"
}

# The whole solution, and the host with it: who runs a command of the host then builds nothing.
build_all() {
  local now
  now=$(fingerprint)
  build "$ROOT/ClientConnect.sln" --locked-mode
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
  without_model "$ROOT"/src/Workflows/Database/Migrations/*.Designer.cs
  say "Read it, run ./dev test, and approve the schema's golden file."
}

# The whole model that EF writes beside each migration serves only to take the latest one back (delete it and write it anew instead); what says
# whose migration it is, and which, goes to the migration itself.
without_model() {
  local designer migration
  for designer in "$@"; do
    migration=${designer%.Designer.cs}
    sed -i -E 's/using Microsoft.EntityFrameworkCore.Migrations;/using Microsoft.EntityFrameworkCore.Infrastructure;\n&/
      s/^    (public|internal) partial class/    [DbContext(typeof(PortalDb))]\n    [Migration("'"$(basename "$migration")"'")]\n    internal class/' "$migration.cs"
    rm "$designer"
  done
}
