# shellcheck shell=bash
# What the machine must have, and small questions to it.

is_root() { [ "$(id -u)" -eq 0 ]; }

as_root() {
  if is_root; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    fail "This needs root and there is no sudo here. Ask for: $*"
  fi
}

# install <what for> <packages...>
install_packages() {
  local purpose=$1
  shift
  command -v apt-get >/dev/null || fail "Please install $purpose: this machine has no apt-get to do it with ($*)."
  say "Installing $purpose: $*"
  local log="$DATA/install.log"
  retry "apt-get update" as_root apt-get update -q >"$log" 2>&1 || { tail -n 5 "$log" >&2; fail "The package lists could not be fetched (all of it: $log)."; }
  retry "apt-get install" as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >>"$log" 2>&1 ||
    { tail -n 5 "$log" >&2; fail "Could not install $* (all of it: $log)."; }
}

need_dotnet() {
  local wanted
  wanted=$(sed -n 's/.*"version": *"\([0-9]*\.[0-9]*\)\..*/\1/p' "$ROOT/global.json")
  command -v dotnet >/dev/null || [ ! -x "$HOME/.dotnet/dotnet" ] || export PATH="$HOME/.dotnet:$PATH"
  command -v dotnet >/dev/null || fail "The .NET SDK $wanted is missing. Get it from https://dot.net/download, then run this again."
  (cd "$ROOT" && dotnet --version >/dev/null 2>&1) || fail "The .NET SDK $wanted is missing; here is $(cd / && dotnet --list-sdks | tail -n 1). Get it from https://dot.net/download, then run this again."
  [ -e /usr/share/zoneinfo/Asia/Hong_Kong ] || install_packages "the time zones" tzdata
}

need_npm() {
  command -v npm >/dev/null || install_packages "npm for Elsa Studio" npm
}

need_chromium() {
  local name
  for name in chromium chromium-browser google-chrome; do
    CHROMIUM=$(command -v "$name") && break
  done
  if [ -z "$CHROMIUM" ]; then
    install_packages "Chromium for the browser tests" chromium
    CHROMIUM=$(command -v chromium)
  fi
  export CHROMIUM
  # Without them Chinese text is drawn as boxes, and pictures and measures are not what people see.
  if ! fc-list :lang=zh-hk 2>/dev/null | grep -q . || ! fc-list 'Liberation Sans' | grep -q .; then
    install_packages "the fonts for the browser tests" fontconfig fonts-liberation fonts-noto-cjk
  fi
}

# What the README tells people to type is typed by a test.
need_curl() {
  local tool missing=()
  for tool in curl jq; do command -v "$tool" >/dev/null || missing+=("$tool"); done
  [ ${#missing[@]} -eq 0 ] || install_packages "what the README's journey is typed with" "${missing[@]}"
}

# True where something listens on that port of the loopback.
port_is_taken() { (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# free_port <first>: below the range that the kernel hands out by itself, so that nobody gets it by accident.
free_port() {
  local port=$1
  while port_is_taken "$port"; do port=$((port + 1)); done
  printf '%s\n' "$port"
}

# http_status <port> <path>: the status of a GET, empty where nobody answers.
http_status() {
  local line=''
  {
    exec 7<>"/dev/tcp/127.0.0.1/$1" || return 0
    printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n\r\n' "$2" "$1" >&7
    read -r -t 10 line <&7 || true
    exec 7<&- 7>&-
  } 2>/dev/null
  line=${line#* }
  printf '%s\n' "${line%% *}"
}

# However a command ends, what it started ends with it: its processes first, then what it put into AT_EXIT.
AT_EXIT=()

at_exit() {
  local status=$? child
  trap - EXIT
  trap '' INT TERM HUP
  for child in $(descendants $$); do end_process "$child"; done
  for child in "${AT_EXIT[@]}"; do "$child"; done
  exit "$status"
}

trap at_exit EXIT
trap 'exit 130' INT TERM HUP

# In the background, so that Ctrl-C is heard at once; without our hold on the cluster (9), which is this shell's alone.
waited() {
  local child
  "$@" 9>&- &
  child=$!
  wait "$child"
}

# All processes below one, the deepest last.
descendants() {
  local child children
  read -ra children 2>/dev/null <"/proc/$1/task/$1/children" || true
  for child in "${children[@]}"; do
    printf '%s\n' "$child"
    descendants "$child"
  done
}

# end_process <pid>: asks it and what it started to end, and insists after 20 seconds.
end_process() {
  local pids pid tries=200
  pids="$1 $(descendants "$1")"
  # shellcheck disable=SC2086
  kill -TERM $pids 2>/dev/null || true
  for pid in $pids; do
    while [ "$tries" -gt 0 ] && is_alive "$pid"; do
      sleep 0.1
      tries=$((tries - 1))
    done
    is_alive "$pid" && kill -KILL "$pid" 2>/dev/null
  done
  return 0
}

# Alive, and not merely waiting to be collected.
is_alive() {
  local state
  state=$(sed 's/.*) \(.\).*/\1/' "/proc/$1/stat" 2>/dev/null) || return 1
  [ -n "$state" ] && [ "$state" != Z ]
}
