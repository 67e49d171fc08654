# shellcheck shell=bash
# Folders of eServices.

MODEL=set-1-buy-in-exemption

# new_eservice <key> <id>: a folder to begin with, a working copy of the model under another name. WORKFLOWS says where, for tests.
new_eservice() {
  local key=${1:-} id=${2:-} folders=${WORKFLOWS:-$ROOT/workflows} code name
  [[ $key =~ ^[a-z0-9]+(-[a-z0-9]+)+$ && -n $id ]] || fail 'Say its key and what people call it: ./dev new-eservice set-2-early-buy-in "Set 2"'
  [[ $id =~ ^[A-Za-z]+[A-Za-z0-9]*(\ [0-9]+)?$ ]] || fail "'$id' is no id: a word and perhaps a number, as in Set 2."
  code=$(printf '%s' "$id" | tr -d ' ' | tr '[:lower:]' '[:upper:]')
  [ ! -e "$folders/$key" ] || fail "$folders/$key is there already."
  if grep -qsE "\"(id|code)\": *\"($id|$code)\"" "$folders"/*/service.json; then fail "There is an eService $id already."; fi
  mkdir -p "$folders"
  cp -r "$ROOT/workflows/$MODEL" "$folders/$key"
  # What came of the model's stories and flow is not what comes of this one's.
  rm -f "$folders/$key"/outline.txt "$folders/$key"/scenarios/*.expected.txt
  sed -i "s/\"$MODEL\"/\"$key\"/; s/\"id\": \"Set 1\"/\"id\": \"$id\"/; s/\"code\": \"SET1\"/\"code\": \"$code\"/" "$folders/$key/service.json"
  sed -i "s/\"$MODEL\"/\"$key\"/; s/\"$MODEL-1\"/\"$key-1\"/; s/\"name\": \"Set 1: /\"name\": \"$id: /" "$folders/$key/workflow.json"
  say "$folders/$key is a working copy of $MODEL: change its names, form, flow, mails and stories (workflows/README.md says how),"
  for name in "./dev approve writes its outline and transcripts," "./dev test says what is not right yet."; do say "$name"; done
}

# export_release <eService> [hash]: what analysts released becomes the seed; ./dev approve then tells its stories anew.
export_release() {
  [ $# -ge 1 ] && [ $# -le 2 ] || fail 'Say which eService, and which release where it is not the one in force: ./dev export set-1-buy-in-exemption [hash]'
  run_host export "${WORKFLOWS:-$ROOT/workflows}" "$@"
}
