# shellcheck shell=bash
# A server of our own for the length of a check. Sourced.

parley_pid=
parley_url=
parley_folder=

# start_parley BINARY [VARIABLE=VALUE…]: serves on a free port from an empty folder; sets parley_url and parley_pid.
start_parley() {
  local binary
  binary=$(realpath "$1")
  shift
  parley_folder=$(mktemp -d /tmp/parley-server.XXXXXX)
  (cd "$parley_folder" && exec env "$@" "$binary" serve --dev --port 0 > log 2>&1 < /dev/null) &
  parley_pid=$!
  parley_url=$(tail --follow --lines=+1 --pid="$parley_pid" "$parley_folder/log" --retry 2> /dev/null |
    grep --max-count=1 --only-matching 'http://localhost:[0-9]*' || true)
  [[ -n $parley_url ]] && return
  echo "The server did not start; what it said:" >&2
  cat "$parley_folder/log" >&2
  return 1
}

# Ends what `start_parley` began; nothing when there is nothing.
stop_parley() {
  [[ -n $parley_pid ]] || return 0
  kill "$parley_pid" 2> /dev/null || true
  wait "$parley_pid" 2> /dev/null || true
  rm -rf "$parley_folder"
  parley_pid=
}
