# shellcheck shell=bash
# Private PostgreSQL clusters: one that is kept for the demonstration data, one per test run that is thrown away.
# A cluster's home holds data/, the log, the port, the superuser's password and `in-use`, a lock that every command
# which needs the cluster holds shared: the last one out stops it.

DATA="$ROOT/.data"
mkdir -p "$DATA"

# As root, PostgreSQL runs as an ordinary user; it refuses anything else.
postgres_user() {
  if ! is_root; then
    id -un
  elif id postgres >/dev/null 2>&1; then
    printf 'postgres\n'
  else
    printf 'nobody\n'
  fi
}

as_postgres() {
  if is_root; then
    (cd / && runuser -u "$(postgres_user)" -- "$@")
  else
    (cd / && "$@")
  fi
}

# need_postgres <major or nothing>: sets PG_BIN, the folder that holds initdb, of that version where a cluster has one.
need_postgres() {
  find_postgres "$1" && return 0
  [ -z "$1" ] || fail "The cluster was made by PostgreSQL $1, which is gone. Install postgresql-$1, or give its data up: rm -rf $PG_HOME"
  # Debian would also make and start a cluster of its own, which nobody asked for.
  as_root mkdir -p /etc/postgresql-common/createcluster.d
  printf 'create_main_cluster = false\n' | as_root tee /etc/postgresql-common/createcluster.d/no-main-cluster.conf >/dev/null
  install_packages "PostgreSQL" postgresql
  find_postgres "" || fail "PostgreSQL 15 or later is needed; what this machine installs is older."
}

find_postgres() {
  local folder major
  for folder in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV) "$(dirname "$(command -v initdb || printf 'none\n')")"; do
    if [ ! -x "$folder/initdb" ] || [ ! -x "$folder/psql" ]; then continue; fi
    major=$("$folder/initdb" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')
    if [ "${1:-$major}" != "$major" ] || [ "$major" -lt 15 ]; then continue; fi
    PG_BIN=$folder
    return 0
  done
  return 1
}

# Where the demonstration cluster lives: in the checkout, or in /var/tmp where PostgreSQL's user can't get into the checkout.
use_demonstration_cluster() {
  PG_HOME="$DATA/postgres"
  as_postgres test -x "$DATA" || PG_HOME="/var/tmp/client-connect-$(printf '%s' "$ROOT" | sha256sum | cut -c 1-12)"
}

# make_cluster <settings...>: a new, empty cluster in PG_HOME; nothing of it is left where it fails half-way.
make_cluster() {
  local log
  say "Making a PostgreSQL cluster in $PG_HOME"
  head -c 24 /dev/urandom | base64 | tr -d '/+=\n' >"$PG_HOME/password"
  log=$(as_postgres "$PG_BIN/initdb" -D "$PG_HOME/new" --no-sync --encoding=UTF8 --locale=C.UTF-8 --username=postgres \
    --auth=scram-sha-256 --pwfile="$PG_HOME/password" 2>&1) || fail "initdb failed: $log"
  {
    printf '%s\n' "listen_addresses = '127.0.0.1'" "unix_socket_directories = ''" "timezone = 'UTC'" "jit = off" "logging_collector = off"
    printf '%s\n' "$@"
  } >>"$PG_HOME/new/postgresql.conf"
  mv "$PG_HOME/new" "$PG_HOME/data"
}

# The home belongs to PostgreSQL's user alone; one that belongs to somebody else is left alone.
claim_home() {
  local owner
  owner=$(postgres_user)
  if [ -e "$PG_HOME" ] && [ "$(stat -c %U "$PG_HOME")" != "$owner" ]; then
    fail "$PG_HOME belongs to $(stat -c %U "$PG_HOME"), not to $owner. Use the account that made it, or remove it."
  fi
  mkdir -p "$PG_HOME"
  rm -rf "$PG_HOME/new"
  : >>"$PG_HOME/password"
  : >>"$PG_HOME/in-use"
  : >>"$PG_HOME/log"
  if is_root; then chown "$owner": "$PG_HOME" "$PG_HOME"/{password,in-use,log}; fi
  chmod 700 "$PG_HOME"
}

hold_cluster() { exec 9<"$PG_HOME/in-use" && flock --shared 9; }

cluster_is_running() {
  local pid
  pid=$(head -n 1 "$PG_HOME/data/postmaster.pid" 2>/dev/null) || return 1
  is_alive "$pid" && tr '\0' ' ' <"/proc/$pid/cmdline" | grep -qF -- "-D $PG_HOME/data"
}

