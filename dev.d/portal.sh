# shellcheck shell=bash
# The portal itself, on the demonstration market.

PORT=${PORT:-5080}

run_host() { (cd "$ROOT/src/Host" && exec dotnet "$HOST_DLL" "$@"); }

# Runs a command with the demonstration database at hand: the private cluster's, or the one that was given.
with_demonstration() {
  open_demonstration
  build_host
  "$@"
}

open_demonstration() {
  export ASPNETCORE_ENVIRONMENT="${ASPNETCORE_ENVIRONMENT:-Development}"
  [ -z "${ConnectionStrings__ClientConnect:-}" ] || return 0
  use_demonstration_cluster
  need_postgres "$(cat "$PG_HOME/data/PG_VERSION" 2>/dev/null || true)"
  claim_home
  hold_cluster
  AT_EXIT+=(leave_cluster)
  if [ ! -d "$PG_HOME/data" ]; then make_cluster "max_connections = 200" "shared_buffers = 256MB" "synchronous_commit = on"; fi
  start_cluster
  make_database
  ConnectionStrings__ClientConnect=$(connection_string client_connect client_connect_app)
  ConnectionStrings__Owner=$(connection_string client_connect client_connect_owner)
  export ConnectionStrings__ClientConnect ConnectionStrings__Owner
}

up() {
  hear_interrupts up
  if port_is_taken "$PORT"; then
    fail "Something already listens on port $PORT, perhaps a portal that you started before. Stop it, or take another port: PORT=$((PORT + 1)) ./dev up"
  fi
  open_demonstration
  build_host
  export Mail__Folder="${Mail__Folder:-$DATA/mail}"
  say "Starting the portal; it migrates and seeds its database first"
  ASPNETCORE_URLS="http://127.0.0.1:$PORT" run_host >"$DATA/portal.log" 2>&1 &
  PORTAL=$!
  wait_until_ready
  run_host accounts
  say "The portal's log: $DATA/portal.log"
  printf '\nThe portal is ready: http://127.0.0.1:%s (Ctrl-C stops it)\n' "$PORT"
  if ! wait "$PORTAL"; then
    tail -n 30 "$DATA/portal.log" >&2
    fail "The portal has stopped."
  fi
}

wait_until_ready() {
  local tries=1200
  until [ "$(http_status "$PORT" /readyz)" = 200 ]; do
    if ! is_alive "$PORTAL"; then
      tail -n 30 "$DATA/portal.log" >&2
      fail "The portal did not start; its log is $DATA/portal.log"
    fi
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || fail "The portal is not ready after two minutes; its log is $DATA/portal.log"
    sleep 0.1
  done
}

# A shell that was started in the background ignores Ctrl-C and can't be told otherwise: start it over.
hear_interrupts() {
  local ignored
  ignored=$(sed -n 's/^SigIgn:[[:space:]]*//p' "/proc/$$/status")
  if (((16#$ignored & 2) != 0)) && env --default-signal=INT true 2>/dev/null; then
    exec env --default-signal=INT "$ROOT/dev" "$@"
  fi
}

reset_demonstration() {
  [ -z "${ConnectionStrings__ClientConnect:-}" ] || fail "ConnectionStrings__ClientConnect names a database that ./dev does not own; it is left as it is."
  use_demonstration_cluster
  if [ ! -d "$PG_HOME/data" ]; then
    say "There is no demonstration data yet."
    return 0
  fi
  flock --exclusive --nonblock "$PG_HOME/in-use" true || refuse_reset
  open_demonstration
  [ "$(sql -d postgres -c "SELECT count(*) FROM pg_stat_activity WHERE datname = 'client_connect'")" -eq 0 ] || refuse_reset
  sql -d postgres -c 'DROP DATABASE client_connect'
  make_database
  rm -rf -- "${DATA:?}/mail"
  say "The demonstration data is gone; ./dev up seeds it anew."
}

refuse_reset() { fail "A portal is running on the demonstration data. Stop it first (Ctrl-C where ./dev up runs)."; }

# Pure: no database.
flow() {
  build_host
  cd "$ROOT" || exit
  exec dotnet "$HOST_DLL" flow "$@"
}
