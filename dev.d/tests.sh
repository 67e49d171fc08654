# shellcheck shell=bash
# Running what CI runs. Every test project is an executable that writes an XML report; the reports are what is counted.

PASSED=0
FAILED=0
SKIPPED=0

run_tests() {
  local argument project started=$SECONDS
  local -a classes=()
  for argument in "$@"; do
    case $argument in
      --long) export LONG=1 ;;
      -*) fail "./dev test knows --long and parts of classes' names, not $argument" ;;
      *) classes+=(-class "*$argument*") ;;
    esac
  done
  prepare_tests
  [ "${#classes[@]}" -gt 0 ] || check_format
  for project in $(test_projects); do run_project "$project" ${classes[@]+"${classes[@]}"}; done
  report_failures
  say "$SKIPPED skipped, $((SECONDS - started)) seconds"
  [ "$((PASSED + FAILED))" -gt 0 ] || say "No test ran."
  printf '%s passed, %s failed\n' "$PASSED" "$FAILED"
  [ "$FAILED" -eq 0 ] && [ "$PASSED" -gt 0 ]
}

prepare_tests() {
  need_dotnet
  need_chromium
  need_curl
  restore_studio
  build_all
  REPORTS="$DATA/reports"
  rm -rf "$REPORTS"
  mkdir -p "$REPORTS"
  make_test_cluster
  TEST_POSTGRES=$(connection_string postgres postgres)
  export TEST_POSTGRES
  # Two fifths of a run's processor time went into compiling anew, by what it was used for, code that lives for seconds.
  export DOTNET_TieredPGO=0
}

test_projects() {
  local project
  for project in "$ROOT"/tests/*.Tests; do basename "$project"; done
}

# run_project <name> [the runner's arguments]
run_project() {
  local name=$1 report="$REPORTS/$1.xml" log="$REPORTS/$1.log" status=0 started=$SECONDS passed failed skipped
  shift
  waited timeout --kill-after=10 "${TEST_MINUTES:-13}m" "$ROOT/tests/$name/bin/$CONFIGURATION/net10.0/ClientConnect.$name" \
    -result-xml "$report" -noColor -noLogo "$@" >"$log" 2>&1 || status=$?
  read -r passed failed skipped <<<"$(count_report "$report")"
  # A run that ends badly without naming a failed test has failed all the same.
  if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ] && { [ "$passed" -gt 0 ] || [ ! -s "$report" ]; }; then
    failed=1
    { printf '%s stopped with status %s' "$name" "$status"; [ "$status" -ne 124 ] || printf ' (it took too long)'; printf '\n'; tail -n 40 "$log"; } >"$REPORTS/$name.crash"
  fi
  say "$(printf '%-20s %5s passed %3s failed %3s skipped %4s s' "$name" "$passed" "$failed" "$skipped" $((SECONDS - started)))"
  PASSED=$((PASSED + passed))
  FAILED=$((FAILED + failed))
  SKIPPED=$((SKIPPED + skipped))
}

# Adds up a report's assemblies; what goes wrong outside of a test (a fixture's end, say) counts as failed.
count_report() {
  [ -s "$1" ] || { printf '0 0 0\n'; return 0; }
  awk 'BEGIN { RS = "<" }
    function value(name) { return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) + 0 : 0 }
    /^assembly / { passed += value("passed"); failed += value("failed") + value("errors"); skipped += value("skipped") + value("not-run") }
    END { printf "%d %d %d\n", passed, failed, skipped }' "$1"
}

report_failures() {
  local report
  for report in "$REPORTS"/*.xml; do
    [ -s "$report" ] && failures_in "$report" >&2
  done
  for report in "$REPORTS"/*.crash; do
    [ -s "$report" ] && { printf '\n'; cat "$report"; } >&2
  done
  return 0
}

# The failed tests of a report with their messages and the first lines of their stacks.
failures_in() {
  awk 'BEGIN { RS = "<" }
    /^test / { name = substr($0, index($0, " name=\"") + 7); sub(/".*/, "", name); failed = index($0, " result=\"Fail\"") > 0; if (failed) printf "\nFAILED %s\n", plain(name) }
    /^error / { printf "\nFAILED outside of a test: %s\n", $0; failed = 1 }
    /^\/test>/ || /^\/error>/ { failed = 0 }
    /^message>/ || /^stack-trace>/ { within = 1; lines = 0 }
    /^\/message>/ || /^\/stack-trace>/ { within = 0 }
    failed && within { text = $0; sub(/^(message|stack-trace)>/, "", text); sub(/^!\[CDATA\[/, "", text); sub(/\]\]>$/, "", text); show(text) }
    function show(text, part, n, i) { n = split(text, part, "\n"); for (i = 1; i <= n; i++) if (part[i] != "" && lines++ < 30) print "  " plain(part[i]) }
    function plain(text) { gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&quot;/, "\"", text); gsub(/&#xA;/, " ", text); gsub(/&amp;/, "\\&", text); gsub(/\\"/, "\"", text); return text }' "$1"
}

check_format() {
  local log="$REPORTS/format.log" started=$SECONDS
  if waited dotnet format whitespace "$ROOT" --folder --verify-no-changes --exclude '**/bin/**' '**/obj/**' '**/node_modules/**' '.data/**' 'src/Workflows/Database/Migrations/**' >"$log" 2>&1; then
    PASSED=$((PASSED + 1))
  else
    FAILED=$((FAILED + 1))
    { printf 'FAILED The format is what .editorconfig says. Run: dotnet format whitespace . --folder\n'; head -n 20 "$log"; } >"$REPORTS/format.crash"
  fi
  say "$(printf '%-20s %35s %4s s' format '' $((SECONDS - started)))"
}

# Golden tests write what they see; the diff is the review.
approve() {
  local file name project classes
  export APPROVE=1
  prepare_tests
  for project in $(test_projects); do
    classes=()
    while read -r file; do
      name=$(basename "$file" .cs)
      case $name in *"${1:-}"*) classes+=(-class "*.${name%%.*}") ;; esac
    done < <(grep -rlE --include='*.cs' --exclude-dir=bin --exclude-dir=obj 'Golden\.|"APPROVE"' "$ROOT/tests/$project")
    [ ${#classes[@]} -eq 0 ] || run_project "$project" "${classes[@]}"
  done
  report_failures
  git -C "$ROOT" status --short >&2
  say "Read the diff: it is the review."
}

# On a cluster that flushes like a real one.
bench() {
  need_dotnet
  build "$ROOT/tests/Benchmarks/Benchmarks.csproj"
  build_host
  make_test_cluster
  sql -d postgres -c 'ALTER SYSTEM SET fsync = on' -c 'ALTER SYSTEM SET full_page_writes = on' -c 'ALTER SYSTEM SET autovacuum = on' -c 'SELECT pg_reload_conf()' >/dev/null
  TEST_POSTGRES=$(connection_string postgres postgres)
  export TEST_POSTGRES
  waited "$ROOT/tests/Benchmarks/bin/$CONFIGURATION/net10.0/ClientConnect.Benchmarks" "$@"
}