start_cluster() {
  local port
  (
    flock --exclusive 8
    if cluster_is_running; then exit 0; fi
    # A killed cluster leaves its pid file behind; PostgreSQL would believe it where another process has that number now.
    rm -f "$PG_HOME/data/postmaster.pid"
    port=$(cat "$PG_HOME/port" 2>/dev/null || echo $((15432 + $$ % 5000)))
    port=$(free_port "$port")
    say "Starting PostgreSQL on port $port"
    # Right after a crash the old shared memory may be in use for a few seconds more.
    for _ in 1 2 3 4 5 6 7 8; do
      if as_postgres "$PG_BIN/pg_ctl" -D "$PG_HOME/data" -l "$PG_HOME/log" -w -t 60 -o "-p $port" start >/dev/null 2>&1 8>&- 9>&-; then
        printf '%s\n' "$port" >"$PG_HOME/port"
        exit 0
      fi
      port=$(free_port $((port + 1)))
      sleep 1
    done
    tail -n 5 "$PG_HOME/log" >&2
    fail "PostgreSQL does not start; its log is $PG_HOME/log"
  ) 8>"$DATA/start.lock"
}

# Stops the cluster unless another command of this checkout still needs it.
leave_cluster() {
  exec 9<&-
  (
    flock --exclusive --nonblock 9 || exit 0
    if cluster_is_running; then as_postgres "$PG_BIN/pg_ctl" -D "$PG_HOME/data" -m fast -w stop >/dev/null 2>&1 9>&- || true; fi
  ) 9<"$PG_HOME/in-use"
}

# sql [psql's arguments]: as the superuser.
sql() {
  PGPASSWORD=$(cat "$PG_HOME/password") "$PG_BIN/psql" -X -q -A -t -v ON_ERROR_STOP=1 \
    -h 127.0.0.1 -p "$(cat "$PG_HOME/port")" -U postgres "$@"
}

connection_string() {
  printf 'Host=127.0.0.1;Port=%s;Database=%s;Username=%s;Password=%s\n' "$(cat "$PG_HOME/port")" "$1" "$2" "$(cat "$PG_HOME/password")"
}

# The demonstration database with its two roles: the owner migrates, the application only reads and writes rows.
make_database() {
  sql -d postgres -v password="$(cat "$PG_HOME/password")" <<'SQL'
SELECT format('CREATE ROLE %I LOGIN PASSWORD %L', r, :'password') FROM unnest(ARRAY['client_connect_owner', 'client_connect_app']) r
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = r) \gexec
SELECT 'CREATE DATABASE client_connect OWNER client_connect_owner'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'client_connect') \gexec
REVOKE ALL ON DATABASE client_connect FROM PUBLIC;
GRANT CONNECT ON DATABASE client_connect TO client_connect_app;
SQL
}

# lend_test_postgres: a cluster of its own for tests that are run one at a time; lives until whoever asked goes away.
lend_test_postgres() {
  make_test_cluster
  connection_string postgres postgres
  cat >/dev/null
}

# One cluster per test run, without fsync: what a crash would lose is thrown away anyway.
make_test_cluster() {
  need_postgres ""
  remove_orphans
  PG_HOME=$(mktemp -d /var/tmp/client-connect-test.XXXXXXXX)
  exec 9<>"$PG_HOME/in-use"
  flock --shared 9
  if is_root; then chown "$(postgres_user)": "$PG_HOME"; fi
  AT_EXIT+=(drop_cluster)
  claim_home
  make_cluster "max_connections = 300" "shared_buffers = 256MB" "fsync = off" "full_page_writes = off" "max_wal_size = 4GB" "autovacuum = off"
  start_cluster
}

drop_cluster() {
  if cluster_is_running; then as_postgres "$PG_BIN/pg_ctl" -D "$PG_HOME/data" -m immediate -w stop >/dev/null 2>&1 || true; fi
  rm -rf "$PG_HOME"
}

# Test clusters whose run was killed: nobody holds them any more.
remove_orphans() {
  local home
  for home in /var/tmp/client-connect-test.*; do
    if [ ! -f "$home/in-use" ] || [ "$(stat -c %U "$home")" != "$(postgres_user)" ]; then continue; fi
    if flock --exclusive --nonblock "$home/in-use" true; then
      say "Removing what a test run that was cut off left behind: $home"
      PG_HOME=$home drop_cluster
    fi
  done
}
